package dev.cairn.domain.plan;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.planner.Question;
import dev.cairn.domain.time.Grain;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanWordsTest {
    private static List<String> reads(Question question) {
        return PlanWords.of(question.planned(shop())).stream()
                .filter(step -> step.contains("Read"))
                .map(step -> step.replace(" where not (account.internal is true)", ""))
                .toList();
    }

    @Test
    void a_scan_of_the_bucket_itself_names_no_time() {
        assertThat(reads(formula("count(event)")))
                .containsExactly("Read facts of event by happened");
    }

    /** Two scans of one source are told apart. */
    @Test
    void a_scan_of_other_time_names_it() {
        var question =
                formula(
                        "count(event) / (count(event) over last 3 months) + (count(event) over all)");

        assertThat(reads(question))
                .containsExactly(
                        "Read facts of event by happened",
                        "Read facts of event by happened, of [2025-11-01T00:00:00Z, 2026-02-01T00:00:00Z)",
                        "Read facts of event by happened, of all before 2026-02-01T00:00:00Z");
    }

    @Test
    void of_several_buckets_the_first_and_the_last_are_named() {
        var question =
                formula("prior(count(event))")
                        .each(Grain.MONTH)
                        .between("2026-01-01", "2026-04-01");

        assertThat(reads(question))
                .containsExactly(
                        "Read facts of event by happened, for the first bucket of [2025-12-01T00:00:00Z, 2026-01-01T00:00:00Z), for the last of [2026-02-01T00:00:00Z, 2026-03-01T00:00:00Z)");
    }

    @Test
    void members_of_other_time_exist_then() {
        assertThat(reads(formula("count(account)")))
                .containsExactly("Read members: each account that exists in the bucket");
        assertThat(reads(formula("count(account) over last 3 months")))
                .containsExactly(
                        "Read members: each account that exists then, of [2025-11-01T00:00:00Z, 2026-02-01T00:00:00Z)");
    }
}
