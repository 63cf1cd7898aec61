package dev.cairn.domain.formula;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class FormulaRewriterTest {
    private static final long SEED = 9_301L;

    @Test
    void what_is_not_replaced_stays_as_it_stands() {
        for (long seed = SEED; seed < SEED + 2_000; seed++) {
            var made = new RandomFormulas(seed).formula(2 + (int) (seed % 4));
            assertThat(replacing(Map.of(), made)).as("seed %d", seed).isEqualTo(made);
        }
    }

    @Test
    void a_piece_is_replaced_wherever_a_value_stands() {
        var written =
                Texts.formula(
                        "case when x > 1 then sum(a where x < b weight x : x + c) over last 3 days else prior(-x) end");

        assertThat(FormulaPrinter.print(replacing(Map.of("x", BigDecimal.TEN), written)))
                .isEqualTo(
                        "case when 10 > 1 then sum(a where 10 < b weight 10 : 10 + c) over last 3 days else prior(-10) end");
    }

    private static Formula replacing(Map<String, BigDecimal> values, Formula formula) {
        return new Object() {
            private final FormulaRewriter pieces =
                    new FormulaRewriter(this::of, this::ofRelation, UnaryOperator.identity());

            private Formula of(Formula piece) {
                return piece instanceof Formula.Path(var names, var span)
                                && values.containsKey(names.getFirst())
                        ? new Formula.NumberLiteral(values.get(names.getFirst()), span)
                        : pieces.copy(piece);
            }

            private RelationClause ofRelation(RelationClause relation) {
                return pieces.copy(relation);
            }
        }.of(formula);
    }
}
