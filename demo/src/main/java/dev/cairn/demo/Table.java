package dev.cairn.demo;

import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Rows of text for one source or entity, ready to be imported.
 *
 * @param target the source or entity that they are of
 * @param header names of its columns
 * @param rows makes them anew each time it is asked; a cell is null where there is no value
 */
public record Table(
        String target, List<String> header, Supplier<Iterator<List<@Nullable String>>> rows) {
    public Table {
        header = List.copyOf(header);
    }

    static Table of(String target, List<String> header, List<List<@Nullable String>> rows) {
        return new Table(target, header, rows::iterator);
    }
}
