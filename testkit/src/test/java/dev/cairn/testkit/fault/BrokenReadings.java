package dev.cairn.testkit.fault;

import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.expression.AsOf;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.formula.Function;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Output;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Scan;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Plans as one would read them who takes the key, the time or the value of one thing for that of another. */
final class BrokenReadings {
    private BrokenReadings() {}

    // ---- time

    static AnalysisPlan everyWindowIsTheBucket(AnalysisPlan plan) {
        return scans(
                plan, scan -> scan.relation() instanceof Relation.Ticks ? scan : scan.ofBuckets());
    }

    // ---- dimensions

    /** Other sources have no field of that name. */
    static AnalysisPlan conformedDimensionIsThatOfTheFirstSource(AnalysisPlan plan) {
        var first = plan.scans().getFirst();
        return scans(plan, scan -> keys(scan, at -> asIn(first, scan, at)));
    }

    private static Expr asIn(Scan first, Scan scan, int at) {
        var key = scan.keys().get(at);
        boolean isOfAnother =
                key instanceof Expr.Field(var source, var name, _)
                        && first.keys().get(at) instanceof Expr.Field(var of, var other, _)
                        && !source.equals(of)
                        && !name.equals(other);
        return isOfAnother ? new Expr.Literal(null, Type.TEXT) : key;
    }

    // ---- links of accounts

    static AnalysisPlan parentIsThatOfNow(AnalysisPlan plan) {
        return everywhere(plan, BrokenReadings::fromWhatIsNow);
    }

    private static Expr fromWhatIsNow(Expr expr) {
        if (expr instanceof Expr.Linked(var hops, var end) && !hops.getFirst().isOfFields()) {
            var first = hops.getFirst();
            var now =
                    new Expr.Hop(
                            first.link(),
                            first.from().stream().map(BrokenReadings::now).toList(),
                            first.to(),
                            first.withinAccount());
            return new Expr.Linked(
                    IntStream.range(0, hops.size())
                            .mapToObj(at -> at == 0 ? now : hops.get(at))
                            .toList(),
                    end);
        }
        return Exprs.withOperands(expr, BrokenReadings::fromWhatIsNow);
    }

    static AnalysisPlan parentIsAsItIsNow(AnalysisPlan plan) {
        return everywhere(plan, BrokenReadings::toWhatIsNow);
    }

    private static Expr toWhatIsNow(Expr expr) {
        return expr instanceof Expr.Linked(var hops, var end) && !hops.getFirst().isOfFields()
                ? new Expr.Linked(hops, now(end))
                : Exprs.withOperands(expr, BrokenReadings::toWhatIsNow);
    }

    private static Expr now(Expr expr) {
        return expr instanceof Expr.Attribute attribute && attribute.asOf() != null
                ? new Expr.Attribute(
                        attribute.entity(), attribute.name(), attribute.type(), new AsOf.Now())
                : expr;
    }

    // ---- what is behind a cell

    static AnalysisPlan behindACellAreTheRowsOfAllGroups(AnalysisPlan plan) {
        return !isOpened(plan)
                ? plan
                : scans(
                        plan,
                        scan ->
                                scan.with(
                                        scan.relation(),
                                        scan.reach(),
                                        Exprs.conjuncts(scan.where()).stream()
                                                .filter(part ->
                                                        !(part
                                                                        instanceof
                                                                        Expr.Is(
                                                                                _,
                                                                                Expr.Literal(
                                                                                        var to,
                                                                                        _))
                                                                && to instanceof String))
                                                .reduce(Expr.TRUE, Expr::and)));
    }

    static AnalysisPlan behindAllOtherGroupsAreThoseShownToo(AnalysisPlan plan) {
        return !isOpened(plan)
                ? plan
                : scans(
                        plan,
                        scan ->
                                scan.with(
                                        scan.relation(),
                                        scan.reach(),
                                        Exprs.conjuncts(scan.where()).stream()
                                                .filter(part -> !isOfNoneShown(part))
                                                .reduce(Expr.TRUE, Expr::and)));
    }

    private static boolean isOfNoneShown(Expr part) {
        return part instanceof Expr.Not(Expr.Is(Expr.In _, _));
    }

    private static boolean isOpened(AnalysisPlan plan) {
        return plan.kinds().equals(Set.of(RowKind.CELL, RowKind.GRAND_TOTAL))
                && plan.time().buckets().size() <= 1;
    }

    // ---- scores

    static AnalysisPlan whatIsBeyondAScaleIsNotClamped(AnalysisPlan plan) {
        return outputs(plan, BrokenReadings::unclamped);
    }

    private static Expr unclamped(Expr expr) {
        if (expr instanceof Expr.Call(var function, var given, _)
                && (function == Function.LEAST || function == Function.GREATEST)
                && given.getFirst() instanceof Expr.Literal) {
            return unclamped(given.getLast());
        }
        return Exprs.withOperands(expr, BrokenReadings::unclamped);
    }

    // ---- in general

    private static AnalysisPlan everywhere(AnalysisPlan plan, UnaryOperator<Expr> change) {
        var changed =
                scans(
                        plan,
                        scan ->
                                keys(
                                        scan.with(
                                                scan.relation(),
                                                scan.reach(),
                                                change.apply(scan.where())),
                                        at -> change.apply(scan.keys().get(at))));
        return new Parts(changed)
                .leaves(
                        plan.leaves().stream()
                                .map(leaf -> leaf.with(change.apply(leaf.where())))
                                .toList())
                .plan();
    }

    private static Scan keys(Scan scan, java.util.function.IntFunction<Expr> key) {
        return new Scan(
                scan.relation(),
                scan.reach(),
                scan.where(),
                IntStream.range(0, scan.keys().size()).mapToObj(key).toList(),
                scan.dropped(),
                scan.window(),
                scan.inUnits(),
                scan.group());
    }

    private static AnalysisPlan scans(AnalysisPlan plan, UnaryOperator<Scan> change) {
        return new Parts(plan).scans(plan.scans().stream().map(change).toList()).plan();
    }

    private static AnalysisPlan outputs(AnalysisPlan plan, UnaryOperator<Expr> change) {
        return new Parts(plan)
                .outputs(
                        plan.outputs().stream()
                                .map(output ->
                                        new Output(
                                                output.column(),
                                                change.apply(output.value()),
                                                output.numerator(),
                                                output.denominator(),
                                                output.sampleSize(),
                                                output.reads()))
                                .toList())
                .plan();
    }
}
