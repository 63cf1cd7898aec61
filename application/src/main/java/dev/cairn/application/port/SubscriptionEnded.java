package dev.cairn.application.port;

import dev.cairn.domain.problem.Problem;
import java.util.List;

/** A question is not answered any more, for a reason that is reported to whoever subscribed to it. */
public final class SubscriptionEnded extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final Reason reason;
    private final transient List<Problem> problems;

    public SubscriptionEnded(Reason reason) {
        this(reason, List.of());
    }

    private SubscriptionEnded(Reason reason, List<Problem> problems) {
        super(reason.name(), null, false, false);
        this.reason = reason;
        this.problems = List.copyOf(problems);
    }

    /** The question is not valid, or is not any more. */
    public static SubscriptionEnded invalid(List<Problem> problems) {
        return new SubscriptionEnded(Reason.INVALID, problems);
    }

    public Reason reason() {
        return reason;
    }

    /** What is wrong with the question; empty for other reasons. */
    public List<Problem> problems() {
        return problems;
    }

    /** Why it has ended. */
    public enum Reason {
        INVALID,
        /** Whoever asked may not ask any more. */
        SIGNED_OUT,
        /** Whoever asked has another role or another scope now. */
        OTHER_RIGHTS
    }
}
