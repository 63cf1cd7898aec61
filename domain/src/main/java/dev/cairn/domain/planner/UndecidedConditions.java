package dev.cairn.domain.planner;

import dev.cairn.domain.expression.Emptiness;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Expr.LeafValue;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.lowering.Clock;
import dev.cairn.domain.lowering.LeafCopy;
import dev.cairn.domain.lowering.Leaves;
import dev.cairn.domain.lowering.RelationKey;
import dev.cairn.domain.lowering.ScanKey;
import dev.cairn.domain.plan.Aggregation;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Output;
import dev.cairn.domain.plan.PlanWords;
import dev.cairn.domain.plan.Tallies;
import dev.cairn.domain.planner.TwoValued.Negation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Finds what the conditions of columns leave undecided: rows for which two-valued logic would have held where a condition is empty, and rows whose value
 * it would have computed from other arms. They are counted in scans of their own, which no group key and no formula of the question narrows, so that they
 * make no row of the answer; where nothing can be undecided there is no such scan.
 */
final class UndecidedConditions {
    private final Leaves tallies;
    private final List<Tallies.Undecided> undecided = new ArrayList<>();

    /** What was found in a leaf, which several columns may read. */
    private final Map<Integer, List<Found>> byLeaf = new HashMap<>();

    /** @param leaves of the question */
    UndecidedConditions(Leaves leaves) {
        this.tallies =
                leaves.beside((scan, own) ->
                        new Leaves.Bound(
                                leaves.bind(scan, own).given(), Expr.TRUE, List.of(), List.of()));
    }

    static Tallies of(List<Output> outputs, Leaves leaves) {
        var conditions = new UndecidedConditions(leaves);
        for (var output : outputs) {
            Exprs.leavesIn(output.value()).stream()
                    .sorted()
                    .flatMap(leaf ->
                            conditions
                                    .byLeaf
                                    .computeIfAbsent(
                                            leaf,
                                            at ->
                                                    conditions.in(
                                                            leaves, () -> conditions.tallies, at))
                                    .stream())
                    .distinct()
                    .forEach(found -> conditions.add(output.column(), found));
        }
        return new Tallies(conditions.tallies.block(Clock.ANY), conditions.undecided);
    }

    private void add(String column, Found found) {
        undecided.add(
                new Tallies.Undecided(
                        column,
                        found.count().leaf(),
                        found.row(),
                        found.rows(),
                        found.negations().stream()
                                .flatMap(negation -> negation.names().stream())
                                .distinct()
                                .toList(),
                        found.negations().stream().map(Negation::rewrite).distinct().toList()));
    }

    /** Rows that are undecided, and a count of them. */
    private record Found(LeafValue count, String row, String rows, List<Negation> negations) {
        Found at(LeafValue other) {
            return new Found(other, row, rows, negations);
        }
    }

    /** What is undecided in a leaf, and in what it reads for each member; {@code to} is the place of {@code from} among the tallies, where it is needed. */
    private List<Found> in(Leaves from, Supplier<Leaves> to, int index) {
        var leaf = from.leaf(index);
        var scan = from.key(leaf.scan());
        if (readsUnits(scan, leaf, from)) {
            return List.of();
        }
        var where = Expr.and(from.bound(scan).written(), leaf.where());
        var value = leaf.aggregation().value();
        var found = new ArrayList<Found>();
        ofRows(scan, where, value, from, to).ifPresent(found::add);
        switch (scan.relation()) {
            case RelationKey.OfFacts _ -> {}
            case RelationKey.OfMembers _ -> found.addAll(ofMembers(scan, where, value, from, to));
            case RelationKey.OfTicks _ -> {}
        }
        return found;
    }

    /** In units of time nothing is looked for: a fact would be counted in each, or in none that it is undecided in. */
    private static boolean readsUnits(ScanKey scan, Leaf leaf, Leaves from) {
        if (scan.relation() instanceof RelationKey.OfTicks) {
            return true;
        }
        var inner = from.inner(scan);
        return Stream.of(leaf.where(), leaf.aggregation().value(), from.bound(scan).where())
                .flatMap(expr -> Exprs.leavesIn(expr).stream())
                .map(inner::leaf)
                .anyMatch(one -> readsUnits(inner.key(one.scan()), one, inner));
    }

    /** What is undecided in the leaves that are read for each member. */
    private List<Found> ofMembers(
            ScanKey scan, Expr where, Expr value, Leaves from, Supplier<Leaves> to) {
        var found = new ArrayList<Found>();
        var read = new LinkedHashSet<>(Exprs.leavesIn(where));
        read.addAll(Exprs.leavesIn(value));
        for (int inner : read) {
            boolean decides = Exprs.leavesIn(where).contains(inner);
            for (var one : in(from.inner(scan), () -> to.get().inner(scan), inner)) {
                var rows = copied(decides ? ofMemberItself(where) : where, scan, from, to.get());
                var sum = new Aggregation.Sum(one.count());
                var count = to.get().add(to.get().grouped(scan), rows, sum, true, Type.COUNT);
                found.add(one.at(count));
            }
        }
        return found;
    }

    /** Where what is read for a member decides about it, that much is decided already: of which members all else would have been kept. */
    private static Expr ofMemberItself(Expr where) {
        return Exprs.conjuncts(where).stream()
                .filter(part -> Exprs.leavesIn(part).isEmpty())
                .reduce(Expr.TRUE, Expr::and);
    }

    private java.util.Optional<Found> ofRows(
            ScanKey scan, Expr where, Expr value, Leaves from, Supplier<Leaves> to) {
        PlanWords.Wording aggregates = read -> AggregateText.of(read, from.inner(scan));
        var twoValued = new TwoValued(emptiness(scan, from), aggregates);
        var ofWhere = twoValued.negationsIn(where);
        var ofValue =
                new TwoValued(twoValued.emptiness().given(where), aggregates)
                        .negationsInArms(value);
        var conditions = new ArrayList<Expr>();
        if (!ofWhere.isEmpty()) {
            conditions.add(
                    new Expr.And(twoValued.condition(where), new Expr.Not(Exprs.orFalse(where))));
        }
        if (!ofValue.isEmpty()) {
            var other = new Expr.Not(new Expr.Is(value, twoValued.value(value)));
            conditions.add(Expr.and(where, other));
        }
        return conditions.stream()
                .reduce(Expr.Or::new)
                .map(condition ->
                        new Found(
                                to.get()
                                        .add(
                                                to.get().grouped(scan),
                                                copied(condition, scan, from, to.get()),
                                                new Aggregation.Count(),
                                                true,
                                                Type.COUNT),
                                row(scan.relation(), "row"),
                                row(scan.relation(), "rows"),
                                Stream.concat(ofWhere.stream(), ofValue.stream())
                                        .distinct()
                                        .toList()));
    }

    private static Emptiness emptiness(ScanKey scan, Leaves from) {
        return new Emptiness(scan.relation().emptiness().known(), from.inner(scan)::mayBeEmpty);
    }

    private static String row(RelationKey relation, String word) {
        return switch (relation) {
            case RelationKey.OfFacts(var source, var _) -> word + " of " + source.name();
            case RelationKey.OfTicks(var step) -> word + " of " + step.text();
            case RelationKey.OfMembers(var entity) ->
                    word.equals("row") ? entity.word() : entity.word() + "s";
        };
    }

    /** An expression over the same leaves, which are read among the tallies too. */
    private static Expr copied(Expr expr, ScanKey scan, Leaves from, Leaves to) {
        return new LeafCopy(
                        from,
                        to,
                        (common, value) ->
                                value == common.value() ? common : new Expr.Common(value),
                        linked -> linked)
                .ofRow(expr, scan);
    }
}
