package dev.cairn.domain.lowering;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long rows last, of which some have not ended. */
class LifetimesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "survival(account : signed -> signed, 12) | BAD_VALUE | at most 1, not 12",
                "survival(account : signed -> signed, 0) | BAD_VALUE | above 0",
                "survival(event : happened -> account.signed, 0.5) | TYPE_MISMATCH | instant and date",
                "survival(event : name -> happened, 0.5) | TYPE_MISMATCH | two dates or two instants",
                "survival(account : signed -> none, 0.5) | TYPE_MISMATCH | survival(account : signed_on -> left_on, 0.5)",
                "survival(event : hapened -> happened, 0.5) | UNKNOWN_FIELD | happened",
                "survival(evnt : happened -> happened, 0.5) | UNKNOWN_SOURCE | event",
                "count(event where survival(event : happened -> happened, 0.5) > 3) | LEVEL_MISMATCH | per(account : ...)",
                "survival(account : signed -> signed, 0.5) + sum(invoice.amount) | UNIT_MISMATCH | days",
            })
    void what_has_no_meaning_is_refused_with_the_reason(String text, String code, String why) {
        var problem = formula(text).problem(shop());
        assertThat(problem.code().name()).isEqualTo(code);
        assertThat(problem.message() + problem.suggestions()).contains(why);
    }

    @Test
    void the_share_is_placed_where_the_aggregate_stands() {
        var place = formula("1 + survival(account : signed -> signed, 2)").problem(shop()).place();
        assertThat(place.line() + ":" + place.column()).isEqualTo("1:5");
    }
}
