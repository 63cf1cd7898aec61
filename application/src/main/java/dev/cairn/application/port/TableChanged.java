package dev.cairn.application.port;

import dev.cairn.domain.problem.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** A table that a source is mapped on is not as it was declared, which was found as it was read. */
public final class TableChanged extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public TableChanged(List<Problem> problems, Throwable cause) {
        super(said(problems), cause);
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, in one text. */
    public String said() {
        return said(problems);
    }

    private static String said(List<Problem> problems) {
        return problems.stream().map(Problem::message).collect(Collectors.joining(" "));
    }

    public List<Problem> problems() {
        return problems;
    }
}
