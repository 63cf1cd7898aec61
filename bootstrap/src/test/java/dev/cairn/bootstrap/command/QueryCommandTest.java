package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.bootstrap.command.RunningCairn.Said;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class QueryCommandTest extends SampleQuestions {
    private static final JsonMapper JSON = JsonMapper.shared();

    @Test
    void an_answer_is_a_table_with_units_and_totals() {
        assertThat(
                        answer(
                                "query",
                                "sample_nps",
                                "sample_revenue",
                                "sample_response_rate",
                                "--by=account.plan",
                                "--range=2026-H1",
                                "--as-of=" + AS_OF,
                                "--totals"))
                .isEqualToNormalizingNewlines(
                        """
                        account.plan  sample_nps  sample_revenue  sample_response_rate   n
                                          points             EUR
                        ------------  ----------  --------------  --------------------  --
                        enterprise          22.6       31,840.00                 88.6%  35
                        free               -50.0            0.00                 94.1%  17
                        pro                  0.0        8,869.00                 90.0%  30
                        ------------  ----------  --------------  --------------------  --
                        (all)               -1.4       40,709.00                 90.2%  82

                        1 of 4 values of 'sample_response_rate' rest on fewer than 30 observations.
                        """);
    }

    @Test
    void a_value_is_opened_into_what_it_is_made_of_which_adds_up_to_it() {
        var question =
                List.of(
                        "query",
                        "sample_revenue",
                        "--by=account.plan",
                        "--range=2026-H1",
                        "--as-of=" + AS_OF);
        var rows = JSON.readTree(answer(words(question, "--keys", "--format=json"))).path("rows");
        for (var row : rows) {
            var value = row.at("/values/sample_revenue").decimalValue();
            for (String into : List.of("account", "row")) {
                var opened =
                        JSON.readTree(
                                        answer(
                                                words(
                                                        question,
                                                        "--drill=sample_revenue",
                                                        "--cell=" + row.path("key").asString(),
                                                        "--into=" + into,
                                                        "--format=json")))
                                .path("rows");
                var sum = BigDecimal.ZERO;
                for (var part : opened) {
                    var number = part.at("/values/sample_revenue").decimalValue();
                    if (part.path("kind").asString().equals("CELL")) {
                        sum = sum.add(number);
                    } else {
                        assertThat(number).isEqualByComparingTo(value);
                    }
                }
                assertThat(sum).isEqualByComparingTo(value);
            }
        }
        assertThat(rows).hasSize(2);
    }

    private String refused(int exit, String... words) {
        var said = cairn.inside(words);
        assertThat(said.exit()).as(said.errors()).isEqualTo(exit);
        return said.errors();
    }

    private static String[] words(List<String> words, String... more) {
        return Stream.concat(words.stream(), Arrays.stream(more)).toArray(String[]::new);
    }

    @Test
    void a_value_that_cannot_be_opened_says_why() {
        var asked = List.of("query", "sample_revenue", "--range=2026-H1", "--as-of=" + AS_OF);
        assertThat(refused(1, words(asked, "--by=account.plan", "--drill=sample_revenue")))
                .contains("several rows; say which by --cell KEY");
        assertThat(refused(1, words(asked, "--drill=sample_revenu")))
                .contains("No metric 'sample_revenu'", "'sample_revenue'?", "[UNKNOWN_COLUMN]");
        assertThat(refused(1, words(asked, "--drill=sample_revenue", "--cell=nonsense")))
                .contains("[BAD_KEY]");
        assertThat(refused(1, words(asked, "--drill=sample_revenue", "--part=numerator")))
                .contains("is no ratio");
        assertThat(refused(2, words(asked, "--into=row"))).contains("are of --drill");
        assertThat(refused(2, words(asked, "--drill=sample_revenue", "--into=rows")))
                .contains("--into is one of account, user, row");
        assertThat(refused(2, words(asked, "--keys"))).contains("--keys needs --format");
    }

    @Test
    void incomplete_and_missing_values_are_marked_and_the_legend_says_why() {
        assertThat(
                        answer(
                                "query",
                                "sample_active_users",
                                "half = 1 / count(sample_event where name = 'nothing')",
                                "--grain=month",
                                "--range=2025-12-15..2026-07-10",
                                "--as-of=2026-06-10"))
                .isEqualToNormalizingNewlines(
                        """
                        time     sample_active_users  half
                        -------  -------------------  ----
                        2025-12                  <-     <-
                        2026-01                  41     /0
                        2026-02                  57     /0
                        2026-03                  80     /0
                        2026-04                 100     /0
                        2026-05                 112     /0
                        2026-06                 104*    /0
                        2026-07                  ->     ->

                        /0  no value: it would be divided by zero
                        ->  no value: time, or the data, has not reached it
                        <-  no value: the data begins later
                        *   incomplete: the bucket is not over, as of 2026-06-10 00:00Z
                        """);
    }

    @Test
    void details_show_what_was_divided_and_the_number_of_observations() {
        assertThat(
                        answer(
                                "query",
                                "rate = sample_response_rate",
                                "--by=account.region",
                                "--range=2026-H1",
                                "--as-of=" + AS_OF,
                                "--where=account.plan = 'pro'",
                                "--order=rate desc",
                                "--details"))
                .startsWith(
                        """
                        account.region    rate  numerator  denominator   n
                        --------------  ------  ---------  -----------  --
                        Americas        100.0%         10           10  10
                        Europe           90.9%         10           11  11
                        Asia             77.8%          7            9   9
                        """);
    }

    @Test
    void json_has_the_numbers_that_graphql_gives() {
        var json =
                JSON.readTree(
                        answer(
                                "query",
                                "sample_nps",
                                "rate = sample_response_rate",
                                "spread = max(sample_survey.score) / 7",
                                "--by=account.plan,account.region",
                                "--grain=quarter",
                                "--range=2026",
                                "--as-of=" + AS_OF,
                                "--having=rate > 0.5 or rate is none",
                                "--order=sample_nps desc",
                                "--totals",
                                "--details",
                                "--format=json"));
        var graphql = graphql();

        assertThat(
                        json.get("rows")
                                .valueStream()
                                .filter(row -> row.get("kind").asString().equals("CELL"))
                                .map(row -> row.get("values"))
                                .toList())
                .isEqualTo(graphql.get("records").valueStream().toList());
        assertThat(json.get("rows").size()).isEqualTo(graphql.get("rows").size());
        for (int at = 0; at < json.get("rows").size(); at++) {
            same_row(json.get("rows").get(at), graphql.get("rows").get(at));
        }
        assertThat(json.at("/pageInfo/endCursor")).isEqualTo(graphql.at("/pageInfo/endCursor"));
        assertThat(json.get("notices")).isEqualTo(graphql.get("notices"));
    }

    private static void same_row(JsonNode row, JsonNode expected) {
        assertThat(row.get("kind")).isEqualTo(expected.get("kind"));
        for (var cell : expected.get("cells")) {
            var column = cell.get("column").asString();
            assertThat(row.at("/absence/" + column).asString(""))
                    .isEqualTo(cell.get("absence").asString(""));
            assertThat(row.get("incompleteBecause").path(column).valueStream().toList())
                    .isEqualTo(
                            column.equals("time")
                                    ? List.of()
                                    : cell.get("incompleteBecause").valueStream().toList());
            assertThat(row.get("details").path(column).path("denominator").asString(""))
                    .isEqualTo(cell.get("denominator").asString(""));
            assertThat(row.get("keys").path(column).asString("VALUE"))
                    .isEqualTo(cell.get("key").asString("VALUE"));
        }
    }

    private JsonNode graphql() {
        var input =
                Map.of(
                        "metrics",
                        List.of(
                                Map.of("metric", Map.of("key", "sample_nps")),
                                Map.of(
                                        "metric",
                                        Map.of("key", "sample_response_rate"),
                                        "as",
                                        "rate"),
                                Map.of(
                                        "metric",
                                        Map.of("formula", "max(sample_survey.score) / 7"),
                                        "as",
                                        "spread")),
                        "groupBy",
                        List.of("account.plan", "account.region"),
                        "grain",
                        "QUARTER",
                        "timeRange",
                        Map.of("between", Map.of("from", "2026-01-01", "to", "2027-01-01")),
                        "asOf",
                        AS_OF,
                        "having",
                        Map.of(
                                "any",
                                List.of(
                                        Map.of(
                                                "where",
                                                Map.of(
                                                        "field",
                                                        "rate",
                                                        "op",
                                                        "GT",
                                                        "values",
                                                        List.of("0.5"))),
                                        Map.of("where", Map.of("field", "rate", "op", "IS_NULL")))),
                        "orderBy",
                        List.of(Map.of("column", "sample_nps", "order", "DESC")),
                        "totals",
                        true);
        var answer =
                cairn.ask(
                        """
                        query($input: AnalysisInput!) { analyze(input: $input) {
                            records
                            rows { kind cells { column absence incompleteBecause denominator key } }
                            pageInfo { endCursor }
                            notices { code message column } } }\
                        """,
                        Map.of("input", input));
        assertThat(answer.path("errors").isMissingNode()).as(answer.toString()).isTrue();
        return answer.at("/data/analyze");
    }

    @Test
    void ndjson_has_a_row_a_line_and_csv_a_header_and_both_nothing_else() {
        var question =
                List.of(
                        "query",
                        "sample_response_rate",
                        "sample_revenue",
                        "--by=account.plan",
                        "--range=2026-H1",
                        "--as-of=" + AS_OF);
        assertThat(with(question, "--format=ndjson").output().lines())
                .hasSize(3)
                .first()
                .isEqualTo(
                        """
                        {"kind":"CELL","values":{"account.plan":"enterprise","account.plan.kind":"VALUE","sample_response_rate":0.8857142857142857,"sample_revenue":31840},"keys":{},"absence":{},"incompleteBecause":{}}\
                        """);
        assertThat(with(question, "--format=csv").output())
                .isEqualToNormalizingNewlines(
                        """
                        account.plan,account.plan.kind,sample_response_rate,sample_revenue
                        enterprise,VALUE,0.8857142857142857,31840
                        free,VALUE,0.9411764705882353,0
                        pro,VALUE,0.9,8869
                        """);
    }

    private Said with(List<String> question, String... more) {
        var words = new ArrayList<>(question);
        words.addAll(List.of(more));
        var said = cairn.inside(words.toArray(String[]::new));
        assertThat(said.exit()).as(said.errors()).isZero();
        assertThat(said.errors()).isEmpty();
        return said;
    }

    @Test
    void the_next_page_is_had_by_the_cursor_of_the_one_before() {
        var first =
                cairn.inside(
                        "query",
                        "sample_revenue",
                        "--by=account",
                        "--range=2026-H1",
                        "--first=2",
                        "--format=csv");
        assertThat(first.output().lines()).hasSize(3);
        var cursor = first.errors().strip().replaceFirst(".*--after ", "");
        var second =
                cairn.inside(
                        "query",
                        "sample_revenue",
                        "--by=account",
                        "--range=2026-H1",
                        "--first=2",
                        "--format=csv",
                        "--after=" + cursor);
        assertThat(second.exit()).as(second.errors()).isZero();
        assertThat(second.output().lines().skip(1).toList())
                .hasSize(2)
                .doesNotContainAnyElementsOf(first.output().lines().skip(1).toList());
    }

    /** 24 hours of 181 days, for each of three plans: more than a page has at most. */
    private static final List<String> MANY_ROWS =
            List.of(
                    "query",
                    "events = count(sample_event)",
                    "--by=account.plan",
                    "--grain=hour",
                    "--range=2026-H1",
                    "--as-of=2026-08-01");

    @Test
    void a_file_holds_all_rows_however_many_pages_they_are() {
        int hours = 24 * 181;
        var csv = cairn.inside(words("--format=csv"));
        assertThat(csv.exit()).as(csv.errors()).isZero();
        assertThat(csv.errors()).isEmpty();
        assertThat(csv.output().lines().distinct()).hasSize(1 + 3 * hours);
        assertThat(csv.output().lines()).hasSize(1 + 3 * hours);
        assertThat(csv.output()).startsWith("time,account.plan,");

        assertThat(cairn.inside(words("--format=ndjson")).output().lines()).hasSize(3 * hours);

        var json = JSON.readTree(cairn.inside(words("--format=json", "--totals")).output());
        var kinds =
                json.path("rows").valueStream().map(row -> row.path("kind").asString()).toList();
        assertThat(kinds.subList(0, 3 * hours)).containsOnly("CELL");
        assertThat(kinds.subList(3 * hours, kinds.size()))
                .doesNotContain("CELL")
                .endsWith("GRAND_TOTAL");
        assertThat(json.at("/pageInfo/hasNextPage").booleanValue()).isFalse();
        assertThat(json.path("columns").valueStream().map(column -> column.path("key").asString()))
                .startsWith("time", "account.plan")
                .endsWith("events");
        assertThat(json.path("notices")).isEmpty();
    }

    private static String[] words(String... more) {
        var words = new ArrayList<>(MANY_ROWS);
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    @Test
    void a_table_says_that_it_is_cut() {
        var table = cairn.inside(words());
        assertThat(table.output()).contains("There are more rows than these 1000;");
        assertThat(table.errors()).contains("For all of them: --format csv").contains("--after ");
    }

    @Test
    void the_last_months_are_the_whole_ones_that_ended_by_then() {
        assertThat(
                        answer(
                                "query",
                                "n = count(sample_invoice)",
                                "--grain=month",
                                "--range=last 2 months",
                                "--as-of=2026-04-10",
                                "--format=csv"))
                .isEqualToNormalizingNewlines(
                        """
                        time,n
                        2026-02-01,8
                        2026-03-01,11
                        """);
    }

    @Test
    void buckets_without_data_are_left_out_on_request() {
        var question =
                new String[] {
                    "query",
                    "n = count(sample_invoice where amount > 5000)",
                    "--grain=month",
                    "--range=2026-H1",
                    "--format=csv"
                };
        assertThat(answer(question).lines()).hasSize(7);
        var sparse = Arrays.copyOf(question, question.length + 1);
        sparse[question.length] = "--no-fill";
        assertThat(answer(sparse).lines().count()).isLessThan(7);
    }

    @Test
    void a_wrong_question_gets_all_its_problems_with_their_places() {
        var said =
                cairn.inside(
                        "query",
                        "sample_np",
                        "x = count(sample_evnt)",
                        "--by=account.plann",
                        "--having=sample_np > 1 + 1",
                        "--range=2026-13",
                        "--zone=Europe/Pari");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.output()).isEmpty();
        assertThat(said.errors())
                .isEqualToNormalizingNewlines(
                        """
                        'Europe/Pari' is not a time zone: write one such as Europe/Paris. Did you mean 'Europe/Paris'? [BAD_VALUE]
                            --zone Europe/Pari
                        A condition here compares a column of the answer with a value: nps > 20, plan in ('a', 'b'), nps is not none; with and, or, not. [SYNTAX]
                            --having sample_np > 1 + 1
                                                 ^
                        '2026-13' does not exist in the calendar. [BAD_RANGE]
                            --range 2026-13
                                    ^
                        No metric 'sample_np'. Did you mean 'sample_nps'? [UNKNOWN_METRIC]
                            sample_np
                        No source, slice or entity 'sample_evnt'. Did you mean 'sample_event'? [UNKNOWN_SOURCE]
                            count(sample_evnt)
                                  ^
                        No dimension 'account.plann'. Did you mean 'account.plan'? [UNKNOWN_DIMENSION]
                            --by account.plann
                                 ^
                        """);
    }

    @Test
    void problems_are_json_where_json_is_asked_for() {
        var said = cairn.inside("query", "sample_np", "--range=2026", "--format=json");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(JSON.readTree(said.output()).at("/problems/0/suggestions/0").asString())
                .isEqualTo("sample_nps");
    }

    @Test
    void a_question_without_a_range_is_not_understood() {
        var said = cairn.inside("query", "sample_nps");
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.errors()).contains("--range=RANGE");
    }

    /** One name would clear the screen, colour it and write from the right; one has wide characters; one is missing. */
    @Test
    void nothing_in_the_data_moves_the_cursor_or_breaks_the_columns(@TempDir Path folder)
            throws IOException {
        var file = folder.resolve("account.csv");
        Files.writeString(
                file,
                """
                account_key,name,plan,region,started_on,is_test
                odd-1,"\u001b[2J\u009b31mRed\u202e
                ",,,2026-01-01,false
                odd-2,株式会社,,,2026-01-01,false
                odd-3,,,,2026-01-01,false
                """);
        answer("import", "account", file.toString());
        var question =
                new String[] {
                    "query",
                    "n = count(account)",
                    "--by=account.name",
                    "--where=account in ('odd-1', 'odd-2', 'odd-3')",
                    "--range=2026-H1",
                    "--as-of=" + AS_OF
                };

        assertThat(answer(question))
                .isEqualToNormalizingNewlines(
                        """
                        account.name   n
                        -------------  -
                        ?[2J?31mRed??  1
                        株式会社       1
                        (none)         1
                        """);
        for (var format : List.of("--format=json", "--format=ndjson", "--plot")) {
            var words = Arrays.copyOf(question, question.length + 1);
            words[question.length] = format;
            assertThat(answer(words).replace("\n", ""))
                    .doesNotContainPattern("[\\p{Cntrl}\\x{80}-\\x{9f}\\x{202e}]");
        }
    }
}
