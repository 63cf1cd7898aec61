package dev.cairn.adapters.terminal.command;

/** Cairn did not start, and has reported why. */
public final class StartFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StartFailed(Throwable cause) {
        super(cause);
    }
}
