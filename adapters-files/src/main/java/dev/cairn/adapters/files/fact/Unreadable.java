package dev.cairn.adapters.files.fact;

import dev.cairn.application.port.Records.Raw;
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

    Raw broken() {
        return new Raw.Broken(line, column, String.valueOf(getMessage()));
    }
}
