package dev.cairn.domain.check;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Metric.Direction;
import dev.cairn.domain.model.Target;
import dev.cairn.domain.model.Target.Goal;
import dev.cairn.domain.model.Target.Holds;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.problem.Problems;
import dev.cairn.domain.time.Grain;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What is wrong with a target: by itself, with its metric, and beside other targets of the metric. */
final class TargetCheck {
    private final Target target;
    private final Catalog catalog;
    private final Place place;
    private final Problems problems = new Problems();

    private TargetCheck(Target target, Catalog catalog, Place place) {
        this.target = target;
        this.catalog = catalog;
        this.place = place;
    }

    static List<Problem> of(Target target, Catalog catalog, Place place) {
        return new TargetCheck(target, catalog, place).problems();
    }

    private List<Problem> problems() {
        period();
        near();
        ScopeCheck.of(target.scope(), "target", catalog, place).forEach(problems::add);
        time();
        catalog.metric(target.metric())
                .ifPresentOrElse(
                        this::withMetric,
                        () -> problems.add(ScopeCheck.noMetric(target.metric(), catalog, place)));
        catalog.all(Target.class).stream()
                .filter(other -> !other.name().equals(target.name()))
                .filter(other -> other.metric().equals(target.metric()))
                .filter(other -> Set.copyOf(other.scope()).equals(Set.copyOf(target.scope())))
                .filter(target::overlaps)
                .forEach(other ->
                        problem(
                                ProblemCode.CONFLICT,
                                "from",
                                "'%s' (%s) and '%s' (%s) are both targets of '%s' for %s, and their periods overlap. End one where the other begins, or say of which rows each is ('for').",
                                target.name(),
                                target.period(),
                                other.name(),
                                other.period(),
                                target.metric(),
                                target.of()));
        return problems.all();
    }

    private void problem(ProblemCode code, String part, String message, Object... arguments) {
        problems.add(Problem.of(code, place.then(part), message, arguments));
    }

    private void period() {
        var until = target.until();
        if (until != null && !target.from().isBefore(until)) {
            problem(
                    ProblemCode.BAD_RANGE,
                    "until",
                    "The period ends (%s, out) before it starts (%s, in).",
                    until,
                    target.from());
        }
    }

    private void near() {
        if (target.near().signum() <= 0 || target.near().compareTo(BigDecimal.ONE) > 0) {
            problem(
                    ProblemCode.BAD_VALUE,
                    "near",
                    "'near' is a part of the target, above 0 and at most 1: near: 0.9, not %s.",
                    target.near().toPlainString());
        }
    }

    private void time() {
        if (target.each() == Grain.HOUR) {
            problem(
                    ProblemCode.BAD_VALUE,
                    "each",
                    "A target is of days or longer: day, week, month, quarter, year.");
        }
        if (target.each() != null && target.holds() == Holds.LEVEL) {
            problem(
                    ProblemCode.INCOMPATIBLE,
                    "each",
                    "A level holds for every bucket of its period, of any length; an amount is of each unit. Leave out one of 'holds: level' and 'each: %s'.",
                    target.each().text());
        }
        if (target.holds() == Holds.AMOUNT && target.each() == null && target.until() == null) {
            problem(
                    ProblemCode.MISSING,
                    "until",
                    "An amount is of a period that ends: say until when, or of each of which units it is (each: month).");
        }
    }

    private void withMetric(Metric metric) {
        switch (target.goal()) {
            case Goal.Reach(var value) -> reach(value, metric);
            case Goal.Between(var least, var most) -> between(least, most);
        }
    }

    private void between(BigDecimal least, BigDecimal most) {
        if (least.compareTo(most) > 0) {
            problem(
                    ProblemCode.BAD_VALUE,
                    "between",
                    "It is from the least to the most: [%s, %s].",
                    most.toPlainString(),
                    least.toPlainString());
        }
        if (target.baseline() != null) {
            problem(
                    ProblemCode.INCOMPATIBLE,
                    "baseline",
                    "A way from a baseline leads to one value; say 'value' in place of 'between'.");
        }
    }

    private void reach(BigDecimal value, Metric metric) {
        if (target.baseline() == null) {
            if (metric.direction() == Direction.NEUTRAL) {
                problem(
                        ProblemCode.INCOMPATIBLE,
                        "value",
                        "Metric '%s' does not say whether more or less is better, so nothing says which side of %s is good. Give it a direction, or say what is good: between: [LEAST, MOST].",
                        metric.name(),
                        value.toPlainString());
            }
            return;
        }
        var baseline = Objects.requireNonNull(target.baseline());
        int way = value.compareTo(baseline);
        if (way == 0) {
            problem(
                    ProblemCode.BAD_VALUE,
                    "baseline",
                    "The target equals its baseline (%s): there is no way between them to be gone.",
                    value.toPlainString());
        } else if (metric.direction() == (way > 0 ? Direction.LOWER : Direction.HIGHER)) {
            problem(
                    ProblemCode.INCOMPATIBLE,
                    "baseline",
                    "From %s to %s the metric would become worse: of '%s' %s is better.",
                    baseline.toPlainString(),
                    value.toPlainString(),
                    metric.name(),
                    way > 0 ? "less" : "more");
        }
        if (target.each() != null || target.holds() == Holds.AMOUNT) {
            problem(
                    ProblemCode.INCOMPATIBLE,
                    "baseline",
                    "A baseline is of a level that is to be reached until a day; an amount has none.");
        }
    }
}
