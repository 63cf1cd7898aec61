package dev.cairn.bootstrap.observation;

import dev.cairn.application.port.Stage;
import dev.cairn.application.port.out.QuestionLog.Passed;
import dev.cairn.application.port.out.QuestionLog.Question;
import io.micrometer.context.ContextRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A request over HTTP as it is worked on; bound to the threads that do. */
final class RunningRequest {
    private static final ThreadLocal<@Nullable RunningRequest> OF_THREAD = new ThreadLocal<>();

    static {
        // Spring hands it on to the threads that fields are read on.
        ContextRegistry.getInstance()
                .registerThreadLocalAccessor(
                        RunningRequest.class.getName(),
                        OF_THREAD::get,
                        OF_THREAD::set,
                        OF_THREAD::remove);
    }

    private final String id = UUID.randomUUID().toString();
    private final String face;
    private final @Nullable String traceparent;
    private final Instant at = Instant.now();
    private final long begun = System.nanoTime();
    private final List<Passed> parts = new ArrayList<>();
    private final List<Question> questions = new ArrayList<>();
    private @Nullable String end;
    private long answered;
    private boolean over;

    /** @param traceparent as the request said; null: it did not */
    RunningRequest(String face, @Nullable String traceparent) {
        this.traceparent = traceparent;
        this.face = face;
    }

    /** What this thread works for; empty for subscriptions and commands. */
    static Optional<RunningRequest> current() {
        return Optional.ofNullable(OF_THREAD.get());
    }

    /** Binds it to this thread. */
    void bind() {
        OF_THREAD.set(this);
    }

    static void unbind() {
        OF_THREAD.remove();
    }

    String id() {
        return id;
    }

    /** A request that is over takes nothing more: one that was given up may still have threads that work. */
    synchronized void add(Question question) {
        if (!over) {
            questions.add(question);
        }
    }

    synchronized void add(Stage stage, long from, long until) {
        if (!over) {
            parts.add(new Passed(stage, from, until));
        }
    }

    /** Its answer goes on: what comes from now on is not what the request took. */
    synchronized void goesOn() {
        over = true;
    }

    /** The answer is there, and is written from now on. */
    synchronized void answered(String how) {
        end = how;
        answered = System.nanoTime();
    }

    /** Its answer is not there to its end, whatever status it began with. */
    synchronized void brokenOff() {
        if (end == null) {
            answered = System.nanoTime();
        }
        end = "BROKEN_OFF";
    }

    /** @param status of the response, which tells how it ended where nothing else does */
    synchronized ObservedRequest over(int status) {
        long now = System.nanoTime();
        over = true;
        if (end != null) {
            parts.add(new Passed(Stage.ENCODE, answered, now));
        }
        var how = end != null ? end : status < 400 ? "OK" : status < 500 ? "4XX" : "5XX";
        return new ObservedRequest(id, face, how, at, traceparent, begun, now, parts, questions);
    }
}
