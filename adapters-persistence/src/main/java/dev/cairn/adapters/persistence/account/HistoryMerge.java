package dev.cairn.adapters.persistence.account;

import dev.cairn.adapters.persistence.schema.HistoryTable;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.adapters.persistence.staging.Staging;
import dev.cairn.adapters.persistence.type.LocalDates;
import dev.cairn.application.port.Closing;
import dev.cairn.application.port.out.AccountDirectory.ContradictoryHistory;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.OrderField;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * Puts what staged rows say of members from one day until another over what is stored of them: on those days the attributes that the load has values for
 * are as it says, all else stays. Where an interval begins or ends stays known, also where nothing changed: a snapshot of a day between two others holds
 * until the next of them.
 */
final class HistoryMerge {
    private static final Name SAID = DSL.name("said");
    private static final Name NEXT = DSL.name("next");
    private static final Name PART = DSL.name("part");
    private static final Name ROW = DSL.name("row");
    private static final Name RUN = DSL.name("run");
    private static final Field<Long> LINE = DSL.field(SAID.append("line"), SQLDataType.BIGINT);
    private static final Field<Boolean> SNAPSHOT =
            DSL.field(SAID.append("snapshot"), SQLDataType.BOOLEAN);
    private static final Field<Long> NEXT_LINE = DSL.field(NEXT.append("line"), SQLDataType.BIGINT);
    private static final Field<Boolean> HAD = DSL.field(NEXT.append("had"), SQLDataType.BOOLEAN);
    private static final Field<Boolean> DIFFERS =
            DSL.field(NEXT.append("differs"), SQLDataType.BOOLEAN);
    private static final Field<LocalDate> SAID_NEXT =
            DSL.field(SAID.append("said_next"), LocalDates.TYPE);
    private static final Field<LocalDate> EVER = infinite("-infinity");
    private static final Field<LocalDate> ENDLESS = infinite("infinity");

    private final DSLContext transaction;
    private final LoadedMembers loaded;
    private final MemberTable members;
    private final HistoryTable stored;
    private final HistoryTable said;
    private final HistoryTable next;
    private final List<Name> columns;

    HistoryMerge(DSLContext transaction, LoadedMembers loaded) {
        this.transaction = transaction;
        this.loaded = loaded;
        this.members = MemberTable.of(loaded.kind());
        this.stored = new HistoryTable(loaded.kind());
        this.said = new HistoryTable(loaded.kind(), SAID);
        this.next = new HistoryTable(loaded.kind(), NEXT);
        this.columns = stored.stored(transaction);
    }

    /**
     * What was done.
     *
     * @param loaded staged rows that say something new
     * @param superseded those of them that say something else than was known
     * @param closed members with an interval that ends as no row says it
     */
    record Merged(long loaded, long superseded, long closed) {}

    /** @throws ContradictoryHistory where the rows do not agree */
    void read(Members named) {
        say(named);
        checkContradictions();
    }

    /**
     * Before the merge: whether a staged row says from and until when its member exists. That is the row of the load that begins last, unless it says less than
     * is known: a snapshot of a day before one that is known, an interval that both begins and ends earlier than others.
     */
    Condition isLastRow() {
        var sameMember = DSL.row(stored.ids()).eq(DSL.row(said.ids()));
        var beginsEarlier = isStored(sameMember.and(stored.from().gt(said.from())));
        var endsEarlier = isStored(sameMember.and(stored.until().gt(said.until())));
        var saysLess =
                DSL.when(SNAPSHOT.isTrue(), DSL.field(said.until().lt(ENDLESS)))
                        .otherwise(DSL.field(beginsEarlier.and(endsEarlier)));
        var order = new ArrayList<OrderField<?>>(said.ids());
        order.add(said.from().desc());
        var last =
                DSL.select(LINE, saysLess.as("says_less"))
                        .distinctOn(said.ids())
                        .from(DSL.table(SAID))
                        .orderBy(order)
                        .asTable("last");
        return Staging.LINE.in(
                DSL.select(DSL.field(DSL.name("last", "line"), SQLDataType.BIGINT))
                        .from(last)
                        .where(
                                DSL.field(DSL.name("last", "says_less"), SQLDataType.BOOLEAN)
                                        .isFalse()));
    }

    private Condition isStored(Condition row) {
        return DSL.exists(DSL.selectOne().from(stored.table()).where(row));
    }

    /** @param closing closes what no row says; null: it stays */
    Merged merge(@Nullable Closing closing) {
        var ends = new HistoryEnds(transaction, stored, said);
        ends.create(closing);
        layOver(ends);
        long closed = closing == null ? 0 : ends.take(closing, next, loaded.entity().name());
        long loadedRows = linesWhere(DIFFERS.isTrue());
        long superseded = linesWhere(DIFFERS.isTrue().and(HAD.isTrue()));
        transaction
                .deleteFrom(stored.table())
                .where(
                        DSL.row(stored.ids())
                                .in(DSL.selectDistinct(said.ids()).from(DSL.table(SAID)))
                                .or(DSL.row(stored.ids()).in(ends.members())))
                .execute();
        var into = new ArrayList<Field<?>>(stored.ids());
        into.addAll(List.of(stored.from(), stored.until(), stored.isFirst(), stored.said()));
        columns.forEach(column -> into.add(DSL.field(stored.alias().append(column))));
        var rows = new ArrayList<Field<?>>(next.ids());
        rows.addAll(
                List.of(
                        next.from(),
                        next.until(),
                        DSL.rowNumber().over().partitionBy(next.ids()).orderBy(next.from()).eq(1),
                        next.said()));
        columns.forEach(column -> rows.add(DSL.field(NEXT.append(column))));
        transaction
                .insertInto(stored.table(), into)
                .select(
                        DSL.select(rows)
                                .from(new SaidAttributes(transaction, next, columns).carried()))
                .execute();
        if (closed > 0) {
            ends.forget(columns);
        }
        if (loadedRows > 0) {
            Postgres.analyze(transaction, stored.name());
        }
        return new Merged(loadedRows, superseded, closed);
    }

    private long linesWhere(Condition condition) {
        return transaction
                .select(DSL.countDistinct(NEXT_LINE))
                .from(DSL.table(NEXT))
                .where(condition)
                .fetchSingle()
                .value1();
    }

    // ---- what the rows say

    /** Each thing once, however many rows say it, also of days that overlap; what never holds is left out. */
    private void say(Members named) {
        var from = DSL.field(RUN.append(said.from().getUnqualifiedName()), LocalDates.TYPE);
        var until = DSL.field(RUN.append(said.until().getUnqualifiedName()), LocalDates.TYPE);
        var ids = qualified(RUN.last(), names(said.ids()));
        var same = same(RUN);
        var groups = new ArrayList<>(same);
        groups.add(DSL.field(RUN.append("run")));
        var columns = new ArrayList<>(same);
        columns.add(DSL.min(from).as(from.getUnqualifiedName()));
        columns.add(DSL.max(until).as(until.getUnqualifiedName()));
        columns.add(
                DSL.min(DSL.field(RUN.append(LINE.getUnqualifiedName()), SQLDataType.BIGINT))
                        .as(LINE.getUnqualifiedName()));
        columns.add(
                DSL.lead(DSL.min(from))
                        .over()
                        .partitionBy(ids)
                        .orderBy(DSL.min(from))
                        .as(SAID_NEXT.getUnqualifiedName()));
        transaction
                .createTemporaryTable(SAID)
                .as(DSL.select(columns).from(runs(named).asTable(RUN)).groupBy(groups))
                .onCommitDrop()
                .execute();
        Postgres.analyze(transaction, SAID);
        var sameMember = DSL.row(stored.ids()).eq(DSL.row(said.ids()));
        transaction
                .update(DSL.table(SAID))
                .set(
                        DSL.field(said.until().getUnqualifiedName(), LocalDates.TYPE),
                        DSL.least(
                                said.until(),
                                DSL.coalesce(SAID_NEXT, ENDLESS),
                                DSL.coalesce(earliest(stored.from(), sameMember), ENDLESS),
                                DSL.coalesce(earliest(stored.until(), sameMember), ENDLESS)))
                .where(SNAPSHOT.isTrue())
                .execute();
    }

    /** The staged rows, those of one member that say the same of days that overlap with one number; snapshots of one day do. */
    private Select<Record> runs(Members named) {
        var from = DSL.field(ROW.append(said.from().getUnqualifiedName()), LocalDates.TYPE);
        var columns = new ArrayList<Field<?>>(same(ROW));
        columns.add(from);
        columns.add(DSL.field(ROW.append(said.until().getUnqualifiedName())));
        columns.add(DSL.field(ROW.append(LINE.getUnqualifiedName())));
        columns.add(
                DSL.sum(
                                DSL.when(
                                                DSL.field(
                                                                ROW.append("continues"),
                                                                SQLDataType.BOOLEAN)
                                                        .isTrue(),
                                                0)
                                        .otherwise(1))
                        .over()
                        .partitionBy(same(ROW))
                        .orderBy(from, DSL.field(ROW.append(LINE.getUnqualifiedName())))
                        .as("run"));
        return DSL.select(columns).from(rows(named).asTable(ROW));
    }

    /** The staged rows, each with whether one that says the same goes on when it begins. */
    private Select<Record> rows(Members named) {
        var from = DSL.coalesce(MemberStaging.HOLDS_FROM, EVER);
        var until = DSL.coalesce(MemberStaging.HOLDS_UNTIL, ENDLESS);
        var same = new ArrayList<Field<?>>(members.ids());
        same.add(MemberStaging.SNAPSHOT);
        same.addAll(loaded.staged());
        var earlierUntil =
                DSL.max(DSL.when(MemberStaging.SNAPSHOT.isTrue(), from).otherwise(until))
                        .over()
                        .partitionBy(same)
                        .orderBy(from, Staging.LINE)
                        .rowsBetweenUnboundedPreceding()
                        .andPreceding(1);
        var columns = new ArrayList<>(same);
        columns.add(from.as(said.from().getUnqualifiedName()));
        columns.add(until.as(said.until().getUnqualifiedName()));
        columns.add(Staging.LINE.as(LINE.getUnqualifiedName()));
        columns.add(
                DSL.when(MemberStaging.SNAPSHOT.isTrue(), DSL.field(from.eq(earlierUntil)))
                        .otherwise(DSL.field(from.lt(earlierUntil)))
                        .as("continues"));
        return DSL.select(columns)
                .from(named.staged())
                .join(members.table())
                .on(members.isStaged())
                .where(MemberStaging.SNAPSHOT.isTrue().or(from.lt(until)));
    }

    /** What rows have in common that say the same: member, kind and values. */
    private List<Field<?>> same(Name table) {
        var same = new ArrayList<Field<?>>(qualified(table.last(), names(said.ids())));
        same.add(DSL.field(table.append(SNAPSHOT.getUnqualifiedName()), SQLDataType.BOOLEAN));
        loaded.staged()
                .forEach(value ->
                        same.add(
                                DSL.field(
                                        table.append(value.getUnqualifiedName()),
                                        value.getDataType())));
        return same;
    }

    /** The earliest stored day of the kind behind the day of a row. */
    private Field<LocalDate> earliest(Field<LocalDate> day, Condition sameMember) {
        return DSL.field(
                DSL.select(DSL.min(day))
                        .from(stored.table())
                        .where(sameMember)
                        .and(day.gt(said.from())));
    }

    /** Rows of one member that say different things of one day. */
    private void checkContradictions() {
        var before = DSL.name("before");
        var earlier = DSL.field(before.append("earlier_until"), LocalDates.TYPE);
        var last = DSL.field(before.append("earlier_from"), LocalDates.TYPE);
        var columns = new ArrayList<Field<?>>();
        columns.addAll(List.of(LINE, said.from(), said.accountId()));
        columns.add(
                DSL.max(said.until())
                        .over()
                        .partitionBy(said.ids())
                        .orderBy(said.from(), LINE)
                        .rowsBetweenUnboundedPreceding()
                        .andPreceding(1)
                        .as(earlier.getUnqualifiedName()));
        columns.add(
                DSL.lag(said.from())
                        .over()
                        .partitionBy(said.ids())
                        .orderBy(said.from(), LINE)
                        .as(last.getUnqualifiedName()));
        var line = DSL.field(before.append("line"), SQLDataType.BIGINT);
        var from = DSL.field(before.append(said.from().getUnqualifiedName()), LocalDates.TYPE);
        var count = DSL.count().over();
        var found =
                transaction
                        .select(line, count)
                        .from(DSL.select(columns).from(DSL.table(SAID)).asTable(before))
                        .where(from.lt(earlier).or(from.eq(last)))
                        .orderBy(line)
                        .limit(1)
                        .fetchOne();
        if (found != null) {
            throw new ContradictoryHistory(loaded.entity().name(), found.value2(), found.value1());
        }
    }

    // ---- laid over what is stored

    /** The days between any two at which something begins or ends, each with what is said of them, else what was stored. */
    private void layOver(HistoryEnds ends) {
        var ids = names(said.ids());
        var day = DSL.field(DSL.name("edge", "day"), LocalDates.TYPE);
        var edgeIds = qualified("edge", ids);
        var edges =
                edge(said.ids(), said.from(), DSL.table(SAID))
                        .union(edge(said.ids(), said.until(), DSL.table(SAID)))
                        .union(edge(stored.ids(), stored.from(), touched(ends)))
                        .union(edge(stored.ids(), stored.until(), touched(ends)))
                        .union(ends.edges())
                        .asTable("edge");
        var partColumns = new ArrayList<Field<?>>(edgeIds);
        partColumns.add(day.as("day_from"));
        partColumns.add(DSL.lead(day).over().partitionBy(edgeIds).orderBy(day).as("day_until"));
        var parts = DSL.select(partColumns).from(edges).asTable(PART);
        var from = DSL.field(PART.append("day_from"), LocalDates.TYPE);
        var until = DSL.field(PART.append("day_until"), LocalDates.TYPE);
        var partIds = qualified(PART.last(), ids);
        var isSaid = LINE.isNotNull();
        var parted = new ArrayList<Field<?>>(partIds);
        parted.add(from.as(next.from().getUnqualifiedName()));
        parted.add(until.as(next.until().getUnqualifiedName()));
        parted.add(LINE.as(NEXT_LINE.getUnqualifiedName()));
        parted.add(DSL.field(stored.accountId().isNotNull()).as(HAD.getUnqualifiedName()));
        parted.add(DSL.field(isSaid.and(differs())).as(DIFFERS.getUnqualifiedName()));
        parted.add(
                SaidAttributes.of(
                                stored,
                                from,
                                isSaid,
                                endsSaid(partIds, from),
                                endsStored(partIds, from),
                                names(loaded.staged()))
                        .as(next.said().getUnqualifiedName()));
        parted.add(DSL.field(ends.isEnded().and(LINE.isNull())).as(HistoryEnds.GONE));
        var taken = names(loaded.staged());
        for (var column : columns) {
            var known = DSL.field(stored.alias().append(column));
            parted.add(
                    taken.contains(column)
                            ? DSL.when(isSaid, DSL.field(SAID.append(column)))
                                    .otherwise(known)
                                    .as(column)
                            : known);
        }
        transaction
                .createTemporaryTable(NEXT)
                .as(
                        DSL.select(parted)
                                .from(parts)
                                .leftJoin(DSL.table(SAID))
                                .on(covers(said, partIds, from, until))
                                .leftJoin(stored.table())
                                .on(covers(stored, partIds, from, until))
                                .leftJoin(ends.table())
                                .on(covers(ends.ended(), partIds, from, until))
                                .where(until.isNotNull())
                                .and(isSaid.or(stored.accountId().isNotNull())))
                .onCommitDrop()
                .execute();
        Postgres.analyze(transaction, NEXT);
    }

    /** Whether a row that says until when it holds ends on a day. */
    private Condition endsSaid(List<Field<Long>> ids, Field<LocalDate> day) {
        var row = new HistoryTable(loaded.kind(), ROW);
        return DSL.exists(
                DSL.selectOne()
                        .from(DSL.table(SAID).as(ROW))
                        .where(DSL.row(row.ids()).eq(DSL.row(ids)))
                        .and(row.until().eq(day))
                        .and(
                                DSL.field(
                                                ROW.append(SNAPSHOT.getUnqualifiedName()),
                                                SQLDataType.BOOLEAN)
                                        .isFalse()));
    }

    /** Whether an interval that was stored ends on a day. */
    private Condition endsStored(List<Field<Long>> ids, Field<LocalDate> day) {
        var row = new HistoryTable(loaded.kind(), ROW);
        return DSL.exists(
                DSL.selectOne()
                        .from(stored.table().as(ROW))
                        .where(DSL.row(row.ids()).eq(DSL.row(ids)))
                        .and(row.until().eq(day)));
    }

    private Table<Record> touched(HistoryEnds ends) {
        return stored.table()
                .join(
                        DSL.select(said.ids())
                                .from(DSL.table(SAID))
                                .union(ends.members())
                                .asTable("touched"))
                .on(DSL.row(stored.ids()).eq(DSL.row(qualified("touched", names(said.ids())))));
    }

    static Select<Record> edge(List<Field<Long>> ids, Field<LocalDate> day, Table<?> rows) {
        var columns = new ArrayList<Field<?>>(ids);
        columns.add(day.as("day"));
        return DSL.select(columns).from(rows);
    }

    private static Condition covers(
            HistoryTable rows,
            List<Field<Long>> ids,
            Field<LocalDate> from,
            Field<LocalDate> until) {
        return DSL.row(rows.ids())
                .eq(DSL.row(ids))
                .and(rows.from().le(from))
                .and(rows.until().ge(until));
    }

    private Condition differs() {
        Condition differs = stored.accountId().isNull();
        for (var staged : loaded.staged()) {
            var name = staged.getUnqualifiedName();
            differs =
                    differs.or(
                            Staging.distinct(
                                    DSL.field(stored.alias().append(name), staged.getDataType()),
                                    DSL.field(SAID.append(name), staged.getDataType())));
        }
        return differs;
    }

    private static List<Name> names(List<? extends Field<?>> fields) {
        return fields.stream().<Name>map(Field::getUnqualifiedName).toList();
    }

    private static List<Field<Long>> qualified(String table, List<Name> names) {
        return names.stream()
                .map(name -> DSL.field(DSL.name(table).append(name), SQLDataType.BIGINT))
                .toList();
    }

    static Field<LocalDate> infinite(String text) {
        return DSL.inline(text).cast(SQLDataType.LOCALDATE);
    }
}
