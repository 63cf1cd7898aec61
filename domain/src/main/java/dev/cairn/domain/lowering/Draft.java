package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.plan.Aggregation;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Scan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A scan that is being collected.
 *
 * @param index of the scan in its block
 * @param reach its number among what time is read
 * @param inner what is read for each of its rows
 */
record Draft(int index, int reach, Bound bound, Leaves inner) {
    /** What is asked of every row. */
    List<Expr> asked() {
        var asked = new ArrayList<>(bound.keys());
        asked.add(bound.where());
        return asked;
    }

    /** What decides which rows there are, and in which groups they are taken together. */
    List<Expr> decides(Kept kept) {
        var deciding = new ArrayList<Expr>(List.of(bound.where()));
        bound.keys().stream().filter(key -> kept.keeps(key, bound.keys())).forEach(deciding::add);
        return deciding;
    }

    /** Whether a rate is read for a leaf, by itself or in what is read for each row. */
    boolean readsRates(Expr where, Aggregation aggregation) {
        return Stream.concat(
                        Stream.of(bound.where(), where, aggregation.value()),
                        aggregation.besides().stream())
                .anyMatch(expr ->
                        Exprs.readsRates(expr)
                                || Exprs.leavesIn(expr).stream()
                                        .anyMatch(leaf -> inner.leaf(leaf).mayLackRate()));
    }

    OwnWindows ownWindows() {
        return new OwnWindows(inner);
    }

    /** The keys of the question that do not stay. */
    Set<Integer> dropped(ScanKey scan) {
        return scan.kept().dropped(bound.keys());
    }

    /**
     * The finished scan.
     *
     * @param askedByAll what each of its leaves asks
     * @param clock finds units of time
     */
    Scan scan(ScanKey scan, List<Expr> askedByAll, Clock clock) {
        return new Scan(
                relation(scan, clock),
                reach,
                Expr.and(askedByAll.stream().reduce(Expr.TRUE, Expr::and), bound.where()),
                scan.of() == null ? bound.keys() : scan.member(),
                dropped(scan),
                scan.time().ofSubject());
    }

    private Relation relation(ScanKey scan, Clock clock) {
        return switch (scan.relation()) {
            case RelationKey.OfFacts(var source, var placing) ->
                    new Relation.Facts(source.name(), placing, inner.block(clock));
            case RelationKey.OfMembers(var entity) ->
                    new Relation.Members(entity, inner.block(clock));
            case RelationKey.OfTicks(var step) -> {
                var cut = clock.cut(scan.time(), step);
                yield new Relation.Ticks(cut.units(inner.reaches()), inner.block(cut.beneath()));
            }
        };
    }
}
