package dev.cairn.adapters.persistence.fact;

import static org.jooq.impl.DSL.field;

import dev.cairn.adapters.persistence.definition.StoredDefinitions;
import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.adapters.persistence.schema.SourceStates;
import dev.cairn.adapters.persistence.sql.MappedTables;
import dev.cairn.adapters.persistence.type.LocalDates;
import dev.cairn.application.port.out.CalendarRows;
import dev.cairn.domain.model.Calendar;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.MappedRows;
import dev.cairn.domain.time.CalendarDays;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** Reads the rows of calendars from the facts in force. */
public final class JooqCalendarRows implements CalendarRows {
    private final DSLContext dsl;

    /** Rows that nothing tells from those of before are looked at each time. */
    private final AtomicLong looks = new AtomicLong();

    public JooqCalendarRows(DSLContext dsl) {
        this.dsl = dsl;
    }

    @Override
    public long dataVersion(String source) {
        return mapped(source)
                .map(rows ->
                        MappedTables.version(dsl, rows)
                                .map(JooqCalendarRows::number)
                                .orElseGet(looks::incrementAndGet))
                .orElseGet(() -> SourceStates.dataVersion(dsl, source));
    }

    private static long number(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8))
                .getMostSignificantBits();
    }

    private Optional<MappedRows> mapped(String source) {
        return StoredDefinitions.mapped(dsl).stream()
                .filter(rows -> rows.source().name().equals(source))
                .findFirst();
    }

    @Override
    public List<CalendarDays.Day> days(Source source, Calendar.Rows rows) {
        var facts = new FactTable(source.name());
        Field<LocalDate> day = field(FactTable.columnOf(rows.day()), LocalDates.TYPE);
        var columns = new ArrayList<Field<?>>(List.of(day));
        for (int at = 0; at < rows.grains().size(); at++) {
            columns.add(value(rows.grains().get(at).fields()).as("period" + at));
        }
        var read = DSL.select(columns).from(facts.table()).where(facts.inForce());
        return MappedTables.fetch(dsl, mapped(source.name()).stream().toList(), read)
                .map(row -> {
                    var values = new ArrayList<@Nullable String>();
                    for (int at = 0; at < rows.grains().size(); at++) {
                        values.add(row.get(at + 1, String.class));
                    }
                    return new CalendarDays.Day(
                            Objects.requireNonNull(row.get(0, LocalDate.class)), values);
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
