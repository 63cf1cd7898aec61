package dev.cairn.adapters.files.fact;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads a file as one text for each JSON object; a text that is too long is cut. */
interface JsonTexts extends AutoCloseable {
    /** The next text, or null where there is none. */
    @Nullable String next() throws IOException;

    /** Line, from 1, on which the last returned text begins. */
    long number();

    /** Whether the last returned text was cut. */
    boolean isCut();

    @Override
    void close() throws IOException;
}
