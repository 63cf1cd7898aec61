package dev.cairn.adapters.terminal.command;

import java.util.Locale;

/** How a command reports. */
public enum Format {
    TEXT,
    JSON;

    /** As it is typed and completed. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
