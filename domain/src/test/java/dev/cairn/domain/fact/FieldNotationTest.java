package dev.cairn.domain.fact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Notation;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values as exports of other tools write them. */
class FieldNotationTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static Notation formats(
            @Nullable String locale, @Nullable Integer pivot, String... formats) {
        return new Notation(
                null,
                List.of(formats),
                locale,
                pivot,
                null,
                null,
                List.of(),
                null,
                null,
                null,
                null);
    }

    private static Notation numbers(
            @Nullable String decimal,
            @Nullable String thousands,
            Notation.@Nullable Negative negative,
            Notation.@Nullable Percent percent,
            String... strip) {
        return new Notation(
                null,
                List.of(),
                null,
                null,
                decimal,
                thousands,
                List.of(strip),
                negative,
                percent,
                null,
                null);
    }

    private static Notation texts(
            @Nullable Boolean trim, Notation.@Nullable LetterCase letterCase) {
        return new Notation(
                null, List.of(), null, null, null, null, List.of(), null, null, trim, letterCase);
    }

    private static Reading read(DataType type, Notation notation, String raw) {
        return new FieldReader(Field.of("f", type).with(notation), BERLIN).read(raw);
    }

    private static @Nullable Object value(DataType type, Notation notation, String raw) {
        var reading = read(type, notation, raw);
        assertThat(reading).as(raw).isInstanceOf(Reading.Value.class);
        return ((Reading.Value) reading).value();
    }

    private static void wrong(DataType type, Notation notation, String raw, String reason) {
        assertThat(read(type, notation, raw))
                .as(raw)
                .isInstanceOfSatisfying(
                        Reading.Wrong.class, wrong -> assertThat(wrong.reason()).contains(reason));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dd.MM.yyyy | 31.01.2026 | 2026-01-31",
                "dd/MM/yyyy | 31/01/2026 | 2026-01-31",
                "dd/MM/yyyy | 01/02/2026 | 2026-02-01",
                "MM/dd/yyyy | 01/02/2026 | 2026-01-02",
                "MM/dd/yyyy | 01/31/2026 | 2026-01-31",
                "yyyy/MM/dd | 2026/01/31 | 2026-01-31",
                "yyyy-M-d | 2026-1-31 | 2026-01-31",
                "yyyy-M-d | 2026-01-05 | 2026-01-05",
                "yyyyMMdd | 20260131 | 2026-01-31",
                "d-MMM-yy | 31-Jan-26 | 2026-01-31",
                "d-MMM-yy | 1-JAN-70 | 1970-01-01",
                "d-MMM-yy | 1-sep-69 | 2069-09-01",
                "d MMMM yyyy | 29 February 2024 | 2024-02-29",
                "excel | 46053 | 2026-01-31",
                "excel | 1 | 1900-01-01",
                "excel | 59 | 1900-02-28",
                "excel | 61 | 1900-03-01",
                "excel | 46053.0 | 2026-01-31",
                "yyyy-MM-dd HH:mm:ss | 2026-01-31 00:00:00 | 2026-01-31"
            })
    void dates_are_read_as_declared(String format, String raw, LocalDate date) {
        assertThat(value(DataType.DATE, formats("en", 70, format), raw)).isEqualTo(date);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "yyyy-MM-dd H:mm | 2023-07-28 3:00 | 2023-07-28T01:00:00Z",
                "yyyy-MM-dd H:mm | 2023-07-28 13:00 | 2023-07-28T11:00:00Z",
                "M/d/yyyy h:mm a | 1/31/2026 9:05 PM | 2026-01-31T20:05:00Z",
                "M/d/yyyy h:mm a | 1/31/2026 12:05 am | 2026-01-30T23:05:00Z",
                "yyyy-MM-dd HH:mm:ss 'UTC' | 2026-01-31 08:26:00 UTC | 2026-01-31T08:26:00Z",
                "yyyy-MM-dd HH:mm:ss '(UTC)' | 2026-01-31 08:26:00 (UTC) | 2026-01-31T08:26:00Z",
                "yyyy-MM-dd HH:mm:ss '['XXX']' | 2026-01-31 08:26:00 [+01:00] | 2026-01-31T07:26:00Z",
                "yyyy-MM-dd HH:mm VV | 2026-01-31 08:26 America/New_York | 2026-01-31T13:26:00Z",
                "dd.MM.yyyy HH:mm XXX | 31.01.2026 08:26 +02:00 | 2026-01-31T06:26:00Z",
                "dd.MM.yyyy HH:mm:ss[.SSS] | 31.01.2026 08:26:00.250 | 2026-01-31T07:26:00.250Z",
                "dd.MM.yyyy HH:mm:ss[.SSS] | 31.01.2026 08:26:00 | 2026-01-31T07:26:00Z",
                "epoch seconds | 1769848000 | 2026-01-31T08:26:40Z",
                "epoch seconds | 1769848000.5 | 2026-01-31T08:26:40.500Z",
                "epoch seconds | -1 | 1969-12-31T23:59:59Z",
                "epoch millis | 1769848000123 | 2026-01-31T08:26:40.123Z",
                "excel | 46053.354166666664 | 2026-01-31T07:30:00Z"
            })
    void instants_are_read_as_declared(String format, String raw, Instant instant) {
        assertThat(value(DataType.TIMESTAMP, formats("en", null, format), raw)).isEqualTo(instant);
    }

    @Test
    void the_blank_before_pm_may_be_a_narrow_one() {
        assertThat(
                        value(
                                DataType.TIMESTAMP,
                                formats("en", null, "M/d/yyyy h:mm a"),
                                "1/31/2026 9:05\u202fPM"))
                .isEqualTo(Instant.parse("2026-01-31T20:05:00Z"));
    }

    @Test
    void months_are_named_in_the_declared_language_with_or_without_a_dot() {
        var german = formats("de", null, "dd. MMM yyyy");

        assertThat(value(DataType.DATE, german, "05. Okt. 2026"))
                .isEqualTo(LocalDate.of(2026, 10, 5));
        assertThat(value(DataType.DATE, german, "05. Okt 2026"))
                .isEqualTo(LocalDate.of(2026, 10, 5));
        assertThat(value(DataType.DATE, german, "05. Mai 2026"))
                .isEqualTo(LocalDate.of(2026, 5, 5));
        wrong(DataType.DATE, german, "05. Oct 2026", "not of the format");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dd.MM.yyyy | 31.02.2026 | there is no such day",
                "dd.MM.yyyy | 29.02.2025 | there is no such day",
                "dd/MM/yyyy | 01/31/2026 | there is no such day",
                "dd.MM.yyyy | 1.1.2026 | not of the format dd.MM.yyyy",
                "dd.MM.yyyy | 31.01.2026 00:00 | not of the format",
                "dd.MM.yyyy | 31.01.26 | not of the format",
                "d.M.yyyy | 001.1.2026 | not of the format",
                "d.M.yyyy | -1.1.2026 | not of the format",
                "dd.MM.yyyy | 31.01.0000 | there is no such day",
                "yyyyMMdd | 20261301 | there is no such day",
                "excel | 60 | there is no such day",
                "excel | 0 | there is no such day",
                "excel | 46053.5 | time of day",
                "excel | 4,6 | not a number"
            })
    void a_text_that_does_not_fit_wholly_is_rejected(String format, String raw, String reason) {
        wrong(DataType.DATE, formats(null, null, format), raw, reason);
    }

    @Test
    void of_several_formats_the_one_that_fits_is_taken_and_two_that_differ_are_rejected() {
        var both = formats(null, null, "dd.MM.yyyy", "yyyy-MM-dd");
        assertThat(value(DataType.DATE, both, "31.01.2026")).isEqualTo(LocalDate.of(2026, 1, 31));
        assertThat(value(DataType.DATE, both, "2026-01-31")).isEqualTo(LocalDate.of(2026, 1, 31));
        wrong(DataType.DATE, both, "2026-02-31", "there is no such day");
        wrong(DataType.DATE, both, "Jan 31", "of none of the formats");

        var contrary = formats(null, null, "dd/MM/yyyy", "MM/dd/yyyy");
        wrong(DataType.DATE, contrary, "01/02/2026", "fits two");
        assertThat(value(DataType.DATE, contrary, "31/01/2026"))
                .isEqualTo(LocalDate.of(2026, 1, 31));
        assertThat(value(DataType.DATE, contrary, "03/03/2026"))
                .isEqualTo(LocalDate.of(2026, 3, 3));
    }

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

    @Test
    void texts_are_trimmed_and_cased_and_a_blank_one_is_empty() {
        var key = texts(true, Notation.LetterCase.LOWER);
        assertThat(value(DataType.TEXT, key, " ACME\u00a0")).isEqualTo("acme");
        assertThat(read(DataType.TEXT, key, "  ")).isEqualTo(Reading.EMPTY);
        assertThat(read(DataType.DECIMAL, key, " ")).isEqualTo(Reading.EMPTY);
        assertThat(value(DataType.TEXT, texts(null, Notation.LetterCase.UPPER), " de "))
                .isEqualTo(" DE ");
    }

    @Test
    void missing_codes_are_compared_with_the_trimmed_text_where_it_is_trimmed() {
        var field =
                new Field(
                        "f",
                        "f",
                        DataType.DECIMAL,
                        null,
                        null,
                        List.of("N/A"),
                        null,
                        null,
                        texts(true, null));
        assertThat(new FieldReader(field, BERLIN).read(" N/A ")).isEqualTo(Reading.EMPTY);
        assertThat(new FieldReader(field.with(Notation.STANDARD), BERLIN).read(" N/A "))
                .isInstanceOf(Reading.Wrong.class);
    }

    @Test
    void what_a_field_leaves_open_its_source_says() {
        var source = numbers(",", ".", null, null, "\u20ac");
        var field = numbers(".", ",", null, null);

        assertThat(field.over(source)).isEqualTo(numbers(".", ",", null, null, "\u20ac"));
        assertThat(numbers(".", null, null, null).over(source))
                .isEqualTo(numbers(".", null, null, null, "\u20ac"));
        assertThat(Notation.STANDARD.over(source)).isEqualTo(source);
        assertThat(source.over(Notation.STANDARD)).isEqualTo(source);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DATE | dd/MM/yy | two digits need a pivot",
                "DATE | dd/MM | needs a year, a month and a day",
                "DATE | dd/mm/yyyy | needs a year, a month and a day",
                "DATE | DD/MM/yyyy | the letter 'D'",
                "DATE | yyyy-MM-ddTHH:mm | the letter 'T'",
                "DATE | yyyy-MM-dd 'at | a quote is not closed",
                "DATE | epoch seconds | the field is a timestamp",
                "DATE | yyyy-MM-dd HH:mm 'UTC' | the field is a timestamp",
                "TIMESTAMP | yyyy-MM-dd HH:mm[' UTC'] | write two formats",
                "DATE | yyyy-MM-dd] | a ']' has no '['",
                "TIMESTAMP | dd/MM/yyyy | has no time of day",
                "TIMESTAMP | dd/MM/yyyy h:mm | stand together",
                "TIMESTAMP | dd/MM/yyyy HH:mm a | stand together",
                "TEXT | dd/MM/yyyy | format is of dates and timestamps"
            })
    void a_format_that_cannot_be_read_by_is_found(DataType type, String format, String message) {
        assertThat(
                        NotationCheck.ofField(
                                Field.of("f", type).with(formats(null, null, format)),
                                Notation.STANDARD))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.property()).isEqualTo("format");
                    assertThat(finding.message()).contains(message);
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dd/MM/yyyy | MM/dd/yyyy",
                "d.M.yyyy | M.d.yyyy",
                "dd-MM-yy | yy-MM-dd",
                "yyyy-MM-dd | yyyy-dd-MM"
            })
    void formats_that_read_one_text_differently_cannot_stand_together(String one, String other) {
        assertThat(
                        NotationCheck.ofField(
                                Field.of("f", DataType.DATE).with(formats(null, 70, one, other)),
                                Notation.STANDARD))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("fits both"));
        assertThat(NotationCheck.ofAll(formats(null, 70, one, other))).isNotEmpty();
    }

    @Test
    void formats_that_agree_wherever_both_fit_stand_together() {
        assertThat(
                        NotationCheck.ofField(
                                Field.of("f", DataType.DATE)
                                        .with(
                                                formats(
                                                        null,
                                                        null,
                                                        "dd.MM.yyyy",
                                                        "d.M.yyyy",
                                                        "yyyy-MM-dd",
                                                        "excel")),
                                Notation.STANDARD))
                .isEmpty();
        assertThat(
                        NotationCheck.ofField(
                                Field.of("f", DataType.TIMESTAMP)
                                        .with(formats(null, null, "epoch seconds", "epoch millis")),
                                Notation.STANDARD))
                .hasSize(1);
    }

    @Test
    void separators_that_cannot_be_told_apart_are_found() {
        assertThat(NotationCheck.ofAll(numbers(null, ".", null, null)))
                .extracting(NotationCheck.Finding::message)
                .containsExactly(
                        "Thousands by '.' need another separator of decimals: decimal: ','.");
        assertThat(NotationCheck.ofAll(numbers(",", ",", null, null))).hasSize(1);
        assertThat(NotationCheck.ofAll(numbers(";", null, null, null))).hasSize(1);
        assertThat(NotationCheck.ofAll(numbers(",", "..", null, null))).hasSize(1);
        assertThat(NotationCheck.ofAll(numbers(null, null, null, null, "5"))).hasSize(1);
        assertThat(NotationCheck.ofAll(formats("xx-tlh", null))).hasSize(1);
        assertThat(
                        NotationCheck.ofField(
                                Field.of("f", DataType.DATE).with(numbers(",", null, null, null)),
                                Notation.STANDARD))
                .hasSize(1);
    }
}
