package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.cairn.application.port.AuditSearch;
import dev.cairn.application.port.in.AuditUseCase;
import dev.cairn.application.service.KeptAnswers;
import dev.cairn.domain.analysis.AccessScope;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The faces of one answer say the same. */
@TestInstance(Lifecycle.PER_CLASS)
class FacesTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String QUESTION =
            """
            {
              "metrics": [{"metric": {"key": "sample_nps"}}, {"metric": {"key": "sample_active_users"}}],
              "groupBy": ["account.plan"], "grain": "MONTH",
              "timeRange": {"between": {"from": "2026-01-01", "to": "2026-07-01"}}, "asOf": "2026-07-02T00:00:00Z"
            }
            """;

    /** More than 10,000 rows. */
    private static final String BY_HOUR =
            """
            {
              "metrics": [{"metric": {"formula": "count(sample_event)"}, "as": "events"}],
              "groupBy": ["account.plan"], "grain": "HOUR",
              "timeRange": {"between": {"from": "2026-01-01", "to": "2026-07-01"}}
            }
            """;

    /** More than fits into what is on the way. */
    private static final String LONG =
            BY_HOUR.replace("\"account.plan\"", "\"account\", \"account.plan\", \"account.name\"")
                    .replace("2026-07-01", "2026-04-26");

    /** Thirty accounts and 115 days. */
    private static final long ROWS_OF_LONG = 30 * 115 * 24;

    private final HttpClient http = HttpClient.newHttpClient();
    private RunningCairn cairn;

    @BeforeAll
    void start() {
        cairn =
                new RunningCairn(
                        List.of(
                                "cairn.exports.rows=100000",
                                "cairn.exports.at-once=1",
                                "cairn.exports.patience=4s"));
        SmallCompany.fill(cairn);
    }

    @AfterAll
    void stop() {
        http.close();
        cairn.close();
    }

    @Test
    void plain_json_has_the_records_of_graphql() throws Exception {
        var plain = JSON.readTree(text(post("/api/analyze", QUESTION)));

        assertThat(plain.path("records")).hasSizeGreaterThan(10);
        assertThat(plain.path("records")).isEqualTo(overGraphql("records"));
        assertThat(plain.path("asOf").asString()).isEqualTo("2026-07-02T00:00:00Z");
    }

    @Test
    void tiles_of_one_request_are_one_statement_and_told_what_each_is_told_alone() {
        var formulas =
                List.of(
                        "count(sample_event)",
                        "distinct(sample_event.user)",
                        "distinct(sample_event.account)",
                        "count(sample_event where not name = 'export')",
                        "count(sample_event) / distinct(sample_event.user)");
        var tiles =
                IntStream.range(0, formulas.size())
                        .mapToObj(at -> tile("tile" + at, formulas.get(at), "2026-06-25"))
                        .toList();
        var answers = cairn.bean(KeptAnswers.class);
        long before = answers.counts().together();

        var together = cairn.ask("{ %s }".formatted(String.join(" ", tiles)), Map.of());

        assertThat(answers.counts().together() - before).isEqualTo(tiles.size());
        for (int at = 0; at < tiles.size(); at++) {
            // A page of other length, so that it is not found among what is kept.
            var alone =
                    cairn.ask(
                            "{ %s }"
                                    .formatted(
                                            tile("tile" + at, formulas.get(at), "2026-06-25")
                                                    .replace("first: 900", "first: 901")),
                            Map.of());
            assertThat(together.at("/data/tile" + at)).hasSize(5);
            assertThat(together.at("/data/tile" + at)).isEqualTo(alone.at("/data/tile" + at));
        }
        assertThat(answers.counts().together() - before).isEqualTo(tiles.size());
    }

    private static String tile(String name, String formula, String until) {
        return """
        %s: analyze(input: {
          first: 900, grain: DAY, metrics: [{as: "x", metric: {formula: "%s"}}]
          timeRange: {between: {from: "2026-06-01", to: "%s"}}, asOf: "2026-07-02T00:00:00Z"
        }) { columns { key unit } records rows { cells { column exact complete incompleteBecause sampleSize absence } } notices { code message } asOf }\
        """
                .formatted(name, formula, until);
    }

    @Test
    void the_example_of_the_openapi_document_is_answered() throws Exception {
        var document = JSON.readTree(cairn.get("/api/openapi.json").body());
        var example =
                document.at(
                        "/paths/~1api~1analyze/post/requestBody/content/application~1json/example");

        var answer = JSON.readTree(text(post("/api/analyze", example.toString())));

        assertThat(
                        answer.path("columns")
                                .valueStream()
                                .map(column -> column.path("key").asString()))
                .contains("time", "account.plan", "sample_active_users");
        assertThat(answer.path("records").isArray()).isTrue();
    }

    @Test
    void problems_are_those_of_graphql() throws Exception {
        var wrong = QUESTION.replace("sample_nps", "sample_nsp").replace("account.plan", "plann");

        var plain = JSON.readTree(text(post("/api/analyze", wrong)));

        assertThat(plain.path("status").asInt()).isEqualTo(422);
        assertThat(plain.path("problems"))
                .isNotEmpty()
                .isEqualTo(asked(wrong, "records").at("/errors/0/extensions/problems"));
    }

    @Test
    void csv_has_the_records_of_all_pages() throws Exception {
        var byAccount =
                QUESTION.replace("account.plan", "account").replaceFirst("\\{", "{\"first\": 7,");
        var pages = new ArrayList<List<String>>();
        String after = null;
        do {
            var page = JSON.readTree(text(post("/api/analyze", continued(byAccount, after))));
            page.path("records").forEach(record -> pages.add(fields(record)));
            after = page.at("/page/endCursor").asString("");
            if (!page.at("/page/hasNextPage").asBoolean()) {
                after = null;
            }
        } while (after != null);

        var csv = text(post("/api/analyze.csv", byAccount.replace("\"first\": 7,", "")));

        assertThat(pages).hasSizeGreaterThan(100);
        assertThat(lines(csv).subList(1, pages.size() + 1)).isEqualTo(pages);
        assertThat(lines(csv)).hasSize(pages.size() + 1);
        assertThat(lines(text(post("/api/analyze.csv", byAccount)))).hasSize(8);
    }

    @Test
    void csv_has_more_rows_than_any_page() throws Exception {
        assertThat(lines(text(post("/api/analyze.csv", BY_HOUR)))).hasSizeGreaterThan(10_001);
    }

    @Test
    void csv_has_standings_as_records_have_them() throws Exception {
        var question =
                QUESTION.replaceFirst(
                        "\\{", "{\"targets\": true, \"compareTo\": {\"previous\": true},");
        var records = JSON.readTree(text(post("/api/analyze", question))).path("records");

        var csv = lines(text(post("/api/analyze.csv", question)));

        assertThat(csv.subList(1, csv.size()))
                .isEqualTo(records.valueStream().map(FacesTest::fields).toList());
    }

    @Test
    void arrow_has_the_records_in_types_of_its_own() throws Exception {
        var question =
                QUESTION.replace(
                        "\"metrics\": [",
                        "\"metrics\": [{\"metric\": {\"formula\": \"sum(sample_invoice.amount)\"}, \"as\": \"billed\"}, {\"metric\": {\"formula\": \"count(account)\"}, \"as\": \"accounts\"}, {\"metric\": {\"formula\": \"last(sample_event.occurred_at)\"}, \"as\": \"latest\"}, ");
        var answer = JSON.readTree(text(post("/api/analyze", question)));

        var read = printed(post("/api/analyze.arrow", question));

        assertThat(read.getFirst())
                .contains(
                        "time Date(DAY)",
                        "account.plan Utf8",
                        "billed Decimal(38, 9, 128)",
                        "accounts Int(64, true)",
                        "latest Timestamp(MICROSECOND, UTC)",
                        "sample_nps FloatingPoint(DOUBLE)");
        assertThat(read.subList(1, read.size()))
                .hasSizeGreaterThan(10)
                .isEqualTo(answer.path("records").valueStream().map(FacesTest::fields).toList());
    }

    @Test
    void arrow_has_more_rows_than_a_batch() throws Exception {
        var csv = lines(text(post("/api/analyze.csv", BY_HOUR)));

        var read = printed(post("/api/analyze.arrow", BY_HOUR));

        assertThat(read.getFirst().getFirst()).isEqualTo("time Timestamp(MICROSECOND, UTC)");
        assertThat(read.subList(1, read.size())).isEqualTo(csv.subList(1, csv.size()));
    }

    /** By Arrow's own reader, in a JVM that is opened for it. */
    private static List<List<String>> printed(HttpResponse<byte[]> arrow) throws Exception {
        assertThat(arrow.statusCode()).isEqualTo(200);
        assertThat(arrow.headers().firstValue("Content-Type"))
                .contains("application/vnd.apache.arrow.stream");
        var file = Files.createTempFile(Path.of("target"), "answer", ".arrow");
        Files.write(file, arrow.body());
        var reader =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                ArrowPrinter.class.getName(),
                                file.toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (var output = reader.inputReader(StandardCharsets.UTF_8)) {
            return output.lines()
                    .filter(line -> line.startsWith("["))
                    .map(line -> JSON.readTree(line).valueStream().map(JsonNode::asString).toList())
                    .toList();
        } finally {
            assertThat(reader.waitFor()).isZero();
        }
    }

    /** Each face of it, and no other account by any of them. */
    @Test
    void a_caller_of_a_scope_is_exported_what_the_scope_sees() throws Exception {
        var scoped =
                TestCallers.known(
                        new Caller("pro", Role.VIEWER, new AccessScope("account.plan = 'pro'")));
        var all = lines(text(post("/api/analyze.csv", QUESTION)));
        var plans =
                all.stream()
                        .filter(line -> line.contains("pro"))
                        .map(line -> line.stream().filter(field -> !field.equals("VALUE")).toList())
                        .toList();

        var records = JSON.readTree(text(postAs(scoped, "/api/analyze", QUESTION))).path("records");
        var csv = lines(text(postAs(scoped, "/api/analyze.csv", QUESTION)));
        var arrow = printed(postAs(scoped, "/api/analyze.arrow", QUESTION));

        assertThat(plans).hasSize(6);
        assertThat(csv.subList(1, csv.size())).isEqualTo(plans);
        assertThat(arrow.subList(1, arrow.size())).isEqualTo(plans);
        assertThat(records.valueStream().map(FacesTest::fields).toList()).isEqualTo(plans);
    }

    private HttpResponse<byte[]> postAs(String caller, String path, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(request(path, body), (_, _) -> true)
                        .header(TestCallers.HEADER, caller)
                        .build(),
                BodyHandlers.ofByteArray());
    }

    @Test
    void problems_of_an_export_are_those_of_graphql() throws Exception {
        var wrong = QUESTION.replace("sample_nps", "sample_nsp");

        var refusal = post("/api/analyze.csv", wrong);

        assertThat(refusal.statusCode()).isEqualTo(422);
        assertThat(JSON.readTree(text(refusal)).path("problems"))
                .isEqualTo(asked(wrong, "records").at("/errors/0/extensions/problems"));
    }

    @Test
    void more_rows_than_an_export_may_have_are_refused_before_the_first() throws Exception {
        var many = BY_HOUR.replace("account.plan", "account");

        var refusal = post("/api/analyze.csv", many);

        assertThat(refusal.statusCode()).isEqualTo(422);
        assertThat(JSON.readTree(text(refusal)).at("/problems/0/code").asString())
                .isEqualTo("LIMIT");
    }

    /** As often as there are connections, and once more. */
    @Test
    void a_client_that_is_gone_keeps_no_connection() throws Exception {
        for (int at = 0; at < 11; at++) {
            try (var body =
                    http.send(request("/api/analyze.csv", BY_HOUR), BodyHandlers.ofInputStream())
                            .body()) {
                assertThat(body.read()).isEqualTo('t');
            }
        }

        assertThat(post("/api/analyze.csv", QUESTION).statusCode()).isEqualTo(200);
        RunningCairn.await(() -> openTransactions() == 0);
    }

    @Test
    void an_export_ends_whose_client_goes_away_in_its_midst() throws Exception {
        for (var format : List.of("csv", "arrow")) {
            var caller = new Caller("goes away, " + format, Role.VIEWER, null);
            try (var client = begun(format, caller)) {
                client.setSoLinger(true, 0);
            }
            it_has_ended(format, caller);
        }
    }

    @Test
    void an_export_ends_whose_client_does_not_read_on() throws Exception {
        for (var format : List.of("csv", "arrow")) {
            var caller = new Caller("does not read, " + format, Role.VIEWER, null);
            try (var client = begun(format, caller)) {
                it_has_ended(format, caller);

                var rest = client.getInputStream().readAllBytes();
                assertThat(new String(rest, StandardCharsets.ISO_8859_1))
                        .as("the end of a whole answer")
                        .isNotEmpty()
                        .doesNotEndWith("\r\n0\r\n\r\n");
            }
        }
    }

    /** Its statement runs. */
    private Socket begun(String format, Caller caller) throws Exception {
        var client = sent("/api/analyze." + format, LONG, TestCallers.known(caller));
        var head = client.getInputStream().readNBytes(500);
        assertThat(new String(head, StandardCharsets.ISO_8859_1)).startsWith("HTTP/1.1 200");
        assertThat(openTransactions()).isEqualTo(1);
        return client;
    }

    /** The one place of an export is free again, and what was given before is in the audit log. */
    private void it_has_ended(String format, Caller caller) throws Exception {
        RunningCairn.await(() -> openTransactions() == 0);
        assertThat(post("/api/analyze." + format, QUESTION).statusCode()).isEqualTo(200);
        assertThat(exported(caller)).isBetween(1L, ROWS_OF_LONG - 1);
    }

    /** Rows that were given to one who asked for one export. */
    private long exported(Caller caller) {
        var search = new AuditSearch(null, null, caller.name(), null);
        var found = cairn.bean(AuditUseCase.class).latest(search, 2, Caller.LOCAL);
        if (!(found instanceof AuditUseCase.Outcome.Page(var entries, _))) {
            throw new AssertionError(found);
        }
        assertThat(entries).extracting(kept -> kept.entry().by()).containsExactly("export");
        return Objects.requireNonNull(entries.getFirst().entry().rows());
    }

    /** A client for which little is on the way: the service waits for it. */
    private Socket sent(String path, String body, String caller) throws IOException {
        var url = cairn.url(path);
        var socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress(url.getHost(), url.getPort()));
        socket.getOutputStream()
                .write(
                        "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n%s: %s\r\nContent-Length: %d\r\n\r\n%s"
                                .formatted(path, TestCallers.HEADER, caller, body.length(), body)
                                .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private int openTransactions() throws SQLException {
        var database = cairn.database();
        try (var connection =
                        DriverManager.getConnection(
                                database.url(), database.user(), database.password());
                var statement = connection.createStatement();
                var found =
                        statement.executeQuery(
                                "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null")) {
            found.next();
            return found.getInt(1);
        }
    }

    private static String continued(String question, @Nullable String after) {
        return after == null
                ? question
                : question.replaceFirst("\\{", "{\"after\": \"%s\",".formatted(after));
    }

    /** As CSV writes them. */
    private static List<String> fields(JsonNode record) {
        return record.valueStream()
                .map(value ->
                        value.isNull()
                                ? ""
                                : value.isNumber() ? plain(value.decimalValue()) : value.asString())
                .toList();
    }

    /** Numbers without what does not change them. */
    private static String plain(String field) {
        return field.matches("-?\\d+(\\.\\d+)?") ? plain(new BigDecimal(field)) : field;
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    private static List<List<String>> lines(String csv) {
        try (var reader = CsvReader.builder().ofCsvRecord(csv)) {
            return reader.stream()
                    .map(CsvRecord::getFields)
                    .map(fields -> fields.stream().map(FacesTest::plain).toList())
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private JsonNode overGraphql(String selection) {
        return asked(QUESTION, selection).at("/data/analyze").path(selection);
    }

    private JsonNode asked(String question, String selection) {
        return cairn.ask(
                "query($input: AnalysisInput!) { analyze(input: $input) { %s } }"
                        .formatted(selection),
                Map.of("input", JSON.readValue(question, Map.class)));
    }

    private HttpResponse<byte[]> post(String path, String body) throws Exception {
        return http.send(request(path, body), BodyHandlers.ofByteArray());
    }

    private HttpRequest request(String path, String body) {
        return HttpRequest.newBuilder(cairn.url(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
