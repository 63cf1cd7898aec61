package dev.cairn.adapters.files.fact;

import java.io.IOException;

/** The text cannot be read any further. */
final class Unreadable extends IOException {
    private static final long serialVersionUID = 1L;

    private final long line;
    private final int column;

    Unreadable(long line, int column, String reason) {
        super(reason);
        this.line = line;
        this.column = column;
    }

    long line() {
        return line;
    }

    int column() {
        return column;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
