package dev.cairn.application.service;

import static java.util.Objects.requireNonNull;

import dev.cairn.application.port.AlertEvent;
import dev.cairn.application.port.StoreFailed;
import dev.cairn.application.port.out.AlertChannel;
import dev.cairn.application.port.out.AlertChannel.NotDelivered;
import dev.cairn.application.port.out.AlertStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
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

    /** How far back a channel tells what was raised while no service had it. */
    static final Duration MISSED = Duration.ofDays(1);

    /** What was to be told before then is no news any more. */
    static final Duration STALE = Duration.ofDays(2);

    /** Longer than any channel takes. */
    static final Duration LEASE = Duration.ofMinutes(5);

    /** Told one after another; within the lease, were each as slow as it may be. */
    private static final int AT_ONCE = 5;

    private final AlertStore store;
    private final Map<String, AlertChannel> channels;
    private final Clock clock;
    private final Instant began;
    private final Map<String, Instant> joined = new HashMap<>();
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
        this.began = clock.instant();
        this.warnings = warnings;
    }

    /** By which channels events are told, in order of their names. */
    public List<String> channels() {
        return channels.keySet().stream().sorted().toList();
    }

    /**
     * Tells what is due now by the channels that there are here: another service may have others. To be called periodically, by one thread of each service.
     *
     * @throws StoreFailed where what is due cannot be read, or what came of it not be kept: it is told again, then
     */
    public void tell() {
        var now = clock.instant();
        channels.keySet().forEach(channel -> join(channel, now));
        for (var due : store.due(channels.keySet(), now, LEASE, AT_ONCE)) {
            var channel = requireNonNull(channels.get(due.channel()));
            if (due.event().news().at().isBefore(now.minus(STALE))) {
                giveUp(due, "It was raised more than two days ago.");
            } else {
                tell(due, channel);
            }
        }
    }

    /**
     * What another service has raised, which does not have the channel, is told by it too: what came since the channel has been there, of the last day.
     */
    private void join(String channel, Instant now) {
        var since =
                joined.computeIfAbsent(
                        channel, _ -> store.firstOf(channel).filter(began::isAfter).orElse(began));
        var day = now.minus(MISSED);
        store.join(channel, since.isBefore(day) ? day : since);
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
