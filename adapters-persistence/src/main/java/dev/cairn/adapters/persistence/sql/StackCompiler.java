package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.asterisk;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectDistinct;

import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Merge;
import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Scan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * Stack and collapse: every scan gives, at every level asked for, a branch with the same columns; branches meet in one {@code GROUP BY}, for
 * which no value is a key like any other.
 */
final class StackCompiler {
    static final Table<?> SCANNED = DSL.table(name("scanned"));

    private final AnalysisPlan plan;
    private final Layout layout;
    private final Set<RowKind> kinds;

    StackCompiler(AnalysisPlan plan, Layout layout, Set<RowKind> kinds) {
        this.plan = plan;
        this.layout = layout;
        this.kinds = kinds;
    }

    /** All scans at the level of cells; empty where there are none. */
    List<Select<?>> scanned() {
        var branches = new ArrayList<Select<?>>();
        for (int scan = 0; scan < plan.scans().size(); scan++) {
            addBranch(branches, RowKind.CELL, scan, _ -> true);
        }
        return branches;
    }

    /** Cells, totals, and the rows that are there although nothing was found. */
    List<Select<?>> stacked() {
        var branches = new ArrayList<Select<?>>();
        if (!plan.scans().isEmpty()) {
            branches.add(select(asterisk()).from(SCANNED));
        }
        for (RowKind kind : RowKind.values()) {
            if (kinds.contains(kind)) {
                if (kind != RowKind.CELL) {
                    addTotals(branches, kind);
                }
                addEmptyRows(branches, kind);
            }
        }
        if (branches.isEmpty()) {
            branches.add(emptyRows(RowKind.CELL, DSL.falseCondition()));
        }
        return branches;
    }

    /** One line for each cell. */
    Select<?> collapsed(Table<?> stacked) {
        var columns = new ArrayList<>(layout.stackedCell());
        if (isOneBranch()) {
            columns.addAll(layout.leafParts());
            return select(columns).from(stacked);
        }
        layout.leafParts().forEach(leaf -> columns.add(LeafColumns.collapse(leaf).as(leaf)));
        return select(columns).from(stacked).groupBy(layout.stackedCell());
    }

    /** Whether a leaf has one value for several groups, or none for several. */
    boolean sharesValues() {
        return plan.scans().stream()
                .anyMatch(scan -> !scan.dropped().isEmpty() || !scan.converted().isEmpty());
    }

    /** The value that several groups share, in the line of each of them, and the rates that a row lacks which may be of any of them. */
    Select<?> spread(Table<?> collapsed) {
        var columns = new ArrayList<>(layout.stackedCell());
        for (int index = 0; index < plan.leaves().size(); index++) {
            var leaf = plan.leaves().get(index);
            var scan = plan.scans().get(leaf.scan());
            var dropped = scan.dropped();
            for (var part : LeafColumns.parts(index, leaf)) {
                if (part.equals(LeafColumns.gaps(index)) && !scan.converted().isEmpty()) {
                    var unknown = new HashSet<>(dropped);
                    unknown.addAll(scan.converted());
                    columns.add(RateGaps.ofEach(part, layout.shared(unknown)).as(part));
                    continue;
                }
                columns.add(
                        dropped.isEmpty()
                                ? part
                                : LeafColumns.collapse(part)
                                        .over(DSL.partitionBy(layout.shared(dropped)))
                                        .as(part));
            }
        }
        return select(columns).from(collapsed);
    }

    /** Whether nothing is stacked on the cells of a single scan, which gives each of them once. */
    private boolean isOneBranch() {
        return plan.scans().size() == 1
                && kinds.equals(Set.of(RowKind.CELL))
                && stacked().size() == 1;
    }

    /** Made of cells where that is the same; the others are computed anew from the rows. */
    private void addTotals(List<Select<?>> branches, RowKind kind) {
        var sums = new LinkedHashMap<Integer, List<Field<?>>>();
        for (int leaf = 0; leaf < plan.leaves().size(); leaf++) {
            if (isTotalOfCells(leaf, kind)) {
                sums.put(leaf, LeafColumns.totals(leaf, plan.leaves().get(leaf)));
            }
        }
        if (!sums.isEmpty()) {
            branches.add(sumsOfCells(kind, sums));
        }
        for (int scan = 0; scan < plan.scans().size(); scan++) {
            addBranch(branches, kind, scan, leaf -> !sums.containsKey(leaf));
        }
    }

    private Select<?> sumsOfCells(RowKind kind, Map<Integer, List<Field<?>>> sums) {
        var groups = new ArrayList<Field<?>>();
        if (kind.hasTime()) {
            groups.add(Layout.BUCKET);
        }
        if (kind.hasGroups()) {
            groups.addAll(layout.stackedKeys());
        }
        var shown = new ArrayList<Field<?>>();
        shown.add(kind.hasTime() ? Layout.BUCKET : inline(Frame.WHOLE).as(Layout.BUCKET));
        shown.addAll(groups.subList(kind.hasTime() ? 1 : 0, groups.size()));
        var line = select(layout.line(kind, shown, sums)).from(SCANNED);
        return groups.isEmpty() ? line : line.groupBy(groups);
    }

    /**
     * A fact is in one cell, a member is in one cell of each bucket, or in one of each of its ages. A group that only members made in a bucket may be none in the whole
     * range, so with such scans beside them totals of groups are not made of cells.
     */
    private boolean isTotalOfCells(int index, RowKind kind) {
        Leaf leaf = plan.leaves().get(index);
        if (leaf.aggregation().merge() == Merge.WHOLE
                || plan.scans().get(leaf.scan()).relation().areUnits()
                || AttemptRows.suits(plan.scans().get(leaf.scan()))) {
            return false;
        }
        return switch (kind) {
            case CELL -> true;
            case TOTAL_OVER_GROUPS -> !isOfKeys(plan.scans().get(leaf.scan()));
            case TOTAL_OVER_TIME ->
                    IntStream.range(0, plan.scans().size()).allMatch(this::isSameInWholeRange);
            case GRAND_TOTAL ->
                    isSameInWholeRange(leaf.scan()) && !isOfKeys(plan.scans().get(leaf.scan()));
        };
    }

    /** Whether rows are read otherwise, or lack more, because of their keys. */
    private static boolean isOfKeys(Scan scan) {
        return scan.inUnits() != null || !scan.converted().isEmpty();
    }

    private boolean isSameInWholeRange(int index) {
        var scan = plan.scans().get(index);
        return scan.reach() == 0
                && scan.relation() instanceof Relation.Facts facts
                && facts.placing() instanceof Placing.At
                && facts.attempts() == null
                && facts.own().scans().isEmpty()
                && !Reads.readsTimeEdge(
                        scan,
                        List.copyOf(
                                ScanCompiler.leavesOf(plan.leaves(), index, _ -> true).values()));
    }

    private void addBranch(List<Select<?>> branches, RowKind kind, int index, IntPredicate wanted) {
        var leaves = ScanCompiler.leavesOf(plan.leaves(), index, wanted);
        if (leaves.isEmpty()) {
            return;
        }
        var scan = plan.scans().get(index);
        boolean areSomeShown = plan.top() != null && kind.hasGroups() && scan.dropped().isEmpty();
        var all =
                ScanCompiler.group(
                        kind.hasGroups() ? scan : scan.ofBuckets(),
                        leaves,
                        Frame.of(kind, plan, scan.reach()),
                        layout.grouping(scan, kind, areSomeShown));
        boolean areUnits = scan.relation().areUnits();
        var grouped = areSomeShown && !areUnits ? TopGroups.othersAsOne(all, leaves, layout) : all;
        branches.add(
                grouped.select(layout.line(kind, grouped.groups(), grouped.leaves()))
                        .having(grouped.having()));
    }

    /** Groups that were seen, in every bucket; and the one group that is always there where nothing is grouped by. */
    private void addEmptyRows(List<Select<?>> branches, RowKind kind) {
        boolean isGrouped = kind.hasGroups() && !layout.keys().isEmpty();
        boolean isDense = !kind.hasTime() || plan.fillGaps() || !plan.time().axis();
        if (!isDense
                || (isGrouped
                        && (!kind.hasTime() || !plan.time().axis() || plan.scans().isEmpty()))) {
            return;
        }
        Condition ofKind =
                kind.hasTime()
                        ? BucketTable.ORDINAL.ne(inline(Frame.WHOLE))
                        : BucketTable.ORDINAL.eq(inline(Frame.WHOLE));
        branches.add(isGrouped ? seenGroups(kind, ofKind) : emptyRows(kind, ofKind));
    }

    private Select<?> emptyRows(RowKind kind, Condition buckets) {
        var groups = new ArrayList<Field<?>>(List.of(BucketTable.ORDINAL));
        if (kind.hasGroups()) {
            layout.stackedKeys().forEach(column -> groups.add(DSL.castNull(column)));
        }
        return select(layout.line(kind, groups, Map.of())).from(BucketTable.TABLE).where(buckets);
    }

    private Select<?> seenGroups(RowKind kind, Condition buckets) {
        var groups = new ArrayList<Field<?>>(List.of(BucketTable.ORDINAL));
        groups.addAll(layout.stackedKeys());
        return select(layout.line(kind, groups, Map.of()))
                .from(
                        selectDistinct(layout.stackedKeys())
                                .from(SCANNED)
                                .where(sharesValues() ? layout.isOfGroup() : DSL.noCondition())
                                .asTable("seen")
                                .crossJoin(BucketTable.TABLE))
                .where(buckets);
    }
}
