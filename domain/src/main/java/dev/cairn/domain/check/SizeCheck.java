package dev.cairn.domain.check;

import dev.cairn.domain.model.Metric;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Refuses lists of a metric that are longer than anybody reads: each question that names it carries them. */
final class SizeCheck {
    private static final int MOST = 50;

    private SizeCheck() {}

    /** @param place of the metric */
    static List<Problem> of(Metric metric, Place place) {
        var notes = place.then("notes");
        var sizes = new LinkedHashMap<Place, Integer>();
        sizes.put(place.then("params"), metric.parameters().size());
        sizes.put(place.then("bands"), metric.bands().size());
        sizes.put(notes.then("rules"), metric.notes().rules().size());
        sizes.put(notes.then("pitfalls"), metric.notes().pitfalls().size());
        sizes.put(notes.then("sources"), metric.notes().sources().size());
        var problems = new ArrayList<Problem>();
        sizes.forEach((list, size) -> {
            if (size > MOST) {
                problems.add(
                        Problem.of(
                                ProblemCode.LIMIT,
                                list,
                                "A metric has at most %d %s, not %d.",
                                MOST,
                                list.path().getLast(),
                                size));
            }
        });
        return problems;
    }
}
