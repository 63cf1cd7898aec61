package dev.cairn.domain.plan;

import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What will be computed, before any engine. Rows are: each group that has at least one leaf row in what is read for any bucket, for each
 * bucket (only those for which a leaf row is read where {@code fillGaps} is off); the empty group, where there are no keys, is always there; then the totals.
 *
 * @param cells what is read, and made of it in each cell
 * @param kinds of rows to give; always with {@link RowKind#CELL}
 * @param having over leaves; cells for which it is not true are left out, totals are not touched
 * @param tallies counted too where the page is the first
 * @param top which groups there are; null: all
 * @param mapped sources whose rows stay in tables of their own, whether the plan reads them or not
 */
public record AnalysisPlan(
        Timeline time,
        List<GroupKey> keys,
        Block cells,
        List<Output> outputs,
        Set<RowKind> kinds,
        Expr having,
        boolean fillGaps,
        Page page,
        Tallies tallies,
        @Nullable Top top,
        List<MappedRows> mapped) {
    /** Of all groups. */
    public AnalysisPlan(
            Timeline time,
            List<GroupKey> keys,
            Block cells,
            List<Output> outputs,
            Set<RowKind> kinds,
            Expr having,
            boolean fillGaps,
            Page page,
            Tallies tallies) {
        this(time, keys, cells, outputs, kinds, having, fillGaps, page, tallies, null, List.of());
    }

    public AnalysisPlan {
        keys = List.copyOf(keys);
        outputs = List.copyOf(outputs);
        kinds = Set.copyOf(kinds);
        mapped = List.copyOf(mapped);
    }

    /** Its cells up to so many, and nothing beside them. */
    public AnalysisPlan cellsAlone(int most) {
        return new AnalysisPlan(
                time,
                keys,
                cells,
                outputs,
                Set.of(RowKind.CELL),
                having,
                fillGaps,
                new Page(page.order(), most, page.after()),
                Tallies.NONE,
                top,
                mapped);
    }

    /** The same plan over sources of which these stay in tables of their own. */
    public AnalysisPlan withMapped(List<MappedRows> others) {
        return new AnalysisPlan(
                time, keys, cells, outputs, kinds, having, fillGaps, page, tallies, top, others);
    }

    /** The same plan as of another instant, which {@link Timeline#asOf(Instant)} has to be true of. */
    public AnalysisPlan asOf(Instant instant) {
        return new AnalysisPlan(
                time.asOf(instant),
                keys,
                cells,
                outputs,
                kinds,
                having,
                fillGaps,
                page,
                tallies,
                top,
                mapped);
    }

    public List<Scan> scans() {
        return cells.scans();
    }

    public List<Leaf> leaves() {
        return cells.leaves();
    }

    /**
     * The groups with the greatest values of an output in the whole range, which are those of the rows of {@link #ranking}. A row of any other is of the
     * one group whose keys are all {@link dev.cairn.domain.analysis.GroupValue#OTHER}; what drops every key is of all rows.
     *
     * @param groups how many at most
     * @param other whether that group is a group of the answer; its rows are in totals in any case
     */
    public record Top(int groups, int output, boolean other) {
        public Top {
            if (groups < 1) {
                throw new IllegalArgumentException("there is a greatest group: " + groups);
            }
        }
    }

    /**
     * The same cells over the whole range, in the order that says which groups there are: those of which it is not known how great they are for want of a rate of
     * exchange, as each may be among the greatest; then the greatest; of equal ones by their keys.
     */
    public AnalysisPlan ranking() {
        var by = Objects.requireNonNull(top);
        boolean mayLackRate = mayLackRate(outputs.get(by.output()).value());
        var order = new ArrayList<Ordering>();
        order.add(new Ordering(new Ordering.By.Value(0), true, mayLackRate));
        for (int key = 0; key < keys.size(); key++) {
            order.add(new Ordering(new Ordering.By.Key(key), false));
        }
        return new AnalysisPlan(
                time.ofAlone(-1),
                keys,
                cells.ofAlone(-1),
                List.of(outputs.get(by.output())),
                Set.of(RowKind.CELL),
                Expr.TRUE,
                true,
                new Page(order, by.groups(), null),
                Tallies.NONE,
                null,
                mapped);
    }

    /** The cells of all groups, among which those that are shown have their places. */
    public AnalysisPlan ofAllGroups() {
        return new AnalysisPlan(
                time,
                keys,
                cells,
                outputs,
                kinds.stream().filter(RowKind::hasGroups).collect(Collectors.toUnmodifiableSet()),
                having,
                fillGaps,
                page,
                tallies,
                null,
                mapped);
    }

    /** Whether a rate of exchange is read for it. */
    public boolean mayLackRate(Expr value) {
        return Exprs.leavesIn(value).stream().anyMatch(leaf -> leaves().get(leaf).mayLackRate());
    }

    /**
     * A group column.
     *
     * @param ofAccount it is read through the account, so facts of no account are a group of their own
     * @param shown whether it is a column of the answer; one that is not tells groups apart whose shown keys are equal, and stands behind those that are
     */
    public record GroupKey(String column, Type type, boolean ofAccount, boolean shown) {}
}
