package dev.cairn.adapters.graphql.problem;

import dev.cairn.domain.problem.Problem;
import java.util.List;

/** Ends a field with the problems of its input; {@link FailureResolver} maps it. */
public final class RejectedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
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

    /** All of it: some clients show nothing but the message. */
    String message() {
        return message(problems);
    }

    private static String message(List<Problem> problems) {
        return problems.size() == 1
                ? problems.getFirst().message()
                : problems.size()
                        + " problems: "
                        + String.join(" ", problems.stream().map(Problem::message).toList());
    }
}
