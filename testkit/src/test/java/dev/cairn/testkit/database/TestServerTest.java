package dev.cairn.testkit.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class TestServerTest {

    @Test
    void database_like_a_prepared_one_has_its_tables_and_is_prepared_once() throws SQLException {
        AtomicInteger preparations = new AtomicInteger();
        TestServer.Preparation preparation =
                database -> {
                    preparations.incrementAndGet();
                    execute(database, "create table fact (id int)");
                };

        try (var first = TestServer.shared().databaseLike("facts", preparation);
                var second = TestServer.shared().databaseLike("facts", preparation)) {
            execute(first, "insert into fact values (1)");

            assertThat(countOf(first)).isEqualTo(1);
            assertThat(countOf(second)).isZero();
            assertThat(preparations).hasValue(1);
        }
    }

    @Test
    void closed_database_is_gone() {
        TestDatabase database = TestServer.shared().emptyDatabase();
        database.close();

        assertThatThrownBy(database::connect)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("3D000"));
    }

    @Test
    void postgres_15_is_of_that_version() {
        var server = TestServer.postgres15();
        Assumptions.assumeTrue(
                server.isPresent(),
                "no PostgreSQL 15 is installed, CAIRN_TEST_PG15_URL is not set, and no container engine can start one");

        assertThat(server.orElseThrow().version()).startsWith("15.");
    }

    @Test
    void a_container_has_databases_where_an_engine_can_start_it() throws SQLException {
        var server = ServerSearch.container();
        Assumptions.assumeTrue(server.isPresent(), "no container engine runs that can start one");

        try (var database = server.orElseThrow().emptyDatabase()) {
            execute(database, "create table fact (id int)");
            assertThat(countOf(database)).isZero();
        }
        assertThat(server.orElseThrow().version()).startsWith("18");
    }

    @Test
    void address_keeps_the_parameters_of_the_url_and_leaves_out_its_database() {
        ServerAddress address =
                ServerAddress.of(
                        "jdbc:postgresql://db.example:5433/any?user=tester&password=p%40ss&sslmode=require");

        assertThat(address.urlOf("x"))
                .isEqualTo(
                        "jdbc:postgresql://db.example:5433/x?user=tester&password=p%40ss&sslmode=require");
        assertThat(address.user()).isEqualTo("tester");
        assertThat(address.password()).isEqualTo("p@ss");
        assertThat(address.toString()).doesNotContain("p%40ss", "p@ss");
    }

    private static void execute(TestDatabase database, String sql) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int countOf(TestDatabase database) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from fact")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
