package dev.cairn.testkit.reference;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.plan.Aggregation;
import dev.cairn.domain.plan.Leaf;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes one value of many rows. */
final class Aggregates {
    private final Rules rules;
    private final Evaluation evaluation;

    Aggregates(Rules rules, Evaluation evaluation) {
        this.rules = rules;
        this.evaluation = evaluation;
    }

    /** Null where nothing is left after empty values were skipped. */
    @Nullable Object overSomething(Aggregation aggregation, List<Row> rows) {
        return switch (aggregation) {
            case Aggregation.Count _ -> rows.isEmpty() ? null : BigDecimal.valueOf(rows.size());
            case Aggregation.Exists _ -> rows.isEmpty() ? null : true;
            case Aggregation.OfWindow _ ->
                    throw new IllegalArgumentException("of no rows: " + aggregation);
            case Aggregation.Distinct(var value, var account) -> distinct(value, account, rows);
            case Aggregation.Sum(var value) -> sum(value, values(value, rows));
            case Aggregation.Average(var value) -> average(values(value, rows));
            case Aggregation.Minimum(var value) ->
                    values(value, rows).stream().min(rules::compare).orElse(null);
            case Aggregation.Maximum(var value) ->
                    values(value, rows).stream().max(rules::compare).orElse(null);
            case Aggregation.Percentile(var value, var fraction, var discrete) ->
                    percentile(values(value, rows), fraction, discrete);
            case Aggregation.StandardDeviation(var value) -> deviation(values(value, rows));
            case Aggregation.Weighted(
                            Aggregation.Survival(var value, var ended, var share),
                            var weight) ->
                    Survivors.timeUntil(lifetimes(value, ended, weight, rows), share, rules)
                            .orElse(null);
            case Aggregation.Weighted(Aggregation.LifeTable(var value, var ended), var weight) ->
                    Survivors.table(lifetimes(value, ended, weight, rows), rules).orElse(null);
            case Aggregation.Weighted(var of, var weight) -> weighted(of, weight, rows);
            case Aggregation.ClusteredError of -> clusteredError(of, rows);
            case Aggregation.Survival(var value, var ended, var share) ->
                    Survivors.timeUntil(lifetimes(value, ended, null, rows), share, rules)
                            .orElse(null);
            case Aggregation.LifeTable(var value, var ended) ->
                    Survivors.table(lifetimes(value, ended, null, rows), rules).orElse(null);
            case Aggregation.IntervalEnd end -> end(end, rows);
            case Aggregation.First(var value, var order) ->
                    inOrder(value, order, rows).min(this::compare).map(Placed::value).orElse(null);
            case Aggregation.Last(var value, var order) ->
                    inOrder(value, order, rows).max(this::compare).map(Placed::value).orElse(null);
        };
    }

    /** What the leaf is where nothing is left: 0, false, or no value. */
    @Nullable Object overNothing(Leaf leaf) {
        return leaf.zeroOverNothing() || !leaf.aggregation().hasValueOverNothing()
                ? rules.overNothing(leaf.aggregation())
                : null;
    }

    private List<Object> values(Expr value, List<Row> rows) {
        return rows.stream()
                .map(row -> rules.counted(evaluation.value(value, row)))
                .flatMap(Optional::stream)
                .toList();
    }

    private @Nullable Object distinct(Expr value, Expr account, List<Row> rows) {
        var seen = new HashSet<>();
        for (Row row : rows) {
            var identity = identity(value, account, row);
            if (identity != null) {
                seen.add(identity);
            }
        }
        return seen.isEmpty() ? null : BigDecimal.valueOf(seen.size());
    }

    private @Nullable Object identity(Expr value, Expr account, Row row) {
        if (value instanceof Expr.Key(var entity)) {
            return entity.isUser()
                    ? rules.userIdentity(row.account(), row.user())
                    : rules.accountIdentity(row.account());
        }
        var evaluated = evaluation.value(value, row);
        return switch (evaluated) {
            case BigDecimal number -> Values.plain(number);
            case Double number -> number + 0.0; // there is one zero
            case String text -> rules.textIdentity(text, (String) evaluation.value(account, row));
            case null, default -> evaluated;
        };
    }

    private @Nullable Object sum(Expr value, List<Object> values) {
        if (values.isEmpty()) {
            return null;
        }
        if (value.type().kind() == Type.Kind.DOUBLE) {
            return Doubles.finite(values.stream().mapToDouble(Values::number).sum());
        }
        return rules.sum(values.stream().map(Values::decimal).toList());
    }

    private static @Nullable Object average(List<Object> values) {
        if (values.isEmpty()) {
            return null;
        }
        boolean exact = values.stream().allMatch(BigDecimal.class::isInstance);
        double sum =
                exact
                        ? values.stream()
                                .map(Values::decimal)
                                .reduce(BigDecimal.ZERO, BigDecimal::add)
                                .doubleValue()
                        : values.stream().mapToDouble(Values::number).sum();
        return Doubles.finite(sum / values.size());
    }

    private @Nullable Object percentile(
            List<Object> values, BigDecimal fraction, boolean discrete) {
        if (values.isEmpty()) {
            return null;
        }
        var ascending = values.stream().sorted(rules::compare).toList();
        if (discrete) {
            return ascending.get(discreteRank(ascending.size(), fraction));
        }
        return rules.percentile(
                ascending.stream().mapToDouble(Values::number).toArray(), fraction.doubleValue());
    }

    private @Nullable Object end(Aggregation.IntervalEnd end, List<Row> rows) {
        return switch (end.of()) {
            case Aggregation.Percentile of -> atRank(end, of, values(of.value(), rows));
            case Aggregation.Survival of ->
                    Survivors.endOfTime(
                                    lifetimes(of.value(), of.ended(), null, rows),
                                    of.share(),
                                    end.upper(),
                                    rules)
                            .orElse(null);
            default -> throw new IllegalArgumentException("no ends: " + end);
        };
    }

    private @Nullable Object atRank(
            Aggregation.IntervalEnd end, Aggregation.Percentile of, List<Object> values) {
        long rank = rules.rankOfEnd(end.ranks(of), values.size());
        var fromEnd =
                values.stream()
                        .sorted(
                                end.upper()
                                        ? (one, other) -> rules.compare(other, one)
                                        : rules::compare)
                        .toList();
        return rank < 1 || rank > values.size() ? null : fromEnd.get((int) rank - 1);
    }

    private @Nullable Object weighted(Aggregation of, Expr weight, List<Row> rows) {
        var sample = new ArrayList<WeightedSample.Weighed>();
        for (var row : rows) {
            var value = evaluation.value(of.value(), row);
            var weighs = evaluation.value(weight, row);
            if (value != null && weighs != null) {
                sample.add(new WeightedSample.Weighed(exact(value), rules.weight(exact(weighs))));
            }
        }
        if (sample.isEmpty()) {
            return null;
        }
        var all = new WeightedSample(sample, rules);
        return switch (of) {
            case Aggregation.Percentile(_, var fraction, boolean discrete) ->
                    discrete
                            ? Values.as(all.discrete(fraction), of.value().type())
                            : Doubles.finite(all.percentile(fraction).doubleValue());
            default ->
                    all.variance()
                            .map(variance ->
                                    Doubles.finite(
                                            variance.sqrt(MathContext.DECIMAL128).doubleValue()))
                            .orElse(null);
        };
    }

    /** By the deviations of the rows from their mean, summed over each cluster. */
    private @Nullable Object clusteredError(Aggregation.ClusteredError of, List<Row> rows) {
        var sample = new ArrayList<ClusteredSample.Weighed>();
        for (var row : rows) {
            var value = evaluation.value(of.value(), row);
            var weighs = evaluation.value(of.weight(), row);
            if (value != null && weighs != null) {
                sample.add(
                        new ClusteredSample.Weighed(
                                exact(value),
                                rules.weight(exact(weighs)),
                                rules.cluster(
                                        (String) evaluation.value(of.cluster(), row),
                                        sample.size())));
            }
        }
        return ClusteredSample.error(sample).map(Doubles::finite).orElse(null);
    }

    /** @param weight null: all count alike */
    private List<Survivors.Lifetime> lifetimes(
            Expr value, Expr ended, @Nullable Expr weight, List<Row> rows) {
        var lifetimes = new ArrayList<Survivors.Lifetime>();
        for (var row : rows) {
            var lasted = evaluation.value(value, row);
            var weighs = weight == null ? BigDecimal.ONE : evaluation.value(weight, row);
            if (lasted != null && weighs != null) {
                lifetimes.add(
                        new Survivors.Lifetime(
                                Values.number(lasted),
                                Boolean.TRUE.equals(evaluation.value(ended, row)),
                                rules.weight(exact(weighs))));
            }
        }
        return lifetimes;
    }

    private static BigDecimal exact(Object value) {
        return value instanceof Double number
                ? new BigDecimal(Double.toString(number))
                : Values.decimal(value);
    }

    private @Nullable Object deviation(List<Object> values) {
        var exact = values.stream().map(Aggregates::exact).toList();
        return rules.variance(exact)
                .map(variance ->
                        Doubles.finite(variance.sqrt(MathContext.DECIMAL128).doubleValue()))
                .orElse(null);
    }

    /** A value, and where its row stands. */
    private record Placed(Object value, List<@Nullable Object> place) {}

    private Stream<Placed> inOrder(Expr value, List<Expr> order, List<Row> rows) {
        return rows.stream()
                .flatMap(row ->
                        rules.counted(evaluation.value(value, row)).stream()
                                .map(found -> new Placed(found, place(order, row))));
    }

    private List<@Nullable Object> place(List<Expr> order, Row row) {
        var place = new ArrayList<@Nullable Object>();
        order.forEach(term -> place.add(evaluation.value(term, row)));
        return place;
    }

    private int compare(Placed one, Placed other) {
        for (int at = 0; at < one.place().size(); at++) {
            int compared = compare(one.place().get(at), other.place().get(at));
            if (compared != 0) {
                return compared;
            }
        }
        return rules.compare(one.value(), other.value());
    }

    /** What is empty comes last. */
    private int compare(@Nullable Object one, @Nullable Object other) {
        if (one == null || other == null) {
            return Boolean.compare(one == null, other == null);
        }
        return rules.compare(one, other);
    }

    /** The first at which the part of values up to it reaches the fraction. */
    private static int discreteRank(int size, BigDecimal fraction) {
        int rank = 0;
        while (BigDecimal.valueOf(rank + 1L).compareTo(fraction.multiply(BigDecimal.valueOf(size)))
                < 0) {
            rank++;
        }
        return rank;
    }
}
