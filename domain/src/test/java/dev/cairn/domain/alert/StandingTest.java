package dev.cairn.domain.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StandingTest {
    private static final Instant MONDAY = Instant.parse("2026-03-02T08:00:00Z");
    private static final Instant LATER = MONDAY.plusSeconds(60);

    @Test
    void a_group_is_news_once() {
        var first = Standing.NOTHING.with(Set.of("acme"), 0, MONDAY);

        assertThat(Standing.NOTHING.news(Set.of("acme"), MONDAY)).containsExactly("acme");
        assertThat(first.news(Set.of("acme", "globex"), LATER)).containsExactly("globex");
        assertThat(first.with(Set.of("acme"), 0, LATER).there()).isEqualTo(Map.of("acme", MONDAY));
    }

    @Test
    void
            a_group_that_goes_and_comes_again_within_a_day_is_no_news_and_stands_since_it_came_first() {
        var gone = Standing.NOTHING.with(Set.of("acme"), 0, MONDAY).with(Set.of(), 0, LATER);
        var back = LATER.plus(Standing.QUIET).minusSeconds(1);

        assertThat(gone.there()).isEmpty();
        assertThat(gone.news(Set.of("acme"), back)).isEmpty();
        assertThat(gone.with(Set.of("acme"), 0, back).there()).isEqualTo(Map.of("acme", MONDAY));
    }

    @Test
    void a_group_that_was_away_for_a_day_is_news_again() {
        var gone = Standing.NOTHING.with(Set.of("acme"), 0, MONDAY).with(Set.of(), 0, LATER);
        var back = LATER.plus(Standing.QUIET);

        assertThat(gone.news(Set.of("acme"), back)).containsExactly("acme");
        assertThat(gone.with(Set.of("acme"), 0, back).there()).isEqualTo(Map.of("acme", back));
    }

    @Test
    void a_group_is_away_from_when_it_went_and_not_from_when_it_was_last_looked_at() {
        var gone =
                Standing.NOTHING
                        .with(Set.of("acme"), 0, MONDAY)
                        .with(Set.of(), 0, LATER)
                        .with(Set.of(), 0, LATER.plus(Duration.ofHours(23)));

        assertThat(gone.news(Set.of("acme"), LATER.plus(Standing.QUIET))).containsExactly("acme");
    }

    @Test
    void what_has_been_away_for_a_day_is_forgotten() {
        var gone =
                Standing.NOTHING
                        .with(Set.of("acme"), 0, MONDAY)
                        .with(Set.of(), 0, LATER)
                        .with(Set.of(), 0, LATER.plus(Standing.QUIET));

        assertThat(gone).isEqualTo(Standing.NOTHING);
    }
}
