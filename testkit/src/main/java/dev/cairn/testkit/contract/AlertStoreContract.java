package dev.cairn.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.application.port.AlertEvent;
import dev.cairn.application.port.AlertEvent.Due;
import dev.cairn.application.port.AlertEvent.Kept;
import dev.cairn.application.port.AlertEvent.Sent;
import dev.cairn.application.port.AlertNews;
import dev.cairn.application.port.AlertNews.Figure;
import dev.cairn.application.port.AlertNews.Reason;
import dev.cairn.application.port.out.AlertStore;
import dev.cairn.application.port.out.AlertStore.Next;
import dev.cairn.domain.alert.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What whoever keeps alerts must do. */
public interface AlertStoreContract {
    Instant NOON = Instant.parse("2026-03-04T12:00:00.123456Z");
    Duration LEASE = Duration.ofMinutes(5);
    Set<String> CHANNELS = Set.of("webhook");

    /** With nothing in it. */
    AlertStore alerts();

    @Test
    default void news_and_what_stands_are_kept_together() {
        var alerts = alerts();

        var event = raised(alerts, "red", NOON, "acme");

        assertThat(alerts.standing()).isEqualTo(Map.of("red", standing("acme")));
        assertThat(alerts.latest(null, null, 10))
                .containsExactly(
                        new Kept(event, List.of(new Sent("webhook", 0, NOON, null, null))));
    }

    @Test
    default void what_is_decided_is_decided_from_what_stands() {
        var alerts = alerts();
        raised(alerts, "red", NOON, "acme");

        var event =
                alerts.decide(
                        "red",
                        known -> {
                            assertThat(known).isEqualTo(standing("acme"));
                            return new Next(Standing.NOTHING, null);
                        },
                        List.of("webhook"));

        assertThat(event).isEmpty();
        assertThat(alerts.standing()).isEqualTo(Map.of("red", Standing.NOTHING));
        assertThat(alerts.latest(null, null, 10)).hasSize(1);
    }

    @Test
    default void nothing_is_kept_of_a_decision_that_fails() {
        var alerts = alerts();
        raised(alerts, "red", NOON, "acme");

        assertThatThrownBy(() ->
                        alerts.decide(
                                "red",
                                _ -> {
                                    throw new IllegalStateException("no decision");
                                },
                                List.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no decision");

        assertThat(alerts.standing()).isEqualTo(Map.of("red", standing("acme")));
    }

    @Test
    default void the_latest_come_first_a_page_at_a_time_and_of_one_alert() {
        var alerts = alerts();
        var one = raised(alerts, "red", NOON, "acme");
        var other = raised(alerts, "churn", NOON, "smb");
        var third = raised(alerts, "red", NOON.plusSeconds(1), "globex");

        assertThat(events(alerts.latest(null, null, 2))).containsExactly(third, other);
        assertThat(events(alerts.latest(null, other.number(), 2))).containsExactly(one);
        assertThat(events(alerts.latest("red", null, 10))).containsExactly(third, one);
    }

    @Test
    default void what_is_due_is_given_once_within_the_lease_and_again_after_it() {
        var alerts = alerts();
        var event = raised(alerts, "red", NOON, "acme");

        assertThat(alerts.due(CHANNELS, NOON.minusSeconds(1), LEASE, 10)).isEmpty();
        assertThat(alerts.due(CHANNELS, NOON, LEASE, 10))
                .containsExactly(new Due(event, "webhook", 1));
        assertThat(alerts.due(CHANNELS, NOON, LEASE, 10)).isEmpty();
        assertThat(alerts.due(CHANNELS, NOON.plus(LEASE), LEASE, 10))
                .containsExactly(new Due(event, "webhook", 2));
    }

    @Test
    default void what_was_delivered_is_due_no_more() {
        var alerts = alerts();
        raised(alerts, "red", NOON, "acme");
        var due = alerts.due(CHANNELS, NOON, LEASE, 10).getFirst();

        alerts.failed(due, "HTTP 503", NOON.plusSeconds(10));
        alerts.delivered(alerts.due(CHANNELS, NOON.plusSeconds(10), LEASE, 10).getFirst(), NOON);
        alerts.failed(due, "late", NOON);

        assertThat(alerts.due(CHANNELS, NOON.plus(Duration.ofDays(1)), LEASE, 10)).isEmpty();
        assertThat(alerts.latest(null, null, 1).getFirst().deliveries())
                .containsExactly(new Sent("webhook", 2, null, NOON, null));
    }

    @Test
    default void what_failed_is_due_when_it_was_said_and_never_once_it_is_given_up() {
        var alerts = alerts();
        raised(alerts, "red", NOON, "acme");
        var due = alerts.due(CHANNELS, NOON, LEASE, 10).getFirst();

        alerts.failed(due, "HTTP 503", NOON.plusSeconds(10));

        assertThat(alerts.due(CHANNELS, NOON.plusSeconds(9), LEASE, 10)).isEmpty();
        var again = alerts.due(CHANNELS, NOON.plusSeconds(10), LEASE, 10).getFirst();
        alerts.failed(again, "HTTP 500", null);
        assertThat(alerts.due(CHANNELS, NOON.plus(Duration.ofDays(1)), LEASE, 10)).isEmpty();
        assertThat(alerts.latest(null, null, 1).getFirst().deliveries())
                .containsExactly(new Sent("webhook", 2, null, null, "HTTP 500"));
    }

    @Test
    default void no_more_are_given_than_were_asked_for_the_oldest_first() {
        var alerts = alerts();
        var one = raised(alerts, "red", NOON, "acme");
        raised(alerts, "churn", NOON.plusSeconds(1), "smb");

        assertThat(alerts.due(CHANNELS, NOON.plusSeconds(5), LEASE, 1))
                .containsExactly(new Due(one, "webhook", 1));
    }

    @Test
    default void what_is_due_by_one_channel_is_not_given_to_who_has_another() {
        var alerts = alerts();
        var event = raised(alerts, "red", NOON, "acme");

        assertThat(alerts.due(Set.of("mail"), NOON, LEASE, 10)).isEmpty();
        assertThat(alerts.due(Set.of(), NOON, LEASE, 10)).isEmpty();
        assertThat(alerts.due(Set.of("mail", "webhook"), NOON, LEASE, 10))
                .containsExactly(new Due(event, "webhook", 1));
    }

    @Test
    default void events_of_others_are_told_by_a_channel_that_joins_once_and_from_then_on() {
        var alerts = alerts();
        raised(alerts, "red", NOON.minusSeconds(1), "initech");
        var event = raised(alerts, "red", NOON, "acme");
        assertThat(alerts.firstOf("mail")).isEmpty();

        alerts.join("mail", NOON);
        alerts.join("mail", NOON);
        alerts.join("webhook", NOON);

        assertThat(alerts.due(Set.of("mail"), NOON, LEASE, 10))
                .containsExactly(new Due(event, "mail", 1));
        assertThat(alerts.latest(null, null, 1).getFirst().deliveries()).hasSize(2);
        assertThat(alerts.firstOf("mail")).contains(NOON);
        assertThat(alerts.firstOf("webhook")).contains(NOON.minusSeconds(1));
    }

    @Test
    default void alerts_that_are_gone_stand_no_more_and_what_they_told_is_kept() {
        var alerts = alerts();
        raised(alerts, "red", NOON, "acme");
        raised(alerts, "churn", NOON, "smb");

        alerts.retain(Set.of("churn"));

        assertThat(alerts.standing()).containsOnlyKeys("churn");
        assertThat(alerts.latest("red", null, 10)).hasSize(1);
    }

    @Test
    default void old_events_are_forgotten_with_their_deliveries() {
        var alerts = alerts();
        raised(alerts, "red", NOON, "acme");
        var later = raised(alerts, "red", NOON.plusSeconds(1), "globex");

        assertThat(alerts.forget(NOON.plusSeconds(1))).isEqualTo(1);

        assertThat(events(alerts.latest(null, null, 10))).containsExactly(later);
        assertThat(alerts.due(CHANNELS, NOON.plusSeconds(9), LEASE, 10)).hasSize(1);
    }

    private static List<AlertEvent> events(List<Kept> kept) {
        return kept.stream().map(Kept::event).toList();
    }

    private static Standing standing(String group) {
        return Standing.NOTHING.with(Set.of(group), 2, NOON).by("alert of health");
    }

    private static AlertEvent raised(AlertStore alerts, String alert, Instant at, String group) {
        return alerts.decide(
                        alert,
                        _ -> new Next(standing(group), news(alert, at, group)),
                        List.of("webhook"))
                .orElseThrow();
    }

    private static AlertNews news(String alert, Instant at, String group) {
        return new AlertNews(
                alert,
                "Somebody is red",
                null,
                AlertNews.Kind.BAND_LEFT,
                "health",
                at,
                at,
                List.of(
                        new Reason(
                                List.of(
                                        new AlertNews.Key("account", group),
                                        new AlertNews.Key("account.csm", null)),
                                List.of(
                                        new Figure("health", "41.5", null),
                                        new Figure("nps", null, "NO_DATA")),
                                "It was green and is red.",
                                List.of(group),
                                3)),
                0,
                1,
                "cairn query health");
    }
}
