package dev.cairn.adapters.persistence.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.application.port.StoreFailed;
import dev.cairn.testkit.database.TestDatabase;
import dev.cairn.testkit.database.TestServer;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class FailureTranslationTest {
    @Test
    void database_that_is_not_there_is_no_bug() {
        var dsl = Postgres.dsl(nowhere());

        assertThatThrownBy(() -> dsl.selectOne().fetch()).isInstanceOf(StoreFailed.class);
        assertThatThrownBy(() -> dsl.transactionResult(one -> one.dsl().selectOne().fetch()))
                .isInstanceOf(StoreFailed.class);
    }

    @Test
    void session_that_is_ended_under_a_statement_is_no_bug() throws SQLException {
        try (TestDatabase database = TestServer.shared().emptyDatabase()) {
            var dsl = Postgres.dsl(database.dataSource());

            assertThatThrownBy(() ->
                            dsl.select(
                                            DSL.function(
                                                    "pg_terminate_backend",
                                                    Boolean.class,
                                                    DSL.function("pg_backend_pid", Integer.class)))
                                    .fetch())
                    .isInstanceOf(StoreFailed.class);
        }
    }

    @Test
    void session_that_is_ended_at_the_commit_leaves_open_whether_it_was_done() throws SQLException {
        try (TestDatabase database = TestServer.shared().emptyDatabase()) {
            endAtCommit(database);
            var dsl = Postgres.dsl(database.dataSource());
            var kept = DSL.table(DSL.name("kept"));

            assertThatThrownBy(() ->
                            dsl.transaction(one -> one.dsl().insertInto(kept).values(1).execute()))
                    .isInstanceOfSatisfying(
                            StoreFailed.class, failed -> assertThat(failed.mayBeDone()).isTrue())
                    .hasMessageContaining("may or may not have been made");
        }
    }

    /** Every insert into a table ends its own session when it is committed. */
    private static void endAtCommit(TestDatabase database) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(
                    """
                    create table kept (number int);
                    create function end_session() returns trigger language plpgsql as
                        $$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$;
                    create constraint trigger at_commit after insert on kept
                        deferrable initially deferred for each row execute function end_session();
                    """);
        }
    }

    @Test
    void what_is_told_of_a_statement_that_fails_is_not_the_statement() {
        try (TestDatabase database = TestServer.shared().emptyDatabase()) {
            var dsl = Postgres.dsl(database.dataSource());

            assertThatThrownBy(
                            () -> dsl.select(DSL.val("secret")).from(DSL.name("nowhere")).fetch())
                    .isInstanceOfSatisfying(
                            DataAccessException.class,
                            failed -> assertThat(failed.sqlState()).isEqualTo("42P01"))
                    .hasMessageContaining("relation \"nowhere\" does not exist")
                    .hasMessageNotContainingAny("select", "secret");
        }
    }

    private static DataSource nowhere() {
        var source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {1});
        return source;
    }
}
