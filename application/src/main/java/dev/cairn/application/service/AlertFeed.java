package dev.cairn.application.service;

import dev.cairn.application.port.AlertEvent;
import dev.cairn.application.port.AlertEvent.Kept;
import dev.cairn.application.port.StoreFailed;
import dev.cairn.application.port.in.FollowAlertsUseCase;
import dev.cairn.application.port.out.AlertStore;
import dev.cairn.domain.analysis.Caller;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Gives events to all who follow alerts, by one look at the latest for all of them, and none while nobody follows. */
public final class AlertFeed implements FollowAlertsUseCase {
    /** Of so many the newest are told of those that came between two looks. */
    private static final int LATEST = 100;

    private final AlertStore store;
    private final Set<Follower> followers = ConcurrentHashMap.newKeySet();

    public AlertFeed(AlertStore store) {
        this.store = store;
    }

    @Override
    public Following follow(
            @Nullable String alert, @Nullable Instant since, Caller caller, Consumer<Kept> to) {
        if (caller.isScoped()) {
            throw new IllegalArgumentException("alerts are of all accounts");
        }
        var latest = latest();
        var follower = new Follower(alert, to, numbers(latest));
        if (since != null) {
            latest.stream()
                    .filter(kept -> !kept.event().news().at().isBefore(since))
                    .forEach(follower::tell);
        }
        followers.add(follower);
        return () -> followers.remove(follower);
    }

    /** How many follow. */
    public int followers() {
        return followers.size();
    }

    /**
     * Gives what has come. To be called periodically, by one thread.
     *
     * @throws StoreFailed where events cannot be read now
     */
    public void look() {
        if (!followers.isEmpty()) {
            var latest = latest();
            followers.forEach(follower -> follower.look(latest));
        }
    }

    /** The oldest first. */
    private List<Kept> latest() {
        return store.latest(null, null, LATEST).reversed();
    }

    private static Set<Long> numbers(List<Kept> latest) {
        return latest.stream().map(Kept::event).map(AlertEvent::number).collect(Collectors.toSet());
    }

    private static final class Follower {
        private final @Nullable String alert;
        private final Consumer<Kept> to;

        /** Not the last number: of two events the one with the smaller may be there later. */
        private final Set<Long> seen;

        Follower(@Nullable String alert, Consumer<Kept> to, Set<Long> seen) {
            this.alert = alert;
            this.to = to;
            this.seen = new HashSet<>(seen);
        }

        void look(List<Kept> latest) {
            latest.stream().filter(kept -> seen.add(kept.event().number())).forEach(this::tell);
            seen.retainAll(numbers(latest));
        }

        void tell(Kept kept) {
            if (alert == null || alert.equals(kept.event().news().alert())) {
                to.accept(kept);
            }
        }
    }
}
