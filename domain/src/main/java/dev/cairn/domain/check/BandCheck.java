package dev.cairn.domain.check;

import dev.cairn.domain.expression.Type;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.problem.Problems;
import java.util.HashSet;
import java.util.List;

/** What is wrong with the bands of a metric. */
final class BandCheck {
    private BandCheck() {}

    /** @param type of the metric's values */
    static List<Problem> of(Metric metric, Type type, Place place) {
        var problems = new Problems();
        var bands = metric.bands();
        if (bands.isEmpty()) {
            return List.of();
        }
        var part = place.then("bands");
        if (!type.isNumber() && !type.isBroken()) {
            problems.add(
                    Problem.of(
                            ProblemCode.TYPE_MISMATCH,
                            part,
                            "Bands are of numbers; the formula gives %s.",
                            type.word()));
        }
        var names = new HashSet<String>();
        for (int at = 0; at < bands.size(); at++) {
            var band = bands.get(at);
            var here = part.then(band.name());
            DefinitionChecker.badName(band.name(), here).ifPresent(problems::add);
            boolean isLast = at == bands.size() - 1;
            if (!names.add(band.name())) {
                problems.add(
                        Problem.of(
                                ProblemCode.CONFLICT,
                                here,
                                "Two bands are called '%s'.",
                                band.name()));
            }
            if (isLast != (band.below() == null)) {
                problems.add(
                        Problem.of(
                                isLast ? ProblemCode.CONFLICT : ProblemCode.MISSING,
                                here,
                                isLast
                                        ? "The last band, '%s', takes all that is left: it has no 'below'."
                                        : "Band '%s' says below what it ends; only the last one takes all that is left. Bands go from the least values to the greatest.",
                                band.name()));
            }
            var before = at == 0 ? null : bands.get(at - 1).below();
            if (before != null && band.below() != null && band.below().compareTo(before) <= 0) {
                problems.add(
                        Problem.of(
                                ProblemCode.BAD_VALUE,
                                here,
                                "Band '%s' begins at %s, where the one before it ends, and would end at %s: bands go from the least values to the greatest.",
                                band.name(),
                                before.toPlainString(),
                                band.below().toPlainString()));
            }
        }
        return problems.all();
    }
}
