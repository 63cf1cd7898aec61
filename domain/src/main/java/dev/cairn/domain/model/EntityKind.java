package dev.cairn.domain.model;

import java.util.Locale;

/** The entities that are built in. */
public enum EntityKind {
    ACCOUNT,
    USER;

    /** The name in formulas: {@code account}, {@code user}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
