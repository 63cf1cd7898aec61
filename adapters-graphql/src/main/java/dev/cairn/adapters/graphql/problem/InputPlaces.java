package dev.cairn.adapters.graphql.problem;

import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Where parts of a definition stand in the input of a mutation. */
public final class InputPlaces {
    private InputPlaces() {}

    /**
     * Problems of a definition, at their places in the input.
     *
     * @param parts where parts of the definition stand in the input, if not under the same name
     */
    public static List<ProblemDetails> details(
            List<Problem> problems, Map<String, List<String>> parts) {
        return ProblemDetails.of(
                problems.stream().map(problem -> inInput(problem, parts)).toList());
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
}
