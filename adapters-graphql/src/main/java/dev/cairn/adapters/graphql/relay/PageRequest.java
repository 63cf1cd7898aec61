package dev.cairn.adapters.graphql.relay;

import dev.cairn.adapters.graphql.problem.ErrorCode;
import dev.cairn.adapters.graphql.problem.RejectedException;
import dev.cairn.application.port.KeyRange;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list in the order of keys. Pages are found by key, so nothing is skipped when the list changes between them.
 *
 * @param fromEnd the last ones rather than the first
 * @param afterKey only keys after it; null: from the start
 * @param beforeKey only keys before it; null: to the end
 */
public record PageRequest(
        Cursors cursors,
        int size,
        boolean fromEnd,
        @Nullable String afterKey,
        @Nullable String beforeKey) {
    public static final int DEFAULT_SIZE = 50;
    public static final int LARGEST = 200;

    /**
     * Reads the arguments of a connection.
     *
     * @throws RejectedException with all that is wrong
     */
    public static PageRequest of(
            Cursors cursors,
            @Nullable Integer first,
            @Nullable String after,
            @Nullable Integer last,
            @Nullable String before) {
        var problems = new ArrayList<Problem>();
        if (first != null && last != null) {
            problems.add(badPage("last", "Give first or last, not both."));
        }
        int size = size("first", first, size("last", last, DEFAULT_SIZE, problems), problems);
        var afterKey = key(cursors, "after", after, problems);
        var beforeKey = key(cursors, "before", before, problems);
        if (!problems.isEmpty()) {
            throw new RejectedException(ErrorCode.BAD_USER_INPUT, problems);
        }
        return new PageRequest(cursors, size, last != null, afterKey, beforeKey);
    }

    /** The size of a list that is not paged. */
    public static int size(String argument, @Nullable Integer asked, int otherwise) {
        var problems = new ArrayList<Problem>();
        int size = size(argument, asked, otherwise, problems);
        if (!problems.isEmpty()) {
            throw new RejectedException(ErrorCode.BAD_USER_INPUT, problems);
        }
        return size;
    }

    /** As an account directory reads it. */
    public KeyRange range() {
        return new KeyRange(size, fromEnd, afterKey, beforeKey);
    }

    /** The page of a list that is at hand whole. */
    public <N extends Node> CountedConnection<N> of(List<N> all) {
        var sorted = all.stream().sorted(Comparator.comparing(Node::key)).toList();
        int from = 0;
        int to = sorted.size();
        while (afterKey != null && from < to && sorted.get(from).key().compareTo(afterKey) <= 0) {
            from++;
        }
        while (beforeKey != null
                && to > from
                && sorted.get(to - 1).key().compareTo(beforeKey) >= 0) {
            to--;
        }
        if (fromEnd) {
            from = Math.max(from, to - size);
        } else {
            to = Math.min(to, from + size);
        }
        var page = Connection.of(sorted.subList(from, to), cursors, to < sorted.size(), from > 0);
        return new CountedConnection<>(page.edges(), page.pageInfo(), sorted.size());
    }

    private static int size(
            String argument, @Nullable Integer asked, int otherwise, List<Problem> problems) {
        if (asked == null) {
            return otherwise;
        }
        if (asked < 0 || asked > LARGEST) {
            problems.add(
                    badPage(
                            argument,
                            "%s must be 0 to %s, not %s.".formatted(argument, LARGEST, asked)));
        }
        return asked;
    }

    private static @Nullable String key(
            Cursors cursors, String argument, @Nullable String cursor, List<Problem> problems) {
        if (cursor == null) {
            return null;
        }
        var read = cursors.key(cursor);
        if (read.isEmpty()) {
            problems.add(
                    badPage(
                            argument,
                            "This is no cursor of this list with this filter, given to you; send one as it came with an edge."));
        }
        return read.orElse(null);
    }

    private static Problem badPage(String argument, String message) {
        return Problem.of(ProblemCode.BAD_PAGE, Place.of(argument), message);
    }
}
