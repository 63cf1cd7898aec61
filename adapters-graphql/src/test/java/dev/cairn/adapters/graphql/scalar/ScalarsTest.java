package dev.cairn.adapters.graphql.scalar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.IntValue;
import graphql.language.StringValue;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScalarsTest {
    private static final GraphQLContext CONTEXT = GraphQLContext.getDefault();

    @Test
    void a_date_is_iso_text() {
        assertThat(read("Date", "2024-02-29")).isEqualTo(LocalDate.of(2024, 2, 29));
        assertThat(write("Date", LocalDate.of(2024, 2, 29))).isEqualTo("2024-02-29");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-1-5",
                "20260105",
                "05.01.2026",
                "2026-01-05T00:00:00Z",
                "+12026-01-05",
                " 2026-01-05",
                "2026-01-05'; drop table account; --"
            })
    void what_is_no_date_is_refused_with_the_form(String text) {
        refuses("Date", text, "write YYYY-MM-DD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-02-29", "2026-13-01", "2026-04-31"})
    void a_date_that_does_not_exist_is_refused(String text) {
        refuses("Date", text, "There is no date '" + text + "'.");
    }

    @Test
    void years_begin_at_1() {
        assertThat(read("Date", "0001-01-01")).isEqualTo(LocalDate.of(1, 1, 1));
        refuses("Date", "0000-12-31", "before the year 0001");
        refuses("DateTime", "0000-12-31T00:00:00Z", "before the year 0001");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T10:00:00Z, 2026-01-31T10:00:00Z",
        "2026-01-31t10:00:00z, 2026-01-31T10:00:00Z",
        "2026-01-31T10:00:00+02:00, 2026-01-31T08:00:00Z",
        "2026-01-31T10:00:00.123456789-05:30, 2026-01-31T15:30:00.123456789Z"
    })
    void an_instant_has_an_offset(String text, String instant) {
        assertThat(read("DateTime", text)).isEqualTo(Instant.parse(instant));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-31",
                "2026-01-31T10:00:00",
                "2026-01-31T10:00Z",
                "1769853600",
                "now"
            })
    void an_instant_without_offset_is_refused(String text) {
        refuses("DateTime", text, "write it with an offset");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2026-02-30T10:00:00Z", "2026-01-31T25:00:00Z", "2026-01-31T10:00:00+19:00"})
    void an_instant_that_does_not_exist_is_refused(String text) {
        refuses("DateTime", text, "There is no instant");
    }

    @Test
    void a_decimal_is_text_and_keeps_its_scale() {
        assertThat(read("Decimal", "-12.50")).isEqualTo(new BigDecimal("-12.50"));
        assertThat(write("Decimal", new BigDecimal("12.50"))).isEqualTo("12.50");
        assertThat(write("Decimal", new BigDecimal("1E+3"))).isEqualTo("1000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1e9", "1E+999999999", "NaN", "1,5", ".5", "5.", "+1", "0x10"})
    void what_is_no_decimal_is_refused(String text) {
        refuses("Decimal", text, "is not a decimal");
    }

    @Test
    void a_zone_is_a_name_of_the_zone_database() {
        assertThat(read("TimeZone", "Europe/Paris")).isEqualTo(ZoneId.of("Europe/Paris"));
        assertThat(read("TimeZone", "UTC")).isEqualTo(ZoneId.of("UTC"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"+02:00", "UTC+1", "Mars/Olympus", ""})
    void what_is_no_zone_is_refused(String text) {
        refuses("TimeZone", text, "is not a time zone");
    }

    @Test
    void a_misspelt_zone_is_told_the_nearest() {
        refuses("TimeZone", "Europe/Pariss", "did you mean 'Europe/Paris'?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Date", "DateTime", "Decimal", "TimeZone"})
    void all_of_them_are_written_as_strings(String name) {
        assertThatThrownBy(() -> coercing(name).parseValue(5, CONTEXT, Locale.ROOT))
                .isInstanceOf(CoercingParseValueException.class)
                .hasMessage(name + " is written as a string.");
        assertThatThrownBy(() -> literal(name, IntValue.of(5)))
                .isInstanceOf(CoercingParseLiteralException.class)
                .hasMessage(name + " is written as a string.");
        assertThatThrownBy(() -> write(name, new Object()))
                .isInstanceOf(CoercingSerializeException.class);
    }

    @Test
    void literals_are_read_like_variables() {
        assertThat(literal("Date", StringValue.of("2026-01-05")))
                .isEqualTo(LocalDate.of(2026, 1, 5));
        assertThatThrownBy(() -> literal("Date", StringValue.of("5/1/2026")))
                .isInstanceOf(CoercingParseLiteralException.class)
                .hasMessageContaining("write YYYY-MM-DD");
    }

    @Test
    void a_record_is_given_and_never_taken() {
        var row = Map.of("n", 1);
        assertThat(write("Record", row)).isEqualTo(row);
        assertThatThrownBy(() -> write("Record", "row"))
                .isInstanceOf(CoercingSerializeException.class);
        assertThatThrownBy(() -> coercing("Record").parseValue(row, CONTEXT, Locale.ROOT))
                .isInstanceOf(CoercingParseValueException.class);
        assertThatThrownBy(() -> literal("Record", StringValue.of("x")))
                .isInstanceOf(CoercingParseLiteralException.class);
    }

    private static void refuses(String name, String text, String why) {
        assertThatThrownBy(() -> read(name, text))
                .isInstanceOf(CoercingParseValueException.class)
                .hasMessageContaining(why);
    }

    private static @Nullable Object read(String name, String text) {
        return coercing(name).parseValue(text, CONTEXT, Locale.ROOT);
    }

    private static @Nullable Object literal(String name, graphql.language.Value<?> value) {
        return coercing(name)
                .parseLiteral(value, CoercedVariables.emptyVariables(), CONTEXT, Locale.ROOT);
    }

    private static @Nullable Object write(String name, Object value) {
        return coercing(name).serialize(value, CONTEXT, Locale.ROOT);
    }

    private static Coercing<?, ?> coercing(String name) {
        return Scalars.all().stream()
                .filter(scalar -> scalar.getName().equals(name))
                .findFirst()
                .orElseThrow()
                .getCoercing();
    }
}
