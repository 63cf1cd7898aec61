package dev.cairn.bootstrap.observation;

import dev.cairn.application.port.out.QuestionLog.Passed;
import dev.cairn.application.port.out.QuestionLog.Question;
import dev.cairn.application.service.Turns;
import dev.cairn.application.service.Workers;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ExecutorServiceMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.logging.LogbackMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Measurements of a service. Names and tags are of this program, never of what was asked, so that there are always few.
 */
final class Meters implements Consumer<ObservedRequest>, AutoCloseable {
    private static final Duration[] BOUNDS = {
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(200),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30)
    };

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final LogbackMetrics logged = new LogbackMetrics();

    /** @param more what other parts of the service measure */
    Meters(Workers workers, List<MeterBinder> more) {
        Stream.of(
                        collections,
                        logged,
                        new JvmMemoryMetrics(),
                        new JvmThreadMetrics(),
                        new ProcessorMetrics(),
                        new FileDescriptorMetrics(),
                        new UptimeMetrics())
                .forEach(binder -> binder.bindTo(registry));
        threads("planning", workers.planning());
        threads("small", workers.small());
        threads("large", workers.large());
        more.forEach(binder -> binder.bindTo(registry));
    }

    private void threads(String name, Turns turns) {
        ExecutorServiceMetrics.monitor(registry, turns.threads(), name);
        Gauge.builder("cairn.waiting", turns, Turns::waiting)
                .tag("threads", name)
                .description("Pieces of work that wait for their turn.")
                .register(registry);
    }

    /** Of questions of any face, live ones too. */
    void over(Question question) {
        registry.counter("cairn.questions", "end", lower(question.end())).increment();
        registry.summary("cairn.question.rows").record(question.rows());
        question.passed().forEach(this::stage);
    }

    @Override
    public void accept(ObservedRequest request) {
        Timer.builder("cairn.requests")
                .description("Requests over HTTP from their arrival to the end of their answer.")
                .tags("face", request.face(), "end", request.end())
                .serviceLevelObjectives(BOUNDS)
                .register(registry)
                .record(request.nanos(), TimeUnit.NANOSECONDS);
        request.parts().forEach(this::stage);
    }

    private void stage(Passed passed) {
        Timer.builder("cairn.stages")
                .description("What requests and questions spend their time on.")
                .tag("stage", lower(passed.stage()))
                .serviceLevelObjectives(BOUNDS)
                .register(registry)
                .record(passed.nanos(), TimeUnit.NANOSECONDS);
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    /** All of them as Prometheus reads them, in the text format 0.0.4. */
    String text() {
        return registry.scrape("text/plain");
    }

    @Override
    public void close() {
        collections.close();
        logged.close();
        registry.close();
    }
}
