package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;

import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Leaf;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/** What is counted beside the cells, over the whole range: one row, which is given with the first page. */
final class TallyCompiler {
    private static final ScanCompiler.Grouping WHOLE =
            new ScanCompiler.Grouping() {
                @Override
                public List<Expr> reads() {
                    return List.of();
                }

                @Override
                public boolean isOfCertainRows() {
                    return true;
                }

                @Override
                public List<Field<?>> columns(RowSet rows, ExprCompiler exprs) {
                    return List.of(rows.bucket().as(Layout.BUCKET));
                }
            };

    private final AnalysisPlan plan;

    TallyCompiler(AnalysisPlan plan) {
        this.plan = plan;
    }

    boolean isNeeded() {
        return plan.page().isFirst() && !plan.tallies().counts().leaves().isEmpty();
    }

    /** One per tally; none where none is needed. */
    List<Field<Long>> columns() {
        return isNeeded()
                ? IntStream.range(0, plan.tallies().counts().leaves().size())
                        .mapToObj(TallyCompiler::column)
                        .toList()
                : List.of();
    }

    private static Field<Long> column(int leaf) {
        return field(name("t" + leaf), SQLDataType.BIGINT);
    }

    Select<?> tallied() {
        Table<?> all = null;
        for (int scan : scans()) {
            var counted = counted(scan).asTable("s" + scan);
            all = all == null ? counted : all.crossJoin(counted);
        }
        return select(columns()).from(all);
    }

    /** Those of which something is counted. */
    private List<Integer> scans() {
        return plan.tallies().counts().leaves().stream()
                .map(Leaf::scan)
                .distinct()
                .sorted()
                .toList();
    }

    private Select<?> counted(int scan) {
        var leaves = ScanCompiler.leavesOf(plan.tallies().counts().leaves(), scan, _ -> true);
        var tallied = plan.tallies().counts().scans().get(scan);
        var frame = Frame.of(RowKind.GRAND_TOTAL, plan, tallied.reach());
        var read = ScanCompiler.group(tallied, leaves, frame, WHOLE);
        var counts = new ArrayList<Field<?>>();
        read.leaves()
                .forEach((leaf, parts) ->
                        counts.add(
                                coalesce(parts.getFirst().cast(SQLDataType.BIGINT), inline(0L))
                                        .as(column(leaf))));
        return select(counts).from(read.rows());
    }
}
