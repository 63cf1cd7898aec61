package dev.cairn.domain.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.formula.Formula.Operator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CommonHashTest {
    @Test
    void values_that_are_doubled_forty_times_are_told_apart_by_their_hash() {
        assertThat(IntStream.range(0, 72).map(leaf -> doubled(leaf).hashCode()).distinct().count())
                .isGreaterThan(70);
    }

    private static Expr doubled(int leaf) {
        Expr value = new Expr.LeafValue(leaf, Type.COUNT);
        for (int at = 0; at < 40; at++) {
            value = new Expr.Common(new Expr.Arithmetic(Operator.ADD, value, value, Type.COUNT));
        }
        return value;
    }
}
