package dev.cairn.domain.formula;

import static dev.cairn.domain.formula.Texts.problems;
import static dev.cairn.domain.formula.Texts.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormulaProblemsTest {

    @Test
    void a_problem_in_line_3_says_so() {
        assertThat(problems("let p = 1,\n    q = 2\nin p + + q"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo(ProblemCode.SYNTAX);
                    assertThat(problem.place()).isEqualTo(Place.of("formula").at(3, 8));
                    assertThat(problem.message()).isEqualTo("Found '+', expected a value.");
                });
    }

    @Test
    void says_what_was_found_and_what_was_expected() {
        assertThat(told("x over last 28"))
                .containsExactly("1:15 Found the end, expected a unit such as 'days'.");
        assertThat(told("a as of yesterday"))
                .containsExactly(
                        "1:9 Found 'yesterday', expected 'fact', 'start', 'end', 'now' or an instant such as @2026-01-31.");
        assertThat(told("case a then b end")).containsExactly("1:6 Found 'a', expected 'when'.");
        assertThat(told("a b"))
                .containsExactly("1:3 Found 'b', expected '.', 'as', an operator or the end.");
    }

    @Test
    void a_misspelt_keyword_is_answered_with_the_nearest() {
        assertThat(problems("share(nps wher score >= 9 : x)"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.suggestions()).containsExactly("where");
                    assertThat(problem.message()).endsWith("Did you mean 'where'?");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "x over lst 28 days, 'last', 8",
        "x over last 28 dayz, 'day', 16",
        "case when a than b end, 'then', 13",
        "count(x durng), 'during', 9",
        "total(x yb a), 'by', 9",
        "scale(x; 0 ot 5), '', 8",
        "let a = 1 inn a, 'in', 11",
        "conversion(a -> b withn 1 day per x), 'within', 19",
        "mediam(event where x : y), 'median', 1",
        "cuont(event at end), 'count', 1",
        "plan on ('a'), '', 6"
    })
    void nearest_keywords(String text, String nearest, int column) {
        var problem = problems(text).getFirst();
        assertThat(problem.suggestions().stream().findFirst().orElse("")).isEqualTo(nearest);
        assertThat(problem.place().column()).isEqualTo(column);
    }

    @Test
    void keywords_in_capitals_are_each_told_and_read_on() {
        assertThat(told("SHARE(nps Where score IS NOT None)"))
                .containsExactly(
                        "1:1 Keywords are written in lower case: 'share'; if 'SHARE' is a name, put it in double quotes: \"SHARE\".",
                        "1:11 Keywords are written in lower case: 'where'; if 'Where' is a name, put it in double quotes: \"Where\".",
                        "1:23 Keywords are written in lower case: 'is'; if 'IS' is a name, put it in double quotes: \"IS\".",
                        "1:26 Keywords are written in lower case: 'not'; if 'NOT' is a name, put it in double quotes: \"NOT\".",
                        "1:30 Keywords are written in lower case: 'none'; if 'None' is a name, put it in double quotes: \"None\".");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sum(invoice.date)",
                "date + 1",
                "count(x on start)",
                "a in range",
                "sum(weight.x)",
                "per(x : first)"
            })
    void a_reserved_word_as_a_name_is_to_be_quoted(String text) {
        assertThat(told(text))
                .singleElement()
                .asString()
                .contains("is a word of the language; as a name it is written \"");
    }

    @Test
    void a_field_in_capitals_that_is_a_reserved_word_is_told_once() {
        assertThat(told("sum(invoice.Date)"))
                .singleElement()
                .asString()
                .contains("put it in double quotes: \"Date\"");
    }

    @Test
    void each_group_tells_its_own_problem() {
        assertThat(told("sum(x : a +) + sum(y where : b) * avg(z : c d) + (1 2)"))
                .extracting(message -> message.substring(0, message.indexOf(' ')))
                .containsExactly("1:12", "1:28", "1:45", "1:53");
    }

    @Test
    void a_problem_has_no_consequences_where_parentheses_do_not_match() {
        assertThat(told("sum(x where (a = 1 : b) + sum(y where : c)")).hasSize(1);
        assertThat(told("(a + (b * c)"))
                .containsExactly(
                        "1:13 Found the end, expected an operator or ')' for the '(' at line 1, column 1.");
        assertThat(told("a + b)"))
                .containsExactly("1:6 Found ')', expected '.', 'as', an operator or the end.");
    }

    @Test
    void bad_tokens_are_all_told() {
        assertThat(told("a == @2026-02-30 && b <> 1e5 || c ≥ .5"))
                .containsExactly(
                        "1:3 '==' is written '=' here.",
                        "1:6 There is no '2026-02-30' in the calendar.",
                        "1:18 '&&' is written 'and' here.",
                        "1:23 '<>' is written '!=' here.",
                        "1:26 Numbers are written without exponent.",
                        "1:30 '||' is written 'or' here.",
                        "1:35 '≥' is written '>=' here.",
                        "1:37 A number begins with a digit: 0.5.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    @2026-02-29               | There is no '2026-02-29' in the calendar.
                    @2026-13-01               | There is no '2026-13-01' in the calendar.
                    @2026-01-31T25:00Z        | There is no '2026-01-31T25:00Z' in the calendar.
                    @2026-01-31T10:00+19:00   | There is no '2026-01-31T10:00+19:00' in the calendar.
                    @2026-01-31T10:00         | A time needs its offset: write @2026-01-31T10:00Z or end it in one such as +01:00.
                    @2026-1-31                | '@2026-1-31' is no date or time: write @2026-01-31 or @2026-01-31T10:00Z.
                    @2026-01-31T10            | '@2026-01-31T10' is no date or time: write @2026-01-31 or @2026-01-31T10:00Z.
                    @2026-01-31T10:00:00Zx    | '@2026-01-31T10:00:00Zx' is no date or time: write @2026-01-31 or @2026-01-31T10:00Z.
                    @                         | '@' is no date or time: write @2026-01-31 or @2026-01-31T10:00Z.
                    @0000-01-01               | Years begin with 0001.
                    @9999-12-31T23:00-05:00   | Years go from 0001 to 9999.
                    """)
    void a_date_that_is_none_is_told_where_it_stands(String instant, String message) {
        assertThat(told("created_at <\n " + instant)).containsExactly("2:2 " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    x = 'abc                   | 1:5 This text has no closing quote '; a quote inside a text is written twice.
                    f(x = 'abc, 1) + (2        | 1:7 This text has no closing quote '; a quote inside a text is written twice.
                    x = "abc                   | 1:5 This name has no closing quote ".
                    ""                         | 1:1 A name is neither empty nor longer than its line.
                    x over last 28days         | 1:13 A space is missing: '28 days'.
                    1st + 2                    | 1:1 '1st' is neither a number nor a name; a name that begins with a digit is put in double quotes.
                    plan = “pro” or x          | 1:8 Quotes are straight here: '...' around a text, "..." around a name.
                    a # b                      | 1:3 '#' has no meaning in a formula. A comment begins with --.
                    a % b                      | 1:3 '%' has no meaning in a formula.
                    """)
    void a_bad_token_is_the_only_problem(String text, String message) {
        assertThat(told(text)).containsExactly(message);
    }

    @Test
    void characters_that_cannot_be_stored_are_refused() {
        assertThat(told("x = 'a\0b'"))
                .containsExactly("1:7 The character U+0000 cannot be stored.");
        assertThat(told("x = 'a\uD800'"))
                .containsExactly("1:7 The character U+D800 cannot be stored.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    a < b < c                     | Comparisons do not chain: write 'a < b and b < c', or put one in parentheses.
                    a = b in (1)                  | Comparisons do not chain: write 'a < b and b < c', or put one in parentheses.
                    a is b not in c               | Comparisons do not chain: write 'a < b and b < c', or put one in parentheses.
                    let a = b > 1 in a            | A condition stands in parentheses here.
                    not not a                     | A condition with 'not' stands in parentheses here.
                    a = not b                     | A condition with 'not' stands in parentheses here.
                    1 + let a = 2 in a            | A 'let' inside a formula stands in parentheses.
                    plan in (pro)                 | A text stands in single quotes: 'pro'.
                    x over 7 days                 | A window that ends with the bucket is written 'last 7 days'.
                    avg(days : x)                 | Each day of the window is written 'day'.
                    count(x where a on b)         | Each clause stands once, in this order: on, at or during; where; weight.
                    count(x where a where b)      | Each clause stands once, in this order: on, at or during; where; weight.
                    sum(a * b)                    | An aggregate reads a relation and, after ':', a value: sum(invoice : quantity * price).
                    count(*)                      | An aggregate reads a relation and, after ':', a value: sum(invoice : quantity * price).
                    share(a.b = 1)                | An aggregate reads a relation and, after ':', a value: sum(invoice : quantity * price).
                    a in x as of fact             | A cohort is read at one instant, not at each fact.
                    """)
    void a_usual_mistake_is_answered_with_the_way_out(String text, String wayOut) {
        assertThat(told(text)).singleElement().asString().endsWith(wayOut);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p0(x.y)",
                "p00(x.y)",
                "p100(x.y)",
                "P90(x.y)",
                "p0_0(x.y)",
                "p90_DISC(x.y)"
            })
    void a_percentile_outside_1_to_99_is_refused(String text) {
        assertThat(told(text))
                .singleElement()
                .asString()
                .contains("is no percentile: they go from p1 to p99");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    x over last 1.5 days          | 1:13 A length of time is a whole number of units; take a smaller unit.
                    x over last 1234567890 days   | 1:13 A length of time has at most 9 digits.
                    x over last "7" days          | 1:13 A parameter that counts units needs a name that is not a number.
                    1 + "lower"(x)                | 1:5 'lower' is a function; a metric of that name cannot take parameters.
                    weighted(a 1 : b; missing zero; missing none) | 1:33 'missing' is given twice.
                    """)
    void a_value_that_cannot_be_is_refused(String text, String message) {
        assertThat(told(text)).containsExactly(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n ", "-- nothing"})
    void no_formula_at_all_is_told(String text) {
        assertThat(told(text))
                .containsExactly(
                        "1:1 There is nothing but blanks and comments; a formula is expected.");
    }

    @Test
    void problems_are_in_the_order_of_the_text_and_not_too_many() {
        var problems = problems("(a b) + ".repeat(100) + "1 ==");
        assertThat(problems).hasSize(20);
        assertThat(problems).extracting(problem -> problem.place().column()).isSorted();
    }

    @Test
    void a_long_text_is_quoted_in_part_only() {
        assertThat(problems("a " + "b".repeat(5000)))
                .singleElement()
                .extracting(Problem::message)
                .asString()
                .hasSizeLessThan(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "100 %d %n", "'%s' %s", "a %", "\"%1$s\" x"})
    void signs_of_a_format_are_nothing_special(String text) {
        assertThat(problems(text)).isNotEmpty();
    }
}
