package dev.cairn.bootstrap.command;

/** Cairn did not start, and has said why. */
final class StartFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartFailed(Throwable cause) {
        super(cause);
    }
}
