package dev.cairn.adapters.persistence.account;

import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT;

import dev.cairn.adapters.persistence.schema.AttributeTable;
import dev.cairn.adapters.persistence.schema.HistoryTable;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.adapters.persistence.type.LocalDates;
import dev.cairn.application.port.Closing;
import dev.cairn.application.port.ClosingRefused;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * On which days nothing holds of members, as a complete load does not say it, in a table of the transaction. A member that a snapshot of a day does not name
 * has no attributes from that day until the next that is known of it. Rows from one day until another say all of a member from the first of them on; one
 * that has none ends with the day of the load.
 */
final class HistoryEnds {
    /** Of a part of a member's days: whether nothing holds of it any more. */
    static final Name GONE = DSL.name("gone");

    private static final Name ENDED = DSL.name("ended");
    private static final Name HELD = DSL.name("held");
    private static final Field<LocalDate> DAY = DSL.field(DSL.name("days", "day"), LocalDates.TYPE);

    private final DSLContext transaction;
    private final HistoryTable stored;
    private final HistoryTable said;
    private final HistoryTable ended;

    HistoryEnds(DSLContext transaction, HistoryTable stored, HistoryTable said) {
        this.transaction = transaction;
        this.stored = stored;
        this.said = said;
        this.ended = new HistoryTable(stored.entity(), ENDED);
    }

    HistoryTable ended() {
        return ended;
    }

    Table<Record> table() {
        return DSL.table(ENDED);
    }

    Condition isEnded() {
        return ended.accountId().isNotNull();
    }

    /** Of which anything ends. */
    Select<Record> members() {
        return DSL.select(ended.ids()).from(table());
    }

    Select<Record> edges() {
        return HistoryMerge.edge(ended.ids(), ended.from(), table())
                .union(HistoryMerge.edge(ended.ids(), ended.until(), table()));
    }

    /** After what the rows say is known; what ends cuts it, where a file has snapshots of several days. */
    void create(@Nullable Closing closing) {
        transaction
                .createTemporaryTable(ENDED)
                .as(
                        closing == null
                                ? none()
                                : closing.isSnapshot() ? unnamed(closing) : rest(closing))
                .onCommitDrop()
                .execute();
        Postgres.analyze(transaction, ENDED);
        if (closing != null && closing.isSnapshot()) {
            transaction
                    .update(DSL.table(said.alias()))
                    .set(
                            DSL.field(said.until().getUnqualifiedName(), LocalDates.TYPE),
                            DSL.least(
                                    said.until(),
                                    orEndless(
                                            DSL.select(DSL.min(ended.from()))
                                                    .from(table())
                                                    .where(isSame(ended, said))
                                                    .and(ended.from().gt(said.from())))))
                    .execute();
        }
    }

    private Select<Record> none() {
        return DSL.select(columns(stored, stored.from(), stored.until()))
                .from(stored.table())
                .where(DSL.falseCondition());
    }

    // ---- snapshots

    /** Members that hold on the day of a snapshot and are not in it. */
    private Select<Record> unnamed(Closing closing) {
        var held = new HistoryTable(stored.entity(), HELD);
        var all =
                DSL.select(columns(stored, stored.from(), stored.until()))
                        .from(stored.table())
                        .where(isThere(stored))
                        .unionAll(
                                DSL.select(columns(said, said.from(), said.until()))
                                        .from(DSL.table(said.alias())))
                        .asTable(HELD);
        var isSaid =
                DSL.exists(
                        DSL.selectOne()
                                .from(DSL.table(said.alias()))
                                .where(isSame(said, held))
                                .and(said.from().eq(DAY)));
        var one = DSL.selectDistinct(columns(held, DAY, DAY)).from(all);
        var absent =
                one.join(days(closing))
                        .on(held.from().le(DAY))
                        .and(held.until().gt(DAY))
                        .where(DSL.not(isSaid))
                        .asTable("absent");
        var missing = new HistoryTable(stored.entity(), DSL.name("absent"));
        var next =
                DSL.least(
                        orEndless(
                                DSL.select(DSL.min(stored.from()))
                                        .from(stored.table())
                                        .where(isSame(stored, missing))
                                        .and(stored.from().gt(missing.from()))),
                        orEndless(
                                DSL.select(DSL.min(stored.until()))
                                        .from(stored.table())
                                        .where(isSame(stored, missing))
                                        .and(stored.until().gt(missing.from()))),
                        orEndless(
                                DSL.select(DSL.min(said.from()))
                                        .from(DSL.table(said.alias()))
                                        .where(isSame(said, missing))
                                        .and(said.from().gt(missing.from()))),
                        DSL.coalesce(
                                DSL.lead(missing.from())
                                        .over()
                                        .partitionBy(missing.ids())
                                        .orderBy(missing.from()),
                                HistoryMerge.infinite("infinity")));
        return DSL.select(columns(missing, missing.from(), next)).from(absent);
    }

    private Table<?> days(Closing closing) {
        var on = closing.on();
        return on == null
                ? DSL.selectDistinct(said.from().as("day"))
                        .from(DSL.table(said.alias()))
                        .asTable("days")
                : DSL.select(DSL.val(on, LocalDates.TYPE).as("day")).asTable("days");
    }

    // ---- rows from one day until another

    private Select<Record> rest(Closing closing) {
        var on = DSL.val(closing.on(), LocalDates.TYPE);
        var endless = HistoryMerge.infinite("infinity");
        return DSL.select(columns(said, DSL.min(said.from()), endless))
                .from(DSL.table(said.alias()))
                .groupBy(said.ids())
                .unionAll(
                        DSL.selectDistinct(columns(stored, on, endless))
                                .from(stored.table())
                                .where(stored.until().gt(on))
                                .and(isThere(stored))
                                .and(
                                        DSL.notExists(
                                                DSL.selectOne()
                                                        .from(DSL.table(said.alias()))
                                                        .where(isSame(said, stored)))));
    }

    // ---- what ends

    /**
     * Takes what ends out of the parts.
     *
     * @return of how many members anything stored ends
     * @throws ClosingRefused where too many would
     */
    long take(Closing closing, HistoryTable parts, String entity) {
        var gone = DSL.field(parts.alias().append(GONE), SQLDataType.BOOLEAN);
        var had = DSL.field(parts.alias().append("had"), SQLDataType.BOOLEAN);
        long closed = members(parts, DSL.table(parts.alias()), gone.isTrue().and(had.isTrue()));
        if (closed > 0) {
            var first = DSL.field(DSL.select(DSL.min(ended.from())).from(table()));
            var from = closing.on() == null ? first : DSL.val(closing.on(), LocalDates.TYPE);
            long of = members(stored, stored.table(), stored.until().gt(from).and(isThere(stored)));
            ClosingRefused.check(closing, closed, Math.max(of, closed), "members of " + entity);
        }
        transaction.deleteFrom(DSL.table(parts.alias())).where(gone.isTrue()).execute();
        return closed;
    }

    private long members(HistoryTable of, Table<?> rows, Condition which) {
        return transaction.fetchCount(DSL.selectDistinct(of.ids()).from(rows).where(which));
    }

    /** Members of which nothing at all is left have no attributes now. */
    void forget(List<Name> columns) {
        if (columns.isEmpty()) {
            return;
        }
        var attributes = new AttributeTable(stored.entity());
        var nothing = new LinkedHashMap<Field<?>, Field<?>>();
        columns.forEach(column ->
                nothing.put(
                        DSL.field(attributes.name().append(column)), DSL.inline((Object) null)));
        transaction
                .update(attributes.table())
                .set(nothing)
                .where(DSL.row(attributes.ids()).in(members()))
                .and(
                        DSL.notExists(
                                DSL.selectOne()
                                        .from(stored.table())
                                        .where(
                                                DSL.row(stored.ids())
                                                        .eq(DSL.row(attributes.ids())))))
                .execute();
    }

    /** Not those that were deleted: they are not in any file that is read. */
    private Condition isThere(HistoryTable rows) {
        return rows.accountId()
                .notIn(
                        DSL.select(ACCOUNT.ACCOUNT_ID)
                                .from(ACCOUNT)
                                .where(ACCOUNT.DELETION_ID.isNotNull()));
    }

    private static Condition isSame(HistoryTable one, HistoryTable other) {
        return DSL.row(one.ids()).eq(DSL.row(other.ids()));
    }

    private static Field<LocalDate> orEndless(Select<? extends Record1<LocalDate>> day) {
        return DSL.coalesce(DSL.field(day), HistoryMerge.infinite("infinity"));
    }

    private List<Field<?>> columns(HistoryTable of, Field<LocalDate> from, Field<LocalDate> until) {
        var columns = new ArrayList<Field<?>>();
        of.ids().forEach(id -> columns.add(id.as(id.getUnqualifiedName())));
        columns.add(from.as(ended.from().getUnqualifiedName()));
        columns.add(until.as(ended.until().getUnqualifiedName()));
        return columns;
    }
}
