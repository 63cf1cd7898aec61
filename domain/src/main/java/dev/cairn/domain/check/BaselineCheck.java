package dev.cairn.domain.check;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.model.Baseline;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a baseline: by itself, and beside other baselines of its metric. What its metric has become since is no problem: an answer tells it. */
final class BaselineCheck {
    private BaselineCheck() {}

    static List<Problem> of(Baseline baseline, Catalog catalog, Place place) {
        var problems = new ArrayList<>(ScopeCheck.of(baseline.scope(), "baseline", catalog, place));
        if (catalog.metric(baseline.metric()).isEmpty()) {
            problems.add(ScopeCheck.noMetric(baseline.metric(), catalog, place));
        }
        if (!baseline.from().isBefore(baseline.until())) {
            problems.add(
                    Problem.of(
                            ProblemCode.BAD_RANGE,
                            place.then("until"),
                            "The period ends (%s, out) before it starts (%s, in).",
                            baseline.until(),
                            baseline.from()));
        } else if (baseline.until()
                .atStartOfDay(baseline.zone())
                .toInstant()
                .isAfter(now(baseline))) {
            problems.add(
                    Problem.of(
                            ProblemCode.BAD_RANGE,
                            place.then("until"),
                            "The period was not over when the value was measured (%s): a baseline is of a time that has passed.",
                            now(baseline)));
        }
        if (baseline.sampleSize() != null && baseline.sampleSize() < 0) {
            problems.add(negative("n", baseline.sampleSize().toString(), place));
        }
        if (baseline.standardError() != null && baseline.standardError().signum() < 0) {
            problems.add(negative("error", baseline.standardError().toPlainString(), place));
        }
        catalog.all(Baseline.class).stream()
                .filter(other -> !other.name().equals(baseline.name()))
                .filter(baseline::standsWhere)
                .forEach(other -> problems.add(conflict(baseline, other, place)));
        return problems;
    }

    private static Instant now(Baseline baseline) {
        return baseline.asOf() == null || baseline.asOf().isAfter(baseline.kept())
                ? baseline.kept()
                : baseline.asOf();
    }

    private static Problem negative(String part, String value, Place place) {
        return Problem.of(
                ProblemCode.BAD_VALUE,
                place.then(part),
                "'%s' is not below zero: %s.",
                part,
                value);
    }

    private static Problem conflict(Baseline baseline, Baseline other, Place place) {
        return Problem.of(
                ProblemCode.CONFLICT,
                place.then("metric"),
                "'%s' is a baseline of '%s' for %s already, of a time as long (%s): a value has one to stand beside. Replace it, or remove it first.",
                other.name(),
                baseline.metric(),
                baseline.of(),
                other.period());
    }
}
