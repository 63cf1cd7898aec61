package dev.cairn.application.port;

/** A question has no answer, for a reason that is reported to the caller. */
public final class AnalysisFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final Reason reason;

    public AnalysisFailed(Reason reason, Throwable cause) {
        super(reason.name(), cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Why there is no answer. */
    public enum Reason {
        TIMEOUT,
        /** An intermediate result is larger than its type holds. */
        NUMBER_OUT_OF_RANGE,
        /** The statement is larger than the database reads. */
        TOO_LARGE,
        /** The answer takes more memory than one may. */
        ANSWER_TOO_LARGE,
        /** Something that runs may still record what counts as known at the instant asked for. */
        STILL_RECORDED,
        /** Too many questions of the caller, or of all, wait for their turn. */
        TOO_MANY
    }
}
