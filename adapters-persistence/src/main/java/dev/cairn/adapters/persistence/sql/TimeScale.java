package dev.cairn.adapters.persistence.sql;

import dev.cairn.domain.expression.Type.Kind;
import dev.cairn.domain.plan.Stretch;
import dev.cairn.domain.plan.Timeline;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/** The edges of time as a column is compared with them: of dates the local dates, of others the instants. */
sealed interface TimeScale<T extends Comparable<? super T>> {
    TimeScale<LocalDate> DATES = new Dates();
    TimeScale<Instant> INSTANTS = new Instants();

    static TimeScale<?> of(Kind kind) {
        return kind == Kind.DATE ? DATES : INSTANTS;
    }

    /** Null where a stretch begins with the coverage. */
    @Nullable T start(Stretch stretch);

    T end(Stretch stretch);

    T asOf(Timeline time);

    /** As-of for what is compared with edges of the time and nothing else: {@link Timeline#asOfBesideEdges}. */
    T asOfBesideEdges(Timeline time);

    /** A time as an instant, or as the date that goes with it. */
    T at(Instant instant, LocalDate date);

    /** The first time that can be stored and is after this one. */
    T after(T time);

    Field<T> value(T time);

    Field<T[]> array(List<T> times);

    Field<T> start(ReachTable table);

    Field<T> end(ReachTable table);

    /** Where the coverage of a source begins. */
    Field<T> from(Table<?> coverage);

    /** Where it ends. */
    Field<T> until(Table<?> coverage);

    default T earlier(T one, T other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    /**
     * Whether a time is before as-of, and within both instants: a date is wherever it begins no more than a day off.
     *
     * @param from null: of any time before
     * @param until null: until as-of
     */
    default Condition isWithin(
            Field<T> time, @Nullable Instant from, @Nullable Instant until, Timeline timeline) {
        var asOf = asOf(timeline);
        var last = until == null ? asOf : off(until, 1);
        var condition = last.compareTo(asOf) < 0 ? time.le(value(last)) : time.lt(value(asOf));
        return from == null ? condition : condition.and(time.ge(value(off(from, -1))));
    }

    private T off(Instant instant, int days) {
        return at(instant, instant.atZone(ZoneOffset.UTC).toLocalDate().plusDays(days));
    }

    /** Local dates. */
    record Dates() implements TimeScale<LocalDate> {
        @Override
        public @Nullable LocalDate start(Stretch stretch) {
            return stretch.startDate();
        }

        @Override
        public LocalDate end(Stretch stretch) {
            return stretch.endDate();
        }

        @Override
        public LocalDate asOf(Timeline time) {
            return time.asOfDate();
        }

        @Override
        public LocalDate asOfBesideEdges(Timeline time) {
            return time.asOfDate();
        }

        @Override
        public LocalDate at(Instant instant, LocalDate date) {
            return date;
        }

        @Override
        public LocalDate after(LocalDate time) {
            return time.plusDays(1);
        }

        @Override
        public Field<LocalDate> value(LocalDate time) {
            return SqlTypes.date(time);
        }

        @Override
        public Field<LocalDate[]> array(List<LocalDate> times) {
            return SqlTypes.dates(times);
        }

        @Override
        public Field<LocalDate> start(ReachTable table) {
            return table.startDate();
        }

        @Override
        public Field<LocalDate> end(ReachTable table) {
            return table.endDate();
        }

        @Override
        public Field<LocalDate> from(Table<?> coverage) {
            return StoreTables.date(coverage, "from_date");
        }

        @Override
        public Field<LocalDate> until(Table<?> coverage) {
            return StoreTables.date(coverage, "until_date");
        }
    }

    /** Instants, of which microseconds are stored. */
    record Instants() implements TimeScale<Instant> {
        @Override
        public @Nullable Instant start(Stretch stretch) {
            return stretch.start();
        }

        @Override
        public Instant end(Stretch stretch) {
            return stretch.end();
        }

        @Override
        public Instant asOf(Timeline time) {
            return time.asOf();
        }

        @Override
        public Instant asOfBesideEdges(Timeline time) {
            return time.asOfBesideEdges();
        }

        @Override
        public Instant at(Instant instant, LocalDate date) {
            return instant;
        }

        @Override
        public Instant after(Instant time) {
            return time.truncatedTo(ChronoUnit.MICROS).plus(1, ChronoUnit.MICROS);
        }

        @Override
        public Field<Instant> value(Instant time) {
            return SqlTypes.instant(time);
        }

        @Override
        public Field<Instant[]> array(List<Instant> times) {
            return SqlTypes.instants(times);
        }

        @Override
        public Field<Instant> start(ReachTable table) {
            return table.start();
        }

        @Override
        public Field<Instant> end(ReachTable table) {
            return table.end();
        }

        @Override
        public Field<Instant> from(Table<?> coverage) {
            return StoreTables.instant(coverage, "from_at");
        }

        @Override
        public Field<Instant> until(Table<?> coverage) {
            return StoreTables.instant(coverage, "until_at");
        }
    }
}
