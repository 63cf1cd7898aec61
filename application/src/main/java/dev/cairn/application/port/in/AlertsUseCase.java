package dev.cairn.application.port.in;

import dev.cairn.application.port.AlertEvent;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.model.Alert;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says for what alerts stand, and what they have told. Alerts are of all accounts: who sees only some is told of none. */
public interface AlertsUseCase {
    /** All alerts, in order of their names; empty for who sees only some accounts. */
    List<Defined> alerts(Caller caller);

    /**
     * The latest events, the latest first; empty for who sees only some accounts.
     *
     * @param alert null: of all
     * @param before only those with a smaller number; null: all
     * @param most at least 1
     */
    List<AlertEvent.Kept> events(
            @Nullable String alert, @Nullable Long before, int most, Caller caller);

    /**
     * An alert, and for what it stands.
     *
     * @param standing in order of their keys
     * @param waiting how many more groups are in the answer whose values may still change; 0 where such count
     * @param failure why it could not be looked at when a service last tried; null: it could. What stands is of the time before
     */
    record Defined(
            Alert alert, List<StandingGroup> standing, int waiting, @Nullable String failure) {
        public Defined {
            standing = List.copyOf(standing);
        }
    }

    /**
     * A group for which an alert stands.
     *
     * @param keys as text, in the order of the question, a bucket of time first; empty: the company
     * @param since when it was first seen
     */
    record StandingGroup(List<String> keys, Instant since) {
        public StandingGroup {
            keys = List.copyOf(keys);
        }
    }
}
