package dev.cairn.domain.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the names that a misspelt one may have meant. */
public final class NearestNames {
    private static final int MOST = 3;
    private static final int SHORTEST_PREFIX = 3;

    private NearestNames() {}

    private record Candidate(String name, int rank, int distance) {}

    /**
     * At most three of {@code known}, nearest first; ties by name. Case is ignored.
     *
     * <p>A name is near if it differs in at most a third of its letters (Damerau-Levenshtein, at least one), if one
     * begins with the other, or if the last segments of dotted names do. {@code wanted} itself is never suggested.
     */
    public static List<String> nearest(String wanted, Collection<String> known) {
        var target = wanted.toLowerCase(Locale.ROOT);
        return known.stream()
                .distinct()
                .filter(name -> !name.equals(wanted))
                .map(name -> candidate(target, name))
                .filter(candidate -> candidate.rank() < Integer.MAX_VALUE)
                .sorted(
                        Comparator.comparingInt(Candidate::rank)
                                .thenComparingInt(Candidate::distance)
                                .thenComparing(Candidate::name))
                .limit(MOST)
                .map(Candidate::name)
                .toList();
    }

    /** Whether a letter more, less or another, or two swapped, make one name of the other. */
    public static boolean isOneEditFrom(String one, String other) {
        return distance(one.toLowerCase(Locale.ROOT), other.toLowerCase(Locale.ROOT), 1) == 1;
    }

    private static Candidate candidate(String target, String name) {
        var other = name.toLowerCase(Locale.ROOT);
        var longest = Math.max(target.length(), other.length());
        var allowed = Math.max(1, longest / 3);
        if (target.isEmpty() || other.isEmpty()) {
            return new Candidate(name, Integer.MAX_VALUE, longest);
        }
        var distance = distance(target, other, allowed);
        if (distance <= allowed && distance < longest) {
            return new Candidate(name, distance, distance);
        }
        var apart = Math.abs(target.length() - other.length());
        if (oneBeginsWithTheOther(target, other)) {
            return new Candidate(name, longest, apart);
        }
        if (lastSegmentsAreNear(target, other)) {
            return new Candidate(name, longest + 1, apart);
        }
        return new Candidate(name, Integer.MAX_VALUE, distance);
    }

    private static boolean oneBeginsWithTheOther(String one, String other) {
        return Math.min(one.length(), other.length()) >= SHORTEST_PREFIX
                && (one.startsWith(other) || other.startsWith(one));
    }

    private static boolean lastSegmentsAreNear(String one, String other) {
        if (one.indexOf('.') < 0 && other.indexOf('.') < 0) {
            return false;
        }
        var first = lastSegment(one);
        var second = lastSegment(other);
        var allowed = Math.max(first.length(), second.length()) / 3;
        return !first.isEmpty() && !second.isEmpty() && distance(first, second, allowed) <= allowed;
    }

    private static String lastSegment(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /**
     * Damerau-Levenshtein distance in its restricted form (no letter is edited twice), or any number above
     * {@code limit} where it is above it.
     */
    static int distance(String one, String other, int limit) {
        if (Math.abs(one.length() - other.length()) > limit) {
            return limit + 1;
        }
        var beforeLast = new int[other.length() + 1];
        var last = new int[other.length() + 1];
        var row = new int[other.length() + 1];
        for (int column = 0; column <= other.length(); column++) {
            last[column] = column;
        }
        for (int line = 1; line <= one.length(); line++) {
            row[0] = line;
            for (int column = 1; column <= other.length(); column++) {
                int change = one.charAt(line - 1) == other.charAt(column - 1) ? 0 : 1;
                int best =
                        Math.min(
                                Math.min(last[column], row[column - 1]) + 1,
                                last[column - 1] + change);
                boolean swapped =
                        line > 1
                                && column > 1
                                && one.charAt(line - 1) == other.charAt(column - 2)
                                && one.charAt(line - 2) == other.charAt(column - 1);
                row[column] = swapped ? Math.min(best, beforeLast[column - 2] + 1) : best;
            }
            var free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }
        return last[other.length()];
    }
}
