package dev.cairn.adapters.persistence.schema;

import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jooq.Condition;
import org.jooq.ConnectionProvider;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.jooq.impl.DefaultConnectionProvider;
import org.jooq.impl.SQLDataType;

/** What all stores say to PostgreSQL in the same way. */
public final class Postgres {
    /** The end of time: what is superseded then is in force. */
    public static final Field<OffsetDateTime> FOREVER =
            DSL.inline("infinity").cast(SQLDataType.TIMESTAMPWITHTIMEZONE);

    /** Any number that nobody else uses for an advisory lock. */
    private static final long WRITERS = 0x4361_6972_6eL;

    private Postgres() {}

    public static DSLContext dsl(DataSource dataSource) {
        return dsl(new TranslatedConnections(dataSource));
    }

    public static DSLContext dsl(ConnectionProvider connections) {
        return DSL.using(
                new DefaultConfiguration()
                        .set(connections)
                        .set(new Transactions(connections))
                        .set(SQLDialect.POSTGRES)
                        .set(new StatementDeadlines(), new FailureTranslation()));
    }

    /** Reads on one connection in a transaction that changes nothing: PostgreSQL sends the rows of a statement in parts only within one. */
    public static void read(DSLContext dsl, Consumer<DSLContext> work) {
        dsl.connection(connection -> {
            boolean isAlone = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                work.accept(
                        DSL.using(
                                dsl.configuration()
                                        .derive(new DefaultConnectionProvider(connection))));
            } finally {
                if (isAlone) {
                    connection.rollback();
                    connection.setAutoCommit(true);
                }
            }
        });
    }

    /**
     * Carries out what jOOQ has no words for.
     *
     * @param statement with {@code %s} for the table's name
     */
    public static void execute(DSLContext dsl, String statement, Name table) {
        execute(dsl, statement.formatted(dsl.render(table)));
    }

    /** Carries out statements as they are written. */
    public static void execute(DSLContext dsl, String statements) {
        dsl.connection(connection -> {
            try (var plain = connection.createStatement()) {
                plain.setEscapeProcessing(false);
                StatementDeadlines.execute(plain, statements);
            } catch (SQLException failed) {
                throw StoreFailures.of(failed);
            }
        });
    }

    /**
     * Lets PostgreSQL look at a table that has just been filled, so that the next statements are planned for what is in it. Never at an empty
     * one: what fills it next would be planned as if it stayed empty.
     */
    public static void analyze(DSLContext dsl, Name filled) {
        execute(dsl, "analyze %s", filled);
    }

    /**
     * That a table which the statement fills has no such row. An empty table is not read at all: where PostgreSQL knows it as empty, it would
     * be read once for each row of the statement, and each time with all that the statement has put into it.
     */
    public static Condition notIn(DSLContext transaction, Table<?> filled, Condition row) {
        return transaction.fetchExists(DSL.selectOne().from(filled))
                ? DSL.notExists(DSL.selectOne().from(filled).where(row))
                : DSL.noCondition();
    }

    /**
     * Waits until no other transaction is between this call and its end. Taken by whoever is about to write facts, accounts or tables, so
     * that loads never see each other's halves and never wait for each other crosswise. Reading is not held up.
     */
    public static void lockWriters(DSLContext transaction) {
        transaction
                .select(
                        DSL.function(
                                DSL.name("pg_advisory_xact_lock"),
                                SQLDataType.OTHER,
                                DSL.val(WRITERS)))
                .execute();
    }
}
