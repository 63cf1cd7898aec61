package dev.cairn.adapters.graphql.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.SliceTest;
import dev.cairn.application.port.AlertEvent;
import dev.cairn.application.port.AlertNews;
import dev.cairn.application.port.in.AlertsUseCase.Defined;
import dev.cairn.application.port.in.AlertsUseCase.StandingGroup;
import dev.cairn.domain.model.Alert;
import dev.cairn.domain.model.Alert.Watched;
import dev.cairn.domain.model.Grade;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertsTest extends SliceTest {
    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");

    private static Defined defined(String name, Watched watched) {
        return new Defined(
                new Alert(name, "Label", "", null, watched),
                List.of(new StandingGroup(List.of("acme"), NOON)),
                2,
                "No source 'q'.");
    }

    @Test
    void each_kind_of_alert_says_what_it_watches_and_nothing_that_it_has_not() {
        alerts.defined =
                List.of(
                        defined("a", new Watched.Groups("q", Alert.When.MISSED, true)),
                        defined("b", new Watched.Entered("at_risk", false)),
                        defined("c", new Watched.BandLeft("health", "green", false)),
                        defined("d", new Watched.GuardTripped("reply", Alert.Every.WEEK)),
                        defined("e", new Watched.TrustLost("event", Grade.B)));
        var items =
                ask("{ alerts { items { key watches of when band every atLeast provisional waiting failure standing { keys since } } } }")
                        .json()
                        .at("/data/alerts/items");

        assertThat(items.get(0).at("/when").asString()).isEqualTo("MISSED");
        assertThat(items.get(0).at("/provisional").asBoolean()).isTrue();
        assertThat(items.get(0).at("/standing/0/keys/0").asString()).isEqualTo("acme");
        assertThat(items.get(1).at("/watches").asString()).isEqualTo("COHORT");
        assertThat(items.get(1).at("/when").isNull()).isTrue();
        assertThat(items.get(2).at("/band").asString()).isEqualTo("green");
        assertThat(items.get(3).at("/every").asString()).isEqualTo("WEEK");
        assertThat(items.get(3).at("/of").asString()).isEqualTo("reply");
        assertThat(items.get(4).at("/failure").asString()).isEqualTo("No source 'q'.");
        assertThat(items.get(4).at("/atLeast").asString()).isEqualTo("B");
    }

    @Test
    void an_event_has_the_number_why_and_the_accounts() {
        alerts.events =
                List.of(
                        new AlertEvent.Kept(
                                new AlertEvent(
                                        7,
                                        new AlertNews(
                                                "c",
                                                "Left",
                                                "ann",
                                                AlertNews.Kind.BAND_LEFT,
                                                "health",
                                                NOON,
                                                NOON,
                                                List.of(
                                                        new AlertNews.Reason(
                                                                List.of(),
                                                                List.of(
                                                                        new AlertNews.Figure(
                                                                                "health", "41.5",
                                                                                null)),
                                                                "It was green and is red.",
                                                                List.of("acme"),
                                                                3)),
                                                0,
                                                12,
                                                "cairn query health")),
                                List.of(new AlertEvent.Sent("mail", 1, null, NOON, null))));
        var event =
                ask("{ alertEvents(first: 1) { edges { node { alert kind of see standing reasons { figures { column value } why accounts furtherAccounts } deliveries { channel delivered } } } } }")
                        .json()
                        .at("/data/alertEvents/edges/0/node");

        assertThat(event.at("/kind").asString()).isEqualTo("BAND_LEFT");
        assertThat(event.at("/see").asString()).isEqualTo("cairn query health");
        assertThat(event.at("/reasons/0/figures/0/value").asString()).isEqualTo("41.5");
        assertThat(event.at("/reasons/0/why").asString()).isEqualTo("It was green and is red.");
        assertThat(event.at("/reasons/0/accounts/0").asString()).isEqualTo("acme");
        assertThat(event.at("/reasons/0/furtherAccounts").asInt()).isEqualTo(3);
        assertThat(event.at("/deliveries/0/channel").asString()).isEqualTo("mail");
    }
}
