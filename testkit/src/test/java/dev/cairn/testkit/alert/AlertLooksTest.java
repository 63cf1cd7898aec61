package dev.cairn.testkit.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.TrustUseCase;
import dev.cairn.application.port.out.DefinitionStore;
import dev.cairn.application.service.AlertLooks;
import dev.cairn.application.service.AlertWatcher;
import dev.cairn.application.service.Catalogs;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.model.Alert;
import dev.cairn.domain.model.Grade;
import dev.cairn.domain.trust.MetricTrust;
import dev.cairn.domain.trust.Touched;
import dev.cairn.testkit.data.MemoryAlertStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is said of alerts that cannot be looked at. */
class AlertLooksTest {
    private static final Alert ALERT =
            new Alert("lost", "lost", "", null, new Alert.Watched.TrustLost("event", Grade.B));

    private final List<String> warnings = new ArrayList<>();
    private Instant now = Instant.parse("2026-03-04T12:00:00Z");
    private boolean fails;

    private final TrustUseCase trust =
            new TrustUseCase() {
                @Override
                public Outcome trust(Set<String> sources, Caller caller, Deadline deadline) {
                    if (fails) {
                        throw new AnalysisFailed(AnalysisFailed.Reason.TIMEOUT, null);
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
                    return Catalog.of(1, List.of(new Entry(ALERT, 1, Map.of())), List.of());
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
                    // Nobody else is asked.
                    new AlertLooks.Asked(null, trust, null, null),
                    new AlertWatcher.Telling(
                            new MemoryAlertStore(), List.of(), Duration.ofDays(400)),
                    ((InstantSource) () -> now).withZone(ZoneOffset.UTC),
                    () -> Deadline.NEVER,
                    warnings::add);

    private void look(boolean isFailing) {
        fails = isFailing;
        now = now.plus(Duration.ofMinutes(1));
        looks.look();
    }

    @Test
    void the_same_reason_is_told_once_and_again_where_it_went_well_between() {
        look(true);
        look(true);
        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith("Nothing can be said of 'event', which the alert 'lost' watches");
        look(false);
        look(true);
        assertThat(warnings).hasSize(2);
    }
}
