package dev.cairn.domain.problem;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a problem is.
 *
 * @param path in the input, for example {@code ["metrics", "0", "metric", "key"]}; for a file, its name first
 * @param line in the text at that path, from 1; 0 where the problem is of the whole
 * @param column from 1; 0 where the problem is of the whole
 */
public record Place(List<String> path, int line, int column) {
    public static final Place NOWHERE = new Place(List.of(), 0, 0);

    public Place {
        path = List.copyOf(path);
    }

    public static Place of(String... path) {
        return new Place(List.of(path), 0, 0);
    }

    /** A place further inside: the same path and then {@code more}. */
    public Place then(String... more) {
        var longer = new ArrayList<>(path);
        longer.addAll(List.of(more));
        return new Place(longer, line, column);
    }

    /** A position in the text that stands at this path. */
    public Place at(int newLine, int newColumn) {
        return new Place(path, newLine, newColumn);
    }
}
