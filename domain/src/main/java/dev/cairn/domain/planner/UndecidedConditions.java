package dev.cairn.domain.planner;

import dev.cairn.domain.expression.Emptiness;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Expr.LeafValue;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.lowering.Leaves;
import dev.cairn.domain.lowering.RelationKey;
import dev.cairn.domain.plan.Aggregation;
import dev.cairn.domain.plan.Output;
import dev.cairn.domain.plan.PlanWords;
import dev.cairn.domain.plan.Tallies;
import dev.cairn.domain.planner.TwoValued.Negation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /** @param leaves of the question */
    UndecidedConditions(Leaves leaves) {
        this.tallies =
                new Leaves(relation ->
                        new Leaves.Bound(
                                leaves.bound(relation).given(), Expr.TRUE, List.of(), List.of()));
    }

    static Tallies of(List<Output> outputs, Leaves leaves) {
        var conditions = new UndecidedConditions(leaves);
        for (var output : outputs) {
            Exprs.leavesIn(output.value()).stream()
                    .sorted()
                    .flatMap(leaf -> conditions.in(leaves, () -> conditions.tallies, leaf).stream())
                    .distinct()
                    .forEach(found -> conditions.add(output.column(), found));
        }
        return new Tallies(
                conditions.tallies.scans(), conditions.tallies.leaves(), conditions.undecided);
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
        var relation = from.relations().get(leaf.scan());
        var where = Expr.and(from.bound(relation).written(), leaf.where());
        var value = leaf.aggregation().value();
        var found = new ArrayList<Found>();
        ofRows(relation, where, value, from, to).ifPresent(found::add);
        if (relation instanceof RelationKey.OfMembers members) {
            var read = new LinkedHashSet<>(Exprs.leavesIn(where));
            read.addAll(Exprs.leavesIn(value));
            for (int inner : read) {
                boolean decides = Exprs.leavesIn(where).contains(inner);
                for (var one : in(from.inner(members), () -> to.get().inner(members), inner)) {
                    var rows =
                            copied(
                                    decides ? ofMemberItself(where) : where,
                                    members,
                                    from,
                                    to.get());
                    var sum = new Aggregation.Sum(one.count());
                    var count = to.get().add(relation, rows, sum, true, Type.COUNT);
                    found.add(one.at(count));
                }
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
            RelationKey relation, Expr where, Expr value, Leaves from, Supplier<Leaves> to) {
        PlanWords.Wording aggregates = read -> AggregateText.of(read, inner(relation, from));
        var twoValued = new TwoValued(emptiness(relation, from), aggregates);
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
                                                relation,
                                                copied(condition, relation, from, to.get()),
                                                new Aggregation.Count(),
                                                true,
                                                Type.COUNT),
                                row(relation, "row"),
                                row(relation, "rows"),
                                Stream.concat(ofWhere.stream(), ofValue.stream())
                                        .distinct()
                                        .toList()));
    }

    private static Emptiness emptiness(RelationKey relation, Leaves from) {
        var known = relation.emptiness().known();
        return switch (relation) {
            case RelationKey.OfFacts _ -> new Emptiness(known, _ -> true);
            case RelationKey.OfMembers members ->
                    new Emptiness(known, from.inner(members)::mayBeEmpty);
        };
    }

    /** What conditions over a relation read: for members what is read for each of them. */
    private static Leaves inner(RelationKey relation, Leaves leaves) {
        return relation instanceof RelationKey.OfMembers members ? leaves.inner(members) : leaves;
    }

    private static String row(RelationKey relation, String word) {
        return switch (relation) {
            case RelationKey.OfFacts(var source, var _) -> word + " of " + source.name();
            case RelationKey.OfMembers(var entity) ->
                    word.equals("row") ? entity.word() : entity.word() + "s";
        };
    }

    /** An expression over the same leaves, which are read among the tallies too. */
    private static Expr copied(Expr expr, RelationKey relation, Leaves from, Leaves to) {
        return relation instanceof RelationKey.OfMembers members
                ? copied(expr, from.inner(members), to.inner(members), new HashMap<>())
                : expr;
    }

    /** @param known common values that were copied already */
    private static Expr copied(Expr expr, Leaves from, Leaves to, Map<Expr.Common, Expr> known) {
        return switch (expr) {
            case Expr.Common common when known.containsKey(common) ->
                    Objects.requireNonNull(known.get(common));
            case Expr.Common common -> {
                var copy = new Expr.Common(copied(common.value(), from, to, known));
                known.put(common, copy);
                yield copy;
            }
            case LeafValue leaf -> copied(leaf, from, to);
            case Expr.Share(var matching, var rows) ->
                    new Expr.Share(copied(matching, from, to), copied(rows, from, to));
            default -> Exprs.withOperands(expr, operand -> copied(operand, from, to, known));
        };
    }

    private static LeafValue copied(LeafValue value, Leaves from, Leaves to) {
        var leaf = from.leaf(value.leaf());
        var relation = from.relations().get(leaf.scan());
        return to.add(
                relation,
                copied(leaf.where(), relation, from, to),
                leaf.aggregation().of(read -> copied(read, relation, from, to)),
                leaf.zeroOverNothing(),
                leaf.type());
    }
}
