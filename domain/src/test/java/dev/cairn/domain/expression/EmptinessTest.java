package dev.cairn.domain.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.formula.Formula.Comparator;
import dev.cairn.domain.formula.Formula.Operator;
import dev.cairn.domain.formula.Function;
import dev.cairn.domain.plan.PlanWords;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is said never to be empty never is, whatever the row: random conditions are evaluated over random rows with empty fields. */
class EmptinessTest {
    private static final Expr NONE = new Expr.Literal(null, Type.NONE);
    private static final Emptiness NOTHING_KNOWN = new Emptiness(Set.of(), _ -> true);

    /** Random typed expressions over the fields n, m (numbers) and p, q (true or false). */
    private record Expressions(Random random) {
        Expr condition(int depth) {
            if (depth == 0) {
                return switch (random.nextInt(5)) {
                    case 0 -> new Expr.Literal(random.nextBoolean(), Type.BOOLEAN);
                    case 1 -> new Expr.Is(number(0), NONE);
                    case 2 -> new Expr.Field("s", random.nextBoolean() ? "p" : "q", Type.BOOLEAN);
                    default -> comparison(0);
                };
            }
            return switch (random.nextInt(11)) {
                case 0, 1 -> new Expr.And(condition(depth - 1), condition(depth - 1));
                case 2, 3 -> new Expr.Or(condition(depth - 1), condition(depth - 1));
                case 4, 5 -> new Expr.Not(condition(depth - 1));
                case 6 -> new Expr.Is(number(depth - 1), random.nextBoolean() ? NONE : number(0));
                case 7 ->
                        new Expr.In(
                                number(depth - 1),
                                List.of((Expr.Literal) literal(), (Expr.Literal) literal()));
                case 8 ->
                        new Expr.Case(
                                List.of(
                                        new Expr.Arm(condition(depth - 1), condition(depth - 1)),
                                        new Expr.Arm(condition(0), condition(depth - 1))),
                                random.nextBoolean() ? NONE : condition(depth - 1),
                                Type.BOOLEAN);
                case 9 ->
                        new Expr.Call(
                                Function.COALESCE,
                                List.of(condition(depth - 1), condition(0)),
                                Type.BOOLEAN);
                default -> comparison(depth - 1);
            };
        }

        private Expr comparison(int depth) {
            var comparators = Comparator.values();
            return new Expr.Compare(
                    comparators[random.nextInt(comparators.length)], number(depth), number(depth));
        }

        private Expr number(int depth) {
            if (depth == 0) {
                return random.nextInt(3) == 0
                        ? literal()
                        : new Expr.Field("s", random.nextBoolean() ? "n" : "m", Type.DECIMAL);
            }
            return switch (random.nextInt(6)) {
                case 0 -> new Expr.Negate(number(depth - 1));
                case 1 -> arithmetic(Operator.ADD, Type.DECIMAL, depth);
                case 2 -> arithmetic(Operator.DIVIDE, Type.DOUBLE, depth);
                case 3 ->
                        new Expr.Call(
                                Function.COALESCE,
                                List.of(number(depth - 1), number(0)),
                                Type.DECIMAL);
                case 4 -> new Expr.Call(Function.ABS, List.of(number(0)), Type.DECIMAL);
                default -> new Expr.Call(Function.SQRT, List.of(number(0)), Type.DOUBLE);
            };
        }

        private Expr arithmetic(Operator operator, Type type, int depth) {
            return new Expr.Arithmetic(
                    operator, number(0), number(depth > 1 ? 0 : depth - 1), type);
        }

        private Expr literal() {
            return Expr.number(new BigDecimal(random.nextInt(3) - 1));
        }

        Map<String, @Nullable Object> row() {
            var row = new HashMap<String, @Nullable Object>();
            for (String field : List.of("n", "m")) {
                row.put(
                        field,
                        random.nextInt(3) == 0 ? null : new BigDecimal(random.nextInt(3) - 1));
            }
            for (String field : List.of("p", "q")) {
                row.put(field, random.nextInt(3) == 0 ? null : random.nextBoolean());
            }
            return row;
        }
    }

    private static @Nullable Object value(Expr expr, Map<String, @Nullable Object> row) {
        return Evaluator.evaluate(expr, row::get);
    }

    @Test
    void what_is_never_empty_where_a_condition_is_true_never_is() {
        long seed = 20261128;
        var random = new Random(seed);
        var expressions = new Expressions(random);
        int claimed = 0;
        for (int run = 0; run < 20_000; run++) {
            var where = expressions.condition(1 + random.nextInt(3));
            var condition = expressions.condition(1 + random.nextInt(3));
            if (NOTHING_KNOWN.given(where).mayBeEmpty(condition)) {
                continue;
            }
            claimed++;
            for (int row = 0; row < 30; row++) {
                var values = expressions.row();
                if (Boolean.TRUE.equals(value(where, values))) {
                    assertThat(value(condition, values))
                            .as(
                                    "seed %d: %s where %s over %s",
                                    seed, PlanWords.text(condition), PlanWords.text(where), values)
                            .isNotNull();
                }
            }
        }
        assertThat(claimed).isGreaterThan(1_000);
    }

    @Test
    void nearly_all_that_never_is_empty_is_known_to_be() {
        var random = new Random(42);
        var expressions = new Expressions(random);
        int missed = 0;
        int neverEmpty = 0;
        for (int run = 0; run < 5_000; run++) {
            var condition = expressions.condition(2);
            boolean seenEmpty = false;
            for (int row = 0; row < 200 && !seenEmpty; row++) {
                seenEmpty = value(condition, expressions.row()) == null;
            }
            neverEmpty += seenEmpty ? 0 : 1;
            missed += !seenEmpty && NOTHING_KNOWN.mayBeEmpty(condition) ? 1 : 0;
        }
        assertThat(missed).isLessThan(neverEmpty / 3);
    }
}
