package dev.cairn.domain.planner;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.formula.DimensionText;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.FormulaParser;
import dev.cairn.domain.formula.FormulaParser.ParsedDimension;
import dev.cairn.domain.formula.FormulaPieces;
import dev.cairn.domain.lowering.Frame;
import dev.cairn.domain.lowering.Leaves;
import dev.cairn.domain.lowering.Level;
import dev.cairn.domain.lowering.Lowering;
import dev.cairn.domain.lowering.RelationKey;
import dev.cairn.domain.lowering.Step;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.plan.Block;
import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.plan.Scan;
import dev.cairn.domain.plan.Stretch;
import dev.cairn.domain.plan.Timeline;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.Grain;
import dev.cairn.domain.time.Periods;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The ages that a question groups by. */
final class AgesAsked {
    private final AnalysisQuery query;
    private final Lowering lowering;

    AgesAsked(AnalysisQuery query, Lowering lowering) {
        this.query = query;
        this.lowering = lowering;
    }

    /** Whether a dimension is an age, or computed from one. */
    static boolean areIn(String dimension) {
        return ages(dimension).findAny().isPresent();
    }

    private Set<Periods> grains() {
        var all = new LinkedHashSet<Periods>();
        for (int at = 0; at < query.groupBy().size(); at++) {
            var place = Place.of("groupBy", Integer.toString(at));
            ages(query.groupBy().get(at))
                    .forEach(age ->
                            lowering.periods(
                                            age.grain(),
                                            place.at(age.span().line(), age.span().column()))
                                    .ifPresent(all::add));
        }
        return all;
    }

    /** Beside a time axis it must be known of each group when time reaches its age. */
    void checkBesideAxis() {
        if (query.grain() != null
                && !query.groupBy().stream().flatMap(AgesAsked::ages).allMatch(this::isOfCohorts)) {
            lowering.broken(
                    Problem.of(
                                    ProblemCode.INCOMPATIBLE,
                                    Place.of("groupBy"),
                                    "Beside a time axis, an age stands with what it is counted from as another key, by the same grain or by day, or with the account: those of any other group reach it at different times, so that none of its buckets could be told to be whole. Ask for it without the axis, or group by what it is counted from too.")
                            .offering(
                                    "groupBy: account.signed_on by month, age month from account.signed_on"));
        }
    }

    /** Whether all of a group reach the age in one and the same period of it. */
    private boolean isOfCohorts(Formula.Age age) {
        return query.groupBy().stream()
                .map(dimension -> FormulaParser.parseDimension(dimension, Place.NOWHERE))
                .anyMatch(key ->
                        key
                                        instanceof
                                        ParsedDimension.Ok(
                                                DimensionText.ByPath(var path, var by, _, _))
                                && (path.text().equals(EntityRef.ACCOUNT.name())
                                        || (age.from() != null
                                                && path.text().equals(age.from().text())
                                                && (by == null
                                                        || by == Grain.DAY
                                                        || by.equals(age.grain())))));
    }

    /** Beside an axis has the day read on which anything is read of each group first, or the first year where it has no age; gives the leaves. */
    List<Integer> firstDays(Leaves leaves) {
        return query.grain() == null || grains().isEmpty()
                ? List.of()
                : leaves.least(this::firstDay);
    }

    private Expr firstDay(Leaves.Grouped rows) {
        var relation = rows.scan().relation();
        var frame = Frame.of(new Level.Asked(relation, true, rows.inner()), Place.of("groupBy"));
        var keys = rows.bound().keys();
        var hasAge =
                IntStream.range(0, query.groupBy().size())
                        .filter(key -> areIn(query.groupBy().get(key)))
                        .mapToObj(keys::get)
                        .map(Exprs::isNotNone)
                        .reduce(Expr.Or::new)
                        .orElseThrow();
        return new Expr.Case(
                List.of(new Expr.Arm(hasAge, lowering.day(relation, frame))),
                new Expr.Literal(Edges.FIRST, Type.DATE),
                Type.DATE);
    }

    /** When time reaches the ages of groups; null where none is asked for beside an axis. */
    Timeline.@Nullable Ages reached(List<Integer> firstDays, Block cells, Timeline time) {
        return firstDays.isEmpty()
                ? null
                : new Timeline.Ages(
                        firstDays,
                        cells.leaves().stream()
                                .map(leaf -> notReached(cells.scans().get(leaf.scan()), time))
                                .toList());
    }

    /** What is read in units of time has its age in those of the bucket, whatever its window. */
    private List<LocalDate> notReached(Scan scan, Timeline time) {
        return time.reaches().get(scan.reach()).ofBuckets().stream()
                .map(stretch -> scan.inUnits() == null ? stretch : Stretch.of(stretch.of()))
                .map(this::notReached)
                .toList();
    }

    /** The first day after the period that a stretch ends in, of all kinds of periods the earliest. */
    private LocalDate notReached(Stretch stretch) {
        var last = lastDay(stretch);
        return grains().stream()
                .map(grain -> grain.has(last) ? grain.plus(grain.floor(last), 1) : last.plusDays(1))
                .min(Comparator.naturalOrder())
                .filter(day -> day.isAfter(Edges.FIRST))
                .orElse(Edges.FIRST);
    }

    /** In which units of time rows have an age that are at no one time; null where none is asked for, or they are. */
    Step.@Nullable Within unitsOf(RelationKey relation) {
        if (relation instanceof RelationKey.OfFacts(_, Placing.At _, _)) {
            return null;
        }
        var all = grains();
        return all.isEmpty() ? null : finest(all);
    }

    /** An hour is of the day that it begins with. */
    private static LocalDate lastDay(Stretch stretch) {
        var last = stretch.endDate().minusDays(1);
        var start = stretch.startDate();
        return start != null && last.isBefore(start) ? start : last;
    }

    private static Stream<Formula.Age> ages(String dimension) {
        return switch (FormulaParser.parseDimension(dimension, Place.NOWHERE)) {
            case ParsedDimension.Ok(DimensionText.ByAge(var grain, var from, var span)) ->
                    Stream.of(new Formula.Age(grain, from, span));
            case ParsedDimension.Ok(DimensionText.ByFormula(var formula, _, _)) -> ages(formula);
            case ParsedDimension.Ok _, ParsedDimension.Failed _ -> Stream.of();
        };
    }

    private static Stream<Formula.Age> ages(Formula formula) {
        return formula instanceof Formula.Age age
                ? Stream.of(age)
                : FormulaPieces.of(formula).stream().flatMap(AgesAsked::ages);
    }

    /** Each unit is in one period of every other kind. */
    private Step.Within finest(Set<Periods> all) {
        var finest =
                all.stream()
                        .min((one, other) -> one.length().compareTo(other.length()))
                        .orElseThrow();
        if (!all.stream().allMatch(other -> isWithin(finest, other))) {
            lowering.broken(
                    Problem.of(
                                    ProblemCode.INCOMPATIBLE,
                                    Place.of("groupBy"),
                                    "Ages in %s of what is at no one time: it has each of them in each of its periods, and none of these is within one of the others.",
                                    String.join(" and ", all.stream().map(Periods::text).toList()))
                            .offering("age day from ..."));
        }
        return new Step.Within(finest);
    }

    private static boolean isWithin(Periods one, Periods other) {
        return one.equals(other)
                || one == Grain.DAY
                || List.of(Grain.MONTH, Grain.QUARTER, Grain.YEAR).containsAll(List.of(one, other));
    }
}
