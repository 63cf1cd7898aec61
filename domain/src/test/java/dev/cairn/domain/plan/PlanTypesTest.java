package dev.cairn.domain.plan;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type;
import java.math.BigDecimal;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanTypesTest {
    private static final Expr ONE = Expr.number(BigDecimal.ONE);

    @Test
    void indexes_begin_at_0() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Expr.LeafValue(-1, Type.COUNT));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Leaf(
                                -1,
                                Expr.TRUE,
                                new Aggregation.Count(),
                                true,
                                Type.COUNT,
                                Set.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Ordering.By.Key(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Ordering.By.Value(-1));
    }

    @Test
    void a_percentile_is_of_a_fraction_from_0_to_1() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Aggregation.Percentile(ONE, new BigDecimal("1.01"), false));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Aggregation.Percentile(ONE, new BigDecimal("-0.01"), true));
    }

    @Test
    void a_division_has_both_parts() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Output("m", ONE, ONE, null, null, Set.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Output("m", ONE, null, ONE, null, Set.of()));
    }
}
