package dev.cairn.domain.planner;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.plan.Block;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Reach;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Scan;
import dev.cairn.domain.plan.Stretch;
import dev.cairn.domain.plan.Timeline;
import java.util.List;
import java.util.stream.Stream;

/** Leaves and where in time their scans read: of the question, or of units of time. */
record Scope(Block block, Timeline time, boolean inUnits) {
    Scope inner(Scan scan) {
        return switch (scan.relation()) {
            case Relation.Facts(_, _, var own, _) -> new Scope(own, time, inUnits);
            case Relation.Members(_, _, var own) -> new Scope(own, time, inUnits);
            case Relation.Ticks(var units, var own) -> new Scope(own, units.time(), true);
        };
    }

    Scan scan(Leaf leaf) {
        return block.scans().get(leaf.scan());
    }

    /** Those of units are of the units themselves. */
    List<Stretch> stretches(Scan scan) {
        return scan.relation() instanceof Relation.Ticks(var units, _)
                ? units.time().reaches().getFirst().ofBuckets()
                : stretches(time.reaches().get(scan.reach()));
    }

    private List<Stretch> stretches(Reach reach) {
        if (inUnits) {
            return reach.ofBuckets();
        }
        return time.axis()
                ? Stream.concat(reach.ofBuckets().stream(), Stream.of(reach.ofWhole())).toList()
                : List.of(reach.ofWhole());
    }

    Stream<Leaf> leavesIn(Stream<Expr> exprs) {
        return exprs.flatMap(expr -> Exprs.leavesIn(expr).stream())
                .distinct()
                .sorted()
                .map(leaf -> block.leaves().get(leaf));
    }
}
