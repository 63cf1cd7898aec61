package dev.cairn.adapters.graphql.problem;

import dev.cairn.domain.problem.Problem;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Ends a field with the problems of its input; {@link FailureResolver} maps it. */
public final class RejectedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int MOST_IN_MESSAGE = 5;

    private final ErrorCode code;
    private final transient List<Problem> problems;

    public RejectedException(ErrorCode code, List<Problem> problems) {
        super(message(problems), null, false, false);
        this.code = code;
        this.problems = List.copyOf(problems);
    }

    public ErrorCode code() {
        return code;
    }

    public List<Problem> problems() {
        return problems;
    }

    /** Some clients show nothing but the message. */
    String message() {
        return message(problems);
    }

    private static String message(List<Problem> problems) {
        if (problems.size() == 1) {
            return problems.getFirst().message();
        }
        var first = problems.stream().limit(MOST_IN_MESSAGE).map(Problem::message);
        return String.format(
                Locale.ROOT,
                "%,d problems: %s%s",
                problems.size(),
                first.collect(Collectors.joining(" ")),
                problems.size() > MOST_IN_MESSAGE ? " ..." : "");
    }
}
