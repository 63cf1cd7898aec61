package dev.cairn.adapters.persistence.schema;

import static dev.cairn.adapters.persistence.generated.Tables.SOURCE_STATE;

import dev.cairn.adapters.persistence.schema.CoverageByTime.Known;
import dev.cairn.adapters.persistence.type.LocalDates;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Source;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** What is known of each source: data version and effective coverage. */
public final class SourceStates {
    private SourceStates() {}

    /** Grows with every committed change; 0 before the first. */
    public static long dataVersion(DSLContext dsl, String source) {
        Long version =
                dsl.select(SOURCE_STATE.DATA_VERSION)
                        .from(SOURCE_STATE)
                        .where(SOURCE_STATE.SOURCE.eq(source))
                        .fetchOne(SOURCE_STATE.DATA_VERSION);
        return version == null ? 0 : version;
    }

    /** Counts a change of the facts of a source, or of the members of an entity. */
    public static void touch(DSLContext transaction, String source) {
        transaction
                .insertInto(SOURCE_STATE, SOURCE_STATE.SOURCE, SOURCE_STATE.DATA_VERSION)
                .values(source, 1L)
                .onConflict(SOURCE_STATE.SOURCE)
                .doUpdate()
                .set(SOURCE_STATE.DATA_VERSION, SOURCE_STATE.DATA_VERSION.plus(1L))
                .execute();
    }

    /** Remembers until when an import said that the facts are complete; null: none says so any more. */
    public static void moveUntil(DSLContext transaction, String source, @Nullable LocalDate until) {
        if (until == null) {
            CoverageByTime.forgetMoved(transaction, source);
        }
        transaction
                .insertInto(
                        SOURCE_STATE,
                        SOURCE_STATE.SOURCE,
                        SOURCE_STATE.DATA_VERSION,
                        SOURCE_STATE.MOVED_UNTIL)
                .values(source, 0L, until)
                .onConflict(SOURCE_STATE.SOURCE)
                .doUpdate()
                .set(SOURCE_STATE.MOVED_UNTIL, until)
                .execute();
    }

    /**
     * Writes down since and until when the source is complete. Each end is what is said, else what the facts in force show: since as
     * declared, else the day of the first fact; until as the last import said, else as declared, else the day after the last fact. What has a
     * validity only is placed by its start: an end that is agreed and lies ahead does not tell that what comes until then is known.
     *
     * @param recorded when the facts changed, or what was said of them
     * @return whether anything is different now
     */
    public static boolean refreshCoverage(DSLContext transaction, Source source, Instant recorded) {
        var known = known(transaction, source);
        new CoverageByTime(transaction, source).note(known, recorded);
        return write(transaction, source, known);
    }

    /** The same where the source is declared anew, which counts for what was known at all times. */
    public static void redeclareCoverage(DSLContext transaction, Source source) {
        new CoverageByTime(transaction, source).declared();
        write(transaction, source, known(transaction, source));
    }

    private static Known known(DSLContext transaction, Source source) {
        Days facts = daysOfFacts(transaction, source);
        var moved =
                transaction
                        .select(SOURCE_STATE.MOVED_UNTIL)
                        .from(SOURCE_STATE)
                        .where(SOURCE_STATE.SOURCE.eq(source.name()))
                        .fetchOne(SOURCE_STATE.MOVED_UNTIL);
        return new Known(moved, facts.first(), facts.last());
    }

    private static boolean write(DSLContext transaction, Source source, Known known) {
        var state =
                transaction
                        .selectFrom(SOURCE_STATE)
                        .where(SOURCE_STATE.SOURCE.eq(source.name()))
                        .fetchOne();
        LocalDate from = known.from(source);
        LocalDate until = known.until(source);
        Instant fromAt = start(from, source);
        Instant untilAt = start(until, source);
        boolean same =
                state != null
                        && Objects.equals(from, state.get(SOURCE_STATE.FROM_DATE))
                        && Objects.equals(fromAt, state.get(SOURCE_STATE.FROM_AT))
                        && Objects.equals(until, state.get(SOURCE_STATE.UNTIL_DATE))
                        && Objects.equals(untilAt, state.get(SOURCE_STATE.UNTIL_AT));
        if (!same) {
            transaction
                    .insertInto(SOURCE_STATE, SOURCE_STATE.SOURCE, SOURCE_STATE.DATA_VERSION)
                    .values(source.name(), 0L)
                    .onConflict(SOURCE_STATE.SOURCE)
                    .doNothing()
                    .execute();
            transaction
                    .update(SOURCE_STATE)
                    .set(SOURCE_STATE.FROM_DATE, from)
                    .set(SOURCE_STATE.FROM_AT, fromAt)
                    .set(SOURCE_STATE.UNTIL_DATE, until)
                    .set(SOURCE_STATE.UNTIL_AT, untilAt)
                    .where(SOURCE_STATE.SOURCE.eq(source.name()))
                    .execute();
        }
        return !same;
    }

    static @Nullable Instant start(@Nullable LocalDate day, Source source) {
        return day == null ? null : day.atStartOfDay(source.zone()).toInstant();
    }

    /** Local days of the first and the last fact in force. */
    private record Days(@Nullable LocalDate first, @Nullable LocalDate last) {}

    private static Days daysOfFacts(DSLContext transaction, Source source) {
        var facts = new FactTable(source.name());
        if (source.placedBy().type() == DataType.DATE) {
            Field<LocalDate> day = facts.column(source.placedBy()).coerce(LocalDates.TYPE);
            return transaction
                    .select(DSL.min(day), DSL.max(day))
                    .from(facts.table())
                    .where(facts.inForce())
                    .fetchSingle(ends -> new Days(ends.value1(), ends.value2()));
        }
        Field<Instant> time = facts.column(source.placedBy()).coerce(Instant.class);
        return transaction
                .select(DSL.min(time), DSL.max(time))
                .from(facts.table())
                .where(facts.inForce())
                .fetchSingle(ends ->
                        new Days(
                                day(ends.value1(), source.zone()),
                                day(ends.value2(), source.zone())));
    }

    private static @Nullable LocalDate day(@Nullable Instant time, ZoneId zone) {
        return time == null ? null : LocalDate.ofInstant(time, zone);
    }
}
