package dev.cairn.application.port;

/** The store failed: it was stopped, cannot be reached, or is full. What was not committed never happened. */
public final class StoreFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final boolean mayBeDone;

    /** @param message what happened and what to do about it, in sentences */
    public StoreFailed(String message, Throwable cause) {
        this(message, cause, false);
    }

    private StoreFailed(String message, Throwable cause, boolean mayBeDone) {
        super(message, cause);
        this.mayBeDone = mayBeDone;
    }

    /** The same failure, met while committing. */
    public StoreFailed atCommit() {
        return new StoreFailed(
                getMessage()
                        + " The change may or may not have been made; look before you repeat it.",
                this,
                true);
    }

    /** Whether nobody knows if it was committed. */
    public boolean mayBeDone() {
        return mayBeDone;
    }
}
