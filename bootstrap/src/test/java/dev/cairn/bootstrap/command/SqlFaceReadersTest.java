package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.adapters.persistence.sql.JooqSqlFace;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.util.PSQLWarning;

/** What a role that reads views of saved questions can do in the database, and what it cannot. */
@TestInstance(Lifecycle.PER_CLASS)
class SqlFaceReadersTest {
    private final ReaderRoles roles = new ReaderRoles();
    private final String all = roles.create("bi_all_");
    private final String pro = roles.create("bi \"pro\" ");
    private final String odd = roles.create("bi_odd_");
    private final String own = roles.create("bi_own_");
    private RunningCairn cairn;
    private ShownViews shown;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        cairn =
                new RunningCairn(
                        List.of(
                                "cairn.sql-face.roles=pro:%s,strange:%s,own:%s"
                                        .formatted(pro, odd, own),
                                "cairn.sql-face.unscoped-role=" + all));
        shown = new ShownViews(cairn);
        new SqlFaceCompany(cairn, shown, folder).fill();
    }

    @AfterAll
    void stop() {
        cairn.close();
        roles.close();
    }

    @Test
    void a_role_reads_the_views_of_its_scope_and_nothing_else() throws SQLException {
        try (var connection = shown.as(pro);
                var statement = connection.createStatement()) {
            for (var sql :
                    List.of(
                            "select * from cairn_sql.revenue",
                            "select * from cairn_sql.revenue()",
                            "select * from cairn_sql.revenue__strange",
                            "select * from cairn_sql.revenue__strange()",
                            "select * from cairn_sql.published",
                            "select * from cairn_sql.refused",
                            "set role " + ReaderRoles.quoted(cairn.database().user()),
                            "set session authorization "
                                    + ReaderRoles.quoted(cairn.database().user()),
                            "do $$ begin lock table cairn_sql.revenue__pro in access exclusive mode; end $$",
                            "do $$ begin lock table cairn_sql.published in access share mode; end $$",
                            "copy (select * from cairn_sql.revenue__pro) to program 'true'",
                            "copy (select * from cairn_sql.revenue__pro) to '/tmp/revenue'",
                            "create trigger mine instead of insert on cairn_sql.revenue__pro execute function pg_catalog.suppress_redundant_updates_trigger()",
                            "create rule mine as on insert to cairn_sql.revenue__pro do nothing",
                            "alter view cairn_sql.revenue__pro set (security_barrier = false)",
                            "create or replace function cairn_sql.revenue__pro() returns integer language sql as 'select 1'",
                            "alter function cairn_sql.revenue__pro() set search_path = pg_temp",
                            "select pg_read_file('postgresql.conf')",
                            "select pg_terminate_backend(pid) from pg_stat_activity where usename = '%s'"
                                    .formatted(cairn.database().user()),
                            "select * from account",
                            "select * from definition",
                            "select * from fact_sample_invoice",
                            "delete from cairn_sql.revenue__pro",
                            "create table cairn_sql.mine (x integer)")) {
                assertThatThrownBy(() -> statement.execute(sql))
                        .as(sql)
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                refused ->
                                        assertThat(refused.getSQLState()).isIn("42501", "55000"));
            }
            // Whoever may read and not grant is warned, and grants nothing.
            statement.execute("grant select on cairn_sql.revenue__pro to public");
            assertThat(shown.rows(odd, "revenue__pro")).isEmpty();
            var definitions =
                    "select string_agg(prosrc, ' ') || (select string_agg(definition, ' ') from pg_views where schemaname = 'cairn_sql') from pg_proc where pronamespace = 'cairn_sql'::regnamespace";
            try (var found = statement.executeQuery(definitions)) {
                found.next();
                assertThat(found.getString(1))
                        .contains("published")
                        .doesNotContain("fact_", "drop table");
            }
        }
    }

    @Test
    void a_failure_tells_nothing_of_the_statement() throws SQLException {
        try (var connection = shown.as(pro);
                var statement = connection.createStatement()) {
            statement.execute("set statement_timeout = '1ms'");
            assertThatThrownBy(
                            () -> {
                                for (int at = 0; at < 100; at++) {
                                    statement.execute("select * from cairn_sql.revenue__pro");
                                }
                            })
                    .hasMessageNotContaining("coverage")
                    .hasMessageNotContaining("account_key");
        }
    }

    /** The plan of a statement has how many rows its tables have, and the texts that it compares with. */
    @Test
    void a_reader_is_shown_no_plan_whatever_he_sets() throws SQLException {
        try (var connection = shown.as(pro);
                var statement = connection.createStatement()) {
            statement.execute("set client_min_messages = log");
            statement.execute("set debug_print_plan = on");
            statement.execute("select * from cairn_sql.revenue__pro");
            for (var told = statement.getWarnings(); told != null; told = told.getNextWarning()) {
                assertThat(told.getMessage() + told.getSQLState()).doesNotContain("account_key");
                assertThat(((PSQLWarning) told).getServerErrorMessage().toString())
                        .doesNotContain("fact_sample_invoice");
            }
        }
    }

    /** Whatever a session can make of its own, and however it is set. */
    @Test
    void nothing_that_a_reader_makes_or_sets_comes_between() throws SQLException {
        var before = shown.rows(pro, "to_target__pro");
        assertThat(before).hasSizeGreaterThan(3);
        try (var connection = shown.as(pro);
                var statement = connection.createStatement()) {
            for (var sql :
                    List.of(
                            "create temp table account (account_key text)",
                            "create temp table published (name text, statement text, until timestamptz)",
                            "create temp table catalog_version (version bigint)",
                            "create temp table fact_sample_invoice (account_id bigint)",
                            "create function pg_temp.statement_timestamp() returns timestamptz language sql as $$ select 'infinity'::timestamptz $$",
                            "create function pg_temp.same(text, text) returns boolean language sql as 'select true'",
                            "create operator pg_temp.= (leftarg = text, rightarg = text, function = pg_temp.same)",
                            "set search_path = pg_temp, public, pg_catalog",
                            "set transform_null_equals = on",
                            "set array_nulls = off",
                            "set intervalstyle = 'sql_standard'",
                            "set datestyle = 'ISO, DMY'",
                            "set timezone = 'Pacific/Auckland'",
                            "set standard_conforming_strings = off",
                            "set row_security = off",
                            "set plpgsql.extra_errors = 'all'",
                            "set default_transaction_read_only = on",
                            "set plan_cache_mode = force_generic_plan",
                            "prepare mine as select count(*) from cairn_sql.to_target__pro")) {
                statement.execute(sql);
            }
            assertThat(ShownViews.read(statement, "to_target__pro")).isEqualTo(before);
            for (int at = 0; at < 7; at++) {
                try (var counted = statement.executeQuery("execute mine")) {
                    counted.next();
                    assertThat(counted.getInt(1)).isEqualTo(before.size() - 1);
                }
            }
        }
    }

    /** A function of the reader's own sees what the view shows, however cheap it says it is, and nothing beneath. */
    @Test
    void a_condition_sees_no_row_that_the_view_does_not_show() throws SQLException {
        try (var connection = shown.as(pro);
                var statement = connection.createStatement()) {
            statement.execute(
                    "create function pg_temp.leak(text) returns boolean language plpgsql cost 0.0001 as $$ begin raise notice '%', $1; return true; end $$");
            statement.execute(
                    "select * from cairn_sql.revenue__pro where pg_temp.leak(\"account.plan\")");
            int told = 0;
            for (var seen = statement.getWarnings(); seen != null; seen = seen.getNextWarning()) {
                assertThat(seen.getMessage()).isEqualTo("pro");
                told++;
            }
            assertThat(told).isEqualTo(shown.rows(pro, "revenue__pro").size() - 1);
        }
    }

    @Test
    void what_the_database_tells_of_itself_has_nothing_of_the_statement() throws SQLException {
        var user = cairn.database().user();
        for (var sql :
                List.of(
                        "explain (analyze, verbose, settings) select * from cairn_sql.revenue__pro",
                        "select query from pg_stat_activity where usename = '%s'".formatted(user),
                        "select attname || coalesce(most_common_vals::text, '') from pg_stats where tablename like 'fact%' or tablename = 'account'",
                        "select statement from pg_prepared_statements",
                        "select statement from pg_cursors")) {
            try (var connection = shown.as(pro);
                    var statement = connection.createStatement();
                    var found = statement.executeQuery(sql)) {
                while (found.next()) {
                    assertThat(found.getString(1))
                            .as(sql)
                            .doesNotContain("fact_", "account_key", "case when");
                }
            }
        }
    }

    /** What a client has fetched it has; it holds up nobody who makes the view again. */
    @Test
    void a_cursor_that_is_kept_holds_nothing_up() throws SQLException {
        try (var connection = shown.as(pro);
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(
                    "declare kept cursor with hold for select * from cairn_sql.greatest__pro");
            connection.commit();
            shown.asCairn(cairns ->
                    cairns.execute(
                            "set lock_timeout = '30s'; begin; drop view cairn_sql.greatest__pro; rollback"));
            try (var rows = statement.executeQuery("fetch all from kept")) {
                assertThat(rows.next()).isTrue();
            }
        }
    }

    /** A role may call its session what it likes, and so what a writer of Cairn calls its own. */
    @Test
    void a_reader_who_calls_himself_a_writer_keeps_nobody_from_what_was_known()
            throws SQLException {
        try (var connection = shown.as(pro);
                var statement = connection.createStatement()) {
            for (var name : List.of("2000-01-01T00:00:00Z", "whenever")) {
                statement.execute(
                        "set application_name = 'cairn records since %s'".formatted(name));
                assertThat(shown.answered("known_then", null)).hasSizeGreaterThan(3);
            }
        }
    }

    /** Cairn's writers wait for each other by such a lock; docs/bi.md has what is revoked here. */
    @Test
    void a_reader_takes_no_lock_of_writers_where_that_is_revoked() throws SQLException {
        var locks =
                "(select oid::regprocedure::text from pg_proc where pronamespace = 'pg_catalog'::regnamespace and proname ~ '^pg_(try_)?advisory_(xact_)?lock')";
        shown.asCairn(statement -> {
            statement.execute(
                    "do $$ declare f text; begin for f in %s loop execute 'revoke execute on function ' || f || ' from public'; end loop; end $$"
                            .formatted(locks));
        });
        try (var connection = shown.as(pro);
                var statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("select pg_advisory_lock(1)"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            refused -> assertThat(refused.getSQLState()).isEqualTo("42501"));
        }
        shown.asCairn(statement -> statement.execute("select pg_advisory_xact_lock(1)"));
    }

    @Test
    void roles_that_are_not_there_or_see_more_than_views_are_refused_at_the_start()
            throws SQLException {
        var database = cairn.database();
        var face = new JooqSqlFace(Postgres.dsl(database.dataSource()), "cairn_sql");
        assertThat(face.refusals(List.of(pro, all))).isEmpty();
        assertThat(face.refusals(List.of("public", database.user(), "pg_read_all_data")))
                .hasSize(3)
                .anyMatch(refusal -> refusal.startsWith("There is no role 'public'"))
                .anyMatch(refusal ->
                        refusal.startsWith("The role '%s' can read".formatted(database.user())))
                .anyMatch(refusal -> refusal.startsWith("The role 'pg_read_all_data' can read"));
        var said =
                RunningCairn.outside(
                        "serve",
                        "--set",
                        "server.port=0",
                        "--set",
                        "spring.datasource.url=" + database.url(),
                        "--set",
                        "spring.datasource.username=" + database.user(),
                        "--set",
                        "spring.datasource.password=" + database.password(),
                        "--set",
                        "cairn.sql-face.roles=pro:nobody");
        assertThat(said.exit()).isEqualTo(3);
        assertThat(said.errors())
                .contains("There is no role 'nobody' in the database: create role");
    }

    @Test
    void roles_that_may_act_as_cairn_or_plant_what_views_call_are_refused() throws SQLException {
        var user = ReaderRoles.quoted(cairn.database().user());
        for (var right :
                List.of(
                        "alter role %s noinherit; grant " + user + " to %s",
                        "grant select (account_key) on account to %s",
                        "grant insert on definition to %s",
                        "grant update on cairn_sql.published to %s",
                        "grant create on schema cairn_sql to %s",
                        "grant create on schema public to public")) {
            try (var connection = cairn.database().connect();
                    var statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute(right.replace("%s", ReaderRoles.quoted(odd)));
                var face = new JooqSqlFace(DSL.using(connection), "cairn_sql");
                assertThat(face.refusals(List.of(odd))).as(right).hasSize(1);
                connection.rollback();
            }
        }
    }
}
