package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.testkit.data.RealData;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import tools.jackson.databind.JsonNode;

/** Real files are imported into a running service, and what it answers over HTTP is what hand-written SQL over the raw files says. */
@TestInstance(Lifecycle.PER_CLASS)
class WorkedExamplesTest {
    private static final String SURVEY = "sfo-survey/sfo_customer_survey_2015_2018.csv.gz";
    private static final String INVOICES = "online-retail/invoice_lines.csv.gz";
    private static final String CUSTOMERS = "ravenstack-synthetic/accounts.csv";
    private static final String SUBSCRIPTIONS = "ravenstack-synthetic/subscriptions.csv";
    private static final String VERSIONS = "saas-billing/subscription_versions.csv.gz";
    private static final double TOLERANCE = 1e-9;

    /** Their customers have the numbers of other data sets' customers, and are others: they have a service of their own. */
    private static final Set<String> APART = Set.of("cdnow", "incident-log", "oulad");

    private RunningCairn cairn;
    private RunningCairn apart;
    private RawTables raw;

    @BeforeAll
    void import_the_real_files() throws Exception {
        cairn = new RunningCairn();
        raw = new RawTables();
        for (var folder : List.of("sfo-survey", "online-retail", "ravenstack", "saas-billing")) {
            assertThat(
                            cairn.command(
                                    "apply",
                                    RunningCairn.inRepository("examples/" + folder).toString()))
                    .isZero();
        }
        take("survey", SURVEY);
        take("invoice_line", INVOICES);
        take("account", CUSTOMERS);
        take("subscription", SUBSCRIPTIONS);
        take("billed_customer", "saas-billing/accounts.csv.gz", "saas_accounts");
        take("billed_subscription", "saas-billing/subscriptions.csv.gz", "saas_subscriptions");
        take("subscription_version", VERSIONS);
        take("fx_rate", "saas-billing/fx_rates.csv.gz");
        take("billed_invoice", "saas-billing/invoices.csv.gz");
        take("payment", "saas-billing/payments.csv.gz");
        awaitMetric(cairn, "repeat_rate");
        import_what_stands_apart();
    }

    private void import_what_stands_apart() throws Exception {
        apart = new RunningCairn();
        for (var folder : APART) {
            inside("apply", RunningCairn.inRepository("examples/" + folder).toString());
        }
        takeApart("purchase", "cdnow/cdnow_transactions.csv.gz");
        takeApart("incident", "incident-log/incident_events.csv.gz");
        takeApart("study_day", "oulad-subset/student_vle_daily.csv.gz");
        awaitMetric(apart, "first_purchased");
        awaitMetric(apart, "open_at_end");
        awaitMetric(apart, "stickiness");
    }

    private void takeApart(String target, String name) throws Exception {
        var file = RealData.require(name);
        raw.load(file);
        inside("import", target, file.toString());
    }

    private void inside(String... words) {
        var said = apart.inside(words);
        assertThat(said.exit()).as(said.errors()).isZero();
    }

    private static void awaitMetric(RunningCairn service, String key) throws Exception {
        RunningCairn.await(() ->
                service.ask("{ metric(key: \"%s\") { key } }".formatted(key), Map.of())
                        .at("/data/metric")
                        .isObject());
    }

    private void take(String target, String name) throws Exception {
        var file = RealData.require(name);
        raw.load(file);
        assertThat(cairn.command("import", target, file.toString())).isZero();
    }

    /** @param table for a file whose name another data set has too */
    private void take(String target, String name, String table) throws Exception {
        var file = RealData.require(name);
        raw.load(file, table);
        assertThat(cairn.command("import", target, file.toString())).isZero();
    }

    @AfterAll
    void stop() throws Exception {
        for (var started : Arrays.asList(cairn, apart, raw)) {
            if (started != null) {
                started.close();
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> the_answer_is_what_hand_written_sql_says() {
        return WorkedExample.all().stream()
                .map(example ->
                        DynamicTest.dynamicTest(
                                example.file() + ": " + example.title(),
                                () -> the_answer_is_what_its_sql_says(example)));
    }

    private void the_answer_is_what_its_sql_says(WorkedExample example) throws Exception {
        var answer =
                (APART.contains(example.data()) ? apart : cairn)
                        .ask(
                                "query($input: AnalysisInput!) { analyze(input: $input) { records pageInfo { hasNextPage } } }",
                                Map.of("input", example.question()));
        assertThat(answer.path("errors").isMissingNode()).as(answer.toString()).isTrue();
        var records = new ArrayList<JsonNode>();
        answer.at("/data/analyze/records").forEach(records::add);
        var expected = raw.query(example.sql());
        assertThat(expected).as("rows that the SQL gives").isNotEmpty();
        assertThat(records).as("rows of the answer").hasSameSizeAs(expected);
        for (int at = 0; at < expected.size(); at++) {
            int index = at;
            var row = expected.get(at);
            boolean found =
                    example.ordered()
                            ? isSame(row, records.get(index))
                            : records.stream().anyMatch(record -> isSame(row, record));
            assertThat(found)
                    .as("row %d: expected %s, got %s", at, row, records.get(index))
                    .isTrue();
        }
    }

    private static boolean isSame(Map<String, Object> expected, JsonNode record) {
        return record.size() == expected.size()
                && expected.entrySet().stream()
                        .allMatch(entry -> isSame(entry.getValue(), record.get(entry.getKey())));
    }

    private static boolean isSame(Object expected, JsonNode actual) {
        return switch (expected) {
            case null -> actual != null && actual.isNull();
            case Number number when actual != null && actual.isNumber() -> isNear(number, actual);
            case Boolean bool ->
                    actual != null && actual.isBoolean() && actual.booleanValue() == bool;
            case Object other ->
                    actual != null
                            && actual.isString()
                            && actual.stringValue().equals(other.toString());
        };
    }

    private static boolean isNear(Number expected, JsonNode actual) {
        if (expected instanceof BigDecimal
                || expected instanceof Long
                || expected instanceof Integer) {
            return new BigDecimal(expected.toString()).compareTo(actual.decimalValue()) == 0;
        }
        double wanted = expected.doubleValue();
        return Math.abs(wanted - actual.doubleValue()) <= TOLERANCE * Math.max(1, Math.abs(wanted));
    }

    @Test
    void importing_a_file_again_changes_nothing() throws Exception {
        importAgain("survey", SURVEY);
    }

    @Tag("long")
    @Test
    void importing_a_large_file_again_changes_nothing() throws Exception {
        importAgain("invoice_line", INVOICES);
    }

    private void importAgain(String source, String file) throws Exception {
        assertThat(counts()).containsExactly(11_685L, 541_909L);
        assertThat(cairn.command("import", source, RealData.require(file).toString())).isZero();
        assertThat(counts()).containsExactly(11_685L, 541_909L);
    }

    private List<Long> counts() {
        var answer =
                cairn.ask(
                        """
                        { survey: analyze(input: {metrics: [{metric: {formula: "count(survey)"}, as: "n"}]
                            timeRange: {between: {from: "2000-01-01", to: "2030-01-01"}}}) { records }
                          lines: analyze(input: {metrics: [{metric: {formula: "count(invoice_line)"}, as: "n"}]
                            timeRange: {between: {from: "2000-01-01", to: "2030-01-01"}}}) { records } }\
                        """,
                        Map.of());
        return List.of(
                answer.at("/data/survey/records/0/n").longValue(),
                answer.at("/data/lines/records/0/n").longValue());
    }
}
