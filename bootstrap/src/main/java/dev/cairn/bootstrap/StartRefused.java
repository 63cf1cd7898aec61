package dev.cairn.bootstrap;

import org.jspecify.annotations.Nullable;

/** Cairn cannot start as it is set up; carries what is wrong and what to do about it. */
public final class StartRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final StartProblem problem;
    private final String remedy;

    public StartRefused(StartProblem problem, String message, String remedy) {
        this(problem, message, remedy, null);
    }

    public StartRefused(
            StartProblem problem, String message, String remedy, @Nullable Throwable cause) {
        super(message, cause);
        this.problem = problem;
        this.remedy = remedy;
    }

    public StartProblem problem() {
        return problem;
    }

    /** What the person who starts Cairn can do. */
    public String remedy() {
        return remedy;
    }
}
