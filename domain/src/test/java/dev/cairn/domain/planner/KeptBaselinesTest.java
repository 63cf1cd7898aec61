package dev.cairn.domain.planner;

import static dev.cairn.domain.catalog.Shop.shop;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.model.Baseline;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeptBaselinesTest {
    private static final Instant KEPT = Instant.parse("2026-02-01T00:00:00Z");
    private static final Instant SINCE = KEPT.plusSeconds(1);

    private static KeptBaselines kept(Map<String, Instant> saved) {
        var baseline =
                new Baseline(
                        "b",
                        "b",
                        "",
                        "nps_score",
                        1,
                        BigDecimal.TEN,
                        null,
                        null,
                        LocalDate.of(2026, 1, 1),
                        LocalDate.of(2026, 2, 1),
                        ZoneOffset.UTC,
                        List.of(),
                        false,
                        KEPT,
                        null);
        var definitions = shop().define(baseline).build();
        var catalog = Catalog.of(1, definitions.entries(), List.of(), saved);
        return KeptBaselines.of(catalog.metric("nps_score").orElseThrow(), catalog);
    }

    @Test
    void what_a_metric_is_made_of_makes_another_of_it() {
        assertThat(kept(Map.of("nps", SINCE, "survey", SINCE)).redefined())
                .containsExactly(
                        Map.entry(
                                "b",
                                "Since 'b' was kept (2026-02-01T00:00:00Z), of what 'nps_score' is made of 'nps' has changed"));
        assertThat(kept(Map.of("nps", KEPT, "events", SINCE)))
                .satisfies(kept -> assertThat(kept.redefined()).isEmpty())
                .satisfies(kept -> assertThat(kept.declared()).isEmpty());
    }

    @Test
    void a_source_that_was_declared_anew_is_told() {
        assertThat(kept(Map.of("survey", SINCE)))
                .satisfies(kept -> assertThat(kept.redefined()).isEmpty())
                .satisfies(kept ->
                        assertThat(kept.declared())
                                .containsExactly(Map.entry("b", Set.of("survey"))));
    }
}
