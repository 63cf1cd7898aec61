package dev.cairn.domain.lowering;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.brief;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.plan.Aggregation;
import dev.cairn.domain.plan.PlanWords;
import dev.cairn.domain.plan.Scan;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NarrowingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    only(count(event) where invoice.paid)                       | INCOMPATIBLE 1:25
                    only(count(event) + count(invoice) where event.beta)        | INCOMPATIBLE 1:42
                    only(count(event) where nothing = 1)                        | UNKNOWN_DIMENSION 1:25
                    only(count(event) where account.plan)                       | TYPE_MISMATCH 1:25
                    only(count(event) where count(event) > 1)                   | LEVEL_MISMATCH 1:25
                    only(5 where account.plan = 'pro')                          | LEVEL_MISMATCH 1:1
                    total(5)                                                    | LEVEL_MISMATCH 1:1
                    total(count(event) by invoice.paid)                         | INCOMPATIBLE 1:23
                    total(count(event) by nothing)                              | UNKNOWN_DIMENSION 1:23
                    sum(account : avg(day : total(count(event))))               | INCOMPATIBLE 1:25
                    sum(account : sum(user : total(count(event) by account.plan))) | INCOMPATIBLE 1:26
                    count(event where per(account : avg(day : total(count(event)))) > 0) | INCOMPATIBLE 1:43
                    count(event where total(count(event)) > 1)                  | LEVEL_MISMATCH 1:25
                    """)
    void what_means_nothing_is_refused_where_it_stands(String formula, String problem) {
        assertThat(brief(formula(formula).problem(shop())))
                .isEqualTo(problem.replace(" ", " metrics/0/metric/formula "));
    }

    @Test
    void a_bare_name_of_only_is_read_among_what_it_is_asked_of() {
        var plan = formula("only(count(event) where beta)").planned(shop());
        assertThat(PlanWords.text(plan.leaves().getFirst().where())).isEqualTo("beta");
    }

    @Test
    void a_total_has_no_meaning_in_what_decides_of_whom_it_is() {
        var share = "per(account : count(event) / total(count(event)))";
        var catalog =
                shop().rule(
                                "heavy",
                                "count(event) over ever >= 0.25 * total(count(event) over ever)");

        for (var where :
                List.of(
                        share + " >= 0.5",
                        "total(count(event)) > 1",
                        "per(account : avg(user : total(count(event)))) > 1")) {
            var problem = formula("count(event)").where(where).problem(shop());
            assertThat(problem.code()).isEqualTo(ProblemCode.INCOMPATIBLE);
            assertThat(problem.message()).contains("this is that filter");
        }
        for (var question :
                List.of(
                        formula("count(event)").cohort("heavy"),
                        formula("count(event)").by("heavy"),
                        formula("count(account where account in heavy)"),
                        formula("total(count(event) by heavy)"))) {
            var problem = question.problem(catalog);
            assertThat(problem.code()).isEqualTo(ProblemCode.INCOMPATIBLE);
            assertThat(problem.message()).contains("does not depend on what is asked");
        }
        var ofGroups =
                formula("count(event)")
                        .by("(count(event) / total(count(event) by event.name)) as s", "event.name")
                        .problem(shop());
        assertThat(ofGroups.code()).isEqualTo(ProblemCode.INCOMPATIBLE);
        assertThat(ofGroups.message()).contains("leave 'by' out");
    }

    @Test
    void a_total_in_a_key_reads_all_accounts_under_the_conditions_and_no_key() {
        var plan =
                formula("count(event)")
                        .where("account.plan = 'pro'")
                        .by("(count(event) / total(count(event))) as s", "event.name")
                        .planned(shop());
        var own = plan.scans().getFirst().relation().own();
        assertThat(own.scans()).hasSize(2);
        assertThat(own.scans().get(1).isOfAll()).isTrue();
        assertThat(PlanWords.text(own.scans().get(1).where()))
                .isEqualTo("(not (account.internal is true) and account.plan = 'pro')");
    }

    @Test
    void rows_of_a_total_are_counted_by_all_keys_where_nothing_else_reads_them() {
        var alone = formula("total(sum(event.seconds))").by("event.name").planned(shop());
        assertThat(alone.scans()).hasSize(2);
        assertThat(alone.scans().get(1).dropped()).isEmpty();
        assertThat(alone.leaves())
                .filteredOn(leaf -> leaf.scan() == 1)
                .singleElement()
                .satisfies(
                        leaf -> assertThat(leaf.aggregation()).isEqualTo(new Aggregation.Count()));
        var ofOthers =
                formula("sum(event.seconds) / total(sum(event.seconds where beta))")
                        .by("event.name")
                        .planned(shop());
        assertThat(ofOthers.leaves())
                .filteredOn(leaf -> ofOthers.scans().get(leaf.scan()).dropped().isEmpty())
                .hasSize(1);
    }

    @Test
    void a_total_by_keys_beneath_members_reads_the_group_of_each_by_the_keys_that_are_said() {
        var plan =
                formula(
                                "sum(account : sum(user : count(event)) / total(count(event) by account.plan))")
                        .by("account.plan", "account.region")
                        .planned(shop());
        var total =
                plan.scans().getFirst().relation().own().scans().stream()
                        .filter(Scan::isOfGroup)
                        .toList();
        assertThat(total).singleElement().satisfies(scan -> assertThat(scan.keys()).hasSize(2));
        assertThat(String.join("\n", PlanWords.of(plan))).contains("for the group of each: ");
    }

    @Test
    void a_total_beneath_members_is_by_no_key_of_which_a_member_has_several_values() {
        var byAge =
                formula("max(account : total(count(event) by age month from account.signed))")
                        .by("age month from account.signed")
                        .problem(shop());
        assertThat(byAge.code()).isEqualTo(ProblemCode.INCOMPATIBLE);
        assertThat(byAge.message()).contains("an age of members");
    }

    @Test
    void what_is_offered_for_a_total_in_a_unit_of_time_is_answered() {
        var refused = formula("avg(day : total(count(event)))").by("account.plan").problem(shop());
        assertThat(refused.code()).isEqualTo(ProblemCode.INCOMPATIBLE);
        assertThat(refused.message()).contains("Units of time");
        assertThat(
                        formula("avg(day : sum(account : count(event) / total(count(event))))")
                                .by("account.plan")
                                .planned(shop())
                                .outputs())
                .hasSize(1);
    }

    @Test
    void a_total_has_no_window_of_one_member() {
        assertThat(
                        formula("avg(account : total(count(event)) over 14 days from signed)")
                                .problem(shop())
                                .code())
                .isEqualTo(ProblemCode.INCOMPATIBLE);
    }

    @Test
    void a_total_shares_its_scan_where_no_key_is_dropped() {
        var alone = formula("count(event) / total(count(event))").planned(shop());
        assertThat(alone.scans()).hasSize(1);
        assertThat(alone.leaves()).hasSize(1);
        var grouped =
                formula("count(event) / total(count(event))").by("event.name").planned(shop());
        assertThat(grouped.scans()).hasSize(2);
        assertThat(grouped.scans().get(1).dropped()).containsExactly(0);
        assertThat(String.join("\n", PlanWords.of(grouped))).contains(", for all groups together");
    }
}
