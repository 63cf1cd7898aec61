package dev.cairn.adapters.persistence.schema;

import static dev.cairn.adapters.persistence.generated.Tables.COVERAGE_HISTORY;

import dev.cairn.domain.model.Source;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * What was known of a source's coverage at each time: what imports said and the facts that were in force then, read by today's declaration. It counts from
 * the beginning of time.
 */
final class CoverageByTime {
    private static final org.jooq.Field<Instant> ALWAYS =
            DSL.inline("-infinity").cast(SQLDataType.TIMESTAMPWITHTIMEZONE).coerce(Instant.class);

    private final DSLContext transaction;
    private final Source source;

    CoverageByTime(DSLContext transaction, Source source) {
        this.transaction = transaction;
        this.source = source;
    }

    /**
     * What coverage follows from, beside the declaration.
     *
     * @param movedUntil what the last import that said so gave as its end
     * @param first local day of the first fact in force
     * @param last local day of the last one
     */
    record Known(
            @Nullable LocalDate movedUntil, @Nullable LocalDate first, @Nullable LocalDate last) {
        static final Known NOTHING = new Known(null, null, null);

        /** Since when the source is complete. */
        @Nullable LocalDate from(Source source) {
            return source.coverageFrom() != null ? source.coverageFrom() : first;
        }

        /** Until when, out. */
        @Nullable LocalDate until(Source source) {
            if (movedUntil != null) {
                return movedUntil;
            }
            return source.coverageUntil() != null || last == null
                    ? source.coverageUntil()
                    : last.plusDays(1);
        }
    }

    /** Notes what is known from a time on, where it differs from before. */
    void note(Known known, Instant recorded) {
        var last =
                transaction
                        .select(
                                COVERAGE_HISTORY.MOVED_UNTIL,
                                COVERAGE_HISTORY.FIRST_DATE,
                                COVERAGE_HISTORY.LAST_DATE)
                        .from(COVERAGE_HISTORY)
                        .where(COVERAGE_HISTORY.SOURCE.eq(source.name()))
                        .orderBy(COVERAGE_HISTORY.RECORDED.desc())
                        .limit(1)
                        .fetchOptional(row -> new Known(row.value1(), row.value2(), row.value3()));
        if (last.filter(known::equals).isEmpty()) {
            put(known, DSL.val(recorded));
        }
    }

    /** Reads all that was known by the declaration, which is another now. */
    void declared() {
        var all = all();
        if (all.isEmpty()) {
            put(Known.NOTHING, ALWAYS);
        }
        for (var known : all) {
            transaction
                    .update(COVERAGE_HISTORY)
                    .set(COVERAGE_HISTORY.FROM_DATE, known.from(source))
                    .set(COVERAGE_HISTORY.FROM_AT, SourceStates.start(known.from(source), source))
                    .set(COVERAGE_HISTORY.UNTIL_DATE, known.until(source))
                    .set(COVERAGE_HISTORY.UNTIL_AT, SourceStates.start(known.until(source), source))
                    .where(is(known))
                    .execute();
        }
    }

    private List<Known> all() {
        return transaction
                .selectDistinct(
                        COVERAGE_HISTORY.MOVED_UNTIL,
                        COVERAGE_HISTORY.FIRST_DATE,
                        COVERAGE_HISTORY.LAST_DATE)
                .from(COVERAGE_HISTORY)
                .where(COVERAGE_HISTORY.SOURCE.eq(source.name()))
                .fetch(row -> new Known(row.value1(), row.value2(), row.value3()));
    }

    private Condition is(Known known) {
        return COVERAGE_HISTORY
                .SOURCE
                .eq(source.name())
                .and(COVERAGE_HISTORY.MOVED_UNTIL.isNotDistinctFrom(known.movedUntil()))
                .and(COVERAGE_HISTORY.FIRST_DATE.isNotDistinctFrom(known.first()))
                .and(COVERAGE_HISTORY.LAST_DATE.isNotDistinctFrom(known.last()));
    }

    /** What imports said of its end counts no more. */
    static void forgetMoved(DSLContext transaction, String source) {
        transaction
                .update(COVERAGE_HISTORY)
                .setNull(COVERAGE_HISTORY.MOVED_UNTIL)
                .where(COVERAGE_HISTORY.SOURCE.eq(source))
                .execute();
    }

    private void put(Known known, org.jooq.Field<Instant> recorded) {
        var from = known.from(source);
        var until = known.until(source);
        transaction
                .insertInto(COVERAGE_HISTORY)
                .set(COVERAGE_HISTORY.SOURCE, source.name())
                .set(COVERAGE_HISTORY.RECORDED, recorded)
                .set(COVERAGE_HISTORY.MOVED_UNTIL, known.movedUntil())
                .set(COVERAGE_HISTORY.FIRST_DATE, known.first())
                .set(COVERAGE_HISTORY.LAST_DATE, known.last())
                .set(COVERAGE_HISTORY.FROM_DATE, from)
                .set(COVERAGE_HISTORY.FROM_AT, SourceStates.start(from, source))
                .set(COVERAGE_HISTORY.UNTIL_DATE, until)
                .set(COVERAGE_HISTORY.UNTIL_AT, SourceStates.start(until, source))
                .onConflict(COVERAGE_HISTORY.SOURCE, COVERAGE_HISTORY.RECORDED)
                .doUpdate()
                .setAllToExcluded()
                .execute();
    }
}
