package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.with;

import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.plan.AnalysisPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jooq.CommonTableExpression;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.SelectLimitStep;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * A plan as one statement. Read from the top: what is said of the sources ({@code coverage}), the buckets, the scans aggregated to cells
 * ({@code scanned}), with totals and empty rows on top ({@code stacked}), one row per cell ({@code collapsed}), leaves with their reasons
 * ({@code known}), places among groups ({@code ranked}), outputs ({@code answer}), the cells asked for ({@code page}), what is counted beside them ({@code tallied}). Rows of the coverage and of
 * the tallies are told by what they have no value for: kind and source; a last one has the version of the catalogue and nothing else.
 */
final class StatementCompiler {
    private static final Table<?> STACKED = DSL.table(name("stacked"));
    private static final Table<?> COLLAPSED = DSL.table(name("collapsed"));
    private static final Table<?> SPREAD = DSL.table(name("spread"));
    private static final Table<?> KNOWN = DSL.table(name("known"));
    private static final Table<?> PLACES = DSL.table(name("places"));
    private static final Table<?> RANKED = DSL.table(name("ranked"));
    private static final Table<?> ANSWER = DSL.table(name("answer"));
    private static final Table<?> PAGE = DSL.table(name("page"));
    private static final Table<?> TALLIED = DSL.table(name("tallied"));

    private StatementCompiler() {}

    /** How many cells there are, with each of them. */
    static final Field<Integer> CELLS = DSL.count(Layout.KIND).over().as("cells_in_all");

    static Select<Record> compile(AnalysisPlan asked) {
        return compile(asked, false);
    }

    /**
     * The same, of no more lines.
     *
     * @param most cells and totals come first, then what is said of them
     */
    static Select<Record> compile(AnalysisPlan asked, long most) {
        return compile(asked, false).limit(inline(most));
    }

    /** The same, of cells alone; rows of the coverage and of the catalogue come before them. */
    static Select<Record> streamed(AnalysisPlan asked) {
        return compile(asked, true);
    }

    private static SelectLimitStep<Record> compile(AnalysisPlan asked, boolean headFirst) {
        var plan = UnitCounts.counted(asked);
        var tables = tables(plan);
        var kinds = kinds(plan);
        var layout = new Layout(plan);
        var page = new PageCompiler(plan, layout);
        boolean withTotals = kinds.size() > 1;
        var tallies = new TallyCompiler(plan);
        if (tallies.isNeeded()) {
            tables.add(common(TALLIED, tallies.tallied()));
        }
        var order = new ArrayList<SortField<?>>();
        if (headFirst) {
            order.add(CoverageTables.SOURCE.asc().nullsLast());
            order.add(StoreTables.CATALOG_VERSION.asc().nullsLast());
        } else {
            order.add(CoverageTables.SOURCE.asc().nullsFirst());
        }
        order.addAll(page.order(!withTotals));
        var columns = new ArrayList<>(layout.knownCell());
        columns.addAll(OutputColumns.all(plan));
        columns.addAll(CoverageTables.COLUMNS);
        columns.addAll(tallies.columns());
        columns.add(StoreTables.CATALOG_VERSION);
        if (headFirst) {
            columns.add(CELLS);
        }
        var rows =
                PAGE.fullJoin(CoverageTables.COVERAGE)
                        .on(falseCondition())
                        .fullJoin(StoreTables.CATALOG)
                        .on(falseCondition());
        var from = tallies.isNeeded() ? rows.fullJoin(TALLIED).on(falseCondition()) : rows;
        var all = new ArrayList<CommonTableExpression<?>>();
        var statement = with(tables).select(columns).from(from).orderBy(order);
        all.addAll(
                MappedTables.of(plan.mapped(), statement, new CoverageTables(plan, kinds).told()));
        all.addAll(tables);
        return all.size() == tables.size()
                ? statement
                : with(all).select(columns).from(from).orderBy(order);
    }

    private static Set<RowKind> kinds(AnalysisPlan plan) {
        return plan.page().after() == null ? plan.kinds() : Set.of(RowKind.CELL);
    }

    /** Up to the rows that are asked for. */
    private static List<CommonTableExpression<?>> tables(AnalysisPlan plan) {
        var kinds = kinds(plan);
        var layout = new Layout(plan);
        var cells = new CellCompiler(plan, layout, new CoverageTables(plan, kinds));
        var tables = ranked(plan, kinds);
        tables.add(common(ANSWER, cells.answer(cells.ranksGroups() ? RANKED : KNOWN)));
        tables.add(common(PAGE, new PageCompiler(plan, layout).page(ANSWER, kinds.size() > 1)));
        return tables;
    }

    /** Up to what is known of each cell, and its places among the groups. */
    private static List<CommonTableExpression<?>> ranked(AnalysisPlan plan, Set<RowKind> kinds) {
        var layout = new Layout(plan);
        var coverage = new CoverageTables(plan, kinds);
        var stack = new StackCompiler(plan, layout, kinds);
        var cells = new CellCompiler(plan, layout, coverage);
        var tables = new ArrayList<>(coverage.tables());
        tables.addAll(UnitTables.of(plan.cells()));
        tables.addAll(RateTables.of(plan));
        var frame = Frame.of(RowKind.CELL, plan, 0);
        tables.addAll(frame.derived().tables(frame));
        if (plan.top() != null) {
            tables.add(common(TopGroups.TOP, top(plan.ranking())));
        }
        if (!plan.scans().isEmpty()) {
            tables.add(name("scanned").as(union(stack.scanned())));
        }
        tables.add(common(STACKED, union(stack.stacked())));
        tables.add(common(COLLAPSED, stack.collapsed(STACKED)));
        if (stack.sharesValues()) {
            tables.add(common(SPREAD, stack.spread(COLLAPSED)));
        }
        tables.add(common(KNOWN, cells.known(stack.sharesValues() ? SPREAD : COLLAPSED)));
        if (cells.ranksGroups() && plan.top() != null) {
            tables.add(common(PLACES, places(plan.ofAllGroups())));
            tables.add(common(RANKED, cells.placed(KNOWN, PLACES)));
        } else if (cells.ranksGroups()) {
            tables.add(common(RANKED, cells.ranked(KNOWN)));
        }
        return tables;
    }

    /** The places of all groups, of which some are shown, by a statement of its own within this one. */
    private static Select<?> places(AnalysisPlan ofAll) {
        return with(ranked(ofAll, ofAll.kinds())).select(DSL.asterisk()).from(RANKED);
    }

    /** The groups with the greatest values, by a statement of its own within this one. */
    private static Select<?> top(AnalysisPlan ranking) {
        var layout = new Layout(ranking);
        return with(tables(ranking))
                .select(layout.stackedKeys())
                .from(PAGE)
                .orderBy(new PageCompiler(ranking, layout).order(true))
                .limit(DSL.inline(ranking.page().limit()));
    }

    private static CommonTableExpression<?> common(Table<?> table, Select<?> select) {
        return name(table.getName()).as(select);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    static Select<Record> union(List<Select<?>> branches) {
        Select<Record> all = (Select) branches.getFirst();
        for (Select branch : branches.subList(1, branches.size())) {
            all = all.unionAll(branch);
        }
        return all;
    }
}
