package dev.cairn.domain.planner;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.ask;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.problem.Problem;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a caller reads where types and planner refuse: the place, the words and what is offered. */
class RefusalMessagesTest {
    private static final String IN_FORMULA = "metrics/0/metric/formula ";

    private static Arguments refusal(
            String formula, String brief, String message, String... offers) {
        return Arguments.of(formula, brief, message, List.of(offers));
    }

    static Stream<Arguments> formulas() {
        return Stream.of(
                refusal(
                        "avg(invoice : age month)",
                        "LEVEL_MISMATCH 1:15",
                        "'age' stands in the expression of a dimension."),
                refusal(
                        "count(event) over last 2 fiscal.quater",
                        "UNKNOWN_CALENDAR 1:24",
                        "The calendar 'fiscal' has no 'quater': month, quarter, year. Did you mean 'quarter'?",
                        "quarter"),
                refusal(
                        "count(event) + fiscal",
                        "LEVEL_MISMATCH 1:16",
                        "'fiscal' is a calendar, not a value; it has grains.",
                        "fiscal.month",
                        "fiscal.quarter",
                        "fiscal.year"),
                refusal(
                        "avg(event : case when beta then 1 else name end)",
                        "TYPE_MISMATCH 1:40",
                        "All results must be of one type: text does not go with number."),
                refusal(
                        "count(event where name = none)",
                        "TYPE_MISMATCH 1:19",
                        "A comparison with none is never true; ask with 'is'.",
                        "is none",
                        "is not none"),
                refusal(
                        "survival(ticket : opened -> solved, 1.5)",
                        "BAD_VALUE 1:1",
                        "The share that has ended is above 0 and at most 1, not 1.5.",
                        "0.5"),
                refusal(
                        "sum(event : lower(seconds))",
                        "TYPE_MISMATCH 1:13",
                        "'lower' cannot be used so: it takes texts."),
                refusal(
                        "count(event where seconds)",
                        "TYPE_MISMATCH 1:19",
                        "A condition is needed here, this is number; compare it with something."),
                refusal(
                        "count(event where name as of start = 'x')",
                        "INCOMPATIBLE 1:19",
                        "'name' is no attribute: only attributes are read as of a time."),
                refusal(
                        "let goal = count(event) in count(event where seconds > goal)",
                        "LEVEL_MISMATCH 1:56",
                        "'goal' was defined by 'let' outside of this relation; it is not a value of a row of event."));
    }

    @ParameterizedTest
    @MethodSource("formulas")
    void a_formula_is_refused_in_these_words(
            String formula, String brief, String message, List<String> offers) {
        var problem = formula(formula).problem(shop());
        assertThat(Question.brief(problem)).isEqualTo(brief.replace(" ", " " + IN_FORMULA));
        assertThat(problem.message()).isEqualTo(message);
        assertThat(problem.suggestions()).isEqualTo(offers);
    }

    private static void isTold(Problem problem, String brief, String message) {
        assertThat(Question.brief(problem)).isEqualTo(brief);
        assertThat(problem.message()).isEqualTo(message);
    }

    @Test
    void there_is_nothing_to_group_where_nothing_is_read() {
        isTold(
                formula("1 + 2").by("account.plan").problem(shop()),
                "INCOMPATIBLE groupBy",
                "The metrics read no facts and no members; there is nothing to group.");
    }

    @Test
    void a_cursor_of_another_question_is_refused() {
        isTold(
                ask("events").after("garbage").problem(shop()),
                "BAD_PAGE after",
                "This cursor is not of this question; ask again from the first page.");
    }

    @Test
    void columns_to_order_by_have_a_limit() {
        var question = ask("events");
        Collections.nCopies(160, "events").forEach(question::up);
        assertThat(question.problems(shop()))
                .anySatisfy(problem ->
                        isTold(problem, "LIMIT orderBy", "Order by at most 156 columns, not 160."));
    }

    @Test
    void true_and_false_have_no_order() {
        isTold(
                ask("events").filter("event.beta", Operator.GT, "false").problem(shop()),
                "TYPE_MISMATCH filter/where/op",
                "True and false have no order; ask whether it is one of them.");
    }

    @Test
    void a_value_of_another_form_is_refused_with_the_form() {
        isTold(
                ask("events").filter("account.signed", Operator.GT, "1 May").problem(shop()),
                "BAD_VALUE filter/where/values/0",
                "'1 May' cannot be read; write a date: 2026-01-31.");
    }

    @Test
    void no_account_is_no_value_of_a_field() {
        isTold(
                ask("events").filter("event.name", Operator.IS_NO_ACCOUNT).problem(shop()),
                "TYPE_MISMATCH filter/where/op",
                "'event.name' is not read through the account, so no account is no value of it; ask with IS_NULL, or for 'account'.");
    }

    @Test
    void conditions_have_a_limit() {
        var many =
                new Filter.All(
                        Collections.nCopies(2_000, Question.where("event.name", Operator.IN, "x")));
        isTold(
                ask("events").filter(many).problem(shop()),
                "LIMIT filter/all/999",
                "At most 1000 conditions, 50 levels deep.");
    }

    @Test
    void years_have_a_limit() {
        assertThat(ask("events").between("0000-01-01", "2026-01-01").problems(shop()))
                .extracting(Problem::message)
                .contains("Years are from 1 to 9999.");
    }
}
