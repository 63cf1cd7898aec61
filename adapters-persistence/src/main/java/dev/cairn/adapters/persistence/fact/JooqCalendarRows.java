package dev.cairn.adapters.persistence.fact;

import static org.jooq.impl.DSL.field;

import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.adapters.persistence.schema.SourceStates;
import dev.cairn.adapters.persistence.type.LocalDates;
import dev.cairn.application.port.out.CalendarRows;
import dev.cairn.domain.model.Calendar;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.time.CalendarDays;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** Reads the rows of calendars from the facts in force. */
public final class JooqCalendarRows implements CalendarRows {
    private final DSLContext dsl;

    public JooqCalendarRows(DSLContext dsl) {
        this.dsl = dsl;
    }

    @Override
    public long dataVersion(String source) {
        return SourceStates.dataVersion(dsl, source);
    }

    @Override
    public List<CalendarDays.Day> days(Source source, Calendar.Rows rows) {
        var facts = new FactTable(source.name());
        Field<LocalDate> day = field(FactTable.columnOf(rows.day()), LocalDates.TYPE);
        var columns = new ArrayList<Field<?>>(List.of(day));
        rows.grains().forEach(grain -> columns.add(value(grain.fields())));
        return dsl.select(columns)
                .from(facts.table())
                .where(facts.inForce())
                .fetch(row -> {
                    var values = new ArrayList<@Nullable String>();
                    for (int at = 0; at < rows.grains().size(); at++) {
                        values.add(row.get(at + 1, String.class));
                    }
                    return new CalendarDays.Day(Objects.requireNonNull(row.get(day)), values);
                });
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
