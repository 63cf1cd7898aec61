package dev.cairn.domain.planner;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.formula.DimensionText;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.FormulaParser;
import dev.cairn.domain.formula.FormulaParser.ParsedDimension;
import dev.cairn.domain.formula.FormulaPieces;
import dev.cairn.domain.lowering.Leaves;
import dev.cairn.domain.lowering.Lowering;
import dev.cairn.domain.lowering.RelationKey;
import dev.cairn.domain.lowering.Step;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.Bucket;
import dev.cairn.domain.time.Grain;
import dev.cairn.domain.time.Periods;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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

    /** Beside a time axis a group is there from the bucket on that its age is reached in, which is known of what is read up to the end of each bucket. */
    void checkBesideAxis(Leaves leaves) {
        if (query.grain() == null || grains().isEmpty()) {
            return;
        }
        boolean endsElsewhere =
                leaves.grouped().stream()
                        .map(grouped -> grouped.scan().time())
                        .anyMatch(time ->
                                time.ofComparison()
                                        || !time.shifts().isEmpty()
                                        || (time.window() != null
                                                && !time.window().endsWithBucket()));
        if (endsElsewhere) {
            notYet(
                    "Beside a time axis, an age of what does not end with each bucket ('prior', 'next', 'over ever', another time to compare with) is not yet available in this version. Ask for it without the axis.");
        } else if (!query.groupBy().stream().flatMap(AgesAsked::ages).allMatch(this::isOfCohorts)) {
            notYet(
                    "Beside a time axis, an age is not yet available in this version without what it is counted from as another key, by the same grain or by day, or the account: 'account.signed_on by month' beside 'age month from account.signed_on'. Ask for it without the axis.");
        }
    }

    private void notYet(String message) {
        lowering.broken(
                Problem.of(ProblemCode.NOT_YET_AVAILABLE, Place.of("groupBy"), "%s", message));
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

    /** For each bucket the first that ends in the same period of every age; none where there is no axis, or no age. */
    List<Integer> sameAge(TimeFrame time) {
        var grains = grains();
        if (time.grain() == null || grains.isEmpty()) {
            return List.of();
        }
        var first = new ArrayList<Integer>();
        for (int bucket = 0; bucket < time.buckets().size(); bucket++) {
            int before = bucket - 1;
            boolean isSame = bucket > 0 && areInSamePeriods(time, before, bucket, grains);
            first.add(isSame ? first.get(before) : bucket);
        }
        return first;
    }

    private static boolean areInSamePeriods(
            TimeFrame time, int one, int other, Set<Periods> grains) {
        var first = lastDay(time.buckets().get(one));
        var second = lastDay(time.buckets().get(other));
        return grains.stream().allMatch(grain -> grain.floor(first).equals(grain.floor(second)));
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
    private static LocalDate lastDay(Bucket bucket) {
        var last = bucket.endDate().minusDays(1);
        return last.isBefore(bucket.startDate()) ? bucket.startDate() : last;
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
