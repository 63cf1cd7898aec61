package dev.cairn.domain.lowering;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.plan.Read;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairingsTest {
    @Test
    void what_is_read_for_a_pair_is_grouped_by_the_member_and_its_values() {
        var plan = formula("avg(account by event.name, event.beta : count(event))").planned(shop());
        var members = (Relation.Members) plan.scans().getFirst().relation();
        var pairs = Objects.requireNonNull(members.pairs());
        assertThat(pairs.source()).isEqualTo("event");
        assertThat(members.own().scans().getFirst().keys())
                .hasSize(3)
                .startsWith(new Expr.Key(EntityRef.ACCOUNT))
                .containsAll(pairs.values());
    }

    @Test
    void what_is_of_the_account_as_a_whole_is_grouped_by_the_account_alone() {
        var plan =
                formula("avg(account by event.name : per(account : count(event)))").planned(shop());
        var members = (Relation.Members) plan.scans().getFirst().relation();
        assertThat(members.own().scans().getFirst().keys())
                .containsExactly(new Expr.Key(EntityRef.ACCOUNT));
    }

    @Test
    void coverage_of_their_facts_decides_pairs() {
        var leaf = formula("count(account by event.name)").planned(shop()).leaves().getFirst();
        assertThat(leaf.reads()).extracting(Read::source).containsExactly("event");
    }

    @Test
    void pairs_of_equal_values_are_read_once() {
        var plan =
                formula(
                                "count(account by event.name where count(event) > 2) / count(account by event.name)")
                        .planned(shop());
        assertThat(plan.scans()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    count(account by name)                                    | AMBIGUOUS_NAME | say of which source or slice
                    count(account by account.plan)                            | INCOMPATIBLE   | is one value of each account
                    count(account by event.name, survey.kind)                 | INCOMPATIBLE   | no row has both
                    count(account by event.nam)                               | UNKNOWN_FIELD  | No field
                    count(account by events.name)                             | UNKNOWN_SOURCE | events
                    count(account by event.user)                              | INCOMPATIBLE   | no value to split by
                    count(account by weather.city)                            | INCOMPATIBLE   | of no account
                    count(user by invoice.paid)                               | INCOMPATIBLE   | of no user
                    count(event by event.name)                                | INCOMPATIBLE   | one by one already
                    count(account by contract.kind)                           | MISSING        | say which of its rows
                    count(account by event.name at end)                       | INCOMPATIBLE   | has no validity
                    avg(account by event.name : count(invoice))               | INCOMPATIBLE   | has no one 'event.name'
                    avg(account by event.name : count(user))                  | INCOMPATIBLE   | 'user' has no one
                    avg(account by event.name : count(day where exists(event))) | INCOMPATIBLE | 'day' has no one
                    avg(account by event.name : count(account by event.beta)) | INCOMPATIBLE   | has no one 'event.name'
                    avg(account by event.name : count(steps(event -> event within 2 days per account))) | INCOMPATIBLE | made of several rows
                    avg(account by event.name : count(event) over 3 days from signed) | INCOMPATIBLE | relative to one account
                    avg(account by event.name : open_tickets)                 | INCOMPATIBLE   | has no one 'event.name'
                    avg(account by event.name : event.seconds)                | LEVEL_MISMATCH | put it inside an aggregate
                    avg(account by event.name : seconds)                      | LEVEL_MISMATCH | is a field of a row
                    max(account : count(account by event.name) over 3 days from signed) | INCOMPATIBLE | Count the values
                    count(account by event.name) over 3 days from signed      | LEVEL_MISMATCH | a cell has no
                    first(account by event.name : event.name)                 | INCOMPATIBLE   | has no time of its own
                    """)
    void what_makes_no_pair_is_refused(String formula, String code, String message) {
        var problems = formula(formula).problems(shop());
        assertThat(problems)
                .extracting(problem -> problem.code())
                .contains(ProblemCode.valueOf(code));
        assertThat(problems).anySatisfy(problem -> assertThat(problem.message()).contains(message));
    }

    @Test
    void problems_have_their_place_and_say_what_to_write_instead() {
        var problem = formula("avg(account by event.name : count(invoice))").problem(shop());
        assertThat(problem.suggestions()).containsExactly("per(account : ...)");
        assertThat(problem.place().column()).isEqualTo(35);
    }

    @Test
    void fields_of_rows_are_no_filters_and_keys_of_pairs() {
        var pairs = "count(account by event.name)";
        assertThat(formula(pairs).where("event.seconds > 3").problem(shop()).message())
                .contains(
                        "'event.seconds' does not apply to 'x', which reads 'account by event.name'");
        assertThat(formula(pairs).by("event.beta").problem(shop()).code())
                .isEqualTo(ProblemCode.INCOMPATIBLE);
        for (var key : List.of("event.name", "name")) {
            assertThat(formula(pairs).by(key).planned(shop()).keys()).hasSize(1);
        }
    }

    @Test
    void a_value_that_is_called_like_an_attribute_is_named_in_full() {
        var pairs = "count(account by survey.%1$s where %2$s > 3)";
        assertThat(formula(pairs.formatted("score", "score")).planned(shop()).leaves()).hasSize(1);
        var attribute = shop().account("score integer");
        assertThat(formula(pairs.formatted("score", "score")).problem(attribute).code())
                .isEqualTo(ProblemCode.AMBIGUOUS_NAME);
        assertThat(formula(pairs.formatted("score", "survey.score")).planned(attribute).leaves())
                .hasSize(1);
    }
}
