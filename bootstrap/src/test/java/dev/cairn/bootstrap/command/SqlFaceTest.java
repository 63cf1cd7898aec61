package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.adapters.persistence.sql.JooqSqlFace;
import dev.cairn.adapters.terminal.command.CairnCommandLine;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.exception.DataAccessException;
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

/** Saved questions as views of the database: what they show, to whom, and until when. */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SqlFaceTest {
    private final ReaderRoles roles = new ReaderRoles();
    private final String all = roles.create("bi_all_");
    private final String pro = roles.create("bi \"pro\" ");
    private final String odd = roles.create("bi_odd_");
    private final String own = roles.create("bi_own_");
    private RunningCairn cairn;
    private ShownViews shown;
    private String definitions;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        cairn =
                new RunningCairn(
                        List.of(
                                "cairn.sql-face.roles=pro:%s,strange:%s,own:%s"
                                        .formatted(pro, odd, own),
                                "cairn.sql-face.unscoped-role=" + all));
        shown = new ShownViews(cairn);
        definitions = new SqlFaceCompany(cairn, shown, folder).fill();
    }

    @AfterAll
    void stop() {
        cairn.close();
        roles.close();
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

    @Order(6)
    @Test
    void changed_definitions_and_facts_are_shown_again_by_the_service(@TempDir Path folder)
            throws Exception {
        shown.apply(
                folder,
                definitions
                        .replace("first: 3", "first: 2")
                        .replace("by: [account.region, account.is_test]", "by: [account.region]"));
        RunningCairn.await(() -> shown.published() > 0 && shown.rows(all, "greatest").size() == 3);
        assertThat(shown.rows(all, "greatest")).isEqualTo(shown.answered("greatest", null));
        shown.apply(folder, definitions.replace("account.plan = 'pro'", "account.plan = 'free'"));
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
            shown.emptyAfter(change, "revenue");
        }
        shown.emptyAfter(
                "insert into source_state (source, data_version) values ('user', 1)", "lately");
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
