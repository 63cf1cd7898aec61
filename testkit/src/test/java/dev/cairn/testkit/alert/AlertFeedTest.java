package dev.cairn.testkit.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.AlertNews;
import dev.cairn.application.port.out.AlertStore.Next;
import dev.cairn.application.service.AlertFeed;
import dev.cairn.domain.alert.Standing;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.testkit.data.MemoryAlertStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which events those are given who follow alerts. */
class AlertFeedTest {
    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");

    private final MemoryAlertStore store = new MemoryAlertStore();
    private final AlertFeed feed = new AlertFeed(store);
    private final List<Long> given = new ArrayList<>();

    private void raise(String alert, Instant at) {
        store.decide(
                alert,
                _ ->
                        new Next(
                                Standing.NOTHING,
                                new AlertNews(
                                        alert,
                                        "Label",
                                        null,
                                        AlertNews.Kind.GROUP_THERE,
                                        "question",
                                        at,
                                        at,
                                        List.of(),
                                        1,
                                        1,
                                        "cairn ask question")),
                List.of());
    }

    @Test
    void each_event_that_comes_is_given_once() {
        raise("red", NOON);
        try (var _ =
                feed.follow(null, null, Caller.LOCAL, kept -> given.add(kept.event().number()))) {
            feed.look();
            assertThat(given).isEmpty();

            raise("red", NOON);
            raise("churn", NOON);
            feed.look();
            feed.look();
        }

        assertThat(given).containsExactly(2L, 3L);
    }

    @Test
    void who_says_since_when_is_given_what_was_missed_first() {
        raise("red", NOON);
        raise("red", NOON.plusSeconds(60));
        try (var _ =
                feed.follow(
                        null,
                        NOON.plusSeconds(1),
                        Caller.LOCAL,
                        kept -> given.add(kept.event().number()))) {
            raise("red", NOON.plusSeconds(90));
            feed.look();
        }

        assertThat(given).containsExactly(2L, 3L);
    }

    @Test
    void who_follows_one_alert_is_given_no_other() {
        try (var _ =
                feed.follow(
                        "churn", null, Caller.LOCAL, kept -> given.add(kept.event().number()))) {
            raise("red", NOON);
            raise("churn", NOON);
            feed.look();
        }

        assertThat(given).containsExactly(2L);
    }

    @Test
    void who_has_closed_is_given_nothing_and_nothing_is_looked_at() {
        feed.follow(null, null, Caller.LOCAL, kept -> given.add(kept.event().number())).close();

        raise("red", NOON);
        feed.look();

        assertThat(given).isEmpty();
        assertThat(feed.followers()).isZero();
    }
}
