package dev.cairn.adapters.graphql.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.adapters.graphql.Samples;
import dev.cairn.domain.expression.Type.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exact numbers stay exact or are refused. */
class ArrowColumnTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "0.000000001",
                "-12345678901234567890123456789.123456789",
                "99999999999999999999999999999.999999999",
                "1E+3",
                "-255",
                "128"
            })
    void a_decimal_is_what_it_was(String text) {
        var column = new ArrowColumn(Samples.measure("amount", null), Kind.DECIMAL);

        column.add(new BigDecimal(text));

        assertThat(decimal(column.buffers().getLast())).isEqualByComparingTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "DECIMAL, 0.0000000001",
        "DECIMAL, 100000000000000000000000000000",
        "INTEGER, 9223372036854775808",
        "INTEGER, -9223372036854775809"
    })
    void what_does_not_fit_is_not_rounded(Kind kind, String text) {
        var column = new ArrowColumn(Samples.measure("amount", null), kind);

        assertThatThrownBy(() -> column.add(new BigDecimal(text)))
                .isInstanceOf(ArrowColumn.DoesNotFit.class)
                .hasMessageContaining("'amount'");
    }

    /** Little-endian, as Arrow has it. */
    private static BigDecimal decimal(byte[] bytes) {
        var reversed = new byte[bytes.length];
        for (int at = 0; at < bytes.length; at++) {
            reversed[at] = bytes[bytes.length - 1 - at];
        }
        return new BigDecimal(new BigInteger(reversed), ArrowColumn.SCALE);
    }
}
