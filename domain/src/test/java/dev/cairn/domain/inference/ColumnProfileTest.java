package dev.cairn.domain.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.fact.FieldReader;
import dev.cairn.domain.fact.Reading;
import dev.cairn.domain.inference.ColumnReport.As;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is proposed for a column reads each of its values. */
class ColumnProfileTest {
    private static final long SEED = 20_261_129;
    private static final int COLUMNS = 100;

    private static final List<List<String>> DIRT =
            List.of(
                    List.of("1", "-2", "+3", "\u22124", "- 5", "(6)", "7.0", "8.00", "9.000", "0"),
                    List.of("1e5", "2.5E-3", "1E+2", "12", "9223372036854775808", "1.5"),
                    List.of("1.234", "2,50", "1.234,56", "12", "-1.234.567", "1,5", "0,001"),
                    List.of("1,234", "2.50", "1,234.56", "12", "1,234,567", "(1,000)"),
                    List.of("1 234", "1\u00a0234,5", "12\u202f000", "7,5", "\u00a08\u00a0"),
                    List.of("\u20ac 99,00", "$1.5", "EUR 3", "4 USD", "-$5", "($6.25)", "7"),
                    List.of("12,5 %", "3%", "(4 %)", "0.5 %", "1e1 %"),
                    List.of("31.01.2026", "1.2.2026", "2026-01-31", "01/02/2026", "20260131"),
                    List.of("1769847960", "46053", "46053.5", "1769847960000", "60", "-1"),
                    List.of("2026-01-31 3:00", "2026-01-31 24:00", "1/31/2026 9:05 PM"),
                    List.of("yes", "No", "1", "0", "TRUE", "f"),
                    List.of("007", "12", "0", "00.5"));

    private static ColumnReport reported(List<String> values) {
        var profile = new ColumnProfile("x");
        values.forEach(profile::add);
        return profile.report();
    }

    private static Reading read(As as, String value) {
        var field = Field.of("x", as.type()).with(as.notation());
        return new FieldReader(field, ZoneOffset.UTC).read(value);
    }

    @Test
    void each_reading_that_is_proposed_reads_each_value() {
        var random = new Random(SEED);
        long read = 0;
        for (int i = 0; i < COLUMNS; i++) {
            var dirt = DIRT.get(random.nextInt(DIRT.size()));
            var values =
                    IntStream.range(0, 1 + random.nextInt(3))
                            .mapToObj(_ -> dirt.get(random.nextInt(dirt.size())))
                            .toList();
            for (var reading : reported(values).readings()) {
                for (var value : values) {
                    assertThat(read(reading, value))
                            .as("%s of %s as %s", value, values, reading)
                            .isInstanceOf(Reading.Value.class);
                    read++;
                }
            }
        }
        assertThat(read).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "1e5, 7, DECIMAL",
        "9223372036854775807, 1, INTEGER",
        "9223372036854775808, 1, DECIMAL",
        "-9223372036854775808, 1, INTEGER",
        "\u22125, 1, INTEGER",
        "9.0, 10.0, INTEGER",
        "9.00, 10.0, DECIMAL"
    })
    void a_column_is_of_integers_where_an_integer_is_read_from_each_value(
            String one, String other, DataType type) {
        assertThat(reported(List.of(one, other)).readings())
                .extracting(As::type)
                .containsExactly(type);
    }

    @Test
    void the_value_that_spoils_a_column_is_told_with_what_the_others_are() {
        var values = new ArrayList<String>();
        IntStream.range(0, 30).mapToObj(String::valueOf).forEach(values::add);
        values.add("n.v.");
        values.add("31");

        var report = reported(values);

        assertThat(report.readings()).isEmpty();
        assertThat(report.odd())
                .hasValueSatisfying(odd -> {
                    assertThat(odd.text()).isEqualTo("n.v.");
                    assertThat(odd.before()).isEqualTo(30);
                    assertThat(odd.readings())
                            .extracting(As::type)
                            .containsExactly(DataType.INTEGER);
                });
        assertThat(reported(List.of("12", "Baker Street")).odd()).isEmpty();
    }
}
