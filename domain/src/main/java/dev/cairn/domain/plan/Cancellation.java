package dev.cairn.domain.plan;

/** Whether work is to be given up; polled by whatever may take long. The caller that makes one has the clock. */
@FunctionalInterface
public interface Cancellation {
    Cancellation NEVER = () -> false;

    boolean isCancelled();

    /** @throws Cancelled where the work is to be given up */
    default void check() {
        if (isCancelled()) {
            throw new Cancelled();
        }
    }

    /** Work was given up half-way, and has no result. */
    final class Cancelled extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Cancelled() {
            super("cancelled", null, false, false);
        }
    }
}
