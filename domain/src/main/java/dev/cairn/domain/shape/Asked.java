package dev.cairn.domain.shape;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import java.util.List;

/**
 * The question of the language that a question of fixed shape stands for.
 *
 * @param query where there are problems, of what could be read, so that the rest can be checked
 * @param wordings of its formulas, in the order of its metrics; empty: its metrics are those of the input
 * @param problems with the input, with places in it
 */
public record Asked(AnalysisQuery query, List<Wording> wordings, List<Problem> problems) {
    /** Where the input says what all questions have: range, grain, groups, conditions. */
    public static final String FRAME = "frame";

    public Asked {
        wordings = List.copyOf(wordings);
        problems = List.copyOf(problems);
    }

    /** Problems of the question as problems of the input, each once: many formulas have the same parts. */
    public List<Problem> placed(List<Problem> ofQuery) {
        return ofQuery.stream()
                .map(problem -> problem.in(placed(problem.place())))
                .distinct()
                .toList();
    }

    private Place placed(Place place) {
        var path = place.path();
        if (!path.isEmpty() && path.getFirst().equals("compareTo")) {
            return place;
        }
        if (path.size() < 2 || !path.getFirst().equals("metrics")) {
            return inFrame(place);
        }
        if (wordings.isEmpty()) {
            return place;
        }
        return wordings.get(Integer.parseInt(path.get(1)))
                .place(place.line(), place.column())
                .orElse(Place.NOWHERE);
    }

    /** A problem of the frame, read by itself, as one of the whole input. */
    public static Problem inFrame(Problem problem) {
        return problem.in(inFrame(problem.place()));
    }

    private static Place inFrame(Place place) {
        return place.path().isEmpty()
                ? place
                : Place.of(FRAME)
                        .then(place.path().toArray(String[]::new))
                        .at(place.line(), place.column());
    }
}
