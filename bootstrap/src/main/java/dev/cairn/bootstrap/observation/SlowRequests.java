package dev.cairn.bootstrap.observation;

import dev.cairn.application.port.Stage;
import dev.cairn.application.port.out.AnalysisExecutor.Prepared;
import dev.cairn.application.port.out.QuestionLog.Question;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs requests that took long, a line for each: its id, the stages, and its statements by their fingerprints. No value of a question is in it.
 */
final class SlowRequests implements Consumer<ObservedRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(SlowRequests.class);
    private static final Duration BETWEEN_PLANS = Duration.ofHours(1);

    /** Fingerprints whose plans were logged are remembered up to this number. */
    private static final int REMEMBERED = 1_000;

    /** Statements that a line names. */
    private static final int NAMED = 5;

    private final Duration slow;
    private final boolean plans;
    private final Executor later;
    private final LongSupplier nanoTime;
    private final Map<String, Long> told = new LinkedHashMap<>();

    /**
     * @param slow from which time on a request is told
     * @param plans whether to log how the database goes about the slowest statement, once an hour for each
     * @param later where the database is asked for that
     */
    SlowRequests(Duration slow, boolean plans, Executor later, LongSupplier nanoTime) {
        this.slow = slow;
        this.plans = plans;
        this.later = later;
        this.nanoTime = nanoTime;
    }

    @Override
    public void accept(ObservedRequest request) {
        if (request.nanos() < slow.toNanos()) {
            return;
        }
        var sent =
                request.questions().stream()
                        .filter(question -> question.statement() != null)
                        .toList();
        LOG.atInfo()
                .addKeyValue("request", request.id())
                .addKeyValue("milliseconds", millis(request.nanos()))
                .log(
                        "{}: a request took {} ms ({}): {}.{}",
                        request.id(),
                        millis(request.nanos()),
                        request.end(),
                        stages(request),
                        statements(sent));
        if (plans) {
            sent.stream()
                    .max((one, other) -> Long.compare(inDatabase(one), inDatabase(other)))
                    .map(Question::statement)
                    .ifPresent(slowest -> later.execute(() -> tellPlan(request.id(), slowest)));
        }
    }

    private static String stages(ObservedRequest request) {
        return Arrays.stream(Stage.values())
                .map(stage ->
                        "%s %d"
                                .formatted(
                                        stage.name().toLowerCase(Locale.ROOT),
                                        millis(request.nanosIn(stage))))
                .collect(Collectors.joining(", "));
    }

    private static String statements(List<Question> sent) {
        if (sent.isEmpty()) {
            return "";
        }
        var named =
                sent.stream()
                        .limit(NAMED)
                        .map(question ->
                                "%s (%d ms, %d rows)"
                                        .formatted(
                                                Objects.requireNonNull(question.statement())
                                                        .fingerprint(),
                                                millis(inDatabase(question)),
                                                question.rows()));
        var more =
                sent.size() <= NAMED
                        ? Stream.<String>of()
                        : Stream.of("%d more".formatted(sent.size() - NAMED));
        return Stream.concat(named, more).collect(Collectors.joining(", ", " Statements: ", "."));
    }

    private static long inDatabase(Question question) {
        return question.passed().stream()
                .filter(passed -> passed.stage() == Stage.DATABASE)
                .mapToLong(passed -> passed.nanos())
                .sum();
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    private void tellPlan(String id, Prepared statement) {
        var fingerprint = statement.fingerprint();
        if (!isDue(fingerprint)) {
            return;
        }
        try {
            LOG.info(
                    "{}: how the database goes about statement {}:\n{}",
                    id,
                    fingerprint,
                    String.join("\n", statement.databasePlan()));
        } catch (RuntimeException failed) {
            // Its message may tell values.
            LOG.info("{}: the database does not explain statement {}.", id, fingerprint);
            LOG.debug("{}: explain failed", id, failed);
        }
    }

    private synchronized boolean isDue(String fingerprint) {
        long now = nanoTime.getAsLong();
        var last = told.get(fingerprint);
        if (last != null && now - last < BETWEEN_PLANS.toNanos()) {
            return false;
        }
        told.remove(fingerprint);
        told.put(fingerprint, now);
        if (told.size() > REMEMBERED) {
            told.remove(told.keySet().iterator().next());
        }
        return true;
    }
}
