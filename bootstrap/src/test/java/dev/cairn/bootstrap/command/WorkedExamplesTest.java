package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cairn.testkit.data.RealData;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/** Real files are imported into a running service, and what it answers over HTTP is what hand-written SQL over the raw files says. */
@TestInstance(Lifecycle.PER_CLASS)
class WorkedExamplesTest {
    private static final double TOLERANCE = 1e-9;

    private static final String TOTALS = "rows { kind cells { column number } }";

    /** A file and what it is imported into; the hand-written SQL finds it in a table. */
    private record DataFile(String target, String path, String table) {
        static DataFile of(String target, String path) {
            return new DataFile(
                    target, path, path.replaceAll("^.*/", "").replaceAll("\\.csv(\\.gz)?$", ""));
        }
    }

    /** By the folder of their definitions, in the order in which they are imported. */
    private static final Map<String, List<DataFile>> TOGETHER =
            inOrder(
                    Map.entry(
                            "sfo-survey",
                            List.of(
                                    DataFile.of(
                                            "survey",
                                            "sfo-survey/sfo_customer_survey_2015_2018.csv.gz"))),
                    Map.entry(
                            "online-retail",
                            List.of(
                                    DataFile.of(
                                            "invoice_line", "online-retail/invoice_lines.csv.gz"),
                                    DataFile.of("invoice", "online-retail/invoice_lines.csv.gz"))),
                    Map.entry(
                            "ravenstack",
                            List.of(
                                    DataFile.of("account", "ravenstack-synthetic/accounts.csv"),
                                    DataFile.of(
                                            "subscription",
                                            "ravenstack-synthetic/subscriptions.csv"),
                                    DataFile.of(
                                            "churn_event", "ravenstack-synthetic/churn_events.csv"),
                                    DataFile.of(
                                            "feature_use",
                                            "ravenstack-synthetic/feature_usage.csv.gz"),
                                    DataFile.of(
                                            "support_ticket",
                                            "ravenstack-synthetic/support_tickets.csv"))),
                    Map.entry(
                            "telco-churn",
                            List.of(
                                    DataFile.of(
                                            "telco_customer",
                                            "telco-churn/telco_customer_churn.csv"))),
                    Map.entry(
                            "saas-billing",
                            List.of(
                                    new DataFile(
                                            "billed_customer",
                                            "saas-billing/accounts.csv.gz",
                                            "saas_accounts"),
                                    new DataFile(
                                            "billed_subscription",
                                            "saas-billing/subscriptions.csv.gz",
                                            "saas_subscriptions"),
                                    DataFile.of(
                                            "subscription_version",
                                            "saas-billing/subscription_versions.csv.gz"),
                                    DataFile.of("fx_rate", "saas-billing/fx_rates.csv.gz"),
                                    DataFile.of("billed_invoice", "saas-billing/invoices.csv.gz"),
                                    DataFile.of("payment", "saas-billing/payments.csv.gz"),
                                    DataFile.of("billed_plan", "saas-billing/plans.csv.gz"),
                                    DataFile.of(
                                            "issued_credit", "saas-billing/credit_notes.csv.gz"),
                                    DataFile.of(
                                            "fiscal_day", "saas-billing/fiscal_calendar.csv.gz"),
                                    DataFile.of("sales_rep", "saas-billing/sales_reps.csv.gz"),
                                    DataFile.of(
                                            "opportunity", "saas-billing/opportunities.csv.gz"))));

    /** Their customers have the keys of others, or an account is declared anew: they have a service of their own. */
    private static final Map<String, List<DataFile>> APART =
            inOrder(
                    Map.entry(
                            "bookings",
                            List.of(
                                    DataFile.of("account", "bookings/dim_primary_accounts.csv"),
                                    DataFile.of("listing", "bookings/dim_listings.csv"),
                                    DataFile.of("booking", "bookings/fct_bookings.csv"),
                                    DataFile.of("view", "bookings/fct_views.csv"))),
                    Map.entry(
                            "cdnow",
                            List.of(DataFile.of("purchase", "cdnow/cdnow_transactions.csv.gz"))),
                    Map.entry(
                            "incident-log",
                            List.of(
                                    DataFile.of("incident", "incident-log/incident_events.csv.gz"),
                                    DataFile.of(
                                            "incident_event",
                                            "incident-log/incident_events.csv.gz"))));

    /** Their accounts have a key of several parts. */
    private static final Map<String, List<DataFile>> ALONE =
            inOrder(
                    Map.entry(
                            "oulad",
                            List.of(
                                    DataFile.of("account", "oulad-subset/student_info.csv.gz"),
                                    DataFile.of(
                                            "registration",
                                            "oulad-subset/student_registration.csv.gz"),
                                    DataFile.of(
                                            "study_day",
                                            "oulad-subset/student_vle_daily.csv.gz"))));

    /** The data sets to ask, by the folders of their definitions ({@code -Dexamples=cdnow,oulad}); empty: all. */
    private static final Set<String> ASKED =
            Stream.of(System.getProperty("examples", "").split(","))
                    .filter(folder -> !folder.isBlank())
                    .collect(Collectors.toUnmodifiableSet());

    private RunningCairn cairn;
    private RunningCairn apart;
    private RunningCairn alone;
    private RawTables raw;
    private final WorkedAnswers answers = new WorkedAnswers();

    @SafeVarargs
    private static Map<String, List<DataFile>> inOrder(
            Map.Entry<String, List<DataFile>>... folders) {
        var map = new LinkedHashMap<String, List<DataFile>>();
        for (var folder : folders) {
            map.put(folder.getKey(), folder.getValue());
        }
        return map;
    }

    @BeforeAll
    void import_the_real_files() throws Exception {
        raw = new RawTables();
        cairn = new RunningCairn();
        apart = new RunningCairn();
        alone = new RunningCairn();
        try (var both = Executors.newFixedThreadPool(2)) {
            var imports =
                    List.of(
                            both.submit(() -> importInto(cairn, TOGETHER)),
                            both.submit(() -> importInto(apart, APART)),
                            both.submit(() -> importInto(alone, ALONE)));
            for (var imported : imports) {
                imported.get();
            }
        }
    }

    private Void importInto(RunningCairn service, Map<String, List<DataFile>> folders)
            throws Exception {
        for (var folder : folders.entrySet()) {
            if (isAsked(folder.getKey())) {
                inside(
                        service,
                        "apply",
                        RunningCairn.inRepository("examples/" + folder.getKey()).toString());
                for (var file : folder.getValue()) {
                    var path = RealData.require(file.path());
                    raw.load(path, file.table());
                    inside(service, "import", file.target(), path.toString());
                }
            }
        }
        return null;
    }

    private static boolean isAsked(String folder) {
        return ASKED.isEmpty() || ASKED.contains(folder);
    }

    private static void inside(RunningCairn service, String... words) {
        var said = service.inside(words);
        assertThat(said.exit()).as(said.errors()).isZero();
    }

    @AfterAll
    void stop() throws Exception {
        for (var started : Arrays.asList(cairn, apart, alone, raw)) {
            if (started != null) {
                started.close();
            }
        }
    }

    /** Whether a student of the first weeks passes, and whether a customer stays: areas and errors by hand. */
    @TestFactory
    Stream<DynamicTest> metrics_separate_as_hand_written_sql_says() {
        return SeparatedExample.all().stream()
                .filter(example -> isAsked(example.data()))
                .map(example ->
                        DynamicTest.dynamicTest(
                                example.name(),
                                () -> example.expect(serviceOf(example.data()), raw)));
    }

    /** A file of one day says nothing of what came first. */
    @Test
    void a_snapshot_is_refused_where_nobody_says_that_it_is_one() {
        assumeTrue(isAsked("telco-churn"));
        var problem =
                cairn.ask(
                                "{ separation(input: {metric: {formula: \"max(telco_customer during : tenure)\"}, success: \"telco_stays\"}) { verdict } }",
                                Map.of())
                        .at("/errors/0/extensions/problems/0");
        assertThat(problem.path("code").asString()).isEqualTo("LEAKAGE");
        assertThat(problem.path("path").toString()).isEqualTo("[\"crossSectional\"]");
    }

    /** Whether tickets were replied to sooner while customers were less satisfied. */
    @TestFactory
    Stream<DynamicTest> guards_test_what_hand_written_sql_computes() {
        return GuardedExample.all().stream()
                .filter(_ -> isAsked(GuardedExample.DATA))
                .map(example ->
                        DynamicTest.dynamicTest(
                                example.metric(),
                                () -> example.expect(serviceOf(GuardedExample.DATA), raw)));
    }

    @TestFactory
    Stream<DynamicTest> the_answer_is_what_hand_written_sql_says() {
        return WorkedExample.all().stream()
                .filter(example -> !example.data().equals(MappedTablesTest.DATA))
                .filter(example -> isAsked(example.data()))
                .map(example ->
                        DynamicTest.dynamicTest(
                                example.file() + ": " + example.title(),
                                () -> the_answer_is_what_its_sql_says(example)));
    }

    @TestFactory
    Stream<DynamicTest> a_cell_of_one_of_three_opens_into_parts_that_add_up() {
        return opening(1, example -> Math.floorMod(example.file().hashCode(), 3) == 0);
    }

    @Tag("long")
    @TestFactory
    Stream<DynamicTest> a_cell_of_each_metric_opens_into_parts_that_add_up() {
        return opening(Integer.MAX_VALUE, _ -> true);
    }

    private Stream<DynamicTest> opening(int columns, Predicate<WorkedExample> which) {
        return WorkedExample.all().stream()
                .filter(which)
                .filter(example -> !example.data().equals(MappedTablesTest.DATA))
                .filter(example -> isAsked(example.data()))
                .filter(example -> example.shape().isEmpty())
                .map(example ->
                        DynamicTest.dynamicTest(
                                example.file(),
                                () ->
                                        OpenedExample.expect(
                                                example,
                                                serviceOf(example.data()),
                                                answers,
                                                columns)));
    }

    private void the_answer_is_what_its_sql_says(WorkedExample example) throws Exception {
        expect(example, serviceOf(example.data()), answers, raw);
    }

    private RunningCairn serviceOf(String data) {
        return APART.containsKey(data) ? apart : ALONE.containsKey(data) ? alone : cairn;
    }

    /** That a service answers the question as the SQL does. */
    static void expect(WorkedExample example, RunningCairn service, RawTables raw)
            throws Exception {
        expect(example, service, new WorkedAnswers(), raw);
    }

    private static void expect(
            WorkedExample example, RunningCairn service, WorkedAnswers answers, RawTables raw)
            throws Exception {
        var records =
                !example.shape().isEmpty()
                        ? shaped(example, service)
                        : example.open().isEmpty()
                                ? asked(example, answers.of(example, service))
                                : opened(example, service);
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

    private static List<JsonNode> asked(WorkedExample example, JsonNode answer) {
        var rows = answer.path("rows");
        if (Boolean.TRUE.equals(example.question().get("totals"))) {
            return withTotals(answer.path("records").valueStream(), rows);
        }
        var records = answer.path("records").deepCopy().valueStream().toList();
        addUncertainty(records, rows);
        return records;
    }

    /** The whole change and the pieces right beneath it; of accounts how many there are. */
    private static List<JsonNode> explained(WorkedExample example, RunningCairn service) {
        var answer =
                service.ask(
                        "query($input: WhyInput!) { why(input: $input) { pieces { level axis kind what contribution accounts } } }",
                        Map.of("input", example.question()));
        assertThat(answer.path("errors").isMissingNode()).as(answer.toString()).isTrue();
        return answer.at("/data/why/pieces")
                .valueStream()
                .filter(piece -> piece.path("level").asInt() <= 1)
                .map(WorkedExamplesTest::pieceOf)
                .toList();
    }

    private static JsonNode pieceOf(JsonNode piece) {
        var record = new ObjectMapper().createObjectNode();
        record.set("kind", piece.path("kind"));
        record.set("what", piece.path("what"));
        record.set("contribution", piece.path("contribution"));
        if (piece.path("axis").asString().equals("ACCOUNT")) {
            record.set("accounts", piece.path("accounts"));
        } else {
            record.putNull("accounts");
        }
        return record;
    }

    private static List<JsonNode> shaped(WorkedExample example, RunningCairn service) {
        var shape = example.shape();
        if (shape.equals("why")) {
            return explained(example, service);
        }
        var answer =
                service.ask(
                        "query($input: %sInput!) { %s(input: $input) { %s } }"
                                .formatted(
                                        shape.substring(0, 1).toUpperCase(Locale.ROOT)
                                                + shape.substring(1),
                                        shape,
                                        example.answer().isEmpty()
                                                ? "table { records %s }".formatted(TOTALS)
                                                : example.answer()),
                        Map.of("input", example.question()));
        assertThat(answer.path("errors").isMissingNode()).as(answer.toString()).isTrue();
        if (!example.answer().isEmpty()) {
            return flat(answer.at("/data/" + shape), new ObjectMapper().createObjectNode());
        }
        var table = answer.at("/data/" + shape + "/table");
        return withTotals(table.path("records").valueStream(), table.path("rows"));
    }

    /** A row for each element of the innermost list, with what stands beside the lists around it. */
    private static List<JsonNode> flat(JsonNode object, ObjectNode around) {
        var record = around.deepCopy();
        var lists = new ArrayList<JsonNode>();
        for (var part : object.properties()) {
            var value = part.getValue();
            if (value.isArray()) {
                lists.add(value);
            } else if (value.isObject()) {
                value.properties()
                        .forEach(inner ->
                                record.set(part.getKey() + "." + inner.getKey(), inner.getValue()));
            } else {
                record.set(part.getKey(), value);
            }
        }
        return lists.isEmpty()
                ? List.of(record)
                : lists.stream()
                        .flatMap(JsonNode::valueStream)
                        .flatMap(element -> flat(element, record).stream())
                        .toList();
    }

    /** Behind the records, one of each total; what it is over is null. */
    private static List<JsonNode> withTotals(Stream<JsonNode> records, JsonNode rows) {
        var totals =
                rows.valueStream()
                        .filter(row -> !row.path("kind").asString().equals("CELL"))
                        .map(WorkedExamplesTest::recordOf);
        return Stream.concat(records, totals).toList();
    }

    private static JsonNode recordOf(JsonNode row) {
        var record = new ObjectMapper().createObjectNode();
        row.path("cells")
                .forEach(cell -> record.set(cell.path("column").asString(), cell.path("number")));
        return record;
    }

    /** What is behind a cell of the answer, found by the key of its row. */
    private static List<JsonNode> opened(WorkedExample example, RunningCairn service) {
        var answer =
                service.ask(
                        "query($input: AnalysisInput!) { analyze(input: $input) { rows { key cells { column text } } } }",
                        Map.of("input", example.question()));
        var arguments = new LinkedHashMap<>(example.open());
        var at = (Map<?, ?>) arguments.remove("at");
        var key =
                answer.at("/data/analyze/rows")
                        .valueStream()
                        .filter(row -> isAt(row, at))
                        .map(row -> row.path("key").asString())
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(at + " is not in " + answer));
        arguments.put("input", example.question());
        arguments.put("key", key);
        var opened =
                service.ask(
                        "query($input: AnalysisInput!, $key: String!, $column: String!, $by: MemberKind, $part: CellPart, $first: Int) { members(input: $input, key: $key, column: $column, by: $by, part: $part, first: $first) { records notices { code } } }",
                        arguments);
        assertThat(opened.path("errors").isMissingNode()).as(opened.toString()).isTrue();
        return opened.at("/data/members/records").valueStream().toList();
    }

    private static boolean isAt(JsonNode row, Map<?, ?> at) {
        return at.entrySet().stream()
                .allMatch(wanted ->
                        row.path("cells")
                                .valueStream()
                                .anyMatch(cell ->
                                        cell.path("column").asString().equals(wanted.getKey())
                                                && cell.path("text")
                                                        .asString()
                                                        .equals(wanted.getValue())));
    }

    /** To each record what the cells of its row say: the columns that SQL says it in are named after the metric's. */
    private static void addUncertainty(List<JsonNode> records, JsonNode rows) {
        for (int at = 0; at < rows.size(); at++) {
            var record = (ObjectNode) records.get(at);
            for (var cell : rows.get(at).path("cells")) {
                var column = cell.path("column").stringValue();
                for (var part :
                        Map.of(
                                        "standardError", "/standardError",
                                        "effectiveN", "/effectiveN",
                                        "low", "/interval/low",
                                        "high", "/interval/high",
                                        "z", "/change/z",
                                        "p", "/change/p")
                                .entrySet()) {
                    if (cell.at(part.getValue()).isNumber()) {
                        record.set(column + "." + part.getKey(), cell.at(part.getValue()));
                    }
                }
                for (var part : cell.path("contributions")) {
                    record.set(column + "." + part.path("name").asString(), part.path("value"));
                }
            }
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
        importAgain("sfo-survey", 11_685);
    }

    @Tag("long")
    @Test
    void importing_a_large_file_again_changes_nothing() throws Exception {
        importAgain("online-retail", 541_909);
    }

    private void importAgain(String folder, long rows) throws Exception {
        assumeTrue(isAsked(folder));
        var file = TOGETHER.get(folder).getFirst();
        assertThat(value(cairn, "count(%s)".formatted(file.target()), null)).isEqualTo(rows);
        assertThat(cairn.command("import", file.target(), RealData.require(file.path()).toString()))
                .isZero();
        assertThat(value(cairn, "count(%s)".formatted(file.target()), null)).isEqualTo(rows);
    }

    /** The first half of the file is imported, a purchase in it said to be of another user; then the whole file. */
    @Test
    void what_was_known_before_an_import_is_answered_again_after_it(@TempDir Path folder)
            throws Exception {
        assumeTrue(isAsked("bookings"));
        var file = RealData.require("bookings/fct_buys.csv");
        var lines = Files.readAllLines(file);
        var half = folder.resolve("half.csv");
        var first = new ArrayList<>(lines.subList(0, 5));
        first.set(1, first.get(1).replace("u0004114", "u0042324"));
        Files.write(half, first);
        raw.load(file, "fct_buys");
        raw.load(half, "half_of_buys");

        inside(apart, "import", "buy", half.toString());
        var then = Instant.now();
        inside(apart, "import", "buy", file.toString());

        for (var formula : List.of("count(buy)", "distinct(buy.account)")) {
            var sql = formula.startsWith("count") ? "count(*)" : "count(distinct user_id)";
            assertThat(value(apart, formula, then)).isEqualTo(byHand(sql, "half_of_buys"));
            assertThat(value(apart, formula, null)).isEqualTo(byHand(sql, "fct_buys"));
        }
        assertThat(byHand("count(distinct user_id)", "half_of_buys")).isEqualTo(3);
        assertThat(byHand("count(distinct user_id)", "fct_buys")).isEqualTo(7);
    }

    /** Of passengers, who are no accounts: each answer is 100, 0 or -100, the score their mean, and the difference of both years tested as Welch does. */
    @Test
    void impact_on_nps_from_one_year_to_the_next_is_that_of_hand_written_sql() throws Exception {
        assumeTrue(isAsked("sfo-survey"));
        var byHand =
                raw.query(
                                """
                                with answers as (
                                  select survey_year, case when netpro in ('9', '10') then 100 when netpro in ('7', '8') then 0 else -100 end::double precision as score
                                  from sfo_customer_survey_2015_2018
                                  where survey_year in ('2017', '2018') and netpro in ('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10')),
                                years as (
                                  select survey_year, count(*) as n, avg(score) as nps, var_samp(score) / count(*) as squared
                                  from answers group by survey_year)
                                select b.nps as before, a.nps as after, a.nps - b.nps as effect, sqrt(a.squared + b.squared) as error, a.n + b.n as n
                                from years b, years a where b.survey_year = '2017' and a.survey_year = '2018'
                                """)
                        .getFirst();
        var metric =
                cairn.ask(
                                """
                                { impact(input: {metrics: [{metric: {key: "nps_score"}}], changedOn: "2018-01-01", windowDays: 365, unit: ROW
                                    timeZone: "America/Los_Angeles"}) {
                                  metrics { treated { before after unitsBefore unitsAfter } effect { value interval { low high } p } verdict reasons { code } } } }
                                """,
                                Map.of())
                        .at("/data/impact/metrics/0");
        double effect = (Double) byHand.get("effect");
        double error = (Double) byHand.get("error");

        assertThat(metric.at("/treated/before").asDouble())
                .isCloseTo((Double) byHand.get("before"), within(TOLERANCE));
        assertThat(metric.at("/treated/after").asDouble())
                .isCloseTo((Double) byHand.get("after"), within(TOLERANCE));
        assertThat(
                        metric.at("/treated/unitsBefore").asLong()
                                + metric.at("/treated/unitsAfter").asLong())
                .isEqualTo((Long) byHand.get("n"));
        assertThat(metric.at("/effect/value").asDouble()).isCloseTo(effect, within(TOLERANCE));
        // Student's quantile of some thousand degrees of freedom is 1.9605 at most.
        assertThat(metric.at("/effect/interval/low").asDouble())
                .isCloseTo(effect - 1.9602 * error, within(4e-4 * error));
        assertThat(metric.at("/verdict").asString()).isIn("MOVED", "NO_EVIDENCE");
    }

    private long byHand(String value, String table) throws Exception {
        return (Long)
                raw.query("select %s as value from %s".formatted(value, table))
                        .getFirst()
                        .get("value");
    }

    private static long value(RunningCairn service, String formula, @Nullable Instant knownAt) {
        return service.ask(
                        """
                        query($formula: String!, $knownAt: DateTime) {
                          analyze(input: {metrics: [{metric: {formula: $formula}, as: "n"}], knownAt: $knownAt
                            timeRange: {between: {from: "2000-01-01", to: "2030-01-01"}}}) { records } }\
                        """,
                        knownAt == null
                                ? Map.of("formula", formula)
                                : Map.of("formula", formula, "knownAt", knownAt.toString()))
                .at("/data/analyze/records/0/n")
                .longValue();
    }
}
