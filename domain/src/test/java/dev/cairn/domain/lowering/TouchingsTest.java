package dev.cairn.domain.lowering;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.PlanWords;
import dev.cairn.domain.plan.Read;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Touches;
import dev.cairn.domain.problem.ProblemCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TouchingsTest {
    private static AnalysisPlan planned(String formula) {
        return formula(formula).planned(shop());
    }

    private static Relation.Facts facts(AnalysisPlan plan) {
        return (Relation.Facts) plan.scans().getFirst().relation();
    }

    @Test
    void a_touch_is_the_fact_of_the_row_that_it_stands_at() {
        var touch = "count(touch(ticket on solved after event within 7 days per account)%s)";
        var atEarlier = facts(planned(touch.formatted("")));
        assertThat(atEarlier.source()).isEqualTo("event");
        assertThat(atEarlier.placing().time().name()).isEqualTo("happened");
        var atLater = facts(planned(touch.formatted(" on later_at")));
        assertThat(atLater.source()).isEqualTo("ticket");
        assertThat(atLater.placing().time().name()).isEqualTo("solved");
    }

    @Test
    void both_sources_are_read_the_other_as_far_as_the_span() {
        var plan = planned("count(touch(ticket after event within 7 days per account))");
        var reads = plan.leaves().getFirst().reads();
        assertThat(reads).extracting(Read::source).containsExactlyInAnyOrder("event", "ticket");
        var whole = plan.time().whole();
        var ofLater =
                reads.stream()
                        .filter(read -> read.source().equals("ticket"))
                        .findFirst()
                        .orElseThrow();
        var stretch = plan.time().reaches().get(ofLater.reach()).ofWhole();
        assertThat(stretch.start()).isEqualTo(whole.start());
        assertThat(stretch.endDate()).isEqualTo(whole.endDate().plusDays(7));
    }

    @Test
    void what_a_question_asks_it_asks_of_the_touch() {
        var plan =
                formula(
                                "count(touch(ticket where customer is not none after event where name = 'a' per account))")
                        .where("event.name = 'b' and account.plan = 'pro'")
                        .planned(shop());
        assertThat(PlanWords.text(plan.scans().getFirst().where()))
                .contains("name = 'b'")
                .contains("account.plan = 'pro'");
        assertThat(facts(plan).derived())
                .isInstanceOfSatisfying(
                        Touches.class,
                        touches ->
                                assertThat(PlanWords.text(touches.earlier().rows().where()))
                                        .isEqualTo("name = 'a'"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "count(touch(weather after event per account)) | INCOMPATIBLE | 'weather' cannot be a side of a touch per account: its facts are of no account.",
                "count(touch(event after event per team)) | INCOMPATIBLE | The unit of 'touch(...)' is 'account' or 'user', not 'team'.",
                "count(touch(event after event per ticket)) | INCOMPATIBLE | The unit of 'touch(...)' is 'account' or 'user', and not 'ticket', whose rows may be of several accounts; to keep to rows of one, say what they have in common.",
                "count(touch(event after contract during per account)) | INCOMPATIBLE | A side of a touch is at one time: 'contract' is read as what holds for a time, or as members.",
                "count(touch(event after day per account)) | INCOMPATIBLE | A side of a touch is a row of a source or slice.",
                "count(touch(event after survey per account)) | TYPE_MISMATCH | A touch is of dates or of instants, and not of both: 'event.happened' is an instant, 'survey.answered' is a date.",
                "count(touch(survey after survey within 7 hours per account)) | TYPE_MISMATCH | 'survey.answered' is a date and has no time of day: hours and minutes are counted from an instant.",
                "count(touch(event after event within 0 days per account)) | BAD_RANGE | A window is at least 1 day long.",
                "count(touch(event after ticket per account) on happened) | UNKNOWN_FIELD | A touch is at 'earlier_at' or at 'later_at', not at 'happened'.",
                "count(touch(event after ticket per account) at start) | INCOMPATIBLE | A touch is at one time: 'at' and 'during' are of facts that hold for a time.",
                "count(touch(event where per(account : count(event)) > 1 after ticket per account)) | INCOMPATIBLE | An aggregate in the condition of a side of a touch is of one bucket, and which rows there are is not: ask it of all that is made of them.",
                "sum(touch(event after ticket per account) : later.second) | UNKNOWN_FIELD | No field 'second' in 'event', which is 'later' of the touch. Did you mean 'seconds'?",
                "count(touch(event after ticket per account) where later.account.plan = 'pro') | INCOMPATIBLE | What 'later.account.plan' leads to is read of the row that a touch stands at, and this is the other; have it stand at that."
            })
    void what_is_no_touch_is_refused(String formula, ProblemCode code, String message) {
        var problem = formula(formula).problem(shop());
        assertThat(problem.message()).isEqualTo(message);
        assertThat(problem.code()).isEqualTo(code);
    }

    @Test
    void a_rule_reads_touches_where_they_are_over() {
        var rule =
                "exists(touch(ticket after event within 7 days per account)%s) over last 30 days";
        var problem = formula("count(event)").cohortRule(rule.formatted("")).problem(shop());
        assertThat(problem.code()).isEqualTo(ProblemCode.INCOMPATIBLE);
        assertThat(problem.suggestions()).containsExactly("touch(...) on later_at");
        assertThat(
                        formula("count(event)")
                                .cohortRule(rule.formatted(" on later_at"))
                                .planned(shop())
                                .outputs())
                .isNotEmpty();
    }

    @Test
    void near_names_are_those_of_touches_too() {
        var touch = "sum(touch(event after ticket per account) : %s)";
        assertThat(formula(touch.formatted("later.second")).problem(shop()).suggestions())
                .contains("seconds");
        assertThat(
                        formula(touch.formatted("hours(earlier_at, latr_at)"))
                                .problem(shop())
                                .suggestions())
                .contains("later_at");
    }

    @Test
    void a_name_of_a_touch_that_is_a_field_too_is_asked_for() {
        var shop = shop().source("call", "later_at timestamp, customer text -> account");
        var formula = "count(touch(call after call per account) where %s is not none)";
        var problem = formula(formula.formatted("later_at")).problem(shop);
        assertThat(problem.code()).isEqualTo(ProblemCode.AMBIGUOUS_NAME);
        assertThat(problem.suggestions()).containsExactly("earlier.later_at");
        assertThat(formula(formula.formatted("earlier.later_at")).planned(shop).outputs())
                .isNotEmpty();
    }

    @Test
    void a_source_or_a_link_that_is_called_like_a_row_of_a_touch_is_asked_for() {
        var formula = "count(touch(event after ticket per account) where later.name = 'a')";
        assertThat(formula(formula).planned(shop()).outputs()).isNotEmpty();
        var taken =
                shop().source("later", "at_time timestamp, customer text -> account, name text");
        var problem = formula(formula).problem(taken);
        assertThat(problem.code()).isEqualTo(ProblemCode.AMBIGUOUS_NAME);
        assertThat(problem.message())
                .startsWith("'later' is the later row of the touch, and a source or slice.");
        assertThat(formula(formula.replace("later.", "event.")).planned(taken).outputs())
                .isNotEmpty();
        // It is that source which is the later row.
        assertThat(formula(formula.replace("(event", "(later")).planned(taken).outputs())
                .isNotEmpty();
    }
}
