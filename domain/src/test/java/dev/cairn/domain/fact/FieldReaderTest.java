package dev.cairn.domain.fact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldReaderTest {
    private static final ZoneId LONDON = ZoneId.of("Europe/London");

    private static Reading read(DataType type, @Nullable String raw) {
        return new FieldReader(Field.of("f", type), LONDON).read(raw);
    }

    private static @Nullable Object value(DataType type, String raw) {
        var reading = read(type, raw);
        assertThat(reading).as(raw).isInstanceOf(Reading.Value.class);
        return ((Reading.Value) reading).value();
    }

    private static void wrong(DataType type, String raw, String reason) {
        assertThat(read(type, raw))
                .as(raw)
                .isInstanceOfSatisfying(
                        Reading.Wrong.class, wrong -> assertThat(wrong.reason()).contains(reason));
    }

    private static Field ranged(
            DataType type, @Nullable String min, @Nullable String max, String... missing) {
        return new Field(
                "f",
                "f",
                type,
                null,
                null,
                List.of(missing),
                min == null ? null : new BigDecimal(min),
                max == null ? null : new BigDecimal(max));
    }

    @Test
    void what_is_not_there_is_empty_and_the_empty_text_is_a_text_only() {
        for (var type : DataType.values()) {
            assertThat(read(type, null)).isEqualTo(Reading.EMPTY);
            assertThat(read(type, ""))
                    .isEqualTo(type == DataType.TEXT ? new Reading.Value("") : Reading.EMPTY);
        }
        for (var type : DataType.values()) {
            var reader = new FieldReader(ranged(type, null, null, ""), LONDON);
            assertThat(reader.read("")).isEqualTo(Reading.EMPTY);
            assertThat(reader.read(null)).isEqualTo(Reading.EMPTY);
        }
    }

    @Test
    void missing_codes_are_compared_with_the_raw_text_before_it_is_read() {
        var reader = new FieldReader(ranged(DataType.INTEGER, null, null, "0", "Blank"), LONDON);

        assertThat(reader.read("Blank")).isEqualTo(Reading.EMPTY);
        assertThat(reader.read("0")).isEqualTo(Reading.EMPTY);
        assertThat(reader.read("00")).isEqualTo(new Reading.Value(0L));
        assertThat(reader.read("BLANK")).isInstanceOf(Reading.Wrong.class);
    }

    @Test
    void a_missing_code_out_of_range_is_empty_and_not_out_of_range() {
        assertThat(new FieldReader(ranged(DataType.INTEGER, "0", "10", "11"), LONDON).read("11"))
                .isEqualTo(Reading.EMPTY);
    }

    @Test
    void numbers_outside_the_range_are_said_to_be_so_and_its_ends_are_in_it() {
        for (var type : List.of(DataType.INTEGER, DataType.DECIMAL, DataType.MONEY)) {
            var reader = new FieldReader(ranged(type, "1", "5"), LONDON);
            assertThat(reader.read("0")).isEqualTo(Reading.OUT_OF_RANGE);
            assertThat(reader.read("6")).isEqualTo(Reading.OUT_OF_RANGE);
            assertThat(reader.read("1")).isInstanceOf(Reading.Value.class);
            assertThat(reader.read("5")).isInstanceOf(Reading.Value.class);
        }
    }

    @Test
    void texts_are_kept_as_they_are() {
        assertThat(value(DataType.TEXT, " a \n'; drop table account; --"))
                .isEqualTo(" a \n'; drop table account; --");
        wrong(DataType.TEXT, "a\0b", "NUL");
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "-12,-12",
        "+7,7",
        "007,7",
        "' 5 ',5",
        "\u22125,-5",
        "- 5,-5",
        "+\u00a05,5",
        "9223372036854775807,9223372036854775807",
        "-9223372036854775808,-9223372036854775808"
    })
    void an_integer_is_a_whole_number_of_64_bits(String raw, long expected) {
        assertThat(value(DataType.INTEGER, raw)).isEqualTo(expected);
    }

    @Test
    void what_is_no_integer_is_wrong() {
        wrong(DataType.INTEGER, "1.5", "whole");
        wrong(DataType.INTEGER, "1e3", "whole");
        wrong(DataType.INTEGER, "9223372036854775808", "64 bits");
        wrong(DataType.INTEGER, "9".repeat(40), "not a");
        wrong(DataType.INTEGER, "1,000", "not a number");
        wrong(DataType.INTEGER, "twelve", "not a number");
        wrong(DataType.INTEGER, "\u0661", "not a number");
        wrong(DataType.INTEGER, "-", "not a number");
        wrong(DataType.INTEGER, "\u2212", "not a number");
        wrong(DataType.INTEGER, "- -5", "not a number");
        wrong(DataType.INTEGER, "1.234", "fits two readings");
        wrong(DataType.INTEGER, "   ", "blanks");
    }

    @ParameterizedTest
    @CsvSource({
        "2.50,2.5",
        "2.5,2.5",
        "-0.001,-0.001",
        ".5,0.5",
        "5.,5",
        "100,100",
        "1E2,100",
        "1.5e-05,0.000015",
        "-0.0,0",
        "+3,3"
    })
    void equal_decimals_are_equal_values(String raw, BigDecimal expected) {
        assertThat(value(DataType.DECIMAL, raw)).isEqualTo(expected);
        assertThat(value(DataType.MONEY, raw)).isEqualTo(expected);
    }

    @Test
    void what_is_no_decimal_is_wrong() {
        wrong(DataType.DECIMAL, "NaN", "not a number");
        wrong(DataType.DECIMAL, "Infinity", "not a number");
        wrong(DataType.DECIMAL, "1,50", "declare decimal: ','");
        wrong(DataType.DECIMAL, "1e999", "exponent");
        wrong(DataType.DECIMAL, "1e-31", "exponent");
        wrong(DataType.DECIMAL, "1".repeat(61), "60");
        wrong(DataType.DECIMAL, "1e9999999", "not a number");
        wrong(DataType.MONEY, "\u20ac5", "not a number");
        wrong(DataType.DECIMAL, "0x1F", "not a number");
        wrong(DataType.DECIMAL, ".", "not a number");
    }

    @Test
    void booleans_are_written_in_five_ways_in_any_case() {
        for (var yes : List.of("true", "TRUE", "t", "Yes", "y", "1")) {
            assertThat(value(DataType.BOOLEAN, yes)).isEqualTo(true);
        }
        for (var no : List.of("false", "False", "F", "no", "N", "0")) {
            assertThat(value(DataType.BOOLEAN, no)).isEqualTo(false);
        }
        wrong(DataType.BOOLEAN, "2", "neither");
        wrong(DataType.BOOLEAN, "ja", "neither");
    }

    @Test
    void a_date_is_iso_and_of_a_day_that_exists() {
        assertThat(value(DataType.DATE, "2024-02-29")).isEqualTo(LocalDate.of(2024, 2, 29));
        wrong(DataType.DATE, "2023-02-29", "no such day");
        wrong(DataType.DATE, "2011-13-01", "no such day");
        wrong(DataType.DATE, "2011-00-10", "no such day");
        wrong(DataType.DATE, "0000-01-01", "no such day");
        wrong(DataType.DATE, "1.2.2011", "not a date");
        wrong(DataType.DATE, "2011-1-1", "not a date");
        wrong(DataType.DATE, "2011-01-01 00:00", "not a date");
        wrong(DataType.DATE, "+2011-01-1", "not a date");
    }

    @ParameterizedTest
    @CsvSource({
        "2010-12-01 08:26:00,2010-12-01T08:26:00Z",
        "2010-12-01T08:26,2010-12-01T08:26:00Z",
        "2011-07-01 08:26:00,2011-07-01T07:26:00Z",
        "2011-07-01T08:26:00.5Z,2011-07-01T08:26:00.500Z",
        "2011-07-01 08:26:00+02:00,2011-07-01T06:26:00Z",
        "2011-07-01 08:26:00 -0530,2011-07-01T13:56:00Z",
        "2011-07-01 08:26:00+02,2011-07-01T06:26:00Z",
        "2011-07-01T08:26:00.123456789Z,2011-07-01T08:26:00.123456Z"
    })
    void a_timestamp_has_an_offset_or_is_local_in_the_zone(String raw, Instant expected) {
        assertThat(value(DataType.TIMESTAMP, raw)).isEqualTo(expected);
    }

    @Test
    void a_local_time_that_occurs_twice_is_the_first() {
        assertThat(value(DataType.TIMESTAMP, "2011-10-30 01:30:00"))
                .isEqualTo(Instant.parse("2011-10-30T00:30:00Z"));
    }

    @Test
    void a_local_time_that_is_skipped_comes_out_later_by_the_gap() {
        assertThat(value(DataType.TIMESTAMP, "2011-03-27 01:30:00"))
                .isEqualTo(Instant.parse("2011-03-27T01:30:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2011-02-30 10:00",
                "2011-02-28",
                "2011-02-28 24:00",
                "2011-02-28 10:60",
                "2011-02-28 10:00:60",
                "2011-02-28 10",
                "2011-02-28T10:00+19:00",
                "2011-02-28T10:00+05:75",
                "2011-02-28X10:00",
                "2011-02-28 10:00 PM",
                "1298887200",
                "9999-12-31T23:00-05:00",
                "2011-02-28 10:00:00.1234567890"
            })
    void what_is_no_timestamp_is_wrong(String raw) {
        assertThat(read(DataType.TIMESTAMP, raw)).isInstanceOf(Reading.Wrong.class);
    }

    @Test
    void computed_numbers_become_what_the_field_holds() {
        assertThat(new FieldReader(Field.of("f", DataType.DECIMAL), LONDON).fit(0.1))
                .isEqualTo(new Reading.Value(new BigDecimal("0.1")));
        assertThat(
                        new FieldReader(Field.of("f", DataType.INTEGER), LONDON)
                                .fit(new BigDecimal("12.00")))
                .isEqualTo(new Reading.Value(12L));
        assertThat(
                        new FieldReader(Field.of("f", DataType.INTEGER), LONDON)
                                .fit(new BigDecimal("1.5")))
                .isInstanceOf(Reading.Wrong.class);
        assertThat(
                        new FieldReader(Field.of("f", DataType.INTEGER), LONDON)
                                .fit(new BigDecimal("1e40")))
                .isInstanceOf(Reading.Wrong.class);
        assertThat(new FieldReader(ranged(DataType.INTEGER, null, "5"), LONDON).fit(BigDecimal.TEN))
                .isEqualTo(Reading.OUT_OF_RANGE);
        assertThat(new FieldReader(Field.of("f", DataType.DATE), LONDON).fit(null))
                .isEqualTo(Reading.EMPTY);
    }

    @Test
    void lists_of_texts_that_join_alike_have_different_keys() {
        assertThat(KeyText.joined(List.of("ab", "c")))
                .isNotEqualTo(KeyText.joined(List.of("a", "bc")));
        assertThat(KeyText.joined(List.of("1:a", "")))
                .isNotEqualTo(KeyText.joined(List.of("1", "a")));
        assertThat(KeyText.joined(List.of("", "a"))).isNotEqualTo(KeyText.joined(List.of("a", "")));
        assertThat(KeyText.of(new BigDecimal("2.50"))).isEqualTo(KeyText.of(new BigDecimal("2.5")));
    }
}
