package dev.cairn.domain.plan;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.History;
import dev.cairn.domain.planner.Question;
import dev.cairn.domain.time.Grain;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanWordsTest {
    private static List<String> reads(Question question) {
        return PlanWords.of(question.planned(shop())).stream()
                .filter(step -> step.contains("Read"))
                .map(PlanWordsTest::plain)
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
    void each_scan_says_how_many_rows_are_expected_where_that_is_known() {
        var plan = formula("count(event) + count(account)").planned(shop());
        assertThat(
                        PlanWords.of(plan, Map.of(plan.scans().getFirst(), 20_499L)).stream()
                                .filter(step -> step.startsWith("Read"))
                                .map(PlanWordsTest::plain))
                .containsExactly(
                        "Read facts of event by happened, about 20,000 rows",
                        "Read members: each account that exists in the bucket");
    }

    @Test
    void keys_that_have_a_history_say_as_of_when_each_scan_reads_them() {
        var accounts = shop().build().entity(EntityRef.ACCOUNT);
        var catalog = shop().define(accounts.with(new History.OfFiles()));
        assertThat(
                        PlanWords.of(
                                        formula("count(event) + count(account)")
                                                .by("account.plan")
                                                .planned(catalog))
                                .stream()
                                .filter(step -> step.startsWith("Read"))
                                .map(PlanWordsTest::plain))
                .containsExactly(
                        "Read facts of event by happened, by account.plan as of end",
                        "Read members: each account that exists in the bucket, by account.plan as of end");
        assertThat(
                        PlanWords.of(formula("count(event)").by("account.plan").planned(catalog))
                                .stream()
                                .filter(step -> step.startsWith("Read"))
                                .map(PlanWordsTest::plain))
                .containsExactly("Read facts of event by happened, by account.plan as of fact");
    }

    private static String plain(String step) {
        return step.replace(" where not (account.internal is true)", "");
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
