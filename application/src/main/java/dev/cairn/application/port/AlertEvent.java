package dev.cairn.application.port;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * News of an alert, as it is kept and delivered.
 *
 * @param number of events in the order in which they were seen, with gaps
 */
public record AlertEvent(long number, AlertNews news) {
    /** An event, and what came of telling it. */
    public record Kept(AlertEvent event, List<Sent> deliveries) {
        public Kept {
            deliveries = List.copyOf(deliveries);
        }
    }

    /** An event that is to be told now. */
    public record Due(AlertEvent event, String channel, int attempts) {}

    /**
     * What came of telling an event.
     *
     * @param channel {@code webhook} or {@code mail}
     * @param attempts so far
     * @param due when it is tried next; null where it has been delivered, or was given up
     * @param delivered null: not yet, or given up
     * @param failure of the last try; null where it did not fail
     */
    public record Sent(
            String channel,
            int attempts,
            @Nullable Instant due,
            @Nullable Instant delivered,
            @Nullable String failure) {}
}
