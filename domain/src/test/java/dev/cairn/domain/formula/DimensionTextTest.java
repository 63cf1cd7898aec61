package dev.cairn.domain.formula;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DimensionTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    month                          | ByGrain(MONTH)
                    hour                           | ByGrain(HOUR)
                    weekday                        | ByDatePart(WEEKDAY, -)
                    weekday of contract.due_at     | ByDatePart(WEEKDAY, Path([contract, due_at]))
                    hour_of_day                    | ByDatePart(HOUR_OF_DAY, -)
                    day_of_month                   | ByDatePart(DAY_OF_MONTH, -)
                    day_of_year                    | ByDatePart(DAY_OF_YEAR, -)
                    calendar_year                  | ByDatePart(CALENDAR_YEAR, -)
                    month_of_year                  | ByDatePart(MONTH_OF_YEAR, -)
                    quarter_of_year                | ByDatePart(QUARTER_OF_YEAR, -)
                    "hour_of_day"                  | ByPath(Path([hour_of_day]), -, -)
                    account                        | ByPath(Path([account]), -, -)
                    account.plan                   | ByPath(Path([account, plan]), -, -)
                    hour_of_day.x                  | ByPath(Path([hour_of_day, x]), -, -)
                    survey.weight                  | ByPath(Path([survey, weight]), -, -)
                    survey."weight"                | ByPath(Path([survey, weight]), -, -)
                    weekday.x                      | ByPath(Path([weekday, x]), -, -)
                    count.date.by                  | ByPath(Path([count, date, by]), -, -)
                    contract.due_at by month       | ByPath(Path([contract, due_at]), MONTH, -)
                    account.plan as of now         | ByPath(Path([account, plan]), -, Now())
                    account.since by year as of @2026-01-31 | ByPath(Path([account, since]), YEAR, At(DateLiteral(2026-01-31)))
                    age month                      | ByAge(MONTH, -)
                    age week from account.since    | ByAge(WEEK, Path([account, since]))
                    age                            | ByPath(Path([age]), -, -)
                    age by month                   | ByPath(Path([age]), MONTH, -)
                    age as of now                  | ByPath(Path([age]), -, Now())
                    user.age                       | ByPath(Path([user, age]), -, -)
                    (score >= 9) as promoter       | ByFormula(Comparison(GREATER_OR_EQUAL, Path([score]), NumberLiteral(9)), promoter)
                    (a or b) as "or"               | ByFormula(Or(Path([a]), Path([b])), or)
                    """)
    void reads_dimensions(String text, String expected) {
        var dimension = Texts.dimension(text);
        assertThat(Shape.of(dimension)).isEqualTo(expected);
        assertThat(Shape.of(Texts.dimension(FormulaPrinter.print(dimension)))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "months",
                "account.",
                "account.plan by",
                "account.plan by days",
                "account.plan as",
                "account.plan as of",
                "(a)",
                "(a as b",
                "(a) as",
                "(let x = 1 in x) as y",
                "a b",
                "month of year",
                "1",
                "'x'",
                "age months",
                "minute",
                "a as of now by month"
            })
    void refuses_what_is_no_dimension(String text) {
        assertThat(problems(text))
                .isNotEmpty()
                .extracting(Problem::code)
                .containsOnly(ProblemCode.SYNTAX);
    }

    @Test
    void a_misspelt_grain_is_answered_with_the_nearest() {
        assertThat(problems("account.since by mnth"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.suggestions()).containsExactly("month");
                    assertThat(problem.place().column()).isEqualTo(18);
                });
    }

    @Test
    void a_deep_formula_is_refused() {
        assertThat(problems("(x" + " + x".repeat(300) + ") as y"))
                .extracting(Problem::code)
                .containsExactly(ProblemCode.LIMIT);
    }

    private static List<Problem> problems(String text) {
        return switch (FormulaParser.parseDimension(text, Place.NOWHERE)) {
            case FormulaParser.ParsedDimension.Ok(var dimension) ->
                    throw new AssertionError("'%s' is %s".formatted(text, dimension));
            case FormulaParser.ParsedDimension.Failed(var problems) -> problems;
        };
    }
}
