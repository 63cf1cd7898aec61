package dev.cairn.adapters.persistence.fact;

import static dev.cairn.adapters.persistence.Declarations.save;
import static dev.cairn.adapters.persistence.Declarations.source;
import static dev.cairn.adapters.persistence.fact.Facts.MONDAY;
import static dev.cairn.adapters.persistence.fact.Facts.fact;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.adapters.persistence.MigratedDatabase;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.application.port.StoreFailed;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Source;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a pool gets back: connections that live on. */
class ReturnedConnectionTest {
    private static final int BATCH_BYTES = 1000;
    private static final int ROWS = 100;
    private static final Source EVENT =
            source(
                    "event",
                    List.of(),
                    Field.of("at", DataType.TIMESTAMP),
                    Field.of("customer", DataType.TEXT),
                    Field.of("state", DataType.TEXT));

    @RegisterExtension final MigratedDatabase migrated = new MigratedDatabase();

    @Test
    void a_load_whose_last_batch_failed_unseen_gives_its_connection_back_without_a_lock()
            throws SQLException {
        var database = migrated.dataSource();
        var dsl = Postgres.dsl(database);
        save(database, EVENT);
        int first = rowsOfFirstBatch(database, dsl);
        failToStore(dsl);

        try (var connection = database.getConnection()) {
            var load = new JooqFactStore(lending(connection), BATCH_BYTES).begin(EVENT, MONDAY);
            // One more is not sent yet, so nobody has heard of the failure before the end.
            for (int row = 0; row <= first; row++) {
                load.add(fact(EVENT, MONDAY, "a", "s" + row));
            }
            assertThatThrownBy(load::close).isInstanceOf(StoreFailed.class);

            assertThat(connection.isClosed()).isFalse();
            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(
                            dsl.fetchCount(
                                    DSL.table("pg_locks"),
                                    DSL.condition(
                                            "locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())")))
                    .isZero();
        }
    }

    /** Of the same rows; leaves nothing of them. */
    private static int rowsOfFirstBatch(DataSource database, DSLContext dsl) {
        try (var load = new JooqFactStore(database, BATCH_BYTES).begin(EVENT, MONDAY)) {
            for (int row = 0; row < ROWS; row++) {
                load.add(fact(EVENT, MONDAY, "a", "s" + row));
            }
        }
        int rows = dsl.fetchSingle("select rows from import_batch where batch = 0").into(int.class);
        dsl.execute("truncate import_run cascade");
        return rows;
    }

    private static void failToStore(DSLContext dsl) {
        dsl.execute(
                """
                create function fail() returns trigger language plpgsql as
                $$begin raise exception 'no space left' using errcode = '53100'; end$$
                """);
        dsl.execute(
                "create trigger fail after insert on import_batch for each row execute function fail()");
    }

    /** As a pool does: closing gives the connection back. */
    private static DataSource lending(Connection connection) {
        var loader = ReturnedConnectionTest.class.getClassLoader();
        var lent =
                Proxy.newProxyInstance(
                        loader,
                        new Class<?>[] {Connection.class},
                        (_, method, arguments) -> {
                            if (method.getName().equals("close")) {
                                return null;
                            }
                            try {
                                return method.invoke(connection, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
        return (DataSource)
                Proxy.newProxyInstance(
                        loader,
                        new Class<?>[] {DataSource.class},
                        (_, method, _) -> {
                            assertThat(method.getName()).isEqualTo("getConnection");
                            return lent;
                        });
    }
}
