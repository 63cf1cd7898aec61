package dev.cairn.application.port.out;

/** What Cairn keeps its data in has given way: it was stopped, cannot be reached, or is full. What was not committed never happened. */
public final class StoreFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what happened and what to do about it, in sentences */
    public StoreFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
