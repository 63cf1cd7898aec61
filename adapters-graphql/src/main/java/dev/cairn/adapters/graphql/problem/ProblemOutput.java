package dev.cairn.adapters.graphql.problem;

import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.problem.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A problem as clients see it: a position is there or null. */
public record ProblemOutput(
        ProblemCode code,
        String message,
        List<String> path,
        @Nullable Integer line,
        @Nullable Integer column,
        List<String> suggestions) {
    public static ProblemOutput of(Problem problem) {
        var place = problem.place();
        return new ProblemOutput(
                problem.code(),
                problem.message(),
                place.path(),
                place.line() == 0 ? null : place.line(),
                place.column() == 0 ? null : place.column(),
                problem.suggestions());
    }

    public static List<ProblemOutput> of(List<Problem> problems) {
        return Problems.listed(problems).stream().map(ProblemOutput::of).toList();
    }

    /**
     * Problems of a definition, at their places in the input.
     *
     * @param parts where parts of the definition stand in the input, if not under the same name
     */
    public static List<ProblemOutput> of(List<Problem> problems, Map<String, List<String>> parts) {
        return of(problems.stream().map(problem -> inInput(problem, parts)).toList());
    }

    private static Problem inInput(Problem problem, Map<String, List<String>> parts) {
        var place = problem.place();
        if (place.path().isEmpty()) {
            return problem;
        }
        var part = place.path().getFirst();
        var path = new ArrayList<>(parts.getOrDefault(part, List.of(part)));
        path.addAll(place.path().subList(1, place.path().size()));
        return problem.in(new Place(path, place.line(), place.column()));
    }

    /** The same as JSON, for {@code extensions.problems}. */
    Map<String, @Nullable Object> toMap() {
        var map = new LinkedHashMap<String, @Nullable Object>();
        map.put("code", code.name());
        map.put("message", message);
        map.put("path", path);
        map.put("line", line);
        map.put("column", column);
        map.put("suggestions", suggestions);
        return map;
    }
}
