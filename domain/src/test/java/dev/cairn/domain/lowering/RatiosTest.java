package dev.cairn.domain.lowering;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.model.Metric.Level;
import dev.cairn.domain.model.Metric.RollUp;
import dev.cairn.domain.plan.Aggregation;
import dev.cairn.domain.plan.Output;
import dev.cairn.domain.plan.PlanWords;
import dev.cairn.domain.plan.Relation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RatiosTest {
    private static Output output(String formula) {
        return formula(formula).planned(shop()).outputs().getFirst();
    }

    private static String sample(String formula) {
        var plan = formula(formula).planned(shop());
        var sample = plan.outputs().getFirst().sampleSize();
        if (sample == null) {
            return "none";
        }
        var leaf = plan.leaves().get(sample.leaf());
        assertThat(leaf.aggregation()).isEqualTo(new Aggregation.Count());
        return switch (plan.scans().get(leaf.scan()).relation()) {
            case Relation.Facts(var source, _, _, _) ->
                    source + " where " + PlanWords.text(leaf.where());
            case Relation.Members(var entity, _, _) ->
                    entity.name() + " where " + PlanWords.text(leaf.where());
            case Relation.Ticks _ -> "unit where " + PlanWords.text(leaf.where());
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "count(event) / count(ticket)                   | #0         | #1",
                "100 * count(event) / count(ticket)             | (100 * #0) | #1",
                "100 * (count(event) / count(ticket))           | #0         | #1",
                "count(event) / count(ticket) * 100             | #0         | #1",
                "count(event) / count(ticket) / 100             | #0         | #1",
                "-count(event) / count(ticket)                  | -#0        | #1",
                "-(count(event) / count(ticket))                | #0         | #1",
                "-100 * (count(event) / count(ticket))          | #0         | #1",
                "(1 / 2) * (count(event) / count(ticket))       | #0         | #1",
                "let c = 100 in c * (count(event) / count(ticket)) | #0      | #1",
                "(count(event) + 1) / (count(ticket) - 1)       | (#0 + 1)   | (#1 - 1)",
                "count(event) / (count(ticket) / count(invoice))| #0         | (#1 / #2)",
                "1 / count(event)                               | 1          | #0",
                "share(nps : score >= 9)                        | #0         | #1",
                "100 * share(nps : score >= 9)                  | #0         | #1",
                "share(nps : score >= 9) * 100 / 1              | #0         | #1",
                "round(100 * share(nps : score >= 9), 1)        | #0         | #1",
                "100 * round(-count(event) / count(ticket))     | -#0        | #1",
                "round(round(count(event) / count(ticket), 2))  | #0         | #1",
            })
    void the_outermost_division_gives_numerator_and_denominator(
            String formula, String numerator, String denominator) {
        var output = output(formula);
        assertThat(PlanWords.text(output.numerator())).isEqualTo(numerator);
        assertThat(PlanWords.text(output.denominator())).isEqualTo(denominator);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "count(event)",
                "count(event) / 2",
                "avg(event.seconds)",
                "count(event) / count(ticket) + 1",
                "1 - share(nps : score >= 9)",
                "share(nps : score >= 9) - share(nps : score <= 6)",
                "100 * (share(nps : score >= 9) - share(nps : score <= 6))",
                "count(event) * (count(event) / count(ticket))",
                "coalesce(count(event) / count(ticket), 0)",
                "case when true then count(event) / count(ticket) end",
                "1 + 1",
            })
    void what_is_no_division_has_none(String formula) {
        assertThat(output(formula).numerator()).isNull();
        assertThat(output(formula).denominator()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // the denominator's rows
                "sum(invoice.amount) / count(ticket)                      | ticket where true",
                "sum(invoice.amount) / count(ticket where number > 3)     | ticket where number > 3",
                "share(event : name is none)                              | event where true",
                "100 * share(event where beta : name is none)             | event where beta",
                "sum(event.seconds) / distinct(event.user)                | event where not (user is none)",
                "sum(account : usage) / count(account where usage > 0)    | account where #0 > 0",
                // of the one relation read
                "count(event)                                             | event where true",
                "avg(event.seconds)                                       | event where not (seconds is none)",
                "median(event.seconds where beta)                         | event where (beta and not (seconds is none))",
                "p90(event.seconds where seconds is not none)             | event where not (seconds is none)",
                "min(event.seconds where seconds > 3)                     | event where seconds > 3",
                "max(event : coalesce(seconds, 0))                        | event where true",
                "avg(event.seconds) - median(event.seconds)               | event where not (seconds is none)",
                "avg(event.seconds) - avg(event.seconds where beta)       | none",
                "sum(event.seconds) - count(event)                        | none",
                "sum(event : coalesce(seconds, 0)) - count(event)         | event where true",
                "share(event : name is none) - share(event : beta is none)| event where true",
                "round(100 * share(event where beta : name is none), 1)   | event where beta",
                "sum(account : usage)                                     | account where true",
                "avg(account : avg(event.seconds))                        | account where not (#0 is none)",
                // of a denominator that reads two, where the whole reads two
                "count(event) / (count(ticket) + count(invoice))          | none",
                "count(event) + count(ticket)                             | none",
                "count(event) + count(event where beta)                   | none",
                "count(ticket) + count(ticket on solved)                  | none",
                "1 + 1                                                    | none",
                "1 / 2                                                    | none",
            })
    void the_sample_is_the_rows_of_the_denominator_or_of_the_one_relation_read(
            String formula, String sample) {
        assertThat(sample(formula)).isEqualTo(sample);
    }

    @Test
    void nps_has_no_numerator_but_the_sample_of_its_one_relation() {
        String nps = "100 * (share(nps : score >= 9) - share(nps : score <= 6))";
        assertThat(output(nps).numerator()).isNull();
        assertThat(sample(nps)).isEqualTo("survey where (kind = 'nps' and not (score is none))");
    }

    @Test
    void the_sample_is_no_second_leaf_where_the_rows_are_counted_already() {
        assertThat(formula("share(nps : score >= 9)").planned(shop()).leaves()).hasSize(2);
        assertThat(formula("count(event)").planned(shop()).leaves()).hasSize(1);
        assertThat(formula("avg(event.seconds)").planned(shop()).leaves()).hasSize(2);
    }

    @Test
    void a_roll_up_has_the_members_as_sample() {
        var catalog = shop().metric("active", Level.ACCOUNT, RollUp.SHARE, "exists(event)");
        var output = formula("active").planned(catalog).outputs().getFirst();
        assertThat(PlanWords.text(output.numerator())).isEqualTo("#0");
        assertThat(PlanWords.text(output.denominator())).isEqualTo("#1");
        assertThat(output.sampleSize()).isEqualTo(output.denominator());
    }
}
