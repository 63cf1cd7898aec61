package dev.cairn.domain.lowering;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.ask;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.catalog.CatalogBuilder;
import dev.cairn.domain.planner.Listings;
import dev.cairn.domain.planner.Question;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.Problems;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stored rows are selected, values listed and scopes said without a question: no time is read there. Rows and members in a question have their own. */
class OutsideOfQuestionTest {
    private static CatalogBuilder catalog() {
        return shop().rule("busy", "count(event) over ever > 3")
                .rule("fresh", "signed >= asof - 30 days");
    }

    private static List<Problem> ofFacts(String where) {
        var problems = new Problems();
        var catalog = catalog().build();
        Listings.factFilter(where, catalog.source("event").orElseThrow(), catalog, problems);
        return problems.all();
    }

    private static void isTold(Problem problem, String brief, String message, String... offered) {
        assertThat(Question.brief(problem)).isEqualTo(brief);
        assertThat(problem.message()).isEqualTo(message);
        assertThat(problem.suggestions()).containsExactly(offered);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "account in busy                       | 1:1",
                "name = 'x' and account in busy        | 1:16",
                "per(account : count(event)) > 3       | 1:1",
                "per(user : exists(event))             | 1:1",
            })
    void facts_of_an_account_are_read_in_a_question_alone(String where, String place) {
        assertThat(ofFacts(where))
                .singleElement()
                .satisfies(problem -> isFactsOfAccount(problem, "where " + place));
        if (!where.startsWith("name")) {
            assertThat(Listings.values(where, catalog().build(), Caller.LOCAL).problems())
                    .filteredOn(problem -> !where.contains("user"))
                    .allSatisfy(problem -> isFactsOfAccount(problem, "dimension " + place));
        }
    }

    private static void isFactsOfAccount(Problem problem, String place) {
        isTold(
                problem,
                "LEVEL_MISMATCH " + place,
                "What selects stored rows or lists values is no question and has no time in which the facts of an account could be read: it is of fields, attributes and lists of accounts. Ask a question, grouped by account, for those of whom it is true.",
                "count(account where exists(event))");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"happened < asof | 1:12", "account in fresh | 1:1"})
    void nothing_is_as_of_where_nothing_is_asked(String where, String place) {
        assertThat(ofFacts(where))
                .singleElement()
                .satisfies(problem ->
                        isTold(
                                problem,
                                "LEVEL_MISMATCH where " + place,
                                "What is selected without a question has no as-of: say the date or instant itself."));
    }

    @Test
    void nothing_is_converted_where_nothing_is_asked() {
        var catalog = catalog().build();
        var problems = new Problems();
        Listings.factFilter(
                "convert(amount, 'USD') > 5",
                catalog.source("invoice").orElseThrow(),
                catalog,
                problems);
        assertThat(problems.all())
                .singleElement()
                .satisfies(problem ->
                        isTold(
                                problem,
                                "LEVEL_MISMATCH where 1:1",
                                "What is selected without a question is of no day, whose rate could be read; compare amounts in the currency that they are in.",
                                "amount > 100"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"happened < bucket.start", "happened < window.end"})
    void there_is_no_bucket_where_nothing_is_asked(String where) {
        assertThat(ofFacts(where))
                .extracting(Question::brief)
                .containsExactly("LEVEL_MISMATCH where 1:12");
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "end", "fact"})
    void attributes_are_as_of_now_where_nothing_is_asked(String moment) {
        var attribute = "account.plan as of " + moment;
        var message =
                "What a caller may see, and what is selected without a question, is as of now: no time is read that could say another.";
        assertThat(ofFacts(attribute + " = 'pro'"))
                .singleElement()
                .satisfies(problem ->
                        isTold(problem, "LEVEL_MISMATCH where 1:1", message, "as of now"));
        assertThat(Listings.values(attribute, catalog().build(), Caller.LOCAL).problems())
                .singleElement()
                .satisfies(problem ->
                        isTold(problem, "LEVEL_MISMATCH dimension 1:1", message, "as of now"));
        isTold(
                ask("events").scopedTo(attribute + " = 'pro'").problem(catalog()),
                "LEVEL_MISMATCH scope 1:1",
                message,
                "as of now");
    }

    @Test
    void scope_with_asof_is_as_of_the_question() {
        assertThat(ask("events").scopedTo("account in fresh").planned(catalog())).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "count(account where plan as of fact = 'pro')                 | 1:21 | one account",
                "count(contract at end where account.plan as of fact = 'pro') | 1:29 | a row of contract",
            })
    void what_happened_at_no_one_time_has_no_attributes_as_of_it(
            String text, String place, String what) {
        isTold(
                formula(text).problem(shop()),
                "INCOMPATIBLE metrics/0/metric/formula " + place,
                "'as of fact' is as of when a row happened, and %s happened at no one time: say an edge of the time that is read."
                        .formatted(what),
                "as of start",
                "as of end");
    }

    @Test
    void cohort_over_facts_is_not_of_each_edge_of_windows_of_members() {
        isTold(
                formula(
                                "count(account where exists(contract during where account in busy) over 30 days from signed)")
                        .problem(catalog()),
                "INCOMPATIBLE metrics/0/metric/formula 1:50",
                "A cohort is read at one instant for an account and cell, and rows that are valid in a window of their own have an edge of their own each. Ask for the cohort beside what is read in the window, or as of a date.",
                "account in busy and exists(...) over ...",
                "busy as of now");
        assertThat(
                        formula(
                                        "count(account where account in busy and exists(contract during) over 30 days from signed)")
                                .planned(catalog()))
                .isNotNull();
        assertThat(
                        formula(
                                        "count(account where exists(contract during where account in busy as of now) over 30 days from signed)")
                                .planned(catalog()))
                .isNotNull();
    }

    @Test
    void condition_over_attempts_is_of_rows_or_of_their_account() {
        var attempts = "count(steps(event -> event within 3 days per account))";
        var account = "per(account : count(ticket)) > 3";
        isTold(
                formula(attempts).where("event.name = 'x' or " + account).problem(shop()),
                "INCOMPATIBLE where",
                "Over attempts a filter says which rows are steps, and what it reads for an account is known of whole attempts alone: a condition that needs both at once has no meaning. Ask for each apart, joined by 'and', or write what is of the rows into the steps.",
                "event.name = 'login' and per(account : count(event)) > 3");
        assertThat(formula(attempts).where("event.name = 'x' and " + account).planned(shop()))
                .isNotNull();
    }
}
