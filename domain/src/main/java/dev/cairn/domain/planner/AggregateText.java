package dev.cairn.domain.planner;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.lowering.Leaves;
import dev.cairn.domain.lowering.RelationKey;
import dev.cairn.domain.lowering.ScanKey;
import dev.cairn.domain.lowering.TimeContext;
import dev.cairn.domain.plan.Aggregation;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.plan.PlanWords;
import java.math.BigDecimal;

/** Aggregates as a formula has them, for messages. */
final class AggregateText {
    private static final BigDecimal HALF = new BigDecimal("0.5");

    private AggregateText() {}

    /** The text of a leaf's value, or of a share of two: {@code avg(event where beta : seconds)}. */
    static String of(Expr value, Leaves leaves) {
        return of(value, leaves, TimeContext.BUCKET);
    }

    /** @param around what time is read where the aggregate stands */
    private static String of(Expr value, Leaves leaves, TimeContext around) {
        return switch (value) {
            case Expr.LeafValue(int index, _) -> {
                var leaf = leaves.leaf(index);
                var text =
                        "%s(%s%s)"
                                .formatted(
                                        word(leaf.aggregation()),
                                        relation(leaf, leaves),
                                        read(leaf, leaves));
                yield leaves.key(leaf.scan()).time().text(text, around);
            }
            case Expr.Share(Expr.LeafValue(int matching, _), _) -> {
                var leaf = leaves.leaf(matching);
                var text =
                        "share(%s : %s)".formatted(relation(leaf, leaves), condition(leaf, leaves));
                yield leaves.key(leaf.scan()).time().text(text, around);
            }
            default -> throw new IllegalArgumentException("no aggregate: " + value);
        };
    }

    private static String word(Aggregation aggregation) {
        return switch (aggregation) {
            case Aggregation.Count _ -> "count";
            case Aggregation.Exists _, Aggregation.OfWindow _ -> "exists";
            case Aggregation.Distinct _ -> "distinct";
            case Aggregation.Sum _ -> "sum";
            case Aggregation.Average _ -> "avg";
            case Aggregation.Minimum _ -> "min";
            case Aggregation.Maximum _ -> "max";
            case Aggregation.StandardDeviation _ -> "stddev";
            case Aggregation.Weighted(var of, _) -> word(of);
            case Aggregation.ClusteredError _ -> "avg";
            case Aggregation.Survival _, Aggregation.LifeTable _ -> "survival";
            case Aggregation.IntervalEnd(var of, _) -> word(of);
            case Aggregation.First _ -> "first";
            case Aggregation.Last _ -> "last";
            case Aggregation.Percentile(_, var fraction, var discrete) ->
                    fraction.compareTo(HALF) == 0 && !discrete
                            ? "median"
                            : "p"
                                    + fraction.movePointRight(2)
                                            .stripTrailingZeros()
                                            .toPlainString()
                                            .replace('.', '_')
                                    + (discrete ? "_disc" : "");
        };
    }

    private static String relation(Leaf leaf, Leaves leaves) {
        var scan = leaves.key(leaf.scan());
        var relation = scan.relation().word() + timing(scan);
        return leaf.where().equals(Expr.TRUE)
                ? relation
                : relation + " where " + text(leaf.where(), leaf, leaves);
    }

    private static String timing(ScanKey scan) {
        return switch (scan.relation()) {
            case RelationKey.OfMembers _, RelationKey.OfTicks _ -> "";
            case RelationKey.OfFacts(_, Placing.At _, _) -> "";
            case RelationKey.OfFacts(_, Placing.ValidDuring _, _) -> " during";
            case RelationKey.OfFacts(_, Placing.ValidAt(_, var edge), _) ->
                    scan.time().window() instanceof TimeContext.Window.At at
                            ? " " + at.text()
                            : switch (edge) {
                                case START -> " at start";
                                case END -> " at end";
                            };
        };
    }

    private static String read(Leaf leaf, Leaves leaves) {
        return switch (leaf.aggregation()) {
            case Aggregation.Count _, Aggregation.Exists _, Aggregation.OfWindow _ -> "";
            case Aggregation.Distinct _,
                    Aggregation.Sum _,
                    Aggregation.Average _,
                    Aggregation.Minimum _,
                    Aggregation.Maximum _,
                    Aggregation.Percentile _,
                    Aggregation.StandardDeviation _,
                    Aggregation.Weighted _,
                    Aggregation.ClusteredError _,
                    Aggregation.Survival _,
                    Aggregation.LifeTable _,
                    Aggregation.IntervalEnd _,
                    Aggregation.First _,
                    Aggregation.Last _ ->
                    " : " + text(leaf.aggregation().value(), leaf, leaves);
        };
    }

    /** What matches is a sum of ones. */
    private static String condition(Leaf leaf, Leaves leaves) {
        return leaf.aggregation() instanceof Aggregation.Sum(Expr.Case(var arms, _, _))
                ? text(arms.getFirst().condition(), leaf, leaves)
                : text(leaf.aggregation().value(), leaf, leaves);
    }

    private static String text(Expr read, Leaf leaf, Leaves leaves) {
        var scan = leaves.key(leaf.scan());
        var around =
                scan.relation() instanceof RelationKey.OfTicks ? TimeContext.BUCKET : scan.time();
        return PlanWords.text(read, value -> of(value, leaves.inner(scan), around));
    }
}
