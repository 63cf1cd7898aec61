package dev.cairn.adapters.persistence.schema;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Instants at which facts are recorded. What is recorded is seen when its transaction commits, which is later: until then, what was known since its beginning is
 * open. So a writer says in its session, before it waits for the others, since when it may record; PostgreSQL takes that back when its transaction is over, and not
 * before others see what it did.
 */
public final class Recording {
    private static final String SAYS = "cairn records since ";

    private Recording() {}

    /**
     * Locks writers.
     *
     * @return when that which is written is recorded: as late as can be, as nobody is told of what was known since
     */
    public static Instant lock(DSLContext transaction, InstantSource clock) {
        var since = now(clock);
        transaction
                .select(
                        DSL.function(
                                DSL.name("set_config"),
                                SQLDataType.VARCHAR,
                                DSL.inline("application_name"),
                                DSL.val(SAYS + since),
                                DSL.inline(true)))
                .execute();
        Postgres.lockWriters(transaction);
        var locked = now(clock);
        return locked.isBefore(since) ? since : locked;
    }

    private static Instant now(InstantSource clock) {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** The clock of the database, by which definitions are saved. */
    public static InstantSource clockOf(DSLContext dsl) {
        return () ->
                dsl.select(DSL.function(DSL.name("clock_timestamp"), SQLDataType.INSTANT))
                        .fetchSingle()
                        .value1();
    }

    /** Any role may call its session so: only those that can record are listened to. */
    private static Condition mayRecord() {
        return DSL.condition(
                DSL.function(
                        DSL.name("has_table_privilege"),
                        SQLDataType.BOOLEAN,
                        DSL.field(DSL.name("usesysid")),
                        DSL.inline("source_state"),
                        DSL.inline("insert")));
    }

    /** Whether a transaction that runs now may still record at an instant that has passed, or before. Asked before what was known then is read, not with it. */
    public static boolean isOpen(DSLContext dsl, Instant instant) {
        Field<String> says = DSL.field(DSL.name("application_name"), SQLDataType.VARCHAR);
        return dsl
                .select(says)
                .from(DSL.table(DSL.name("pg_catalog", "pg_stat_activity")))
                .where(
                        DSL.field(DSL.name("datname"), SQLDataType.VARCHAR)
                                .eq(
                                        DSL.function(
                                                DSL.name("current_database"), SQLDataType.VARCHAR)))
                .and(says.startsWith(SAYS))
                .and(mayRecord())
                .fetch(says)
                .stream()
                .map(said -> Instant.parse(said.substring(SAYS.length())))
                .anyMatch(since -> !since.isAfter(instant));
    }
}
