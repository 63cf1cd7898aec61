package dev.cairn.domain.planner;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.brief;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.catalog.CatalogBuilder;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.PlanRules;
import dev.cairn.domain.plan.PlanWords;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows relative to members: what a question with one becomes, and what is refused. */
class MemberWindowQuestionsTest {
    private static final String SHARE =
            "share(account where plan = 'pro' : exists(event) over 14 days from signed)";

    private static AnalysisPlan plan(String formula) {
        var plan = formula(formula).planned(shop());
        assertThat(PlanRules.broken(plan)).isEmpty();
        return plan;
    }

    @Test
    void what_is_pending_is_left_out_and_counted_beside() {
        assertThat(PlanWords.of(plan(SHARE)))
                .contains(
                        "  for each: Read facts of event by happened, from day_start(account.signed, 'Z') until day_start(moved(account.signed, 14, 'DAY', 'Z'), 'Z')",
                        "  for each:   #0 = whether the window is not over",
                        "  for each:   #1 = exists",
                        "  #1 = count where (account.plan = 'pro' and #0)",
                        "  #5 = count where (account.plan = 'pro' and not (#0))");
    }

    @Test
    void a_count_of_all_members_beside_it_leaves_none_out() {
        var plan = plan(SHARE + " + count(account where plan = 'pro')");
        assertThat(plan.leaves().stream().map(Leaf::apart).filter(apart -> apart == null))
                .as("four counts beside the share, and the count that is asked for")
                .hasSize(5);
    }

    @Test
    void the_same_window_is_read_once() {
        var plan =
                plan(
                        SHARE
                                + " - share(account where plan = 'pro' : exists(event where name = 'x') over 14 days from signed)");
        assertThat(plan.scans()).hasSize(1);
        assertThat(plan.scans().getFirst().relation().own().scans()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "count(event) over 14 days from signed | LEVEL_MISMATCH | a cell has no 'signed'",
                "count(account where exists(event) over 14 days from plan) | TYPE_MISMATCH | 'plan' is text",
                "count(account where exists(event) over 14 hours from signed) | TYPE_MISMATCH | no time of day",
                "count(account where exists(event) over 0 days from signed) | BAD_RANGE | at least 1 day",
                "count(account where exists(event) over 2000 years from signed) | LIMIT | a thousand years",
                "count(account where exists(event) over 14 days from sined) | UNKNOWN_FIELD | sined",
                "count(account where prior(exists(event) over 14 days from signed)) | INCOMPATIBLE | neither 'prior' nor 'next'",
                "count(account where count(week where exists(event)) over 14 days from signed > 3) | INCOMPATIBLE | inside a week",
                "count(account where count(every 6 hours where exists(event)) over 14 days from signed > 1) | INCOMPATIBLE | tiles of whole days",
                "count(account where count(every 1 day where exists(event)) over 900 days from signed > 1) | LIMIT | at most 400",
                "count(account where count(day) over 14 days from signed > 3) | INCOMPATIBLE | days(window.start, window.end)",
                "count(ticket where per(account : count(day where exists(event)) > 3) over 14 days from opened) | INCOMPATIBLE | from a date",
                "count(ticket where per(account : count(every 7 days where exists(event)) > 3) over 14 days from opened) | INCOMPATIBLE | from a date",
                "count(account where count(user) over 14 days from signed > 3) | INCOMPATIBLE | for each user",
                "count(ticket where (per(account : exists(event)) and account.plan as of start = 'pro') over 14 days from opened) | INCOMPATIBLE | said within",
                "count(account where (exists(event) and plan as of end = 'pro') over 14 days from signed) | INCOMPATIBLE | said within",
                "count(ticket where per(account : exists(event where per(account : count(nps)) > 3)) over 14 days from opened) | INCOMPATIBLE | a value of that row",
                "count(ticket where prior(per(account : exists(event)) over 14 days from opened)) | INCOMPATIBLE | neither 'prior' nor 'next'",
            })
    void what_is_not_answered_is_refused_with_the_reason(String text, String code, String why) {
        var problem = formula(text).problem(shop());
        assertThat(problem.code().name()).isEqualTo(code);
        assertThat(problem.message()).contains(why);
    }

    @Test
    void a_window_does_not_begin_with_what_is_read_in_another() {
        var catalog =
                shop().metric("first_seen", "min(event : date(happened)) over 14 days from signed");
        var problem =
                formula("count(account where exists(event) over 7 days from first_seen)")
                        .problem(catalog);
        assertThat(brief(problem)).isEqualTo("INCOMPATIBLE metrics/0/metric/formula 1:52");
        assertThat(problem.message())
                .isEqualTo(
                        "'first_seen' is read in such a window itself, and is not known before that is over. Let it be read up to the end of the bucket: 'over ever'.");
    }

    @Test
    void a_window_of_a_row_may_begin_with_a_time_of_its_user() {
        var catalog =
                CatalogBuilder.catalog()
                        .account("signed date")
                        .user("joined date")
                        .source(
                                "event",
                                "happened timestamp, customer text -> account, person text -> user");
        assertThat(
                        formula(
                                        "count(event where per(account : exists(event)) over 7 days from user.joined)")
                                .planned(catalog))
                .isNotNull();
        var ofUser =
                formula("count(user where per(account : exists(event)) over 7 days from joined)")
                        .problem(catalog);
        assertThat(brief(ofUser)).startsWith("INCOMPATIBLE");
        assertThat(ofUser.message()).contains("in a window of the account");
    }

    @Test
    void a_window_of_what_is_made_of_rows_begins_with_a_time_of_its_own() {
        var catalog =
                CatalogBuilder.catalog()
                        .account("signed date")
                        .user("joined date")
                        .source(
                                "event",
                                "happened timestamp, customer text -> account, person text -> user");
        var steps =
                "count(steps(event -> event within 7 days per account) where per(account : exists(event)) over 7 days from %s)";
        for (var time : List.of("step_1_at", "step_2_at", "happened", "account.signed")) {
            assertThat(formula(steps.formatted(time)).planned(catalog)).as(time).isNotNull();
        }
        var problem = formula(steps.formatted("user.joined")).problem(catalog);
        assertThat(brief(problem)).isEqualTo("INCOMPATIBLE metrics/0/metric/formula 1:107");
        assertThat(problem.message())
                .isEqualTo(
                        "'user.joined' is not of an attempt that begins with a row of event itself. Write a time of its own, or of the row it begins with.");
    }

    @Test
    void where_nothing_is_read_no_window_is_relative_to_anything() {
        var event = formula("count(event)");
        var aggregate =
                event.scopedTo("exists(event) over 7 days from account.signed").problem(shop());
        assertThat(brief(aggregate)).isEqualTo("LEVEL_MISMATCH scope 1:1");
        assertThat(aggregate.message()).contains("has no aggregates");
        var none =
                event.scopedTo("(account.plan = 'pro') over 7 days from account.signed")
                        .problem(shop());
        assertThat(brief(none)).isEqualTo("LEVEL_MISMATCH scope 1:1");
        assertThat(none.message()).contains("'over' says what time an aggregate reads");
    }

    @Test
    void who_is_counted_apart_is_decided_by_what_the_count_reads() {
        var plan =
                formula("count(ticket)")
                        .where(
                                "per(account : exists(event)) over 14 days from account.signed or per(account : count(nps)) > 3")
                        .planned(shop());
        assertThat(PlanRules.broken(plan)).isEmpty();
        var settled = plan.leaves().get(apart(plan).settled());
        assertThat(settled.reads()).noneMatch(read -> read.source().equals("nps"));
    }

    @Test
    void what_a_filter_asks_of_windows_is_asked_by_each_leaf_so_that_pending_rows_are_counted() {
        var plan =
                formula("count(ticket)")
                        .where(
                                "per(account : exists(event) over 14 days from signed) and account.plan = 'pro'")
                        .planned(shop());
        assertThat(PlanRules.broken(plan)).isEmpty();
        assertThat(Exprs.leavesIn(plan.scans().getFirst().where())).isEmpty();
        var apart = apart(plan);
        assertThat(apart.pending()).isNotEqualTo(apart.settled());
    }

    @Test
    void what_is_pending_is_counted_in_any_group_of_a_key_that_reads_windows() {
        var plan =
                formula("count(account)")
                        .by("(exists(event) over 14 days from signed) as quick", "account.plan")
                        .planned(shop());
        var apart = apart(plan);
        assertThat(dropped(plan, apart.settled())).isEmpty();
        assertThat(dropped(plan, apart.pending())).containsExactly(0);
        assertThat(dropped(plan, apart.beforeData())).containsExactly(0);
    }

    private static Leaf.Apart apart(AnalysisPlan plan) {
        return plan.leaves().stream()
                .map(Leaf::apart)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }

    private static Set<Integer> dropped(AnalysisPlan plan, int leaf) {
        return plan.scans().get(plan.leaves().get(leaf).scan()).dropped();
    }

    @Test
    void rules_have_no_windows_of_members() {
        var question =
                formula("count(ticket)").cohortRule("exists(event) over 14 days from signed");
        assertThat(question.problems(shop()).getFirst().message())
                .startsWith(
                        "'over 14 days from signed' does not end at the instant that a rule is read at");
    }

    @Test
    void a_unit_of_time_of_a_rule_has_its_own_end_and_not_the_instant_of_the_rule() {
        var question = formula("count(ticket)");
        var problem =
                question.cohortRule(
                                "count(day where exists(event where hours(happened, asof) > 3)) over last 7 days > 2")
                        .problem(shop());
        assertThat(problem.message()).contains("ends with 'bucket.end'");
        assertThat(
                        question.cohortRule(
                                        "count(day where exists(event where hours(happened, bucket.end) > 3)) over last 7 days > 2")
                                .planned(shop()))
                .isNotNull();
    }

    @Test
    void what_refusals_of_windows_offer_is_answered() {
        for (var offered :
                List.of(
                        "avg(account : count(user where exists(event) over 14 days from account.signed))",
                        "avg(account : distinct(event.user) over 14 days from signed)",
                        "sum(account : count(every 7 days where exists(event)) over 28 days from signed)",
                        "count(ticket where per(account : exists(event) and count(nps) > 3) over 14 days from opened)",
                        "count(account where exists(event where account.plan as of start = 'pro') over 14 days from signed)",
                        "count(user where per(account : exists(event)) over 14 days from account.signed)")) {
            assertThat(formula(offered).planned(shop())).isNotNull();
        }
    }
}
