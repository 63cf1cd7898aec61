package dev.cairn.domain.problem;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** What is wrong with one thing, as it is found; nothing twice. */
public final class Problems {
    /** Nobody reads more at once, and to look for near names costs. */
    public static final int MOST_LISTED = 100;

    private final List<Problem> found = new ArrayList<>();

    /** Each problem as it was found, with or without near names, and how it is told. */
    private final Map<Problem, Problem> told = new HashMap<>();

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** However many they are, in the order in which they were found. */
    public List<Problem> all() {
        return List.copyOf(found);
    }

    /** @return how it is told */
    public Problem add(Problem problem) {
        if (told.putIfAbsent(problem, problem) == null) {
            found.add(problem);
        }
        return problem;
    }

    /**
     * A problem with a name that is not known; with near names, as long as it is one of those that are listed.
     *
     * @return how it is told
     */
    public Problem add(
            Problem problem, String wanted, Supplier<? extends Collection<String>> known) {
        var before = told.get(problem);
        if (before != null) {
            return before;
        }
        if (found.size() >= MOST_LISTED) {
            return add(problem);
        }
        var full = problem.suggesting(NearestNames.nearest(wanted, known.get()));
        if (!full.equals(problem)) {
            told.put(problem, full);
        }
        return add(full);
    }

    public void addAll(Collection<Problem> problems) {
        problems.forEach(this::add);
    }

    /** The rows that a question is expected to read and make; empty where it is not refused for them, or who asks is not to know. */
    public static OptionalLong rowsToRead(List<Problem> problems) {
        return problems.stream()
                .map(Problem::rowsToRead)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .max();
    }

    /** As they are told to somebody: the first hundred, and how many there are if there are more. */
    public static List<Problem> listed(List<Problem> all) {
        if (all.size() <= MOST_LISTED) {
            return all;
        }
        var listed = new ArrayList<>(all.subList(0, MOST_LISTED));
        listed.add(
                Problem.of(
                        ProblemCode.LIMIT,
                        Place.NOWHERE,
                        String.format(
                                Locale.ROOT,
                                "There are %,d problems in all; these are the first %d.",
                                all.size(),
                                MOST_LISTED)));
        return List.copyOf(listed);
    }
}
