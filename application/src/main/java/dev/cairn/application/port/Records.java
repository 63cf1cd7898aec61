package dev.cairn.application.port;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records of text, read one by one. */
public non-sealed interface Records extends RecordInput, AutoCloseable {
    /**
     * Names of the columns, in the order of the cells; none where the file is empty, or broken before it says them. Others may join them, behind
     * these, while records are read.
     */
    List<String> header();

    /** Says which columns will be looked at: what stands in others makes no record malformed. */
    default void want(Collection<String> columns) {}

    /** The next record, or null at the end. */
    @Nullable Raw next();

    @Override
    void close();

    /** One record of a file. */
    sealed interface Raw {
        /** Line in the file where it begins, from 1. */
        long line();

        /** @param cells text of each column met so far; null where there is no value, which the empty text is not */
        record Read(long line, List<@Nullable String> cells) implements Raw {}

        /** A record that cannot be taken apart; the next one can. */
        record Malformed(long line, int column, String reason) implements Raw {}

        /** Where the file cannot be read any further; the last thing it gives. What stands behind is not known, so nothing of it is taken. */
        record Broken(long line, int column, String reason) implements Raw {}
    }
}
