package dev.cairn.application.service;

import dev.cairn.application.port.AlertEvent;
import dev.cairn.application.port.StoreFailed;
import dev.cairn.application.port.out.AlertChannel;
import dev.cairn.application.port.out.AlertChannel.NotDelivered;
import dev.cairn.application.port.out.AlertStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tells what alerts have raised, by each channel, and again where that failed. */
public final class AlertDelivery {
    /** Between tries; after the last of them an event is given up, about a day after it was raised. */
    static final List<Duration> PAUSES =
            List.of(
                    Duration.ofSeconds(10),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(30),
                    Duration.ofHours(2),
                    Duration.ofHours(6),
                    Duration.ofHours(16));

    /** Longer than any channel takes. */
    static final Duration LEASE = Duration.ofMinutes(5);

    /** Told one after another; within the lease, were each as slow as it may be. */
    private static final int AT_ONCE = 5;

    private final AlertStore store;
    private final Map<String, AlertChannel> channels;
    private final Clock clock;
    private final Consumer<String> warnings;

    /** @param warnings told of each event that is given up */
    public AlertDelivery(
            AlertStore store, List<AlertChannel> channels, Clock clock, Consumer<String> warnings) {
        this.store = store;
        this.channels =
                channels.stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        AlertChannel::name, Function.identity()));
        this.clock = clock;
        this.warnings = warnings;
    }

    /** By which channels events are told, in order of their names. */
    public List<String> channels() {
        return channels.keySet().stream().sorted().toList();
    }

    /**
     * Tells what is due now. To be called periodically, by one thread of each service.
     *
     * @throws StoreFailed where what is due cannot be read, or what came of it not be kept: it is told again, then
     */
    public void tell() {
        for (var due : store.due(clock.instant(), LEASE, AT_ONCE)) {
            var channel = channels.get(due.channel());
            if (channel == null) {
                giveUp(due, "The service has no such channel any more.");
            } else {
                tell(due, channel);
            }
        }
    }

    private void tell(AlertEvent.Due due, AlertChannel channel) {
        try {
            channel.tell(due.event());
        } catch (NotDelivered failed) {
            again(due, String.valueOf(failed.getMessage()));
            return;
        } catch (RuntimeException bug) {
            // The others are told all the same.
            again(due, "It could not be told: %s.".formatted(bug.getClass().getSimpleName()));
            return;
        }
        store.delivered(due, clock.instant());
    }

    private void again(AlertEvent.Due due, String failure) {
        if (due.attempts() > PAUSES.size()) {
            giveUp(due, failure);
        } else {
            var next = clock.instant().plus(PAUSES.get(due.attempts() - 1));
            store.failed(due, failure, next);
        }
    }

    private void giveUp(AlertEvent.Due due, String failure) {
        store.failed(due, failure, null);
        warnings.accept(
                "Event %d of the alert '%s' could not be told by %s and is given up after %d tries: %s"
                        .formatted(
                                due.event().number(),
                                due.event().news().alert(),
                                due.channel(),
                                due.attempts(),
                                failure));
    }
}
