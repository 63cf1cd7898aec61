package dev.cairn.domain.planner;

import static dev.cairn.domain.catalog.Shop.shop;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Metric.Level;
import dev.cairn.domain.model.Question;
import dev.cairn.domain.model.WrittenQuestion;
import dev.cairn.domain.trust.Touched;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadersTest {
    private static Metric metric(String name, String formula) {
        return new Metric(
                name,
                name,
                "",
                Level.CELL,
                null,
                formula,
                null,
                Metric.Direction.HIGHER,
                null,
                null,
                null,
                false,
                Metric.Status.PUBLISHED);
    }

    private static Question question(String name, String asked) {
        return new Question(
                name,
                name,
                "",
                null,
                new WrittenQuestion(
                        List.of(asked),
                        List.of(),
                        null,
                        "2026",
                        "UTC",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        false,
                        false,
                        false,
                        null,
                        null,
                        null,
                        false,
                        false,
                        false));
    }

    @Test
    void a_source_touches_what_reads_it_near_or_far() {
        var catalog =
                shop().define(metric("near", "count(ticket)"))
                        .define(metric("far", "2 * near"))
                        .define(metric("other", "count(survey)"))
                        .define(question("by_name", "far"))
                        .define(question("by_formula", "count(ticket where priority = 'high')"))
                        .define(question("of_others", "other"))
                        .build();
        var readers = Readers.of(catalog, Instant.parse("2026-07-01T00:00:00Z"));
        assertThat(readers.of("ticket").metrics()).contains("far", "near").doesNotContain("other");
        assertThat(readers.of("ticket").questions()).containsExactly("by_formula", "by_name");
        assertThat(readers.of("survey").questions()).containsExactly("of_others");
        assertThat(readers.of("nothing")).isEqualTo(Touched.NOTHING);
    }
}
