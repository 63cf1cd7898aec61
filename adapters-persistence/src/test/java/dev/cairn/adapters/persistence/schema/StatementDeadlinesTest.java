package dev.cairn.adapters.persistence.schema;

import static dev.cairn.adapters.persistence.Declarations.entry;
import static dev.cairn.adapters.persistence.Declarations.save;
import static dev.cairn.adapters.persistence.Declarations.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertAll;

import dev.cairn.adapters.persistence.MigratedDatabase;
import dev.cairn.adapters.persistence.account.JooqAccountDirectory;
import dev.cairn.adapters.persistence.catalog.JooqDefinitionStore;
import dev.cairn.adapters.persistence.sql.JooqDimensionValues;
import dev.cairn.adapters.persistence.sql.RowCounts;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.out.DimensionValues.Asked;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.plan.Cancellation.Cancelled;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StatementDeadlinesTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final Expr ALL = new Expr.Literal(true, Type.BOOLEAN);

    @RegisterExtension final MigratedDatabase migrated = new MigratedDatabase();

    @Test
    void whatever_a_request_needs_of_the_database_ends_with_its_deadline() throws SQLException {
        var database = migrated.dataSource();
        save(database, source("event", List.of(), Field.of("at", DataType.TIMESTAMP)));
        var definitions = new JooqDefinitionStore(database);
        var accounts = new JooqAccountDirectory(database);
        var dsl = Postgres.dsl(database);
        var values = new JooqDimensionValues(dsl, new RowCounts(dsl));
        var catalog = definitions.load();
        var event =
                source(
                        "event",
                        List.of(),
                        Field.of("at", DataType.TIMESTAMP),
                        Field.of("name", DataType.TEXT));

        try (var other = database.getConnection()) {
            lock(other, "account", "definition", "catalog_version");
            assertAll(
                    () -> assertIsCancelled(() -> accounts.page(ALL, null, 10)),
                    () -> assertIsCancelled(() -> accounts.find("acme", ALL)),
                    () ->
                            assertIsCancelled(() ->
                                    values.values(
                                            List.of(
                                                    new Asked(
                                                            new Expr.Key(EntityRef.ACCOUNT), ALL)),
                                            "",
                                            10)),
                    () -> assertIsCancelled(definitions::load),
                    () -> assertIsCancelled(definitions::version),
                    () ->
                            assertIsCancelled(() ->
                                    definitions.save(
                                            catalog.version(),
                                            List.of(entry(event, 2)),
                                            Set.of())));
            assertThat(active(other)).isZero();
        }
        assertThat(definitions.version()).isEqualTo(catalog.version());
    }

    @Test
    void a_statement_without_words_in_jooq_is_cancelled_too() throws SQLException {
        var database = migrated.dataSource();
        try (var other = database.getConnection()) {
            lock(other, "account");

            assertIsCancelled(() -> Postgres.analyze(Postgres.dsl(database), DSL.name("account")));
        }
    }

    @Test
    void a_statement_whose_time_is_over_is_not_sent() {
        var dsl = Postgres.dsl(migrated.dataSource());
        var number = DSL.sequence(DSL.name("sent"), SQLDataType.BIGINT);
        dsl.createSequence(number).execute();
        var nanos = new AtomicLong();
        var deadline = new Deadline(nanos::get, MINUTE);

        assertThat(deadline.<Long, RuntimeException>during(() -> dsl.nextval(number))).isEqualTo(1);
        nanos.set(MINUTE);
        assertThatThrownBy(() -> deadline.during(() -> dsl.nextval(number)))
                .isInstanceOf(Cancelled.class);
        assertThatThrownBy(() ->
                        deadline.during(() -> {
                            Postgres.execute(
                                    dsl, "alter sequence %s restart", number.getQualifiedName());
                            return 0;
                        }))
                .isInstanceOf(Cancelled.class);

        assertThat(dsl.nextval(number)).isEqualTo(2);
    }

    private static void assertIsCancelled(Runnable work) {
        var deadline = Deadline.in(Duration.ofMillis(100), System::nanoTime);
        assertThatThrownBy(() ->
                        deadline.during(() -> {
                            work.run();
                            return 0;
                        }))
                .isInstanceOf(Cancelled.class);
    }

    private static void lock(Connection connection, String... tables) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("lock table %s".formatted(String.join(", ", tables)));
        }
    }

    private static int active(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "select count(*) from pg_stat_activity where datname = current_database() and state <> 'idle' and pid <> pg_backend_pid()")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
