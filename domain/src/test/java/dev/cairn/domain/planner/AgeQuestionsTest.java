package dev.cairn.domain.planner;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.formula;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.time.Grain;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What of ages is not answered, and would be wrong. */
class AgeQuestionsTest {
    private static final Filter OF_AGE_1 =
            new Filter.Where("(age month) as age", Operator.IN, List.of("1"));

    @Test
    void members_have_several_ages_in_a_bucket_and_no_filter_says_which() {
        assertThat(formula("count(account)").filter(OF_AGE_1).told(shop()))
                .containsExactly("INCOMPATIBLE filter/where/field");
        assertThat(formula("count(account where signed + 3 months > bucket.end)").planned(shop()))
                .isNotNull();
        assertThat(formula("count(event)").filter(OF_AGE_1).planned(shop())).isNotNull();
    }

    private static Question months() {
        return formula("count(event)").each(Grain.MONTH);
    }

    @Test
    void beside_an_axis_an_age_stands_with_its_cohort_or_the_account() {
        assertThat(months().by("age month from account.signed").told(shop()))
                .containsExactly("INCOMPATIBLE groupBy");
        assertThat(
                        months().by("account.signed by quarter", "age month from account.signed")
                                .told(shop()))
                .containsExactly("INCOMPATIBLE groupBy");
        assertThat(
                        months().by("account.signed by month", "age month from account.signed")
                                .planned(shop()))
                .isNotNull();
        assertThat(months().by("account", "age month").planned(shop())).isNotNull();
    }

    @Test
    void beside_an_axis_it_is_read_on_which_day_a_group_has_its_age_first() {
        var plan =
                formula("prior(count(event)) + count(account)")
                        .each(Grain.MONTH)
                        .by("account", "age month")
                        .planned(shop());
        var ages = requireNonNull(plan.time().ages());
        // One of facts, one of members.
        assertThat(ages.firstDays()).hasSize(2);
        assertThat(ages.notReached()).hasSameSizeAs(plan.leaves());
        assertThat(formula("count(event)").by("account", "age month").planned(shop()).time().ages())
                .isNull();
    }

    @Test
    void ages_of_members_are_of_grains_of_which_one_is_within_the_others() {
        assertThat(formula("count(account)").by("age day", "age month").planned(shop()))
                .isNotNull();
        assertThat(formula("count(account)").by("age week", "age month").told(shop()))
                .containsExactly("INCOMPATIBLE groupBy");
        assertThat(formula("count(event)").by("age week", "age month").planned(shop())).isNotNull();
    }
}
