package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What several parts of one question have wrong is told at once, each where it was written, however early it is found. */
class AllThatIsWrongTest {
    private static final String DEFINITIONS =
            """
            entity: account
            attributes: {seats: {type: integer}, plan: {type: text}, created_on: {type: date}}
            ---
            source: click
            time: {field: at, zone: UTC}
            account: {field: customer}
            key: [id]
            fields: {id: integer, at: timestamp, customer: text, name: text}
            ---
            source: change_marker
            time: {field: changed_on}
            key: [change_id]
            fields: {change_id: text, changed_on: date, name: text}
            ---
            metric: clicks
            of: cell
            formula: count(click)
            ---
            success: many
            rule: count(click) > 9
            from: 2026-05-04
            until: 2026-06-01
            ---
            success: soon
            rule: count(click) > 9
            after: created_on
            until_day: 30
            """;

    @TempDir private static Path folder;
    private static RunningCairn cairn;

    @BeforeAll
    static void start() throws IOException {
        cairn = new RunningCairn();
        Files.writeString(folder.resolve("a.yaml"), DEFINITIONS);
        Files.writeString(
                folder.resolve("markers.csv"),
                "change_id,changed_on,name\nnew-editor,2026-03-02,New editor\n");
        done("apply", folder.toString());
        done("import", "change_marker", folder.resolve("markers.csv").toString());
    }

    @AfterAll
    static void stop() {
        cairn.close();
    }

    private static void done(String... words) {
        var said = cairn.inside(words);
        assertThat(said.exit()).as(said.output() + said.errors()).isZero();
    }

    /** Each with its place. */
    private static List<String> problems(String field) {
        return cairn.ask("{ " + field + " { __typename } }", Map.of())
                .at("/errors/0/extensions/problems")
                .valueStream()
                .map(AllThatIsWrongTest::told)
                .toList();
    }

    private static String told(JsonNode problem) {
        var path =
                problem.path("path")
                        .valueStream()
                        .map(JsonNode::asString)
                        .collect(Collectors.joining("."));
        var line = problem.path("line");
        return problem.path("code").asString()
                + " "
                + path
                + (line.isNull() ? "" : " " + line.asInt() + ":" + problem.path("column").asInt());
    }

    @Test
    void options_of_a_separation_hide_no_names() {
        assertThat(
                        problems(
                                """
                                separation(input: {metric: {formula: "count(clck)"}, success: "many", days: 0, slices: 99, leadWeeks: [0]
                                    segment: "account.plam", where: "seats > 1 and\\n  seets > 2", cohort: {key: "payng"}})\
                                """))
                .containsExactly(
                        "BAD_VALUE leadWeeks",
                        "BAD_VALUE slices",
                        "BAD_VALUE days",
                        "UNKNOWN_SOURCE metric 1:7",
                        "UNKNOWN_COHORT cohort",
                        "UNKNOWN_FIELD where 2:3",
                        "UNKNOWN_DIMENSION segment");
        assertThat(
                        problems(
                                """
                                separation(input: {metric: {key: "clicsk"}, success: "mny", segment: "account.plam"})\
                                """))
                .containsExactly(
                        "UNKNOWN_FIELD success",
                        "UNKNOWN_METRIC metric",
                        "UNKNOWN_DIMENSION segment");
    }

    @Test
    void days_of_each_account_hide_no_names() {
        assertThat(
                        problems(
                                """
                                separation(input: {metric: {formula: "count(clck) over last 7 days"}, success: "soon", where: "seets > 2"})\
                                """))
                .containsExactly(
                        "LEAKAGE metric", "UNKNOWN_SOURCE metric 1:7", "UNKNOWN_FIELD where 1:1");
        assertThat(
                        problems(
                                """
                                separation(input: {metric: {key: "clicks"}, success: "soon", days: 0, where: "seets > 2"})\
                                """))
                .containsExactly("BAD_VALUE days", "UNKNOWN_FIELD where 1:1");
    }

    @Test
    void options_of_an_audit_hide_no_names() {
        assertThat(
                        problems(
                                """
                                metricAudit(input: {success: "many", days: 0, where: "seets > 2", cohort: {rule: "planne = 'a'"}})\
                                """))
                .containsExactly(
                        "BAD_VALUE days", "UNKNOWN_FIELD cohort 1:1", "UNKNOWN_FIELD where 1:1");
    }

    @Test
    void options_and_marker_of_an_impact_hide_no_names() {
        assertThat(
                        problems(
                                """
                                impact(input: {metrics: [{metric: {key: "clicks"}}, {metric: {key: "clicsk"}}], change: "new-editr", windowDays: 0, gapDays: -1
                                    treatedShare: 2, treated: {rule: "seets > 2"}, comparison: {key: "payng"}, where: "click.nme = 'x'"})\
                                """))
                .containsExactly(
                        "BAD_VALUE windowDays",
                        "BAD_VALUE gapDays",
                        "BAD_VALUE treatedShare",
                        "BAD_VALUE change",
                        "UNKNOWN_METRIC metrics.1.metric.key",
                        "UNKNOWN_FIELD treated 1:1",
                        "UNKNOWN_COHORT comparison 1:1",
                        "UNKNOWN_DIMENSION where 1:1");
        assertThat(
                        problems(
                                """
                                impact(input: {metrics: [{metric: {key: "clicsk"}}], change: "new-editor", comparison: {rule: "seets > 2"}})\
                                """))
                .containsExactly(
                        "MISSING treated",
                        "UNKNOWN_METRIC metrics.0.metric.key",
                        "UNKNOWN_FIELD comparison 1:1");
    }

    @Test
    void time_of_an_impact_that_is_not_over_hides_no_names() {
        assertThat(
                        problems(
                                """
                                impact(input: {metrics: [{metric: {key: "clicsk"}}], changedOn: "2036-03-02"})\
                                """))
                .containsExactly("BAD_RANGE windowDays", "UNKNOWN_METRIC metrics.0.metric.key");
        assertThat(
                        problems(
                                """
                                impact(input: {metrics: [{metric: {key: "clicsk"}}]})\
                                """))
                .containsExactly("MISSING changedOn", "UNKNOWN_METRIC metrics.0.metric.key");
    }

    @Test
    void groups_beside_rows_hide_no_names() {
        assertThat(
                        problems(
                                """
                                impact(input: {metrics: [{metric: {key: "clicsk"}}], changedOn: "2026-03-02", unit: ROW, treated: {rule: "seets > 2"}, where: "click.nme = 'x'"})\
                                """))
                .containsExactly(
                        "INCOMPATIBLE unit",
                        "UNKNOWN_METRIC metrics.0.metric.key",
                        "UNKNOWN_DIMENSION where 1:1",
                        "UNKNOWN_FIELD treated 1:1");
    }
}
