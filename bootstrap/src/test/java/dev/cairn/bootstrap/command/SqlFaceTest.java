package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.adapters.persistence.sql.JooqSqlFace;
import dev.cairn.adapters.terminal.display.AnswerData;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.application.port.in.AnalyzeUseCase.Outcome;
import dev.cairn.application.service.Catalogs;
import dev.cairn.domain.analysis.AccessScope;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.Role;
import dev.cairn.domain.model.Question;
import dev.cairn.domain.model.Scope;
import dev.cairn.domain.question.QuestionText;
import dev.cairn.testkit.database.TestDatabase;
import dev.cairn.testkit.database.TestServer;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
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
    private static final String PASSWORD = "views";
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
            ---
            question: to_target
            metrics: [sample_nps]
            range: 2026-H1
            targets: true
            """;

    private final TestDatabase other = TestServer.shared().emptyDatabase();
    private final String all = "bi_all_" + other.name();
    private final String pro = "bi \"pro\" " + other.name();
    private final String odd = "bi_odd_" + other.name();
    private final String own = "bi_own_" + other.name();
    private RunningCairn cairn;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        try (var connection = other.connect();
                var statement = connection.createStatement()) {
            for (var role : roles()) {
                statement.execute(
                        "create role %s login password '%s'".formatted(quoted(role), PASSWORD));
            }
        }
        cairn =
                new RunningCairn(
                        List.of(
                                "cairn.sql-face.roles=pro:%s,strange:%s,own:%s"
                                        .formatted(pro, odd, own),
                                "cairn.sql-face.unscoped-role=" + all));
        SmallCompany.fill(cairn);
        asCairn(statement -> statement.execute("delete from source_state where source = 'user'"));
        apply(folder, DEFINITIONS);
        RunningCairn.await(() -> published() == 15);
    }

    @AfterAll
    void stop() throws SQLException {
        cairn.close();
        try (var connection = other.connect();
                var statement = connection.createStatement()) {
            for (var role : roles()) {
                statement.execute("drop role " + quoted(role));
            }
        }
        other.close();
    }

    private List<String> roles() {
        return List.of(all, pro, odd, own);
    }

    /** How many views there are; looked at 20 times a second at most, so that waiting costs little. */
    private int published() throws SQLException {
        var count = new int[1];
        asCairn(statement -> {
            try (var found =
                    statement.executeQuery(
                            "select count(*), pg_sleep(0.05)::text from cairn_sql.published")) {
                found.next();
                count[0] = found.getInt(1);
            }
        });
        return count[0];
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private void apply(Path folder, String definitions) throws Exception {
        var file = folder.resolve("definitions.yaml");
        Files.writeString(file, definitions);
        var said = cairn.inside("apply", file.toString());
        assertThat(said.exit()).as(said.errors() + said.output()).isZero();
    }

    private Connection as(String role) throws SQLException {
        return DriverManager.getConnection(cairn.database().url(), role, PASSWORD);
    }

    private interface Work {
        void with(Statement statement) throws SQLException;
    }

    private void asCairn(Work work) throws SQLException {
        try (var connection = cairn.database().connect();
                var statement = connection.createStatement()) {
            work.with(statement);
        }
    }

    /** Header and rows, without as-of; empty where the view is not there or has none. */
    private List<List<@Nullable String>> rows(String role, String view) throws SQLException {
        try (var connection = as(role);
                var statement = connection.createStatement()) {
            return read(statement, view);
        } catch (SQLException failed) {
            if (failed.getSQLState().startsWith("42")) {
                return List.of();
            }
            throw failed;
        }
    }

    private static List<List<@Nullable String>> read(Statement statement, String view)
            throws SQLException {
        var rows = new ArrayList<List<@Nullable String>>();
        try (var found = statement.executeQuery("select * from cairn_sql." + quoted(view))) {
            int columns = found.getMetaData().getColumnCount() - 1;
            assertThat(found.getMetaData().getColumnName(columns + 1)).isEqualTo("as_of");
            while (found.next()) {
                var row = new ArrayList<@Nullable String>();
                for (int at = 1; at <= columns; at++) {
                    row.add(text(found.getObject(at)));
                }
                rows.add(row);
            }
            if (!rows.isEmpty()) {
                var header = new ArrayList<@Nullable String>();
                for (int at = 1; at <= columns; at++) {
                    header.add(found.getMetaData().getColumnName(at));
                }
                rows.addFirst(header);
            }
        }
        return rows;
    }

    private static @Nullable String text(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case BigDecimal number -> number.stripTrailingZeros().toPlainString();
            case Double number -> BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
            case Timestamp instant -> instant.toInstant().toString();
            default -> value.toString();
        };
    }

    /** What the API answers a caller of a scope; null: of none. */
    private List<List<@Nullable String>> answered(String question, @Nullable String scope) {
        var saved =
                cairn.bean(Catalogs.class).current().find(question, Question.class).orElseThrow();
        var caller = new Caller("api", Role.VIEWER, scope == null ? null : new AccessScope(scope));
        var result =
                ((Outcome.Answered)
                                cairn.bean(AnalyzeUseCase.class)
                                        .analyze(
                                                QuestionText.read(saved.asked()).query(),
                                                caller,
                                                Deadline.NEVER))
                        .result();
        var csv = new AnswerData(result, new AnswerData.Shown(false, true, false, false)).csv();
        return Csv.rows(csv);
    }

    private String where(String scope) {
        return cairn.bean(Catalogs.class).current().find(scope, Scope.class).orElseThrow().where();
    }

    @Order(1)
    @ParameterizedTest
    @ValueSource(strings = {"revenue", "odd", "greatest", "by_hour"})
    void a_view_shows_what_the_api_answers_of_each_scope(String question) throws SQLException {
        assertThat(rows(all, question)).hasSizeGreaterThan(3).isEqualTo(answered(question, null));
        assertThat(rows(pro, question + "__pro"))
                .isNotEqualTo(rows(all, question))
                .isEqualTo(answered(question, where("pro")));
        assertThat(rows(odd, question + "__strange"))
                .isEqualTo(answered(question, where("strange")));
    }

    @Order(2)
    @Test
    void a_role_reads_the_views_of_its_scope_and_nothing_else() throws SQLException {
        try (var connection = as(pro);
                var statement = connection.createStatement()) {
            for (var sql :
                    List.of(
                            "select * from cairn_sql.revenue",
                            "select * from cairn_sql.revenue()",
                            "select * from cairn_sql.revenue__strange",
                            "select * from cairn_sql.revenue__strange()",
                            "select * from cairn_sql.published",
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

    @Order(3)
    @Test
    void a_scope_that_names_its_caller_and_a_question_of_targets_get_no_view() throws SQLException {
        assertThat(views())
                .contains("revenue", "revenue__pro", "revenue__strange", "lately__pro")
                .noneMatch(view -> view.endsWith("__own"))
                .noneMatch(view -> view.startsWith("to_target"));
    }

    private List<String> views() throws SQLException {
        var views = new ArrayList<String>();
        asCairn(statement -> {
            try (var found =
                    statement.executeQuery(
                            "select viewname from pg_views where schemaname = 'cairn_sql'")) {
                while (found.next()) {
                    views.add(found.getString(1));
                }
            }
        });
        return views;
    }

    @Order(4)
    @Test
    void a_failure_tells_nothing_of_the_statement() throws SQLException {
        try (var connection = as(pro);
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
        try (var connection = as(pro);
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

    @Order(5)
    @Test
    void as_of_is_the_instant_of_the_answer() throws SQLException {
        try (var connection = as(all);
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
        apply(
                folder,
                DEFINITIONS
                        .replace("first: 3", "first: 2")
                        .replace("by: [account.region, account.is_test]", "by: [account.region]"));
        RunningCairn.await(() -> published() > 0 && rows(all, "greatest").size() == 3);
        assertThat(rows(all, "greatest")).isEqualTo(answered("greatest", null));
        apply(folder, DEFINITIONS.replace("account.plan = 'pro'", "account.plan = 'free'"));
        var free = answered("revenue", "account.plan = 'free'");
        RunningCairn.await(() -> published() > 0 && rows(pro, "revenue__pro").equals(free));
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
            assertThat(read(statement, view)).as("before").isNotEmpty();
            statement.execute(change);
            assertThat(read(statement, view)).as(change).isEmpty();
            connection.rollback();
        }
    }

    @Order(8)
    @Test
    void a_view_of_a_day_that_is_over_has_no_rows() throws SQLException {
        asCairn(statement -> {
            try (var found =
                    statement.executeQuery(
                            "select until = 'infinity', until - now() < interval '25 hours' from cairn_sql.published where name in ('revenue', 'lately') order by name")) {
                found.next();
                assertThat(found.getBoolean(2)).isTrue();
                found.next();
                assertThat(found.getBoolean(1)).isTrue();
            }
            assertThat(read(statement, "lately")).isNotEmpty();
            statement.execute(
                    "update cairn_sql.published set until = statement_timestamp() where name = 'lately'");
            assertThat(read(statement, "lately")).isEmpty();
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
        var user = quoted(cairn.database().user());
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
                statement.execute(right.replace("%s", quoted(odd)));
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
        asCairn(statement ->
                statement.execute("create view kept as select * from cairn_sql.revenue__pro"));
        assertThat(rows(pro, "revenue__pro")).isNotEmpty();

        assertThatThrownBy(() -> face.keep(Set.of("revenue")))
                .isInstanceOf(DataAccessException.class);

        assertThat(rows(pro, "revenue__pro")).isEmpty();
    }
}
