package dev.cairn.application.port;

import dev.cairn.domain.problem.ProblemCode;

/** What a complete file does not say any more was not closed, and nothing of the file was stored. */
public final class ClosingRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ProblemCode code;

    /** @param message why, as a sentence for who imports */
    public ClosingRefused(ProblemCode code, String message) {
        super(message);
        this.code = code;
    }

    /**
     * Unless so many may be closed: as many as were accepted, else a tenth of those that hold.
     *
     * @param closing how many the file does not say any more
     * @param of how many hold, these included
     * @param what they are: "rows of subscription"
     */
    public static void check(Closing closing, long closed, long of, String what) {
        var accepted = closing.accepted();
        if (accepted == null ? closed * 10 <= of : closed <= accepted) {
            return;
        }
        throw new ClosingRefused(
                ProblemCode.LIMIT,
                accepted == null
                        ? "The file no longer says %d of the %d %s that hold: more than a tenth would be closed. Look whether it is whole; --accept-closing %d accepts it."
                                .formatted(closed, of, what, closed)
                        : "The file no longer says %d of the %d %s that hold; %d are accepted."
                                .formatted(closed, of, what, accepted));
    }

    public ProblemCode code() {
        return code;
    }
}
