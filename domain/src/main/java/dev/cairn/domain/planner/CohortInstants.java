package dev.cairn.domain.planner;

import dev.cairn.domain.analysis.AnalysisResult.Notice;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.lowering.Leaves;
import dev.cairn.domain.lowering.TimeContext.Point;
import dev.cairn.domain.plan.Output;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** As of when the columns of a question read who is in a cohort that they are grouped by. */
final class CohortInstants {
    private CohortInstants() {}

    /**
     * That columns are grouped by one key as of different times; none where they are of one.
     *
     * @param leaves of the question
     */
    static List<Notice> mixed(List<Output> outputs, Leaves leaves) {
        var ofColumns = new LinkedHashMap<String, Set<String>>();
        boolean isElsewhere = false;
        for (var output : outputs) {
            var words = new TreeSet<String>();
            for (int leaf : Exprs.leavesIn(output.value())) {
                var scan = leaves.key(leaves.leaf(leaf).scan());
                var inner = leaves.inner(scan);
                for (var key : leaves.bound(scan).keys()) {
                    for (int read : Exprs.leavesIn(key)) {
                        var point = inner.key(inner.leaf(read).scan()).time().point();
                        isElsewhere |= point != null;
                        words.add(word(point));
                    }
                }
            }
            if (!words.isEmpty()) {
                ofColumns.put(output.column(), words);
            }
        }
        return isElsewhere && Set.copyOf(ofColumns.values()).size() > 1
                ? List.of(ResultAssembler.mixedInstants("who is in a cohort", ofColumns))
                : List.of();
    }

    private static String word(@Nullable Point point) {
        return switch (point) {
            case null -> "end";
            case Point.Edge(_, boolean end) -> end ? "end" : "start";
            case Point.Now _ -> "now";
            case Point.At(var moment) -> String.valueOf(moment.value());
            case Point.OfRows _ ->
                    throw new IllegalArgumentException("it is not known of which rows");
        };
    }
}
