package dev.cairn.domain.planner;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.problem.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilteredAccountsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "count(event where per(account : count(event)) >= 2)",
                "sum(event : per(account : usage))",
                "count(event where per(account : count(day where exists(event))) >= 2)",
                "avg(day : count(event where per(account : count(event)) >= 2))",
            })
    void a_filter_of_a_source_that_is_read_for_accounts_too_is_refused(String formula) {
        var problem = formula(formula).where("event.name = 'a'").problem(shop());
        assertThat(problem.code().name()).isEqualTo("INCOMPATIBLE");
        assertThat(problem.place()).isEqualTo(Place.of("where"));
        assertThat(problem.message())
                .startsWith(
                        "The filter asks for 'event.name', and rows of 'event' are read for each account too");
        assertThat(problem.suggestions()).containsExactly("only(... where ...)");
    }

    @Test
    void so_is_one_beside_a_key_of_accounts() {
        assertThat(
                        formula("count(event)")
                                .by("(count(event)) as n")
                                .where("event.name = 'a' and event.seconds > 1")
                                .problem(shop())
                                .message())
                .startsWith("The filter asks for 'event.name', 'event.seconds', and rows");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "account.plan = 'pro'",
                "account in pilots",
                "per(account : count(event)) > 2",
            })
    void a_filter_of_accounts_reaches_what_is_read_of_them(String filter) {
        assertThat(
                        formula("count(event where per(account : count(event)) >= 2)")
                                .by("(usage) as n")
                                .where(filter)
                                .planned(shop()))
                .isNotNull();
    }

    @Test
    void a_filter_of_another_source_is_clear() {
        assertThat(
                        formula("count(event where per(account : count(ticket)) >= 2)")
                                .by("(count(invoice)) as n")
                                .where("event.name = 'a'")
                                .planned(shop()))
                .isNotNull();
        assertThat(
                        formula(
                                        "only(count(event where per(account : count(event)) >= 2) where event.name = 'a')")
                                .planned(shop()))
                .isNotNull();
    }
}
