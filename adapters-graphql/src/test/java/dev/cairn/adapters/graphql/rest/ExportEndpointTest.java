package dev.cairn.adapters.graphql.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.adapters.graphql.Samples;
import dev.cairn.adapters.graphql.SliceTest;
import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.in.ExportUseCase.Outcome;
import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers with all their rows. */
@Timeout(180)
class ExportEndpointTest extends SliceTest {
    private static final String CSV = "/api/analyze.csv";
    private static final String QUESTION =
            "{\"metrics\": [{\"metric\": {\"key\": \"nps\"}}], \"timeRange\": {\"last\": {\"count\": 6, \"grain\": \"MONTH\"}}}";

    private static final AnalysisResult RESULT =
            result(
                    Stream.of(
                            row("2026-01-01", GroupValue.of("pro"), new BigDecimal("12.50")),
                            row("2026-01-01", GroupValue.of("a \"b\", c\r\nd"), 1e-7),
                            row("2026-01-01", GroupValue.of("=1+1"), 1.5e300),
                            row("2026-02-01", GroupValue.of(""), new BigDecimal("1E+3")),
                            row("2026-02-01", GroupValue.NONE, null),
                            row("2026-02-01", GroupValue.of("Zürich 東京 😀"), 3L)));

    private static AnalysisResult result(Stream<Row> rows) {
        return new AnalysisResult(
                List.of(
                        Samples.time(),
                        Samples.group("account.plan"),
                        Samples.measure("nps", "nps")),
                rows.toList(),
                false,
                null,
                Instant.parse("2026-01-31T10:00:00Z"),
                List.of());
    }

    private static Row row(
            String day, GroupValue group, @org.jspecify.annotations.Nullable Object value) {
        return Samples.row(
                Samples.bucket(day),
                new Cell.Group(group),
                new Cell.Value(
                        new Measured(
                                value, null, null, null, value == null ? Absence.NO_DATA : null),
                        Set.of()));
    }

    @Test
    void csv_is_as_rfc_4180_has_it() {
        exports.gives(RESULT);

        var reply = ask(CSV, QUESTION, "*/*");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type"))
                .startsWith("text/csv")
                .contains("charset=UTF-8")
                .contains("header=present");
        assertThat(reply.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"answer.csv\"");
        assertThat(reply.header("Cairn-As-Of")).isEqualTo("2026-01-31T10:00:00Z");
        assertThat(reply.response().body())
                .isEqualTo(
                        """
                        time,account.plan,nps
                        2026-01-01,pro,12.50
                        2026-01-01,"a ""b"", c%sd",0.0000001
                        2026-01-01,=1+1,%s
                        2026-02-01,"",1000
                        2026-02-01,,
                        2026-02-01,Zürich 東京 😀,3
                        """
                                .replace("\n", "\r\n")
                                .formatted("\r\n", "15" + "0".repeat(299)));
    }

    @ParameterizedTest
    @CsvSource({
        "/api/analyze, text/csv, text/csv",
        "/api/analyze, 'text/csv, */*;q=0.1', text/csv",
        "/api/analyze, 'application/json, text/csv', application/json",
        "/api/analyze, */*, application/json",
        "/api/analyze.csv, */*, text/csv",
        "/api/analyze.csv, text/csv, text/csv"
    })
    void the_form_is_that_of_the_path_or_that_which_is_accepted(
            String path, String accept, String type) {
        exports.gives(RESULT);

        assertThat(ask(path, QUESTION, accept).header("Content-Type")).startsWith(type);
    }

    @Test
    void another_form_than_that_of_the_path_is_refused() {
        assertThat(ask(CSV, QUESTION, "application/json").status()).isEqualTo(406);
    }

    @Test
    void it_is_the_question_of_the_input() {
        exports.gives(RESULT);
        var input =
                """
                {
                  "metrics": [{"metric": {"formula": "count(event)"}, "as": "events", "params": [{"name": "days", "value": "5"}]}],
                  "groupBy": ["account.plan"], "grain": "MONTH", "weekStarts": "SUNDAY",
                  "timeRange": {"between": {"from": "2026-01-01", "to": "2026-07-01"}}, "timeZone": "Europe/Paris",
                  "filter": {"any": [{"not": {"where": {"field": "account.plan", "op": "IN", "values": ["pro"]}}}]},
                  "compareTo": {"previous": true}, "asOf": "2026-07-01T00:00:00Z",
                  "orderBy": [{"column": "events"}], "first": 10, "top": {"groups": 3}, "where": null
                }
                """;

        ask("/api/analyze", input, "application/json");
        ask(CSV, input, "*/*");

        assertThat(exports.asked).containsExactly(analyses.asked.getFirst());
        assertThat(exports.rows).containsExactly(10);
    }

    @Test
    void all_rows_are_asked_for_where_no_number_is_given() {
        exports.gives(RESULT);

        ask(CSV, QUESTION, "*/*");

        assertThat(exports.rows).hasSize(1).containsOnlyNulls();
    }

    @Test
    void what_is_wrong_is_said_before_anything_is_sent() {
        assertThat(ask(CSV, "{\"grian\": 1}", "*/*").status()).isEqualTo(400);
        exports.does(_ ->
                new Outcome.Rejected(
                        List.of(
                                Problem.of(
                                        ProblemCode.LIMIT, Place.of("timeRange"), "Too many."))));

        var reply = ask(CSV, QUESTION, "*/*");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().path("detail").asString()).isEqualTo("Too many.");
        assertThat(reply.json().at("/problems/0/code").asString()).isEqualTo("LIMIT");
    }

    @Test
    void a_failure_before_the_first_row_has_its_status() {
        exports.does(_ -> {
            throw new AnalysisFailed(AnalysisFailed.Reason.TIMEOUT, new IllegalStateException());
        });

        assertThat(ask(CSV, QUESTION, "*/*").status()).isEqualTo(504);
    }

    /** Nobody may take a part for the whole. */
    @Test
    void a_failure_after_the_first_row_breaks_the_connection_off() {
        exports.does(taker -> {
            taker.begin(RESULT.columns(), Samples.kinds(RESULT), RESULT.asOf());
            for (int at = 0; at < 100_000; at++) {
                taker.take(RESULT.rows().getFirst().cells());
            }
            throw new AnalysisFailed(AnalysisFailed.Reason.TIMEOUT, new IllegalStateException());
        });

        assertThatThrownBy(() ->
                        HttpClient.newHttpClient()
                                .send(request(CSV, QUESTION, "*/*"), BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void a_client_that_is_gone_ends_the_export() throws Exception {
        var ended = new AtomicReference<Throwable>();
        var end = new CountDownLatch(1);
        exports.does(taker -> forever(taker, ended, end));

        var body = open();
        assertThat(body.readNBytes(1_000)).hasSize(1_000);
        body.close();

        assertThat(end.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(ended.get()).hasRootCauseInstanceOf(Pipe.Unread.class);
    }

    @Test
    void a_client_that_does_not_read_ends_the_export() throws Exception {
        var ended = new AtomicReference<Throwable>();
        var end = new CountDownLatch(1);
        exports.does(taker -> forever(taker, ended, end));

        try (var body = open()) {
            assertThat(body.readNBytes(1_000)).hasSize(1_000);
            assertThat(end.await(1, TimeUnit.MINUTES)).isTrue();
        }

        assertThat(ended.get())
                .hasRootCauseInstanceOf(Pipe.Unread.class)
                .hasStackTraceContaining("reads too slowly");
    }

    private static Outcome forever(
            dev.cairn.application.port.in.ExportUseCase.Taker taker,
            AtomicReference<Throwable> ended,
            CountDownLatch end) {
        taker.begin(RESULT.columns(), Samples.kinds(RESULT), RESULT.asOf());
        try {
            while (true) {
                taker.take(RESULT.rows().getFirst().cells());
            }
        } catch (RuntimeException failure) {
            ended.set(failure);
            throw failure;
        } finally {
            end.countDown();
        }
    }

    private InputStream open() throws Exception {
        return HttpClient.newHttpClient()
                .send(request(CSV, QUESTION, "*/*"), BodyHandlers.ofInputStream())
                .body();
    }

    private Reply ask(String path, String body, String accept) {
        return send(request(path, body, accept));
    }

    private HttpRequest request(String path, String body, String accept) {
        return HttpRequest.newBuilder(url().resolve(path))
                .header("Content-Type", "application/json")
                .header("Accept", accept)
                .POST(BodyPublishers.ofString(body))
                .build();
    }
}
