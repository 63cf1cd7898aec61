package dev.cairn.adapters.files.fact;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The texts of JSON objects, one after another; of one that is too long, its beginning. */
interface JsonTexts extends AutoCloseable {
    /** The next text, or null where there is none. */
    @Nullable String next() throws IOException;

    /** Line in which the text that was given last begins, from 1. */
    long number();

    /** Whether the text that was given last is longer than that. */
    boolean isCut();

    @Override
    void close() throws IOException;
}
