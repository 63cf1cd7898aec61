package dev.cairn.adapters.persistence.fact;

import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.adapters.persistence.schema.SourceStates;
import dev.cairn.adapters.persistence.sql.CalendarText;
import dev.cairn.adapters.persistence.sql.MappedTables;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.TableChanged;
import dev.cairn.application.port.out.CalendarRows;
import dev.cairn.domain.model.Calendar;
import dev.cairn.domain.model.Mapping;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.Cancellation.Cancelled;
import dev.cairn.domain.plan.MappedRows;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.CalendarDays;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.Select;
import org.jooq.impl.DSL;
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
    public long dataVersion(Source source, Calendar.Rows rows) {
        return inHalfOfTheTime(source, () -> version(source, rows));
    }

    private long version(Source source, Calendar.Rows rows) {
        return mapped(source)
                .map(table ->
                        table.mapping().version() == null
                                ? digest(source, rows)
                                : MappedTables.version(dsl, table))
                .map(version ->
                        version.map(JooqCalendarRows::number).orElseGet(looks::incrementAndGet))
                .orElseGet(() -> SourceStates.dataVersion(dsl, source.name()));
    }

    /** A table is looked at for every question, which may not need it: one that takes as long as a question may would leave none an answer. */
    private static <T> T inHalfOfTheTime(Source source, Supplier<T> read) {
        var table = source.mapping();
        var whole = Deadline.current();
        if (table == null || whole.equals(Deadline.NEVER)) {
            return read.get();
        }
        var half = whole.left().dividedBy(2);
        try {
            return Deadline.in(half, whole.nanoTime()).during(read::get);
        } catch (Cancelled late) {
            whole.check();
            throw new TableChanged(List.of(slow(source.name(), table, half)), late);
        }
    }

    private static Problem slow(String source, Mapping table, Duration half) {
        return Problem.of(
                ProblemCode.MAPPED_TABLE,
                Place.of(source, "table"),
                "The table %s was not read within %s s, half of the time that a question has, and every question looks at it. %s.",
                table.text(),
                BigDecimal.valueOf(half.toMillis(), 3).setScale(1, RoundingMode.HALF_UP),
                table.version() == null
                        ? "Give it a 'version', a column that tells one state of its rows from another, or make its view a materialized one"
                        : "Make its view a materialized one");
    }

    private static long number(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8))
                .getMostSignificantBits();
    }

    /** What all rows say, in short: it is cheaper to have the table read than to find again what was found out about its periods. */
    private Optional<String> digest(Source source, Calendar.Rows rows) {
        try {
            return fetch(source, CalendarText.said(source, rows)).stream()
                    .findFirst()
                    .map(row -> row.get(0, String.class));
        } catch (TableChanged _) {
            return Optional.empty();
        }
    }

    private Optional<MappedRows> mapped(Source source) {
        return CalendarText.mapped(dsl, source);
    }

    private Result<Record> fetch(Source source, Select<Record> statement) {
        return MappedTables.fetch(dsl, mapped(source).stream().toList(), statement);
    }

    @Override
    public List<CalendarDays.Day> days(Source source, Calendar.Rows rows) {
        var facts = new FactTable(source.name());
        var read =
                DSL.select(CalendarText.columns(rows)).from(facts.table()).where(facts.inForce());
        return inHalfOfTheTime(source, () -> fetch(source, read))
                .map(row -> {
                    var values = new ArrayList<@Nullable String>();
                    for (int at = 0; at < rows.grains().size(); at++) {
                        values.add(row.get(at + 1, String.class));
                    }
                    return new CalendarDays.Day(
                            Objects.requireNonNull(row.get(0, LocalDate.class)), values);
                });
    }
}
