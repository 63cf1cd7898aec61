package dev.cairn.testkit.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.StoreFailed;
import dev.cairn.application.port.in.GuardUseCase;
import dev.cairn.application.port.in.TrustUseCase;
import dev.cairn.application.port.in.WhyUseCase;
import dev.cairn.application.port.out.DefinitionStore;
import dev.cairn.application.service.AlertLooks;
import dev.cairn.application.service.AlertWatcher;
import dev.cairn.application.service.Catalogs;
import dev.cairn.domain.alert.Standing;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.guard.Guard;
import dev.cairn.domain.guard.GuardQuery;
import dev.cairn.domain.guard.GuardWindows;
import dev.cairn.domain.model.Alert;
import dev.cairn.domain.model.Grade;
import dev.cairn.domain.trust.MetricTrust;
import dev.cairn.domain.trust.Touched;
import dev.cairn.testkit.data.MemoryAlertStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is said of alerts that cannot be looked at. */
class AlertLooksTest {
    private static final Alert ALERT =
            new Alert("lost", "lost", "", null, new Alert.Watched.TrustLost("event", Grade.B));

    private static final Alert GUARD =
            new Alert(
                    "wrong",
                    "wrong",
                    "",
                    null,
                    new Alert.Watched.GuardTripped("reply", Alert.Every.WEEK));

    private final List<String> warnings = new ArrayList<>();
    private Instant now = Instant.parse("2026-03-04T12:00:00Z");
    private @Nullable RuntimeException failure;
    private final MemoryAlertStore store = new MemoryAlertStore();

    private int asked;

    private final TrustUseCase trust =
            new TrustUseCase() {
                @Override
                public Outcome trust(Set<String> sources, Caller caller, Deadline deadline) {
                    asked++;
                    if (failure != null) {
                        throw failure;
                    }
                    return new Outcome.Assessed(List.of());
                }

                @Override
                public Map<String, Touched> touched(Set<String> sources) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public Map<String, MetricTrust> ofMetrics(
                        Set<String> metrics, Caller caller, Deadline deadline) {
                    throw new UnsupportedOperationException();
                }
            };

    private static final DefinitionStore DEFINITIONS =
            new DefinitionStore() {
                @Override
                public Catalog load() {
                    return Catalog.of(
                            1,
                            List.of(new Entry(ALERT, 1, Map.of()), new Entry(GUARD, 1, Map.of())),
                            List.of());
                }

                @Override
                public long version() {
                    return 1;
                }

                @Override
                public Saved save(long expected, Collection<Entry> changed, Set<String> retired) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public Saved rehearse(
                        long expected, Collection<Entry> changed, Set<String> retired) {
                    throw new UnsupportedOperationException();
                }
            };

    private final AlertLooks looks =
            new AlertLooks(
                    new Catalogs(DEFINITIONS),
                    // Nobody is asked for values.
                    new AlertLooks.Asked(
                            this::guards,
                            trust,
                            (_, _, _) -> new WhyUseCase.Outcome.Rejected(List.of()),
                            null),
                    new AlertWatcher.Telling(store, List.of(), Duration.ofDays(400)),
                    ((InstantSource) () -> now).withZone(ZoneOffset.UTC),
                    () -> Deadline.NEVER,
                    (warning, _) -> warnings.add(warning));

    /** The first day that the data does not reach over. */
    private LocalDate dataUntil = LocalDate.parse("2026-02-01");

    private final List<LocalDate> measured = new ArrayList<>();

    private GuardUseCase.Outcome guards(GuardQuery query, Caller caller, Deadline deadline) {
        var windows = GuardWindows.of(query, now.atZone(ZoneOffset.UTC).toLocalDate());
        measured.add(windows.from());
        boolean isThere = !windows.until().isAfter(dataUntil);
        return new GuardUseCase.Outcome.Watched(
                List.of(
                        new Guard(
                                "reply",
                                "reopened",
                                isThere ? Guard.State.TRIPPED : Guard.State.NOT_ENOUGH_DATA,
                                windows.from(),
                                windows.until(),
                                isThere ? new Guard.Move(-1, 0, 1, 30) : null,
                                isThere ? new Guard.Move(1, 1, 0, 30) : null,
                                0.001,
                                isThere ? null : "There is no data.",
                                null,
                                null)));
    }

    private static RuntimeException timeout() {
        return new AnalysisFailed(AnalysisFailed.Reason.TIMEOUT, null);
    }

    private void look(@Nullable RuntimeException failing) {
        failure = failing;
        now = now.plus(Duration.ofMinutes(1));
        looks.look();
    }

    private @Nullable String kept() {
        return store.standing().getOrDefault("lost", Standing.NOTHING).failure();
    }

    @Test
    void the_same_reason_is_told_once_and_again_where_it_went_well_between() {
        look(timeout());
        look(timeout());
        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith("Nothing can be said of 'event', which the alert 'lost' watches");
        look(null);
        look(timeout());
        assertThat(warnings).hasSize(2);
    }

    @Test
    void
            a_source_that_cannot_be_counted_is_told_once_with_why_and_so_says_the_alert_until_it_can() {
        var failed =
                new IllegalStateException(
                        "what is expected of a source cannot be counted",
                        new IllegalStateException("No field 'seconds'.\nAt line 3"));
        look(failed);
        look(failed);
        assertThat(warnings)
                .singleElement()
                .asString()
                .endsWith("what is expected of a source cannot be counted: No field 'seconds'.");
        assertThat(kept())
                .isEqualTo("what is expected of a source cannot be counted: No field 'seconds'.");
        look(null);
        assertThat(kept()).isNull();
    }

    @Test
    void the_same_failure_is_told_again_after_a_day_and_another_one_at_once() {
        look(timeout());
        look(new IllegalStateException("other"));
        assertThat(warnings).hasSize(2);
        now = now.plus(Duration.ofDays(1));
        look(new IllegalStateException("other"));
        assertThat(warnings).hasSize(3);
    }

    @Test
    void what_fails_is_looked_at_again_after_a_minute_and_not_with_each_look() {
        look(timeout());
        now = now.plusSeconds(59);
        looks.look();
        assertThat(asked).isEqualTo(1);
        now = now.plusSeconds(1);
        looks.look();
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void a_database_out_of_reach_is_no_failure_of_the_alert() {
        assertThatThrownBy(() -> look(new StoreFailed("out", new IllegalStateException())))
                .isInstanceOf(StoreFailed.class);
        assertThat(warnings).isEmpty();
        assertThat(kept()).isNull();
    }

    @Test
    void data_that_comes_by_the_month_decides_a_week_once_it_is_there_and_each_week_once() {
        look(null);
        assertThat(told()).containsExactly("2026-01-19 to 2026-01-25");
        assertThat(store.standing().get("wrong").failure())
                .isEqualTo("The cycle from 2026-02-23 is not decided yet. There is no data.");

        measured.clear();
        now = now.plus(Duration.ofMinutes(10));
        look(null);
        assertThat(told()).hasSize(1);
        assertThat(measured).as("those after it alone").hasSize(5);

        dataUntil = LocalDate.parse("2026-03-02");
        now = now.plus(Duration.ofMinutes(10));
        look(null);
        assertThat(told()).containsExactly("2026-02-23 to 2026-03-01", "2026-01-19 to 2026-01-25");
        assertThat(store.standing().get("wrong").failure()).isNull();
    }

    private List<String> told() {
        return store.latest("wrong", null, 10).stream()
                .map(kept -> kept.event().news().reasons().getFirst().keys().getFirst().value())
                .toList();
    }
}
