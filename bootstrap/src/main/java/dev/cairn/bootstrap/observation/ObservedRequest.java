package dev.cairn.bootstrap.observation;

import dev.cairn.application.port.Stage;
import dev.cairn.application.port.out.QuestionLog.Passed;
import dev.cairn.application.port.out.QuestionLog.Question;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request over HTTP that is over.
 *
 * @param id as its answer and the log name it
 * @param face which part of the service answered; one of a few
 * @param end how it ended; one of a few: a code of errors, {@code OK}, or the class of its status
 * @param at when it arrived
 * @param traceparent of whose work it is a part, as the request said; null: it did not
 * @param begun in nanoseconds, on the clock of its parts
 * @param ended on the same clock
 * @param parts what was done for the request itself, besides its questions
 */
public record ObservedRequest(
        String id,
        String face,
        String end,
        Instant at,
        @Nullable String traceparent,
        long begun,
        long ended,
        List<Passed> parts,
        List<Question> questions) {
    public ObservedRequest {
        parts = List.copyOf(parts);
        questions = List.copyOf(questions);
    }

    public long nanos() {
        return ended - begun;
    }

    /** Nanoseconds that it spent in a stage; more than it took, where questions were answered at the same time. */
    public long nanosIn(Stage stage) {
        return Stream.concat(
                        parts.stream(),
                        questions.stream().flatMap(question -> question.passed().stream()))
                .filter(passed -> passed.stage() == stage)
                .mapToLong(Passed::nanos)
                .sum();
    }
}
