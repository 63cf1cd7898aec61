package dev.cairn.testkit.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.AlertEvent;
import dev.cairn.application.port.AlertNews;
import dev.cairn.application.port.out.AlertChannel;
import dev.cairn.application.port.out.AlertStore.Next;
import dev.cairn.application.service.AlertDelivery;
import dev.cairn.domain.alert.Standing;
import dev.cairn.testkit.data.MemoryAlertStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When what was raised is told, and told again. */
class AlertDeliveryTest {
    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");

    private final MemoryAlertStore store = new MemoryAlertStore();
    private final List<String> warnings = new ArrayList<>();
    private final List<Long> told = new ArrayList<>();
    private boolean fails;
    private Instant now = NOON;

    private final Clock clock =
            new Clock() {
                @Override
                public Instant instant() {
                    return now;
                }

                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }
            };

    private final AlertChannel channel =
            new AlertChannel() {
                @Override
                public String name() {
                    return "webhook";
                }

                @Override
                public void tell(AlertEvent event) throws NotDelivered {
                    if (fails) {
                        throw new NotDelivered("It was answered with HTTP 503.");
                    }
                    told.add(event.number());
                }
            };

    private final AlertDelivery delivery =
            new AlertDelivery(store, List.of(channel), clock, warnings::add);

    @BeforeEach
    void raise() {
        store.decide(
                "red",
                _ ->
                        new Next(
                                Standing.NOTHING.with(Set.of("acme"), 0, NOON),
                                new AlertNews(
                                        "red",
                                        "Red",
                                        null,
                                        "who_is_red",
                                        NOON,
                                        NOON,
                                        List.of(),
                                        1,
                                        1)),
                delivery.channels());
    }

    private void at(Duration later) {
        now = NOON.plus(later);
        delivery.tell();
    }

    @Test
    void what_was_raised_is_told_once() {
        at(Duration.ZERO);
        at(Duration.ofDays(2));

        assertThat(told).containsExactly(1L);
        assertThat(warnings).isEmpty();
    }

    @Test
    void what_failed_is_told_again_after_a_pause_and_not_before() {
        fails = true;
        at(Duration.ZERO);
        fails = false;

        at(Duration.ofSeconds(9));
        assertThat(told).isEmpty();
        at(Duration.ofSeconds(10));
        assertThat(told).containsExactly(1L);
    }

    @Test
    void a_way_that_breaks_keeps_nothing_from_being_told_and_is_tried_again() {
        var broken =
                new AlertChannel() {
                    @Override
                    public String name() {
                        return "broken";
                    }

                    @Override
                    public void tell(AlertEvent event) {
                        throw new IllegalStateException("a bug");
                    }
                };
        var both = new AlertDelivery(store, List.of(broken, channel), clock, warnings::add);
        store.decide(
                "green",
                standing ->
                        new Next(
                                standing,
                                new AlertNews(
                                        "green",
                                        "Green",
                                        null,
                                        "who_is_green",
                                        NOON,
                                        NOON,
                                        List.of(),
                                        1,
                                        1)),
                both.channels());

        both.tell();

        assertThat(told).containsExactly(1L, 2L);
        assertThat(store.latest("green", null, 1).getFirst().deliveries().getFirst())
                .isEqualTo(
                        new AlertEvent.Sent(
                                "broken",
                                1,
                                NOON.plusSeconds(10),
                                null,
                                "It could not be told: IllegalStateException."));
    }

    @Test
    void what_fails_for_more_than_a_day_is_given_up_with_a_warning() {
        fails = true;
        for (int hours = 0; hours < 24 * 4; hours++) {
            at(Duration.ofHours(hours));
        }

        assertThat(warnings)
                .containsExactly(
                        "Event 1 of the alert 'red' could not be told by webhook and is given up after 8 tries: It was answered with HTTP 503.");
        assertThat(store.latest(null, null, 1).getFirst().deliveries().getFirst().due()).isNull();
    }

    @Test
    void what_was_to_be_told_by_a_way_that_is_set_no_more_is_given_up() {
        new AlertDelivery(store, List.of(), clock, warnings::add).tell();

        assertThat(warnings).hasSize(1).first().asString().contains("no such channel any more");
    }
}
