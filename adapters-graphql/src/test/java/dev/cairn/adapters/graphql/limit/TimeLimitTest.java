package dev.cairn.adapters.graphql.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.Fakes;
import dev.cairn.adapters.graphql.Samples;
import dev.cairn.adapters.graphql.SliceTest;
import dev.cairn.adapters.graphql.relay.OpaqueKey;
import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.AnalysisFailed.Reason;
import dev.cairn.application.port.Deadline;
import dev.cairn.domain.plan.Cancellation.Cancelled;
import graphql.execution.AbortExecutionException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A request has one deadline, and one that is over is one line in the log. */
@ExtendWith(OutputCaptureExtension.class)
class TimeLimitTest extends SliceTest {
    private static final String ANALYZE =
            "analyze(input: {metrics: [], timeRange: {last: {count: 1, grain: DAY}}}) { asOf }";

    @BeforeEach
    void noDeadlines() {
        Fakes.DEADLINES.clear();
    }

    @Test
    void whatever_is_asked_for_in_a_request_has_the_same_deadline() {
        catalogs.has(Samples.metric("n", "n"));
        catalogs.hasDimensions(Map.of("n", List.of(Fakes.dimension("account.plan"))));
        accounts.has("acme");
        var node = new OpaqueKey("Account", "acme").text();

        var reply =
                ask(
                        """
                        { metrics { edges { node { dimensions { values } } } }
                          dimension(key: "account.plan") { values(first: 3) }
                          accounts { edges { cursor } } account(key: "acme") { key } node(id: "%s") { id }
                          explain(input: {metrics: [], timeRange: {last: {count: 1, grain: DAY}}}) { valid }
                          %s }
                        """
                                .formatted(node, ANALYZE));

        assertThat(reply.json().path("errors")).isEmpty();
        assertThat(Fakes.DEADLINES).hasSizeGreaterThanOrEqualTo(8).doesNotContain(Deadline.NEVER);
        assertThat(Fakes.DEADLINES.stream().distinct()).hasSize(1);
    }

    @Test
    void so_has_what_is_defined() {
        ask(
                """
                mutation { defineMetric(input: {key: "n", label: "N", direction: NEUTRAL, of: CELL, formula: "1"}) {
                  problems { message } } }
                """);

        assertThat(Fakes.DEADLINES).hasSize(1).doesNotContain(Deadline.NEVER);
    }

    @Test
    void each_request_has_its_own() {
        ask("{ accounts { edges { cursor } } }");
        ask("{ accounts { edges { cursor } } }");

        assertThat(Fakes.DEADLINES.stream().distinct()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 30})
    void a_request_whose_statements_took_too_long_is_one_line(int questions, CapturedOutput log) {
        analyses.does(_ -> {
            throw new AnalysisFailed(Reason.TIMEOUT, new IllegalStateException());
        });
        var document =
                IntStream.range(0, questions)
                        .mapToObj(at -> "a%d: %s".formatted(at, ANALYZE))
                        .collect(Collectors.joining(" ", "{ ", " }"));

        var errors = ask(document).json().path("errors");

        assertThat(errors).hasSize(questions);
        assertThat(log.getAll().lines()).singleElement().asString().contains("[TIMEOUT]");
    }

    @Test
    void a_statement_that_is_no_question_times_out_alike(CapturedOutput log) {
        catalogs.hasDimensions(Map.of("n", List.of(Fakes.dimension("account.plan"))));
        catalogs.hasValues(_ -> {
            throw new Cancelled();
        });

        var reply = ask("{ dimension(key: \"account.plan\") { values } }");

        assertThat(reply.code()).isEqualTo("TIMEOUT");
        assertThat(log.getAll().lines()).singleElement().asString().contains("[TIMEOUT]");
    }

    /** What graphql-java fails a field with that ends after its request was given up. */
    @Test
    void a_field_whose_request_was_given_up_is_no_bug(CapturedOutput log) {
        catalogs.hasDimensions(Map.of("n", List.of(Fakes.dimension("account.plan"))));
        catalogs.hasValues(_ -> {
            throw new AbortExecutionException("Execution has been asked to be cancelled");
        });

        var reply = ask("{ dimension(key: \"account.plan\") { values } }");

        assertThat(reply.code()).isEqualTo("TIMEOUT");
        assertThat(log.getAll().lines()).singleElement().asString().contains("[TIMEOUT]");
    }

    @Test
    void an_answer_in_time_is_no_line(CapturedOutput log) {
        assertThat(ask("{ " + ANALYZE + " }").json().path("errors")).isEmpty();
        assertThat(log.getAll()).isEmpty();
    }
}
