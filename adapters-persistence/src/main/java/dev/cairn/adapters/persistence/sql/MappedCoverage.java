package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;

import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.adapters.persistence.type.LocalDates;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.MappedRows;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jooq.CommonTableExpression;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** Since and until when rows are complete that stay in a table of their own: as declared, or as they show when a question is asked. */
final class MappedCoverage {
    private static final String SOURCE = "source";
    private static final String FROM_DATE = "from_date";
    private static final String FROM_AT = "from_at";
    private static final String UNTIL_DATE = "until_date";
    private static final String UNTIL_AT = "until_at";
    private static final String RECORDED = "recorded";
    private static final FactTable ROW = new FactTable(name("own_row"));
    private static final Table<?> SHOWN = DSL.table(name("shown"));

    private MappedCoverage() {}

    /** A table of states under its own name: of other sources what it has. */
    static CommonTableExpression<Record> table(Table<?> state, List<MappedRows> mapped) {
        boolean isHistory = state.equals(StoreTables.coverageHistory());
        var columns =
                new ArrayList<Field<?>>(
                        List.of(
                                StoreTables.text(state, SOURCE),
                                StoreTables.date(state, FROM_DATE),
                                StoreTables.instant(state, FROM_AT),
                                StoreTables.date(state, UNTIL_DATE),
                                StoreTables.instant(state, UNTIL_AT)));
        if (isHistory) {
            columns.add(StoreTables.instant(state, RECORDED));
        }
        var names = mapped.stream().map(rows -> inline(rows.source().name())).toList();
        Select<Record> all =
                DSL.select(columns).from(state).where(StoreTables.text(state, SOURCE).notIn(names));
        for (var rows : mapped) {
            all = all.unionAll(state(rows, isHistory));
        }
        return state.getUnqualifiedName().as(all);
    }

    private static Select<Record> state(MappedRows rows, boolean isHistory) {
        var source = rows.source();
        var local = LocalTimes.in(source.zone());
        var from = StoreTables.date(SHOWN, FROM_DATE);
        var until = StoreTables.date(SHOWN, UNTIL_DATE);
        var columns =
                new ArrayList<Field<?>>(
                        List.of(
                                inline(source.name()),
                                from,
                                local.dayStart(from),
                                until,
                                local.dayStart(until)));
        if (isHistory) {
            columns.add(MappedFacts.ALWAYS);
        }
        return DSL.select(columns).from(shown(rows).asTable(SHOWN));
    }

    /** The local days. */
    private static Select<Record> shown(MappedRows rows) {
        var source = rows.source();
        var untilField = rows.mapping().completeUntil();
        var from =
                source.coverageFrom() != null
                        ? SqlTypes.date(source.coverageFrom())
                        : day(source, source.placing(), DSL::min);
        var until =
                untilField != null
                        ? day(source, untilField, DSL::max)
                        : source.coverageUntil() != null
                                ? SqlTypes.date(source.coverageUntil())
                                : dayAfter(day(source, source.placing(), DSL::max));
        boolean isDeclared =
                source.coverageFrom() != null
                        && untilField == null
                        && source.coverageUntil() != null;
        var select = DSL.select(List.of(from.as(FROM_DATE), until.as(UNTIL_DATE)));
        return isDeclared
                ? select
                : select.from(new MappedValues(rows).select().asTable(ROW.name()));
    }

    private static Field<LocalDate> dayAfter(Field<LocalDate> day) {
        return DSL.function(DSL.systemName("date_pli"), LocalDates.TYPE, day, inline(1));
    }

    @SuppressWarnings("unchecked")
    private static Field<LocalDate> day(
            Source source, String name, Function<Field<Object>, Field<Object>> end) {
        var field = source.field(name).orElseThrow();
        Field<?> value = end.apply((Field<Object>) ROW.column(field));
        return field.type() == DataType.DATE
                ? SqlTypes.typed(value)
                : LocalTimes.in(source.zone()).date(SqlTypes.<Instant>typed(value));
    }

    /** The first local day of a row, of a source whose declaration says no other. */
    static Select<Record> firstDay(MappedRows rows) {
        return DSL.select(List.of(StoreTables.date(SHOWN, FROM_DATE)))
                .from(shown(rows).asTable(SHOWN));
    }
}
