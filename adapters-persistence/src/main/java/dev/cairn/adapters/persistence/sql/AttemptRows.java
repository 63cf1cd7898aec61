package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.boolOr;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.rowNumber;
import static org.jooq.impl.DSL.select;

import dev.cairn.adapters.persistence.sql.ScanCompiler.Grouped;
import dev.cairn.adapters.persistence.sql.ScanCompiler.Grouping;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.plan.Attempts;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Scan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** One attempt for each unit in each cell: of those that begin in it, before any leaf asks anything of them. */
final class AttemptRows {
    private static final Table<?> TRIED = DSL.table(name("tried"));
    private static final String CHOICE = "choice";
    private static final String BUCKET = BucketTable.ORDINAL.getName();

    private AttemptRows() {}

    static boolean suits(Scan scan) {
        return scan.relation() instanceof Relation.Facts facts && facts.attempts() != null;
    }

    static Grouped group(Scan scan, Map<Integer, Leaf> wanted, Frame frame, Grouping grouping) {
        var leaves = List.copyOf(wanted.values());
        var facts = (Relation.Facts) scan.relation();
        var relation =
                new Relation.Facts(
                        facts.source(),
                        facts.placing(),
                        MemberConditions.narrowed(scan, leaves),
                        facts.attempts());
        var chosen = scan.with(facts, scan.reach(), Expr.TRUE);
        var rows =
                FactRows.ofChosen(
                        relation,
                        chosen(scan, relation, frame, grouping).asTable("fact"),
                        frame,
                        Reads.of(chosen, leaves, grouping.reads()));
        return ScanCompiler.group(
                chosen,
                wanted,
                ScanCompiler.withHistory(chosen, leaves, grouping, rows, frame),
                grouping);
    }

    /** Whether all attempts of a unit in a bucket are of one group, which need not be told from others then; what is read for the account may be so in a window of the row. */
    private static boolean isOfUnit(Grouping grouping) {
        return grouping.groups() != FactsByAccount.Groups.OTHER
                && grouping.reads().stream().noneMatch(FactsByAccount::readsOwn)
                && grouping.someAreShown().isEmpty();
    }

    /** Those that begin in what is read, by the cells that they begin in. */
    private static Select<?> tried(
            Scan scan, Relation.Facts relation, Frame frame, Grouping grouping) {
        boolean isOfUnit = isOfUnit(grouping);
        var keys = isOfUnit ? List.<Expr>of() : grouping.reads();
        var read = Stream.concat(Stream.of(scan.where()), keys.stream()).toList();
        var attempts = Objects.requireNonNull(relation.attempts());
        var all =
                FactRows.of(
                        relation,
                        frame,
                        Reads.of(Stream.concat(Reads.expressions(scan, List.of()), keys.stream())));
        var rows =
                ScanCompiler.withHistory(
                        scan.with(relation, scan.reach(), scan.where()),
                        List.of(),
                        grouping,
                        all,
                        frame);
        var common = CommonValues.beside(rows.from(), rows.columns(), read);
        var columns = new ArrayList<Field<?>>();
        var names = frame.derived().columns(attempts);
        names.forEach(column -> columns.add(field(name("fact", column)).as(column)));
        frame.derived()
                .compiler(attempts, frame)
                .timesAsOne()
                .ifPresent(times -> columns.add(field(name("fact", times)).as(times)));
        columns.add(rows.bucket().as(BUCKET));
        if (!isOfUnit) {
            grouping.columns(rows, common.exprs()).stream()
                    .filter(column -> !names.contains(column.getName()))
                    .filter(column -> !column.getName().equals(BUCKET))
                    .forEach(columns::add);
        }
        return select(columns)
                .from(common.from())
                .where(rows.where(), common.exprs().condition(scan.where()));
    }

    /** Where only some groups are shown, all others are one. */
    private static Table<?> inGroups(Select<?> tried, Grouping grouping) {
        var rows = tried.asTable(TRIED.getUnqualifiedName());
        return grouping.someAreShown()
                .<Table<?>>map(layout ->
                        TopGroups.othersAsOne(rows, layout).asTable(TRIED.getUnqualifiedName()))
                .orElse(rows);
    }

    private static Select<?> chosen(
            Scan scan, Relation.Facts relation, Frame frame, Grouping grouping) {
        var attempts = Objects.requireNonNull(relation.attempts());
        var tried = inGroups(tried(scan, relation, frame, grouping), grouping);
        var names = frame.derived().columns(attempts);
        var compiler = frame.derived().compiler(attempts, frame);
        var times = compiler.timesAsOne();
        var cell = new ArrayList<Field<?>>();
        if (attempts.per().isUser()) {
            cell.add(column("user_id"));
        }
        cell.add(column("account_id"));
        Arrays.stream(tried.fields())
                .map(Field::getName)
                .filter(column -> !names.contains(column) && !times.equals(Optional.of(column)))
                .forEach(column -> cell.add(column(column)));
        if (times.isPresent()) {
            return select(DSL.asterisk(), inline(1L).as(CHOICE))
                    .from(compiler.first(tried, cell).asTable(TRIED.getUnqualifiedName()));
        }
        var columns = new ArrayList<Field<?>>();
        var pending = DerivedTables.columnOf(Attempts.pending());
        for (var column : names) {
            boolean isOfUnit = attempts.choice() == Attempts.Choice.ANY && column.equals(pending);
            columns.add(
                    isOfUnit
                            ? boolOr(isPending()).over().partitionBy(cell).as(column)
                            : column(column).as(column));
        }
        columns.add(column(BUCKET).as(BUCKET));
        columns.add(rowNumber().over().partitionBy(cell).orderBy(order(attempts)).as(CHOICE));
        return select(columns).from(tried);
    }

    private static org.jooq.Condition isPending() {
        return DSL.condition(
                field(
                        TRIED.getUnqualifiedName()
                                .append(DerivedTables.columnOf(Attempts.pending())),
                        SQLDataType.BOOLEAN));
    }

    /** The one that is chosen first. */
    private static List<OrderField<?>> order(Attempts attempts) {
        var order = new ArrayList<OrderField<?>>();
        if (attempts.choice() == Attempts.Choice.ANY) {
            order.add(column(DerivedTables.columnOf(Attempts.reached())).desc());
        }
        order.add(column(DerivedTables.columnOf(attempts.started())));
        var first = attempts.inputs().getFirst();
        first.key().forEach(part -> order.add(column(DerivedTables.columnOf((Expr.Field) part))));
        if (!first.isKeyed()) {
            order.add(column("source_key"));
        }
        return order;
    }

    private static Field<Object> column(String column) {
        return field(TRIED.getUnqualifiedName().append(column), Object.class);
    }

    /** Whether one is the one of its unit in its cell. */
    static org.jooq.Condition isChosen() {
        return field(name("fact", CHOICE), SQLDataType.BIGINT).eq(inline(1L));
    }
}
