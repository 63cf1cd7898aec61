package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.field;

import dev.cairn.adapters.persistence.definition.StoredDefinitions;
import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.adapters.persistence.type.LocalDates;
import dev.cairn.domain.model.Calendar;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.MappedRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** What the rows of a calendar say. */
public final class CalendarText {
    private static final Field<String> BETWEEN = DSL.inline("\u001f");
    private static final String NOTHING = "\u001e";

    private CalendarText() {}

    /** What all rows say, in short. */
    public static Select<Record> said(Source source, Calendar.Rows rows) {
        var said = DSL.field(DSL.name("said"), SQLDataType.CLOB);
        var line =
                columns(rows).stream()
                        .map(column -> column.cast(SQLDataType.CLOB))
                        .map(text -> DSL.coalesce(text.concat(BETWEEN), DSL.inline(NOTHING)))
                        .reduce(Field::concat)
                        .orElseThrow();
        var facts = new FactTable(source.name());
        var lines =
                DSL.select(List.<Field<?>>of(line.as(said)))
                        .from(facts.table())
                        .where(facts.inForce());
        return DSL.select(
                        List.<Field<?>>of(
                                DSL.md5(DSL.listAgg(said, "\n").withinGroupOrderBy(said))))
                .from(lines.asTable("lines"));
    }

    /** The table that the rows stay in; empty where they are imported. */
    public static Optional<MappedRows> mapped(DSLContext dsl, Source source) {
        if (source.mapping() == null) {
            return Optional.empty();
        }
        return StoredDefinitions.mapped(dsl).stream()
                .filter(rows -> rows.source().name().equals(source.name()))
                .findFirst()
                .or(() -> Optional.of(new MappedRows(source, Map.of(), null)));
    }

    /** The day, then the value of each period. */
    public static List<Field<?>> columns(Calendar.Rows rows) {
        var columns = new ArrayList<Field<?>>();
        columns.add(field(FactTable.columnOf(rows.day()), LocalDates.TYPE));
        rows.grains().forEach(grain -> columns.add(value(grain.fields())));
        return columns;
    }

    /** The texts of the fields, with a blank between two; null where one of them is. */
    private static Field<String> value(List<String> fields) {
        Field<String> all = null;
        for (var name : fields) {
            var text = field(FactTable.columnOf(name)).cast(SQLDataType.CLOB);
            all = all == null ? text : all.concat(DSL.inline(" ")).concat(text);
        }
        return Objects.requireNonNull(all);
    }
}
