package dev.cairn.bootstrap.observation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.Stage;
import dev.cairn.application.port.out.QuestionLog.End;
import dev.cairn.application.port.out.QuestionLog.Passed;
import dev.cairn.application.port.out.QuestionLog.Question;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TracesTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLER = "00f067aa0ba902b7";

    private final List<SpanData> sent = new ArrayList<>();
    private final Traces traces =
            new Traces(
                    SimpleSpanProcessor.create(
                            new SpanExporter() {
                                @Override
                                public CompletableResultCode export(Collection<SpanData> spans) {
                                    sent.addAll(spans);
                                    return CompletableResultCode.ofSuccess();
                                }

                                @Override
                                public CompletableResultCode flush() {
                                    return CompletableResultCode.ofSuccess();
                                }

                                @Override
                                public CompletableResultCode shutdown() {
                                    return CompletableResultCode.ofSuccess();
                                }
                            }),
                    "0.1.0");

    @AfterEach
    void close() {
        traces.close();
    }

    private static ObservedRequest request(@Nullable String traceparent, String end) {
        return new ObservedRequest(
                "id-1",
                "graphql",
                end,
                Instant.ofEpochSecond(1_000),
                traceparent,
                500,
                900,
                List.of(new Passed(Stage.PARSE, 510, 520), new Passed(Stage.ENCODE, 880, 900)),
                List.of(
                        new Question(
                                End.ANSWERED,
                                List.of(
                                        new Passed(Stage.PLAN, 530, 540),
                                        new Passed(Stage.DATABASE, 540, 870)),
                                null,
                                24)));
    }

    private SpanData span(String name) {
        return sent.stream().filter(span -> span.getName().equals(name)).findFirst().orElseThrow();
    }

    private static List<Long> nanos(SpanData span) {
        long at = 1_000_000_000_000L;
        return List.of(span.getStartEpochNanos() - at, span.getEndEpochNanos() - at);
    }

    @Test
    void a_request_is_a_trace_of_its_questions_and_their_stages() {
        traces.accept(request(null, "OK"));

        assertThat(sent)
                .extracting(SpanData::getName)
                .containsExactlyInAnyOrder(
                        "request graphql", "parse", "encode", "question", "plan", "database");
        assertThat(sent)
                .extracting(SpanData::getTraceId)
                .containsOnly(sent.getFirst().getTraceId());
        var request = span("request graphql");
        assertThat(nanos(request)).containsExactly(0L, 400L);
        assertThat(request.getParentSpanContext().isValid()).isFalse();
        assertThat(request.getAttributes().get(AttributeKey.stringKey("cairn.request")))
                .isEqualTo("id-1");
        assertThat(span("parse").getParentSpanId()).isEqualTo(request.getSpanId());
        var question = span("question");
        assertThat(question.getParentSpanId()).isEqualTo(request.getSpanId());
        assertThat(nanos(question)).containsExactly(30L, 370L);
        assertThat(question.getAttributes().get(AttributeKey.longKey("cairn.rows"))).isEqualTo(24);
        assertThat(span("database").getParentSpanId()).isEqualTo(question.getSpanId());
        assertThat(nanos(span("database"))).containsExactly(40L, 370L);
    }

    @Test
    void it_goes_on_with_the_trace_of_the_caller() {
        traces.accept(request("00-%s-%s-01".formatted(TRACE, CALLER), "OK"));

        assertThat(sent).hasSize(6).extracting(SpanData::getTraceId).containsOnly(TRACE);
        assertThat(span("request graphql").getParentSpanId()).isEqualTo(CALLER);
    }

    @Test
    void a_caller_whose_trace_is_not_kept_leaves_none() {
        traces.accept(request("00-%s-%s-00".formatted(TRACE, CALLER), "OK"));

        assertThat(sent).isEmpty();
    }

    @Test
    void a_trace_that_cannot_be_read_is_none() {
        traces.accept(request("00-nonsense\r\n", "TIMEOUT"));

        assertThat(sent).hasSize(6);
        assertThat(span("request graphql").getParentSpanContext().isValid()).isFalse();
    }
}
