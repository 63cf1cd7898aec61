package dev.cairn.domain.formula;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class FormulaRewriterTest {
    private static final long SEED = 9_301L;

    @Test
    void what_is_not_replaced_stays_as_it_stands() {
        var copying = new FormulaRewriter() {};
        for (long seed = SEED; seed < SEED + 2_000; seed++) {
            var made = new RandomFormulas(seed).formula(2 + (int) (seed % 4));
            assertThat(copying.rewrite(made)).as("seed %d", seed).isEqualTo(made);
        }
    }

    @Test
    void a_piece_is_replaced_wherever_a_value_stands() {
        var replacing =
                new FormulaRewriter() {
                    @Override
                    public Formula rewrite(Formula formula) {
                        return formula instanceof Formula.Path(var names, var span)
                                        && names.getFirst().equals("x")
                                ? new Formula.NumberLiteral(BigDecimal.TEN, span)
                                : super.rewrite(formula);
                    }
                };
        var written =
                Texts.formula(
                        "case when x > 1 then sum(a where x < b weight x : x + c) over last 3 days else prior(-x) end");

        assertThat(FormulaPrinter.print(replacing.rewrite(written)))
                .isEqualTo(
                        "case when 10 > 1 then sum(a where 10 < b weight 10 : 10 + c) over last 3 days else prior(-10) end");
    }
}
