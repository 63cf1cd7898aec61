package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.adapters.persistence.sql.JooqSqlFace;
import dev.cairn.adapters.terminal.command.CairnCommandLine;
import dev.cairn.testkit.database.TestDatabase;
import dev.cairn.testkit.database.TestServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLWarning;

/** Saved questions as views of the database: what they show, to whom, and until when. */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SqlFaceTest {
    private static final String DEFINITIONS =
            """
            scope: pro
            where: account.plan = 'pro'
            ---
            scope: strange
            where: "account.name != 'it''s \\\\ $cairn$ %s ? {0} ; drop table account'"
            ---
            scope: own
            where: account.region = caller.region
            ---
            question: revenue
            metrics: [sample_revenue, "accounts = count(account)", "mean = avg(sample_survey.score)"]
            by: [account.plan, account]
            grain: month
            range: 2025-11..2026-08
            as_of: 2026-06-15
            ---
            question: odd
            metrics:
            - "\\"a b';--\\" = count(sample_event where name = 'it''s \\\\ $cairn$ %s ?')"
            - nps = sample_nps
            - sample_health
            by:
            - "(case when account.plan = 'pro' then 'it''s \\\\ $cairn$ %s' else 'é' end) as \\"k';--\\""
            grain: week
            range: 2026-Q1
            where: account.name != '''; drop table account; --'
            having: nps is not none
            compare: 4 weeks
            as_of: 2026-02-20
            ---
            question: greatest
            metrics: [sample_revenue]
            by: [account.region, account.is_test]
            range: 2026-H1
            order: [sample_revenue desc]
            first: 3
            as_of: 2026-08-01
            ---
            question: by_hour
            metrics: [sample_active_users]
            grain: hour
            range: 2026-03-28..2026-03-29
            zone: Europe/Paris
            as_of: 2026-08-01
            ---
            question: lately
            metrics: [count(account), count(user)]
            grain: day
            range: last 3 days
            """;

    /** Of targets, of baselines, of what was known then, and of calendars. */
    private static final String MORE =
            """
            ---
            metric: members
            of: cell
            formula: count(account)
            direction: lower
            bands: {few: {below: 8}, many: {}}
            ---
            target: nps_of_pro
            metric: sample_nps
            between: [-20, 12.5]
            from: 2026-01-01
            for: {account.plan: pro}
            near: 0.5
            ---
            target: members_in_time
            metric: members
            value: 3
            baseline: 31
            from: 2026-01-01
            until: 2027-01-01
            ---
            target: revenue_a_month
            metric: sample_revenue
            value: 1500.5
            each: month
            from: 2026-01-01
            for: {account.plan: free}
            ---
            baseline: nps_then
            metric: sample_nps
            value: 7.25
            level: true
            from: 2025-01-01
            until: 2026-01-01
            kept: 2026-01-05
            ---
            baseline: revenue_of_pro
            metric: sample_revenue
            value: 2000.10
            from: 2025-12-01
            until: 2026-01-01
            for: {account.plan: pro}
            kept: 2026-01-05
            ---
            baseline: revenue_of_quarter
            metric: sample_revenue
            value: 0
            from: 2025-10-01
            until: 2026-01-01
            kept: 2026-01-05
            ---
            question: to_target
            metrics: [sample_nps, members, sample_revenue]
            by: [account.plan]
            grain: month
            range: 2026-01..2026-08
            targets: true
            as_of: 2026-06-15
            ---
            question: to_target_of_all
            metrics: [members, sample_revenue, sample_nps]
            grain: quarter
            range: 2026-H1
            targets: true
            baselines: true
            as_of: 2026-08-01
            ---
            question: from_baseline
            metrics: [sample_nps, sample_revenue]
            by: [account.plan]
            grain: month
            range: 2026-H1
            baselines: true
            as_of: 2026-08-01
            ---
            question: known_then
            metrics: [sample_revenue]
            by: [account.plan]
            grain: month
            range: 2026-H1
            known_at: KNOWN_AT
            ---
            calendar: fiscal
            year_begins: 02-01
            ---
            source: company_day
            time: ds
            key: [ds]
            fields: {ds: date, half: text}
            ---
            calendar: company
            rows: company_day
            day: ds
            grains: {half: half}
            ---
            question: by_fiscal_quarter
            metrics: [sample_revenue]
            by: [account.plan]
            grain: fiscal.quarter
            range: 2026-02..2026-07
            as_of: 2026-08-01
            ---
            question: by_half
            metrics: [sample_revenue]
            by: [account.plan]
            grain: company.half
            range: 2026-H1
            as_of: 2026-08-01
            """;

    private final TestDatabase other = TestServer.shared().emptyDatabase();
    private final String all = "bi_all_" + other.name();
    private final String pro = "bi \"pro\" " + other.name();
    private final String odd = "bi_odd_" + other.name();
    private final String own = "bi_own_" + other.name();
    private RunningCairn cairn;
    private String more;
    private ShownViews shown;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        try (var connection = other.connect();
                var statement = connection.createStatement()) {
            for (var role : roles()) {
                statement.execute(
                        "create role %s login password '%s'"
                                .formatted(ShownViews.quoted(role), ShownViews.PASSWORD));
            }
        }
        cairn =
                new RunningCairn(
                        List.of(
                                "cairn.sql-face.roles=pro:%s,strange:%s,own:%s"
                                        .formatted(pro, odd, own),
                                "cairn.sql-face.unscoped-role=" + all));
        shown = new ShownViews(cairn);
        SmallCompany.fill(cairn);
        shown.asCairn(
                statement -> statement.execute("delete from source_state where source = 'user'"));
        more = MORE.replace("KNOWN_AT", later(folder));
        shown.apply(folder, DEFINITIONS + more);
        RunningCairn.await(() -> shown.published() == 33);
    }

    /** @return when that was not known which has come in later */
    private String later(Path folder) throws Exception {
        var known = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        take(
                folder,
                "sample_invoice",
                "invoice_no,issued_on,account,amount",
                "late,2026-03-05,acme-01,12345.67");
        shown.apply(
                folder,
                "source: company_day\ntime: ds\nkey: [ds]\nfields: {ds: date, half: text}\n");
        var days =
                LocalDate.of(2026, 1, 1)
                        .datesUntil(LocalDate.of(2026, 7, 1))
                        .map(day -> day + "," + (day.getDayOfYear() < 80 ? "one" : "two"))
                        .toArray(String[]::new);
        take(folder, "company_day", "ds,half", days);
        return known.toString();
    }

    private void take(Path folder, String source, String header, String... lines) throws Exception {
        var file = folder.resolve(source + ".csv");
        Files.writeString(file, header + "\n" + String.join("\n", lines) + "\n");
        var said = cairn.inside("import", source, file.toString());
        assertThat(said.exit()).as(said.errors() + said.output()).isZero();
    }

    @AfterAll
    void stop() throws SQLException {
        cairn.close();
        try (var connection = other.connect();
                var statement = connection.createStatement()) {
            for (var role : roles()) {
                statement.execute("drop role " + ShownViews.quoted(role));
            }
        }
        other.close();
    }

    private List<String> roles() {
        return List.of(all, pro, odd, own);
    }

    @Order(1)
    @ParameterizedTest
    @ValueSource(
            strings = {
                "revenue",
                "odd",
                "greatest",
                "by_hour",
                "to_target",
                "from_baseline",
                "known_then",
                "by_fiscal_quarter",
                "by_half"
            })
    void a_view_shows_what_the_api_answers_of_each_scope(String question) throws SQLException {
        assertThat(shown.rows(all, question))
                .hasSizeGreaterThan(3)
                .isEqualTo(shown.answered(question, null));
        assertThat(shown.rows(pro, question + "__pro"))
                .isNotEqualTo(shown.rows(all, question))
                .isEqualTo(shown.answered(question, shown.where("pro")));
        assertThat(shown.rows(odd, question + "__strange"))
                .isEqualTo(shown.answered(question, shown.where("strange")));
    }

    @Order(2)
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
                            "set role " + ShownViews.quoted(cairn.database().user()),
                            "set session authorization "
                                    + ShownViews.quoted(cairn.database().user()),
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

    @Order(2)
    @Test
    void targets_and_baselines_of_the_company_are_shown() throws SQLException {
        var rows = shown.rows(all, "to_target_of_all");
        assertThat(rows).isEqualTo(shown.answered("to_target_of_all", null));
        assertThat(rows.getFirst()).contains("members.progress");
        assertThat(shown.rows(all, "to_target").stream().flatMap(List::stream))
                .contains("MET", "NEAR", "MISSED", "NOT_YET", "few", "many");
        assertThat(shown.rows(pro, "to_target_of_all__pro"))
                .isEqualTo(shown.answered("to_target_of_all", shown.where("pro")));
    }

    @Order(2)
    @Test
    void a_view_of_what_was_known_then_has_nothing_that_came_in_later() throws SQLException {
        assertThat(shown.rows(all, "known_then").stream().flatMap(List::stream))
                .noneMatch(value -> value != null && value.endsWith(".67"));
        assertThat(shown.rows(all, "by_fiscal_quarter").stream().flatMap(List::stream))
                .anyMatch(value -> value != null && value.endsWith(".67"));
    }

    @Order(3)
    @Test
    void a_scope_that_names_its_caller_gets_no_view() throws SQLException {
        assertThat(shown.views())
                .contains("revenue", "revenue__pro", "revenue__strange", "lately__pro")
                .noneMatch(view -> view.endsWith("__own"));
    }

    @Order(4)
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
    @Order(4)
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
    @Order(5)
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
    @Order(5)
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

    @Order(5)
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
    @Order(5)
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
    @Order(5)
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
    @Order(5)
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

    @Order(5)
    @Test
    void doctor_says_which_views_there_are_not_and_why() {
        assertThat(doctor())
                .contains(
                        "33 have rows; not published are own: The access scope 'own' is of whoever asks");
    }

    @Order(5)
    @Test
    void scopes_are_listed_with_their_accounts_and_roles() {
        var said = cairn.inside("scopes", "--format", "json");
        assertThat(said.exit()).as(said.errors()).isZero();
        assertThat(said.output()).contains(pro.replace("\"", "\\\""), odd, "account.plan = 'pro'");
        var counted =
                cairn.ask("{ scopes { items { key accounts problem } } }", Map.of())
                        .at("/data/scopes/items");
        assertThat(counted.toString())
                .contains("{\"key\":\"own\",\"accounts\":null,\"problem\":null}")
                .containsPattern(
                        "\\{\"key\":\"pro\",\"accounts\":\"[1-9]\\d*\",\"problem\":null\\}");
    }

    private String doctor() {
        var database = cairn.database();
        var output = new StringWriter();
        CairnCommandLine.of(new CairnCommand())
                .setOut(new PrintWriter(output, true))
                .execute(
                        "doctor",
                        "--set",
                        "spring.datasource.url=" + database.url(),
                        "--set",
                        "spring.datasource.username=" + database.user(),
                        "--set",
                        "spring.datasource.password=" + database.password());
        return output.toString();
    }

    @Order(5)
    @Test
    void as_of_is_the_instant_of_the_answer() throws SQLException {
        try (var connection = shown.as(all);
                var statement = connection.createStatement();
                var found =
                        statement.executeQuery("select distinct as_of from cairn_sql.greatest")) {
            found.next();
            assertThat(found.getObject(1, OffsetDateTime.class).toInstant())
                    .hasToString("2026-08-01T00:00:00Z");
        }
    }

    @Order(6)
    @Test
    void changed_definitions_and_facts_are_shown_again_by_the_service(@TempDir Path folder)
            throws Exception {
        shown.apply(
                folder,
                (DEFINITIONS + more)
                        .replace("first: 3", "first: 2")
                        .replace("by: [account.region, account.is_test]", "by: [account.region]"));
        RunningCairn.await(() -> shown.published() > 0 && shown.rows(all, "greatest").size() == 3);
        assertThat(shown.rows(all, "greatest")).isEqualTo(shown.answered("greatest", null));
        shown.apply(
                folder,
                (DEFINITIONS + more).replace("account.plan = 'pro'", "account.plan = 'free'"));
        var free = shown.answered("revenue", "account.plan = 'free'");
        RunningCairn.await(
                () -> shown.published() > 0 && shown.rows(pro, "revenue__pro").equals(free));
    }

    /** Whether or not anybody publishes it anew. */
    @Order(7)
    @Test
    void a_view_has_no_rows_once_anything_under_it_has_changed() throws Exception {
        cairn.stop();
        for (var change :
                List.of(
                        "update source_state set data_version = data_version where source = 'sample_invoice'",
                        "update catalog_version set version = version",
                        "insert into source_state (source, data_version) values ('account', 1) on conflict (source) do update set data_version = 2")) {
            emptyAfter(change, "revenue");
        }
        emptyAfter("insert into source_state (source, data_version) values ('user', 1)", "lately");
    }

    private void emptyAfter(String change, String view) throws SQLException {
        try (var connection = cairn.database().connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            assertThat(ShownViews.read(statement, view)).as("before").isNotEmpty();
            statement.execute(change);
            assertThat(ShownViews.read(statement, view)).as(change).isEmpty();
            connection.rollback();
        }
    }

    @Order(8)
    @Test
    void a_view_of_a_day_that_is_over_has_no_rows() throws SQLException {
        shown.asCairn(statement -> {
            try (var found =
                    statement.executeQuery(
                            "select until = 'infinity', until - now() < interval '25 hours' from cairn_sql.published where name in ('revenue', 'lately') order by name")) {
                found.next();
                assertThat(found.getBoolean(2)).isTrue();
                found.next();
                assertThat(found.getBoolean(1)).isTrue();
            }
            assertThat(ShownViews.read(statement, "lately")).isNotEmpty();
            statement.execute(
                    "update cairn_sql.published set until = statement_timestamp() where name = 'lately'");
            assertThat(ShownViews.read(statement, "lately")).isEmpty();
        });
    }

    @Order(9)
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

    @Order(10)
    @Test
    void roles_that_may_act_as_cairn_or_plant_what_views_call_are_refused() throws SQLException {
        var user = ShownViews.quoted(cairn.database().user());
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
                statement.execute(right.replace("%s", ShownViews.quoted(odd)));
                var face = new JooqSqlFace(DSL.using(connection), "cairn_sql");
                assertThat(face.refusals(List.of(odd))).as(right).hasSize(1);
                connection.rollback();
            }
        }
    }

    @Order(11)
    @Test
    void a_view_that_cannot_be_dropped_is_empty_once_it_is_withdrawn() throws SQLException {
        var face = new JooqSqlFace(Postgres.dsl(cairn.database().dataSource()), "cairn_sql");
        shown.asCairn(statement ->
                statement.execute("create view kept as select * from cairn_sql.revenue__pro"));
        assertThat(shown.rows(pro, "revenue__pro")).isNotEmpty();

        assertThatThrownBy(() -> face.keep(Set.of("revenue")))
                .isInstanceOf(DataAccessException.class);

        assertThat(shown.rows(pro, "revenue__pro")).isEmpty();
    }
}
