package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code metrics}, {@code dimensions} and {@code explain}, over the sample. */
class CatalogCommandsTest extends SampleQuestions {
    private static final JsonMapper JSON = JsonMapper.shared();

    private JsonNode json(String... words) {
        return JSON.readTree(answer(words));
    }

    @Test
    void metrics_are_listed_in_the_order_of_their_names() {
        assertThat(answer("metrics", "--search", "REPORT"))
                .isEqualToNormalizingNewlines(
                        """
                        metric                   unit   domain    label
                        -----------------------  -----  --------  ---------------------------
                        sample_health            score  health    Health
                        sample_reports_shared    count  adoption  Reports shared
                        sample_sharing_accounts  ratio  adoption  Accounts that share reports
                        """);
        assertThat(answer("metrics", "--search", "nothing such"))
                .isEqualToNormalizingNewlines("No metric matches.\n");
    }

    @Test
    void a_saved_question_is_asked_by_its_name(@TempDir Path folder) throws IOException {
        assertThat(answer("ask")).isEqualToNormalizingNewlines("There are no saved questions.\n");
        var file = folder.resolve("question.yaml");
        Files.writeString(
                file,
                """
                question: revenue_by_plan
                label: Revenue by plan
                owner: ann
                metrics: [sample_revenue, "accounts = count(account)"]
                by: account.plan
                grain: quarter
                range: 2026-H1
                as_of: 2026-08-01
                order: [time desc]
                """);
        answer("apply", file.toString());
        assertThat(answer("ask"))
                .isEqualToNormalizingNewlines(
                        """
                        question         label            owner  range
                        ---------------  ---------------  -----  -------
                        revenue_by_plan  Revenue by plan  ann    2026-H1
                        """);
        assertThat(answer("ask", "revenue_by_plan", "--format=csv"))
                .isEqualTo(
                        answer(
                                "query",
                                "sample_revenue",
                                "accounts = count(account)",
                                "--by=account.plan",
                                "--grain=quarter",
                                "--range=2026-H1",
                                "--as-of=2026-08-01",
                                "--order=time desc",
                                "--format=csv"))
                .hasLineCount(7);
        var overGraphql =
                cairn.ask(
                        "{ savedQuestions { items { key owner } } ask(question: \"revenue_by_plan\", first: 2) { records pageInfo { hasNextPage } } }",
                        Map.of());
        assertThat(overGraphql.at("/data/savedQuestions/items/0/owner").asString())
                .isEqualTo("ann");
        assertThat(overGraphql.at("/data/ask/records")).hasSize(2);
        assertThat(overGraphql.at("/data/ask/pageInfo/hasNextPage").asBoolean()).isTrue();
        assertThat(cairn.ask("{ ask(question: \"revenue_by_pla\") { records } }", Map.of()))
                .asString()
                .contains("BAD_QUERY", "revenue_by_plan");
        assertThat(json("ask", "--format=json").at("/questions/0/metrics/1").asString())
                .isEqualTo("accounts = count(account)");
        assertThat(cairn.inside("ask", "revenue_by_pla").errors())
                .contains("Did you mean 'revenue_by_plan'?");
        assertThat(cairn.inside("ask", "--plot").exit()).isEqualTo(2);
    }

    @Test
    void the_answer_of_a_saved_question_is_read_from_its_address_and_sent_once(@TempDir Path folder)
            throws Exception {
        var file = folder.resolve("read.yaml");
        Files.writeString(
                file,
                """
                question: users_read
                metrics: [sample_active_users]
                by: account.plan
                range: 2026-H1
                """);
        answer("apply", file.toString());

        var answer = read("/api/questions/users_read?first=2", "");
        var tag = answer.headers().firstValue("ETag").orElseThrow();
        var json = JSON.readTree(answer.body());

        assertThat(answer.headers().allValues("Cache-Control"))
                .containsExactly("private, no-cache");
        assertThat(json.path("records"))
                .isEqualTo(
                        cairn.ask(
                                        "{ ask(question: \"users_read\", first: 2) { records } }",
                                        Map.of())
                                .at("/data/ask/records"))
                .hasSize(2);
        assertThat(json.at("/page/hasNextPage").asBoolean()).isTrue();
        var again = read("/api/questions/users_read?first=2", "\"other\", " + tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        var next =
                read(
                        "/api/questions/users_read?first=2&after="
                                + URLEncoder.encode(
                                        json.at("/page/endCursor").asString(),
                                        StandardCharsets.UTF_8),
                        tag);
        assertThat(next.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(next.body()).path("records")).isNotEqualTo(json.path("records"));

        Files.writeString(
                file,
                """
                question: users_read
                metrics: [sample_revenue]
                by: account.plan
                range: 2026-H1
                """);
        answer("apply", file.toString());
        assertThat(read("/api/questions/users_read?first=2", tag).statusCode()).isEqualTo(200);
    }

    @Test
    void an_address_that_names_no_question_or_more_than_it_takes_is_refused() throws Exception {
        var unknown = read("/api/questions/revenue_by_nothing", "*");
        var wrong = read("/api/questions/x?frist=1&first=many&after=a&after=b", "");

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(JSON.readTree(unknown.body()).path("code").asString()).isEqualTo("BAD_QUERY");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(
                        JSON.readTree(wrong.body())
                                .path("problems")
                                .valueStream()
                                .map(problem ->
                                        problem.path("code").asString()
                                                + problem.path("path")
                                                + problem.path("suggestions")))
                .containsExactlyInAnyOrder(
                        "UNKNOWN_KEY[\"frist\"][\"first\"]",
                        "BAD_VALUE[\"first\"][]",
                        "CONFLICT[\"after\"][]");
        assertThat(
                        send(HttpRequest.newBuilder(cairn.url("/api/questions/x"))
                                        .header("Sec-Fetch-Site", "cross-site")
                                        .build())
                                .statusCode())
                .isEqualTo(403);
    }

    private HttpResponse<String> read(String address, String known) throws Exception {
        var request = HttpRequest.newBuilder(cairn.url(address));
        if (!known.isEmpty()) {
            request.header("If-None-Match", known);
        }
        return send(request.build());
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void all_is_said_of_a_metric_that_is_named() {
        var now = Pattern.compile("(?m)^  (guard|because)  .*\\R(?:^ {17}.*\\R)*");
        assertThat(answer("metrics", "sample_nps")).containsPattern(now);
        assertThat(now.matcher(answer("metrics", "sample_nps")).replaceAll(""))
                .isEqualToNormalizingNewlines(
                        """
                        sample_nps: Net Promoter Score
                        Promoters (9-10) less detractors (0-6) per hundred answers.
                          formula        100 * (share(sample_nps_answer : score >= 9) - share(sample_nps_answer : score <= 6))
                          unit           points
                          good is        higher
                          value of       a cell
                          domain         sentiment
                          guarded by     sample_response_rate
                          version        1
                          group by       sample_survey.answer_id, sample_survey.answered_on, sample_survey.account,
                                         sample_survey.respondent, sample_survey.score, account, account.name,
                                         account.plan, account.region, account.started_on, account.is_test, user,
                                         sample_large_plans
                        """);
    }

    @Test
    void why_writes_a_formula_out() {
        assertThat(answer("metrics", "--why", "sample_logo_churn"))
                .endsWith(
                        """
                          value of       a cell
                          written out    count(account where sum(sample_subscription at start : mrr) > 0 and sum(sample_subscription at end : mrr) = 0) / count(account where sum(sample_subscription at start : mrr) > 0)
                        """);
        assertThat(
                        json("metrics", "sample_nps", "--why", "--format=json")
                                .at("/metrics/0/writtenOut/formula")
                                .asString())
                .startsWith("100 * (share(sample_survey where ");
        assertThat(cairn.inside("metrics", "--why").errors())
                .contains("--why is of metrics that are named.");
    }

    @Test
    void names_alone_are_for_programs() {
        assertThat(answer("metrics", "--names", "--search", "report"))
                .isEqualTo("sample_health\nsample_reports_shared\nsample_sharing_accounts\n");
        assertThat(answer("dimensions", "--names", "sample_nps", "sample_revenue"))
                .startsWith("account\naccount.name\naccount.plan\n");
        assertThat(cairn.inside("metrics", "--names", "sample_nps").exit()).isEqualTo(2);
        assertThat(cairn.inside("dimensions", "--names", "--values", "account.plan").exit())
                .isEqualTo(2);
    }

    @Test
    void unknown_metrics_are_all_told_with_near_names() {
        var said = cairn.inside("metrics", "sample_np", "sample_nps", "sample_revenu");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.errors())
                .isEqualToNormalizingNewlines(
                        """
                        No metric 'sample_np'. Did you mean 'sample_nps'? [UNKNOWN_METRIC]
                        No metric 'sample_revenu'. Did you mean 'sample_revenue'? [UNKNOWN_METRIC]
                        """);
    }

    @Test
    void json_says_of_metrics_what_graphql_says() {
        var metric = json("metrics", "sample_sharing_accounts", "--format=json").at("/metrics/0");
        var expected =
                cairn.ask(
                                """
                                { metric(key: "sample_sharing_accounts") { key label summary domain unit direction status version level entity
                                    rollUp formula emptyIsNone minSample clusteredByAccount owner counter guard { state } notes { timing decision rules pitfalls example sources noCounter accountList }
                                    origin { pack packVersion isOverridden departures { part value standard } } params { name type defaultValue } bands { name below } dependsOn { key } dimensions { key } } }\
                                """,
                                Map.of())
                        .at("/data/metric");
        for (var property : metric.properties()) {
            var wanted = expected.get(property.getKey());
            switch (property.getKey()) {
                case "dependsOn", "dimensions" ->
                        assertThat(
                                        property.getValue()
                                                .valueStream()
                                                .map(JsonNode::asString)
                                                .toList())
                                .isEqualTo(
                                        wanted.valueStream()
                                                .map(one -> one.get("key").asString())
                                                .toList())
                                .isNotEmpty();
                default -> assertThat(property.getValue()).as(property.getKey()).isEqualTo(wanted);
            }
        }
        assertThat(metric.size()).isEqualTo(expected.size());
    }

    @Test
    void dimensions_are_those_that_all_the_metrics_have() {
        assertThat(answer("dimensions", "sample_revenue", "sample_nps"))
                .isEqualToNormalizingNewlines(
                        """
                        dimension           type     label
                        ------------------  -------  ------------------
                        account             text     account
                        account.name        text     Name
                        account.plan        text     Plan
                        account.region      text     Region
                        account.started_on  date     Customer since
                        account.is_test     boolean  Test account
                        sample_large_plans  boolean  Pro and enterprise
                        """);
        assertThat(answer("dimensions", "sample_nps"))
                .contains("sample_survey.score")
                .contains("user");
    }

    @Test
    void dimensions_of_an_unknown_metric_are_refused() {
        var said = cairn.inside("dimensions", "sample_nps", "sample_np", "--format=json");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(JSON.readTree(said.output()).at("/problems/0/code").asString())
                .isEqualTo("UNKNOWN_METRIC");
    }

    @Test
    void values_of_a_dimension_are_listed_and_it_is_said_when_there_are_more() {
        assertThat(answer("dimensions", "--values", "account.plan"))
                .isEqualToNormalizingNewlines("enterprise\nfree\npro\n");
        var said =
                cairn.inside("dimensions", "--values=account", "--starts-with=acme-0", "--first=2");
        assertThat(said.output()).isEqualToNormalizingNewlines("acme-01\nacme-02\n");
        assertThat(said.errors()).contains("There are more");
        assertThat(json("dimensions", "--values=account.plan", "--first=2", "--format=json"))
                .isEqualTo(
                        JSON.readTree(
                                """
                                {"values": ["enterprise", "free"], "hasMore": true}\
                                """));
    }

    @Test
    void values_of_no_dimension_are_refused_with_the_nearest() {
        var said = cairn.inside("dimensions", "--values", "account.plann");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.errors()).contains("Did you mean 'account.plan'?");
    }

    @Test
    void metrics_or_values_and_not_both() {
        assertThat(cairn.inside("dimensions").exit()).isEqualTo(2);
        assertThat(cairn.inside("dimensions", "sample_nps", "--values=account.plan").exit())
                .isEqualTo(2);
        assertThat(cairn.inside("dimensions", "sample_nps", "--starts-with=a").exit()).isEqualTo(2);
        assertThat(cairn.inside("dimensions", "--values=account.plan", "--first=0").exit())
                .isEqualTo(2);
        assertThat(cairn.inside("metrics", "sample_nps", "--search=x").exit()).isEqualTo(2);
    }

    @Test
    void explain_says_the_plan_and_the_sql() {
        var plan =
                answer(
                        "explain",
                        "sample_revenue",
                        "--by=account.plan",
                        "--range=2026-Q1",
                        "--as-of=2026-07-01");
        // How many rows are expected is said once the database has counted them.
        assertThat(
                        plan.replaceAll("About [0-9,]+ rows are expected .*\\R", "")
                                .replaceAll(", about [0-9,]+ rows", ""))
                .isEqualToNormalizingNewlines(
                        """
                        Range [2026-01-01T00:00:00Z, 2026-04-01T00:00:00Z) in 1 bucket, as of 2026-07-01T00:00:00Z
                        Read facts of sample_invoice by issued_on where not (account.is_test is true)
                          #0 = sum of amount
                          #1 = count where not (amount is none)
                        Group by account.plan
                        Column 'sample_revenue' = #0
                        Rows: CELL
                        First 1000 rows
                        """);
        assertThat(answer("explain", "sample_revenue", "--range=2026", "--sql"))
                .contains("select")
                .contains("fact_sample_invoice");
    }

    @Test
    void explain_gives_problems_as_data() {
        var said =
                cairn.inside(
                        "explain", "sample_np", "--range=soon", "--grain=month", "--format=json");
        assertThat(said.exit()).isEqualTo(1);
        var json = JSON.readTree(said.output());
        assertThat(json.get("valid").booleanValue()).isFalse();
        assertThat(
                        json.get("problems")
                                .valueStream()
                                .map(problem -> problem.get("code").asString())
                                .toList())
                .containsExactly("BAD_RANGE", "UNKNOWN_METRIC");
        assertThat(json.get("sql").isNull()).isTrue();
    }

    @Test
    void explain_of_a_right_question_is_data_too() {
        var json = json("explain", "sample_revenue", "--range=2026", "--format=json");
        assertThat(json.get("valid").booleanValue()).isTrue();
        assertThat(json.at("/columns/0/currency").asString()).isEqualTo("EUR");
        assertThat(json.get("plan").size()).isPositive();
        assertThat(json.get("sql").asString()).contains("fact_sample_invoice");
    }
}
