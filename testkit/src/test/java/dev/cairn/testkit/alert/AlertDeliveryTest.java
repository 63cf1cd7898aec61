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
                                        AlertNews.Kind.GROUP_THERE,
                                        "who_is_red",
                                        NOON,
                                        NOON,
                                        List.of(),
                                        1,
                                        1,
                                        "cairn ask who_is_red")),
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
                                        AlertNews.Kind.GROUP_THERE,
                                        "who_is_green",
                                        NOON,
                                        NOON,
                                        List.of(),
                                        1,
                                        1,
                                        "cairn ask who_is_green")),
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
    void two_services_with_different_channels_each_tell_by_their_own() {
        var mailed = new ArrayList<Long>();
        var mail =
                new AlertDelivery(
                        store,
                        List.of(
                                new AlertChannel() {
                                    @Override
                                    public String name() {
                                        return "mail";
                                    }

                                    @Override
                                    public void tell(AlertEvent event) {
                                        mailed.add(event.number());
                                    }
                                }),
                        clock,
                        warnings::add);

        mail.tell();
        assertThat(told).isEmpty();
        delivery.tell();
        mail.tell();

        assertThat(told).containsExactly(1L);
        assertThat(mailed).containsExactly(1L);
        assertThat(warnings).isEmpty();
    }

    @Test
    void a_service_without_channels_takes_what_nobody_tells_from_no_other() {
        new AlertDelivery(store, List.of(), clock, warnings::add).tell();
        assertThat(warnings).isEmpty();

        at(Duration.ZERO);
        assertThat(told).containsExactly(1L);
    }

    @Test
    void what_could_not_be_told_for_two_days_is_no_news_and_is_given_up() {
        at(Duration.ofHours(49));

        assertThat(told).isEmpty();
        assertThat(warnings).singleElement().asString().contains("raised more than two days ago");
    }
}
