package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Expr.LeafValue;
import dev.cairn.domain.plan.Aggregation;
import dev.cairn.domain.plan.Leaf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Adds the least value of an expression for each group.
 *
 * @param leaves over whose rows
 */
record LeastOfGroups(Leaves leaves) {
    List<Integer> of(Function<Leaves.Grouped, Expr> of) {
        var least = new ArrayList<Integer>();
        for (var scan : leaves.keys()) {
            if (!leaves.draft(scan).dropped(scan).isEmpty()) {
                continue;
            }
            var ofUnits = scan.isOfTicks() ? leaves.inner(scan).least(of) : List.<Integer>of();
            if (scan.isOfTicks()) {
                ofUnits.forEach(inner ->
                        least.add(least(scan, Expr.TRUE, value(leaves.inner(scan), inner))));
            } else {
                takenByAny(leaves.draft(scan))
                        .ifPresent(where ->
                                least.add(
                                        least(
                                                scan,
                                                where,
                                                leaves.planned(
                                                        of.apply(
                                                                new Leaves.Grouped(
                                                                        scan, leaves))))));
            }
        }
        return least;
    }

    private int least(ScanKey scan, Expr where, Expr value) {
        var draft = leaves.draft(scan);
        var least = new Aggregation.Minimum(value);
        return leaves.append(
                new Leaf(
                        draft.index(),
                        where,
                        least,
                        false,
                        value.type(),
                        Set.of(),
                        draft.readsRates(where, least, scan.kept()),
                        draft.isInUnits(scan),
                        null));
    }

    private static LeafValue value(Leaves of, int leaf) {
        return new LeafValue(leaf, of.leaf(leaf).type());
    }

    /** Empty where no leaf takes any. */
    private Optional<Expr> takenByAny(Draft draft) {
        return leaves.leavesOf(draft).stream()
                .map(Leaf::where)
                .distinct()
                .reduce((one, other) ->
                        one.equals(Expr.TRUE) || other.equals(Expr.TRUE)
                                ? Expr.TRUE
                                : new Expr.Or(one, other));
    }
}
