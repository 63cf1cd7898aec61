package dev.cairn.domain.lowering;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.plan.PlanWords;
import dev.cairn.domain.planner.Question;
import dev.cairn.domain.problem.ProblemCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShareTest {
    @Test
    void a_condition_that_may_be_empty_is_refused_with_both_rewrites() {
        var problem = formula("share(survey : score >= 9)").problem(shop());
        assertThat(Question.brief(problem)).isEqualTo("MAYBE_EMPTY metrics/0/metric/formula 1:16");
        assertThat(problem.suggestions())
                .containsExactly("where x is not none", "coalesce(condition, false)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "share(survey : score >= 9 or rating >= 4)",
                "share(survey where rating is not none : score >= 9)",
                "share(survey where score is none : score >= 9)",
                "share(survey where score is not none or rating is not none : score >= 9)",
                "share(survey where coalesce(score, 0) >= 9 : score >= 9)",
                "share(survey where not (score >= 9 and rating >= 4) : score >= 9)",
                "share(survey where score is not none : score >= rating)",
                "share(survey where score is not none : score / rating > 1)",
                "share(survey where score is not none : sqrt(score) > 2)",
                "share(survey where score is not none : date(score, 1, 1) > @2026-01-01)",
                "share(survey : case when score >= 9 then true end)",
                "share(survey : case when rating is not none then score >= 9 else false end)",
                "share(survey : case when score >= 9 then true else score >= 8 end)",
                "share(survey : coalesce(score >= 9, rating >= 4))",
                "share(survey : score is not none and rating >= 4)",
                "share(survey : not (score >= 9))",
                "share(survey : score in (9, 10))",
                "share(survey : score != 9)",
                "share(event : beta)",
                "share(event : account.plan = 'pro')",
                "share(event : user in ('u'))",
                "share(account : plan = 'pro')",
                "share(account : avg(event.seconds) > 3)",
                "share(user : account in ('a'))",
            })
    void what_may_still_be_empty_is_refused(String formula) {
        assertThat(formula(formula).problem(shop()).code()).isEqualTo(ProblemCode.MAYBE_EMPTY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // conjuncts that are true of values only
                "share(survey where score is not none : score >= 9)",
                "share(survey where not (score is none) : score >= 9)",
                "share(survey where score is 9 : score >= 9)",
                "share(survey where score >= 0 : score >= 9)",
                "share(survey where 0 <= score : score >= 9)",
                "share(survey where score != 11 : score >= 9)",
                "share(survey where score in (1, 2, 3) : score >= 9)",
                "share(survey where score not in (11, 12) : score >= 9)",
                "share(survey where not (score = 11) : score >= 9)",
                "share(survey where not (not (score = 11)) : score >= 9)",
                "share(survey where not (score = 11 or rating = 6) : score >= 9 and rating >= 4)",
                "share(survey where score + 1 > 0 : score >= 9)",
                "share(survey where abs(score) > 0 : score >= 9)",
                "share(survey where score > 5 and rating > 3 : score > rating)",
                "share(survey where score < 3 or score > 7 : score >= 9)",
                "share(survey where (score < 3 and rating = 1) or score > 7 : score >= 9)",
                "share(survey where not (score < 3 and score < 5) : score >= 9)",
                "share(event where beta : beta)",
                "share(event where not beta : beta)",
                "share(event where account.plan is not none : account.plan = 'pro')",
                "share(event where user.age > 3 : user.age > 30)",
                "share(account where plan is not none : plan = 'pro')",
                // the slice's
                "share(nps : score >= 9)",
                "share(promoter : score = 10)",
                // never empty by itself
                "share(survey : score is none)",
                "share(survey : score is 9)",
                "share(survey : coalesce(score >= 9, false))",
                "share(survey : coalesce(score, 0) >= 9)",
                "share(survey : score is not none and score >= 9)",
                "share(survey : score >= 9 and score is not none)",
                "share(survey : score is none or score >= 9)",
                "share(survey : score is not none and rating is not none and score > rating)",
                "share(survey : case when score is none then false else score >= 9 end)",
                "share(survey : case when score is not none then score >= 9 else false end)",
                "share(survey : case when score >= 9 then true else false end)",
                "share(survey : answered >= @2026-01-15)",
                "share(survey : answered < bucket.end)",
                "share(ticket on solved : solved > opened)",
                "share(ticket : number > 3)",
                "share(event : account is none)",
                "share(event : 1 = 1)",
                // members
                "share(account : count(event) > 0)",
                "share(account : exists(event))",
                "share(account : sum(event.seconds) > 60)",
                "share(account : account in ('a-1'))",
                "share(account where avg(event.seconds) is not none : avg(event.seconds) > 3)",
                "share(account : usage > 3)",
                "share(user : user in ('u-1'))",
            })
    void what_cannot_be_empty_is_accepted(String formula) {
        assertThat(formula(formula).planned(shop()).leaves()).isNotEmpty();
    }

    @Test
    void a_share_counts_the_rows_for_which_it_holds_and_all_rows() {
        var plan = formula("share(nps where rating = 5 : score >= 9)").planned(shop());
        assertThat(formula("share(nps where rating = 5 : score >= 9)").value(shop()))
                .isEqualTo("share #0 of #1");
        assertThat(plan.leaves())
                .extracting(leaf -> PlanWords.text(leaf.where()))
                .containsOnly("((kind = 'nps' and not (score is none)) and rating = 5)");
        assertThat(plan.leaves())
                .extracting(leaf -> PlanWords.text(leaf.aggregation().value()))
                .containsExactly("case when score >= 9 then 1 else 0 end", "true");
    }

    @Test
    void counts_that_may_be_none_are_not_safe_in_a_share() {
        var catalog = shop().metricEmptyIsNone("known_events", "count(event)");
        assertThat(formula("share(account : known_events > 3)").problem(catalog).code())
                .isEqualTo(ProblemCode.MAYBE_EMPTY);
    }

    @Test
    void a_broken_condition_is_told_once_and_not_as_maybe_empty() {
        assertThat(formula("share(survey : scor >= 9 and rating >= 4)").told(shop()))
                .containsExactly("UNKNOWN_FIELD metrics/0/metric/formula 1:16");
        assertThat(formula("share(survey where scor is not none : score >= 9)").told(shop()))
                .containsExactly("UNKNOWN_FIELD metrics/0/metric/formula 1:20");
        assertThat(formula("share(survey : not scor)").told(shop()))
                .containsExactly("UNKNOWN_FIELD metrics/0/metric/formula 1:20");
    }

    @Test
    void a_long_chain_of_conditions_is_looked_at_once() {
        var chain = new StringBuilder("score >= 1");
        for (int at = 0; at < 90; at++) {
            chain.append(" and (rating is none or score = ").append(at).append(')');
        }
        assertThat(formula("share(survey : %s)".formatted(chain)).problem(shop()).code())
                .isEqualTo(ProblemCode.MAYBE_EMPTY);
    }
}
