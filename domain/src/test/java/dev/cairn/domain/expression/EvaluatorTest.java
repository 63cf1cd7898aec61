package dev.cairn.domain.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cairn.domain.catalog.CatalogBuilder;
import dev.cairn.domain.lowering.RowFormulas;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.problem.Place;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluatorTest {
    private static final Map<String, @Nullable Object> ROW = row();

    private static Map<String, @Nullable Object> row() {
        var row = new HashMap<String, @Nullable Object>();
        row.put("happened", LocalDate.of(2026, 1, 31));
        row.put("later", LocalDate.of(2026, 3, 1));
        row.put("began", Instant.parse("2026-01-31T10:00:00Z"));
        row.put("ended", Instant.parse("2026-02-01T11:30:00.500Z"));
        row.put("t", true);
        row.put("f", false);
        row.put("e", null);
        row.put("n", 7L);
        row.put("big", Long.MAX_VALUE);
        row.put("none_count", null);
        row.put("price", new BigDecimal("2.50"));
        row.put("name", "Ärger & Co");
        row.put("none_text", null);
        row.put("none_number", null);
        row.put("none_day", null);
        return row;
    }

    private static final String FIELDS =
            "happened date, later date, began timestamp, ended timestamp, t boolean, f boolean, e boolean, n integer, big integer, none_count integer, price decimal, name text,"
                    + " none_text text, none_number decimal, none_day date";

    private static @Nullable Object value(String formula) {
        var source = CatalogBuilder.sourceOf("row", FIELDS);
        var fields = new ArrayList<>(source.fields());
        fields.add(new Field("x", "x", DataType.TEXT, null, formula, List.of(), null, null));
        var declared =
                new dev.cairn.domain.model.Source(
                        "row",
                        "row",
                        "",
                        "happened",
                        source.zone(),
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        fields);
        var formulas = RowFormulas.of(declared, Map.of(), Place.NOWHERE);
        var expr = formulas.formulas().get("x");
        assertThat(Exprs.any(expr, part -> part.type().isBroken()))
                .as("%s", formulas.problems())
                .isFalse();
        return Evaluator.evaluate(expr, ROW::get);
    }

    private static String text(String formula) {
        var value = value(formula);
        return value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value);
    }

    // ---- logic

    @ParameterizedTest
    @CsvSource({
        "t, t, true, true", "t, f, false, true", "t, e, null, true",
        "f, t, false, true", "f, f, false, false", "f, e, false, null",
        "e, t, null, true", "e, f, false, null", "e, e, null, null",
    })
    void logic_has_three_values(String left, String right, String and, String or) {
        assertThat(text("%s and %s".formatted(left, right))).isEqualTo(and);
        assertThat(text("%s or %s".formatted(left, right))).isEqualTo(or);
    }

    @ParameterizedTest
    @CsvSource({"t, false", "f, true", "e, null"})
    void not_of_empty_is_empty(String operand, String result) {
        assertThat(text("not " + operand)).isEqualTo(result);
    }

    // ---- everything else

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "7                                       | 7",
                "n                                       | 7",
                "'it''s'                                 | it's",
                "true                                    | true",
                "@2026-01-31                             | 2026-01-31",
                // comparisons
                "n = 7.0                                 | true",
                "n != 7                                  | false",
                "n < 8                                   | true",
                "n <= 7                                  | true",
                "n > 7                                   | false",
                "n >= 7                                  | true",
                "none_number = 7                         | null",
                "none_number != 7                        | null",
                "t = true                                | true",
                "f != t                                  | true",
                "happened < later                        | true",
                "began < ended                            | true",
                "began >= @2026-01-31                    | true",
                "n / 2 = 3.5                             | true",
                "n / 2 < price                           | false",
                "0 / n = -0 / n                          | true",
                "round(-0.1 / n) = 0                     | true",
                // null-safe equality
                "none_number is none                     | true",
                "n is none                               | false",
                "n is not none                           | true",
                "n is 7.00                               | true",
                "none_number is 7                        | false",
                "none_number is not 7                    | true",
                "none_number is none_number              | true",
                // lists
                "n in (1, 7)                             | true",
                "n in (1, -7)                            | false",
                "n not in (1, 7)                         | false",
                "none_number in (1, 7)                   | null",
                "none_number not in (1, 7)               | null",
                "name in ('Ärger & Co')                  | true",
                // arithmetic
                "n + price                               | 9.50",
                "n - price                               | 4.50",
                "n * price                               | 17.50",
                "n / 2                                   | 3.5",
                "1 / 3                                   | 0.3333333333333333",
                "n / 0                                   | null",
                "0 / 0                                   | null",
                "n + none_number                         | null",
                "none_number / 0                         | null",
                "-n                                      | -7",
                "-(n / 2)                                | -3.5",
                "-none_number                            | null",
                "0.1 + 0.2                               | 0.3",
                "n / 2 + n / 2                           | 7.0",
                "n / 2 - 0.5                             | 3.0",
                "n / 2 * 2                               | 7.0",
                // case
                "case when f then 1 when t then 2 end    | 2",
                "case when e then 1 else 3 end           | 3",
                "case when f then 1 end                  | null",
                "case when t then none_number else 3 end | null",
                "let twice = 2 * n in twice + twice      | 28",
            })
    void a_row_formula_has_its_value(String formula, String value) {
        assertThat(text(formula)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "coalesce(none_number, n)                | 7",
                "coalesce(n, none_number)                | 7",
                "coalesce(none_number, none_number)      | null",
                "coalesce(none_day, @2026-01-01)         | 2026-01-01",
                "least(n, price, 3)                      | 2.50",
                "greatest(n, price, 3)                   | 7",
                "least(n, none_number)                   | null",
                "greatest(none_number, n)                | null",
                "least('b', 'a')                         | a",
                "greatest(happened, later)               | 2026-03-01",
                "least(n / 2, 4)                         | 3.5",
                "abs(-n)                                 | 7",
                "abs(-n / 2)                             | 3.5",
                "abs(none_number)                        | null",
                // halves away from zero
                "round(2.5)                              | 3",
                "round(-2.5)                             | -3",
                "round(2.4)                              | 2",
                "round(2.675, 2)                         | 2.68",
                "round(-2.675, 2)                        | -2.68",
                "round(7, 2)                             | 7.00",
                "round(n / 2)                            | 4.0",
                "round(-n / 2)                           | -4.0",
                "round(2675 / 1000, 2)                   | 2.68",
                "round(1 / 3, 4)                         | 0.3333",
                "round(1.005 / 1, 2)                     | 1.01",
                "round(-1.005 / 1, 2)                    | -1.01",
                "round(4503599627370497 / 1)             | 4.503599627370497E15",
                "round(9007199254740993 / 1)             | 9.007199254740992E15",
                "round(0.49999999999999994 / 1)          | 0.0",
                "round(0.15 / 1, 1)                      | 0.2",
                "round(power(10, 300))                   | 1.0E300",
                "round(power(10, -300), 10)              | 0.0",
                "round(none_number)                      | null",
                // roots, powers, logarithms
                "sqrt(n + 2)                             | 3.0",
                "sqrt(-n)                                | null",
                "sqrt(0)                                 | 0.0",
                "power(2, 10)                            | 1024.0",
                "power(2, -1)                            | 0.5",
                "power(n, 0)                             | 1.0",
                "power(0, 0)                             | 1.0",
                "power(0, -1)                            | null",
                "power(-8, 3)                            | -512.0",
                "power(-8, 0.5)                          | null",
                "power(10, 400)                          | null",
                "power(10, 305)                          | 1.0E305",
                "power(2, 1023)                          | 8.98846567431158E307",
                "power(2, 1024)                          | null",
                "power(-2, 1025)                         | null",
                "power(10, -320)                         | 1.0E-320",
                "power(10, -400)                         | 0.0",
                "power(0.5, 1074)                        | 4.9E-324",
                "power(0.5, 1076)                        | 0.0",
                "power(1, power(10, 300))                | 1.0",
                "power(-1, power(10, 300))               | 1.0",
                "power(2, power(10, 300))                | null",
                "power(2, -power(10, 300))               | 0.0",
                "power(2, power(10, -300))               | 1.0",
                "ln(1)                                   | 0.0",
                "ln(0)                                   | null",
                "ln(-1)                                  | null",
                // texts
                "lower(name)                             | ärger & co",
                "contains(name, '&')                     | true",
                "contains(name, 'ärger')                 | false",
                "contains(name, '')                      | true",
                "starts(name, 'Är')                      | true",
                "starts(name, 'Co')                      | false",
                "starts(none_text, 'Co')                 | null",
                "contains(name, none_text)               | null",
                "matches(name, '^Ä.*Co$')                | true",
                "matches(name, '[0-9]')                  | false",
                "matches(none_text, '.*')                | null",
                // time
                "hours(began, ended)                      | 25.500138888888888",
                "minutes(began, ended)                    | 1530.0083333333334",
                "days(began, ended)                       | 1.0625057870370371",
                "hours(ended, began)                      | -25.500138888888888",
                "days(happened, later)                   | 29",
                "days(later, happened)                   | -29",
                "days(happened, none_day)                | null",
                "date(2024, 2, 29)                       | 2024-02-29",
                "date(2023, 2, 29)                       | null",
                "date(2026, 13, 1)                       | null",
                "date(2026, 0, 1)                        | null",
                "date(0, 1, 1)                           | null",
                "date(10000, 1, 1)                       | null",
                "date(9999, 12, 31)                      | 9999-12-31",
                "date(2026, 1.5, 1)                      | null",
                "date(2026, 2 / 2, 1)                    | 2026-01-01",
                "date(99999999999, 1, 1)                 | null",
                "date(none_number, 1, 1)                 | null",
                "weekday(happened)                       | 6",
                "weekday(@2026-02-01)                    | 7",
                "weekday(@2026-02-02)                    | 1",
                "date(began)                             | 2026-01-31",
                "hour_of_day(ended)                      | 11",
                "trunc(happened, week)                   | 2026-01-26",
                "trunc(began, quarter)                   | 2026-01-01",
                "day_of_year(later)                      | 60",
                "day_of_month(began)                     | 31",
                "month_of_year(later)                    | 3",
                "quarter_of_year(later)                  | 1",
                "calendar_year(later)                    | 2026",
                "happened + 1 month                      | 2026-02-28",
                "later - 3 days                          | 2026-02-26",
                "happened + 2 weeks                      | 2026-02-14",
                "ended - 90 minutes                      | 2026-02-01T10:00:00.500Z",
                "began + 1 year                          | 2027-01-31T10:00:00Z",
                "none_day + 1 year                       | null",
                "happened + n days                       | 2026-02-07",
                "happened - n months                     | 2025-06-30",
                "ended + n hours                         | 2026-02-01T18:30:00.500Z",
                "none_day + n days                       | null",
                "later + big days                        | null",
                "later - none_count days                 | null",
                "concat(name, '', '!')                   | Ärger & Co!",
                "concat(name, none_text)                 | null",
                "trim(concat('  ', name, ' '))           | Ärger & Co",
                "trim('   ') = ''                        | true",
            })
    void every_function_has_its_value(String formula, String value) {
        assertThat(text(formula)).isEqualTo(value);
    }

    @Test
    void texts_are_ordered_by_code_point_and_not_by_code_unit() {
        String beyondTheFirstPlane = "\uD83D\uDE00";
        String lastOfTheFirstPlane = "\uFFEE";
        assertThat(value("'%s' > '%s'".formatted(beyondTheFirstPlane, lastOfTheFirstPlane)))
                .isEqualTo(true);
        assertThat(
                        value(
                                "greatest('%s', '%s')"
                                        .formatted(beyondTheFirstPlane, lastOfTheFirstPlane)))
                .isEqualTo(beyondTheFirstPlane);
        assertThat(value("'Z' < 'a'")).isEqualTo(true);
        assertThat(value("'a' < 'ab'")).isEqualTo(true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "power(10, 300) * power(10, 300)",
                "power(10, -300) * power(10, -300)",
                "power(10, -300) / power(10, 300)",
                "HUGE * HUGE * HUGE * HUGE / 2",
                "sqrt(HUGE * HUGE * HUGE * HUGE)",
                "least(n / 2, TINY * TINY * TINY * TINY)",
            })
    void a_number_beyond_a_double_is_no_value_but_an_error(String formula) {
        var zeros = "0".repeat(90);
        var written = formula.replace("HUGE", "1" + zeros).replace("TINY", "0." + zeros + "1");
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> value(written));
    }

    @Test
    void an_exact_number_among_doubles_is_one() {
        assertThat(value("least(n / 1, 2.5)")).isEqualTo(2.5);
        assertThat(value("coalesce(price, n / 2)")).isEqualTo(2.5);
        assertThat(value("case when t then price else n / 2 end")).isEqualTo(2.5);
    }

    @Test
    void a_row_has_no_account_and_no_leaves() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Evaluator.evaluate(new Expr.Key(EntityRef.ACCOUNT), ROW::get));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Evaluator.evaluate(
                                new Expr.TimeEdge(Expr.TimeEdge.Of.BUCKET, false, Type.TIMESTAMP),
                                ROW::get));
    }
}
