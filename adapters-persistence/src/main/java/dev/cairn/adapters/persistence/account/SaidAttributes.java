package dev.cairn.adapters.persistence.account;

import dev.cairn.adapters.persistence.schema.HistoryTable;
import dev.cairn.adapters.persistence.type.LocalDates;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Which attributes of a member a file says anything of on the day on which an interval begins. An attribute that none does goes on as it was the day before,
 * whichever file says that, and however late it comes; not over a gap, where nothing is known of the member.
 */
final class SaidAttributes {
    private static final Name PART = DSL.name("part");
    private static final Name GROUPED = DSL.name("grouped");
    private static final Name BEFORE = DSL.name("known_until");
    private static final Name EACH = DSL.name("each_name");
    private static final Field<String> NAME = DSL.field(EACH.append("name"), SQLDataType.CLOB);

    private final DSLContext transaction;
    private final HistoryTable parts;
    private final List<Name> columns;

    /**
     * @param parts with {@link HistoryTable#said}, of each member in their order
     * @param columns of all attributes
     */
    SaidAttributes(DSLContext transaction, HistoryTable parts, List<Name> columns) {
        this.transaction = transaction;
        this.parts = parts;
        this.columns = columns;
    }

    /**
     * Of a part of the days.
     *
     * @param stored the interval of before that the part is in, if there is one
     * @param isWithinRow whether a row of the file holds in it
     * @param isAfterRow whether one that says its own end ends where the part begins: what is known from then on is known to be so
     * @param isAfterStored whether an interval of before ends where the part begins
     * @param file the columns of the file
     */
    static Field<String[]> of(
            HistoryTable stored,
            Field<LocalDate> from,
            Condition isWithinRow,
            Condition isAfterRow,
            Condition isAfterStored,
            List<Name> file) {
        var none = HistoryTable.names(List.of());
        var all = DSL.inline((String[]) null, SQLDataType.CLOB.array());
        var ofFile = HistoryTable.names(file);
        var begins = stored.from().eq(from);
        return DSL.when(stored.accountId().isNull().and(isAfterStored), all)
                .when(begins.and(stored.said().isNull()), all)
                .otherwise(
                        both(
                                DSL.when(begins, stored.said()).otherwise(none),
                                DSL.when(isWithinRow.or(isAfterRow), ofFile).otherwise(none)));
    }

    /** Each name once, however often files say it of one day. */
    private static Field<String[]> both(Field<String[]> one, Field<String[]> other) {
        return DSL.array(
                DSL.select(NAME).from(each(one)).union(DSL.select(NAME).from(each(other))));
    }

    private static Table<?> each(Field<String[]> names) {
        return DSL.unnest(names).as(EACH, NAME.getUnqualifiedName());
    }

    /** The parts, where each attribute that is not said of one goes on. */
    Table<?> carried() {
        var unsaid = unsaid();
        if (unsaid.isEmpty()) {
            return DSL.table(parts.alias());
        }
        var ids = of(GROUPED, parts.ids());
        var from = DSL.field(GROUPED.append(parts.from().getUnqualifiedName()), LocalDates.TYPE);
        var all = new ArrayList<Field<?>>(ids);
        all.addAll(of(GROUPED, List.of(parts.from(), parts.until(), parts.said())));
        for (var column : columns) {
            var value = DSL.field(GROUPED.append(column));
            var since = new ArrayList<Field<?>>(ids);
            since.add(DSL.field(GROUPED.append(since(column))));
            all.add(
                    unsaid.contains(column)
                            ? DSL.firstValue(value)
                                    .over()
                                    .partitionBy(since)
                                    .orderBy(from)
                                    .as(column)
                            : value);
        }
        return DSL.select(all).from(grouped(unsaid)).asTable(parts.alias());
    }

    /** Columns of attributes that some part says nothing of. */
    private List<Name> unsaid() {
        if (columns.isEmpty()) {
            return List.of();
        }
        var found =
                transaction
                        .select(
                                columns.stream()
                                        .map(column ->
                                                DSL.boolOr(DSL.not(isSaid(column, parts.said()))))
                                        .toList())
                        .from(DSL.table(parts.alias()))
                        .fetchSingle();
        var unsaid = new ArrayList<Name>();
        for (int at = 0; at < columns.size(); at++) {
            if (Boolean.TRUE.equals(found.get(at))) {
                unsaid.add(columns.get(at));
            }
        }
        return unsaid;
    }

    /** With how many parts of the member said each column up to this one: those that go on have one number with what they go on from. */
    private Table<Record> grouped(List<Name> unsaid) {
        var ids = of(PART, parts.ids());
        var from = DSL.field(PART.append(parts.from().getUnqualifiedName()), LocalDates.TYPE);
        var said = DSL.field(PART.append(parts.said().getUnqualifiedName()), String[].class);
        var begins = DSL.field(PART.append(BEFORE), LocalDates.TYPE).isDistinctFrom(from);
        var all = new ArrayList<Field<?>>(ids);
        all.addAll(of(PART, List.of(parts.from(), parts.until(), parts.said())));
        columns.forEach(column -> all.add(DSL.field(PART.append(column))));
        for (var column : unsaid) {
            all.add(
                    DSL.count()
                            .filterWhere(isSaid(column, said).or(begins))
                            .over()
                            .partitionBy(ids)
                            .orderBy(from)
                            .as(since(column)));
        }
        return DSL.select(all).from(following()).asTable(GROUPED);
    }

    /** With the day until which something is known before. */
    private Table<Record> following() {
        var all = new ArrayList<Field<?>>(parts.ids());
        all.addAll(List.of(parts.from(), parts.until(), parts.said()));
        columns.forEach(column -> all.add(DSL.field(parts.alias().append(column))));
        all.add(
                DSL.lag(parts.until())
                        .over()
                        .partitionBy(parts.ids())
                        .orderBy(parts.from())
                        .as(BEFORE));
        return DSL.select(all).from(DSL.table(parts.alias())).asTable(PART);
    }

    private static Condition isSaid(Name column, Field<String[]> said) {
        return said.isNull().or(DSL.inline(column.last()).eq(DSL.any(said)));
    }

    private static Name since(Name column) {
        return DSL.name("since_" + column.last());
    }

    private static List<Field<?>> of(Name table, List<? extends Field<?>> fields) {
        return fields.stream()
                .<Field<?>>map(field ->
                        DSL.field(table.append(field.getUnqualifiedName()), field.getDataType()))
                .toList();
    }
}
