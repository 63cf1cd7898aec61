package dev.cairn.adapters.terminal.display;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.model.Metric.MetricUnit;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NumberTextTest {
    private static List<String> shown(
            @Nullable MetricUnit unit, @Nullable String currency, String... numbers) {
        var values = Stream.of(numbers).map(BigDecimal::new).toList();
        var text = NumberText.of(unit, currency, values);
        return values.stream().map(text::text).toList();
    }

    @Test
    void ratios_are_percent() {
        assertThat(shown(MetricUnit.RATIO, null, "0.2258064", "1", "0"))
                .containsExactly("22.6%", "100.0%", "0.0%");
    }

    @Test
    void money_has_the_decimals_of_its_currency() {
        assertThat(shown(MetricUnit.MONEY, "EUR", "10655622.484", "-3"))
                .containsExactly("10,655,622.48", "-3.00");
        assertThat(shown(MetricUnit.MONEY, "JPY", "1234")).containsExactly("1,234");
        assertThat(shown(MetricUnit.MONEY, "???", "1")).containsExactly("1.00");
    }

    @Test
    void counts_are_whole_until_one_is_not() {
        assertThat(shown(MetricUnit.COUNT, null, "1234567", "0")).containsExactly("1,234,567", "0");
        assertThat(shown(MetricUnit.COUNT, null, "3", "2.25")).containsExactly("3.0", "2.2");
    }

    @Test
    void a_small_number_is_not_shown_as_nothing() {
        assertThat(shown(MetricUnit.RATIO, null, "0.00012345", "0.5"))
                .containsExactly("0.012%", "50.000%");
        assertThat(shown(null, null, "0.05", "12")).containsExactly("0.05", "12.00");
        assertThat(shown(null, null, "0.00000000001")).containsExactly("0.000000");
    }

    @Test
    void halves_go_to_the_even_neighbour() {
        assertThat(shown(MetricUnit.POINTS, null, "0.25", "0.35", "-0.25"))
                .containsExactly("0.25", "0.35", "-0.25");
        assertThat(shown(MetricUnit.POINTS, null, "10.25", "10.35"))
                .containsExactly("10.2", "10.4");
    }
}
