package dev.cairn.application.port;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records of text, read one by one. */
public non-sealed interface Records extends RecordInput, AutoCloseable {
    /**
     * Names of the columns, in the order of the cells; none where the file is empty, or broken before the header ends. Others may be appended
     * while records are read.
     */
    List<String> header();

    /** Names the columns that are used: the content of others makes no record malformed. */
    default void want(Collection<String> columns) {}

    /** Columns that are not wanted and were no single value in a record read so far, each with what it was first: {@code an array}. */
    default Map<String, String> unreadable() {
        return Map.of();
    }

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

        /** A record that cannot be parsed; the next one can. */
        record Malformed(long line, int column, String reason) implements Raw {}

        /** The place from which the file cannot be read; always the last record. What follows is unknown, so nothing of the file is used. */
        record Broken(long line, int column, String reason) implements Raw {}
    }
}
