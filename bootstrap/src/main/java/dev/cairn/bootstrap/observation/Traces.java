package dev.cairn.bootstrap.observation;

import dev.cairn.application.port.out.QuestionLog.Passed;
import dev.cairn.application.port.out.QuestionLog.Question;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends each request as a trace of OpenTelemetry: the request, its questions, their stages. It goes on with the caller's trace where the request names
 * one ({@code traceparent}), and is left out where that says so.
 */
final class Traces implements Consumer<ObservedRequest>, AutoCloseable {
    private static final int SECONDS_AT_THE_END = 5;

    private final SdkTracerProvider provider;
    private final Tracer tracer;

    Traces(SpanProcessor spans, String version) {
        provider =
                SdkTracerProvider.builder()
                        .setResource(
                                Resource.getDefault().toBuilder()
                                        .put("service.name", "cairn")
                                        .put("service.version", version)
                                        .build())
                        .addSpanProcessor(spans)
                        .build();
        tracer = provider.get("dev.cairn");
    }

    /** @param endpoint of a collector, for OTLP over HTTP */
    static Traces to(String endpoint, String version) {
        var exporter = OtlpHttpSpanExporter.builder().setEndpoint(endpoint).build();
        return new Traces(BatchSpanProcessor.builder(exporter).build(), version);
    }

    @Override
    public void accept(ObservedRequest request) {
        var times = new Times(request.at(), request.begun());
        var span =
                tracer.spanBuilder("request " + request.face())
                        .setParent(parent(request.traceparent()))
                        .setSpanKind(SpanKind.SERVER)
                        .setStartTimestamp(request.at())
                        .setAttribute("cairn.request", request.id())
                        .setAttribute("cairn.end", request.end())
                        .startSpan();
        if (!request.end().equals("OK")) {
            span.setStatus(StatusCode.ERROR);
        }
        var inside = Context.root().with(span);
        request.parts().forEach(passed -> trace(passed, inside, times));
        request.questions().forEach(question -> trace(question, inside, times));
        span.end(times.of(request.ended()));
    }

    private void trace(Question question, Context request, Times times) {
        if (question.passed().isEmpty()) {
            return;
        }
        var statement = question.statement();
        var span =
                tracer.spanBuilder("question")
                        .setParent(request)
                        .setStartTimestamp(times.of(question.passed().getFirst().begun()))
                        .setAttribute("cairn.end", lower(question.end()))
                        .setAttribute("cairn.rows", question.rows())
                        .startSpan();
        if (statement != null && span.isRecording()) {
            span.setAttribute("cairn.statement", statement.fingerprint());
        }
        var inside = Context.root().with(span);
        question.passed().forEach(passed -> trace(passed, inside, times));
        span.end(times.of(question.passed().getLast().ended()));
    }

    private void trace(Passed passed, Context within, Times times) {
        tracer.spanBuilder(lower(passed.stage()))
                .setParent(within)
                .setStartTimestamp(times.of(passed.begun()))
                .startSpan()
                .end(times.of(passed.ended()));
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    /** One that cannot be read is none. */
    private static Context parent(@Nullable String traceparent) {
        return traceparent == null
                ? Context.root()
                : W3CTraceContextPropagator.getInstance()
                        .extract(
                                Context.root(), Map.of("traceparent", traceparent), Headers.OF_MAP);
    }

    private enum Headers implements TextMapGetter<Map<String, String>> {
        OF_MAP;

        @Override
        public Iterable<String> keys(Map<String, String> headers) {
            return headers.keySet();
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> headers, String name) {
            return headers == null ? null : headers.get(name);
        }
    }

    /** From a clock without a date to instants. */
    private record Times(Instant at, long begun) {
        Instant of(long nanos) {
            return at.plusNanos(nanos - begun);
        }
    }

    /** Sends what is left, where somebody takes it. */
    @Override
    public void close() {
        provider.shutdown().join(SECONDS_AT_THE_END, TimeUnit.SECONDS);
    }
}
