package dev.cairn.application.port.out;

import dev.cairn.application.port.AlertEvent;

/** A way by which alerts reach people. */
public interface AlertChannel {
    /** {@code webhook} or {@code mail}; unique. */
    String name();

    /**
     * Tells an event. It may be told again, with the same number, where it is not known whether it arrived.
     *
     * @throws NotDelivered where it cannot be told now
     */
    void tell(AlertEvent event) throws NotDelivered;

    /** Why an event could not be told; its message says so in a line, without secrets. */
    final class NotDelivered extends Exception {
        private static final long serialVersionUID = 1L;

        public NotDelivered(String why) {
            super(why);
        }

        public NotDelivered(String why, Throwable cause) {
            super(why, cause);
        }
    }
}
