package dev.cairn.adapters.terminal.command;

import java.util.Locale;

/** How an answer is written. */
enum AnswerFormat {
    TEXT,
    CSV,
    JSON,
    NDJSON;

    /** As it is typed and completed. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
