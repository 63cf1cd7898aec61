package dev.cairn.application.port.out;

import dev.cairn.application.port.AlertEvent;
import dev.cairn.application.port.AlertNews;
import dev.cairn.domain.alert.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Keeps for what alerts stand, what they told, and whether it has been delivered. */
public interface AlertStore {
    /**
     * What stands next, and what of it is news.
     *
     * @param news null: nothing is new
     */
    record Next(Standing standing, @Nullable AlertNews news) {}

    /**
     * Decides what stands of an alert, for one process at a time, and keeps it together with the news: either both or neither.
     *
     * @param channels by which news are to be told
     * @return the news, as they are kept; empty where there are none
     */
    Optional<AlertEvent> decide(
            String alert, Function<Standing, Next> decision, List<String> channels);

    /** What stands, by alert; without those that never stood. */
    Map<String, Standing> standing();

    /** Forgets what stands of alerts that are not among these. What they told is kept. */
    void retain(Set<String> alerts);

    /**
     * The latest events, the latest first.
     *
     * @param alert null: of all
     * @param before only those with a smaller number; null: all
     */
    List<AlertEvent.Kept> latest(@Nullable String alert, @Nullable Long before, int most);

    /**
     * Has events told by a channel, too, that were raised since then by a service which does not have it. Those that it has been told of, or is to be, stay as they are.
     */
    void join(String channel, Instant since);

    /** When the first event that is still kept was raised that a channel has told, or is to tell; empty: there is none. */
    Optional<Instant> firstOf(String channel);

    /**
     * Takes events that are to be told now by one of these channels, the oldest first. Nobody else is given them within the lease; after that they are due again,
     * unless something was said of them.
     */
    List<AlertEvent.Due> due(Set<String> channels, Instant now, Duration lease, int most);

    /** Keeps that an event has been told. */
    void delivered(AlertEvent.Due told, Instant at);

    /**
     * Keeps that an event could not be told.
     *
     * @param next when it is tried again; null: it is given up
     */
    void failed(AlertEvent.Due untold, String failure, @Nullable Instant next);

    /** Forgets events that are older than this, and gives how many that were. */
    long forget(Instant before);
}
