package dev.cairn.domain.fact;

import static dev.cairn.domain.fact.Notations.BERLIN;
import static dev.cairn.domain.fact.Notations.numbers;
import static dev.cairn.domain.fact.Notations.value;
import static dev.cairn.domain.fact.Notations.wrong;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Notation;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers as exports of other tools write them. */
class NumberNotationTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "1.234,56 | 1234.56",
                "1.234 | 1234",
                "2,50 | 2.5",
                "-1.234.567,8 | -1234567.8",
                "1234567,8 | 1234567.8",
                ",5 | 0.5",
                "12 | 12"
            })
    void a_decimal_comma_with_points_between_thousands(String raw, BigDecimal number) {
        assertThat(value(DataType.DECIMAL, numbers(",", ".", null, null), raw)).isEqualTo(number);
    }

    @Test
    void groups_are_of_three_digits() {
        var german = numbers(",", ".", null, null);
        wrong(
                DataType.DECIMAL,
                german,
                "1.23",
                "not a number as declared (decimal: ',', thousands: '.')");
        wrong(DataType.DECIMAL, german, "1234.567", "not a number");
        wrong(DataType.DECIMAL, german, "1.2345", "not a number");
        wrong(DataType.DECIMAL, german, "1,234,5", "not a number");
        wrong(DataType.DECIMAL, numbers(",", null, null, null), "1.234", "not a number");
        assertThat(value(DataType.INTEGER, german, "1.234")).isEqualTo(1234L);
        assertThat(value(DataType.INTEGER, german, "9,00")).isEqualTo(9L);
        wrong(DataType.INTEGER, german, "9,5", "not a whole number");
    }

    @Test
    void any_blank_separates_thousands_where_a_blank_is_declared() {
        var french = numbers(",", " ", null, null);
        for (var blank : List.of(" ", "\u00a0", "\u202f", "\u2009")) {
            assertThat(value(DataType.DECIMAL, french, "1" + blank + "234,56"))
                    .isEqualTo(new BigDecimal("1234.56"));
        }
        wrong(DataType.DECIMAL, french, "1 23", "not a number");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$1,234.50 | 1234.5",
                "-$1,234.50 | -1234.5",
                "$-5 | -5",
                "($1,234.50) | -1234.5",
                "(12.50) | -12.5",
                "12.50 USD | 12.5",
                "\u221212.50 | -12.5"
            })
    void currency_signs_and_brackets_around_a_number(String raw, BigDecimal number) {
        var american = numbers(".", ",", Notation.Negative.BRACKETS, null, "$", "USD");

        assertThat(value(DataType.DECIMAL, american, raw)).isEqualTo(number);
    }

    @Test
    void what_stands_around_a_number_stands_there_once() {
        var american = numbers(".", ",", Notation.Negative.BRACKETS, null, "$");
        wrong(DataType.DECIMAL, american, "$$5", "not a number");
        wrong(DataType.DECIMAL, american, "--5", "not a number");
        wrong(DataType.DECIMAL, american, "(-5)", "a sign and brackets");
        wrong(DataType.DECIMAL, american, "(5", "not a number");
        wrong(DataType.DECIMAL, american, "$", "not a number");
        wrong(DataType.DECIMAL, american, "5 %", "not a number");
        assertThat(value(DataType.MONEY, numbers(",", null, null, null, "\u20ac"), "\u20ac 99,00"))
                .isEqualTo(new BigDecimal("99"));
        assertThat(
                        value(
                                DataType.MONEY,
                                numbers(",", null, null, null, "\u20ac"),
                                "99,00\u00a0\u20ac"))
                .isEqualTo(new BigDecimal("99"));
    }

    @Test
    void percent_is_a_fraction_or_a_number_and_its_sign_is_there() {
        var fraction = numbers(",", null, null, Notation.Percent.FRACTION);
        assertThat(value(DataType.DECIMAL, fraction, "12,5 %")).isEqualTo(new BigDecimal("0.125"));
        assertThat(
                        value(
                                DataType.DECIMAL,
                                numbers(null, null, null, Notation.Percent.NUMBER),
                                "12.5%"))
                .isEqualTo(new BigDecimal("12.5"));
        wrong(DataType.DECIMAL, fraction, "12,5", "without a percent sign");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2,50 | declare decimal: ','",
                "1.234,56 | declare decimal: ',' and thousands: '.'",
                "1,234.50 | declare thousands: ','",
                "1,234 | it fits two readings; declare decimal: ',' or thousands: ','",
                "1 234,56 | declare thousands: ' ', and decimal: ','",
                "\u20ac 99,00 | declare strip: ['\u20ac']",
                "$1,234.50 | declare strip: ['$']",
                "(12.50) | declare negative: brackets",
                "12,5 % | declare percent: fraction, or percent: number"
            })
    void a_number_of_another_notation_is_rejected_with_what_to_declare(String raw, String hint) {
        wrong(DataType.DECIMAL, Notation.STANDARD, raw, hint);
        wrong(DataType.INTEGER, Notation.STANDARD, raw, hint);
    }

    @Test
    void whole_numbers_may_have_zero_decimals_unless_they_may_be_thousands() {
        assertThat(value(DataType.INTEGER, Notation.STANDARD, "9.0")).isEqualTo(9L);
        assertThat(value(DataType.INTEGER, Notation.STANDARD, "-17850.00")).isEqualTo(-17850L);
        assertThat(value(DataType.INTEGER, Notation.STANDARD, "9007199254740993.0"))
                .isEqualTo(9007199254740993L);
        wrong(DataType.INTEGER, Notation.STANDARD, "9.5", "not a whole number");
        wrong(DataType.INTEGER, Notation.STANDARD, "9.000", "fits two readings");
        assertThat(value(DataType.INTEGER, numbers(".", null, null, null), "9.000")).isEqualTo(9L);
    }

    @Test
    void a_point_beside_decimal_commas_is_doubtful() {
        var reader = new FieldReader(Field.of("amount", DataType.DECIMAL), BERLIN);
        List.of("1.234", "12", "2,50", "3.456").forEach(reader::read);

        assertThat(reader.pointDoubt()).isEqualTo(new PointDoubt(2, "1.234", 1, "2,50", false));
        assertThat(reader.pointDoubt().isContradicted()).isTrue();
    }

    @Test
    void a_point_beside_several_points_is_doubtful() {
        var reader = new FieldReader(Field.of("amount", DataType.DECIMAL), BERLIN);
        List.of("1.234", "12", "1.234.567").forEach(reader::read);

        assertThat(reader.pointDoubt())
                .isEqualTo(new PointDoubt(1, "1.234", 1, "1.234.567", false));
        assertThat(reader.pointDoubt().isContradicted()).isTrue();
    }

    @Test
    void a_point_is_settled_by_any_number_that_cannot_be_of_thousands() {
        for (var decisive : List.of("12.5", "0.123", "1234.567", "1.2345")) {
            var reader = new FieldReader(Field.of("amount", DataType.DECIMAL), BERLIN);
            List.of("1.234", decisive).forEach(reader::read);
            assertThat(reader.pointDoubt().isOpen()).as(decisive).isFalse();
        }
        var open = new FieldReader(Field.of("amount", DataType.MONEY), BERLIN);
        List.of("1.234", "5", "-12.000").forEach(open::read);
        assertThat(open.pointDoubt().isOpen()).isTrue();

        var declared =
                new FieldReader(
                        Field.of("amount", DataType.DECIMAL).with(numbers(".", null, null, null)),
                        BERLIN);
        declared.read("1.234");
        assertThat(declared.pointDoubt().isOpen()).isFalse();
        var stripped =
                new FieldReader(
                        Field.of("amount", DataType.DECIMAL)
                                .with(numbers(null, null, null, null, "$")),
                        BERLIN);
        List.of("$1.234", "$2,50").forEach(stripped::read);
        assertThat(stripped.pointDoubt().isContradicted()).isTrue();
    }
}
