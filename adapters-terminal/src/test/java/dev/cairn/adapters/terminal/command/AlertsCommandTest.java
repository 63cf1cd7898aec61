package dev.cairn.adapters.terminal.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.AlertEvent;
import dev.cairn.application.port.AlertNews;
import dev.cairn.application.port.in.AlertsUseCase;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.model.Alert;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Alerts and their events, as they are told in a terminal. */
class AlertsCommandTest {
    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");

    private static final AlertsUseCase ALERTS =
            new AlertsUseCase() {
                @Override
                public List<Defined> alerts(Caller caller) {
                    return List.of(
                            new Defined(
                                    new Alert(
                                            "new_at_risk",
                                            "New at risk",
                                            "",
                                            null,
                                            new Alert.Watched.Entered("at_risk", false)),
                                    List.of(new StandingGroup(List.of("acme"), NOON)),
                                    0,
                                    "No source 'event'."));
                }

                @Override
                public List<AlertEvent.Kept> events(
                        @Nullable String alert, @Nullable Long before, int most, Caller caller) {
                    return List.of(
                            new AlertEvent.Kept(
                                    new AlertEvent(
                                            7,
                                            new AlertNews(
                                                    "fast_and_wrong",
                                                    "Fast and wrong",
                                                    null,
                                                    AlertNews.Kind.GUARD_TRIPPED,
                                                    "reply_time",
                                                    NOON,
                                                    NOON,
                                                    List.of(
                                                            new AlertNews.Reason(
                                                                    List.of(
                                                                            new AlertNews.Key(
                                                                                    "cycle",
                                                                                    "2026-02")),
                                                                    List.of(
                                                                            new AlertNews.Figure(
                                                                                    "reply_time change",
                                                                                    "-12",
                                                                                    null)),
                                                                    "reply_time got better.",
                                                                    List.of("acme", "globex"),
                                                                    28)),
                                                    0,
                                                    1,
                                                    "cairn guards reply_time --every month")),
                                    List.of()));
                }
            };

    @Test
    void alerts_are_listed_with_what_they_watch() {
        var said = FakeCairn.with(ALERTS).execute("alerts");

        assertThat(said.errors()).isEmpty();
        assertThat(said.output())
                .contains("accounts that enter at_risk", "acme since 2026-03-04T12:00:00Z");
        assertThat(said.output())
                .endsWith("new_at_risk cannot be looked at: No source 'event'.%n".formatted());
    }

    @Test
    void an_event_says_the_number_why_the_accounts_and_how_to_see_all() {
        var said = FakeCairn.with(ALERTS).execute("alerts", "--events");

        assertThat(said.output().lines())
                .containsExactly(
                        "2026-03-04T12:00:00Z  fast_and_wrong: Fast and wrong",
                        "  2026-02: reply_time change -12",
                        "    reply_time got better.",
                        "    accounts: acme, globex and 28 more",
                        "  see: cairn guards reply_time --every month");
    }

    @Test
    void json_has_all_of_an_event() {
        var said = FakeCairn.with(ALERTS).execute("alerts", "--events", "--format", "json");

        assertThat(said.output())
                .contains("\"kind\"", "GUARD_TRIPPED", "\"why\"", "\"furtherAccounts\"", "\"see\"");
    }
}
