package dev.cairn.adapters.persistence.sql;

import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Scan;
import java.util.List;

/**
 * How many rows a statement is expected to read: good enough to tell a count from a report, and no more. Every relation is read whole, whatever the
 * range and the filter; once more for each leaf that has to sort its rows, and again for each kind of total then; members are read for each bucket. How
 * many groups there are is not known before.
 */
record CostEstimate(RowCounts rows) {
    long of(AnalysisPlan plan) {
        return (long) of(plan.scans(), plan.leaves(), plan);
    }

    private double of(List<Scan> scans, List<Leaf> leaves, AnalysisPlan plan) {
        double cost = 0;
        for (int index = 0; index < scans.size(); index++) {
            var read = List.copyOf(ScanCompiler.leavesOf(leaves, index, _ -> true).values());
            cost += of(scans.get(index).relation(), plan) * times(read, plan);
        }
        return cost;
    }

    private double of(Relation relation, AnalysisPlan plan) {
        return switch (relation) {
            case Relation.Facts(var source, var _) -> rows.of(StoreTables.fact(source));
            case Relation.Members(var entity, var scans, var leaves) ->
                    rows.of(StoreTables.members(entity)) * plan.buckets().size()
                            + of(scans, leaves, plan);
        };
    }

    private static long times(List<Leaf> read, AnalysisPlan plan) {
        long sorted = read.stream().filter(leaf -> !LeafColumns.isTotalOfCells(leaf)).count();
        long totals = plan.kinds().stream().filter(kind -> kind != RowKind.CELL).count();
        return sorted == 0 ? 1 : (1 + sorted) * (1 + totals);
    }
}
