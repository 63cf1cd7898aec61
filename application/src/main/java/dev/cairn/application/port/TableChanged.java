package dev.cairn.application.port;

import dev.cairn.domain.problem.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** A table that a source is mapped on is not as it was declared, which was found as it was read. */
public final class TableChanged extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public TableChanged(List<Problem> problems, Throwable cause) {
        super(problems.stream().map(Problem::message).collect(Collectors.joining(" ")), cause);
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
