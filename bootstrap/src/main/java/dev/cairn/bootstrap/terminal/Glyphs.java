package dev.cairn.bootstrap.terminal;

import java.nio.charset.Charset;

/** The signs that what is shown is drawn with. */
public enum Glyphs {
    UNICODE("…"),
    ASCII("~");

    /** Stands for what is cut off. */
    final String ellipsis;

    Glyphs(String ellipsis) {
        this.ellipsis = ellipsis;
    }

    /** What the charset can write. */
    public static Glyphs of(Charset output) {
        return output.newEncoder().canEncode(UNICODE.ellipsis) ? UNICODE : ASCII;
    }
}
