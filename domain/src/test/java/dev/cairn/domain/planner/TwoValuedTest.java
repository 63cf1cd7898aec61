package dev.cairn.domain.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.expression.Emptiness;
import dev.cairn.domain.expression.Evaluator;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.formula.Formula.Comparator;
import dev.cairn.domain.formula.Function;
import dev.cairn.domain.plan.PlanWords;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every small condition over every small row, against both logics as they are written down here. */
class TwoValuedTest {
    private static final List<@Nullable Integer> VALUES = java.util.Arrays.asList(null, 1, 2);
    private static final Expr.Field A = new Expr.Field("s", "a", Type.INTEGER);
    private static final Expr.Field B = new Expr.Field("s", "b", Type.INTEGER);
    private static final Expr.Literal ONE = Expr.number(BigDecimal.ONE);
    private static final Expr.Literal NONE = new Expr.Literal(null, Type.NONE);
    private static final Expr.Literal FALSE = new Expr.Literal(false, Type.BOOLEAN);

    private static final TwoValued TWO_VALUED =
            new TwoValued(new Emptiness(Set.of(), _ -> true), PlanWords.Wording.BY_NUMBER);

    private static final List<Expr> ATOMS =
            List.of(
                    new Expr.Compare(Comparator.EQUAL, A, ONE),
                    new Expr.Compare(Comparator.NOT_EQUAL, A, ONE),
                    new Expr.Compare(Comparator.LESS_OR_EQUAL, B, ONE),
                    new Expr.In(B, List.of(ONE)),
                    new Expr.Is(A, NONE),
                    new Expr.Not(new Expr.Is(B, NONE)),
                    new Expr.Compare(
                            Comparator.EQUAL, new Expr.Compare(Comparator.EQUAL, A, ONE), FALSE),
                    new Expr.Call(
                            Function.COALESCE,
                            List.of(new Expr.Compare(Comparator.NOT_EQUAL, A, ONE), FALSE),
                            Type.BOOLEAN));

    /** A comparison of nothing is false, and what says "not" is the plain opposite. */
    private static boolean holds(Expr expr, Map<String, @Nullable Integer> row) {
        return switch (expr) {
            case Expr.And(var left, var right) -> holds(left, row) && holds(right, row);
            case Expr.Or(var left, var right) -> holds(left, row) || holds(right, row);
            case Expr.Not(var operand) -> !holds(operand, row);
            case Expr.Compare(var comparator, Expr.Compare inner, Expr.Literal other) ->
                    holds(inner, row) == Boolean.TRUE.equals(other.value());
            case Expr.Compare(var comparator, Expr.Field field, var _) -> {
                var value = row.get(field.name());
                yield switch (comparator) {
                    case EQUAL -> value != null && value == 1;
                    case NOT_EQUAL -> value == null || value != 1;
                    case LESS_OR_EQUAL -> value != null && value <= 1;
                    default -> throw new IllegalArgumentException("not tried: " + comparator);
                };
            }
            case Expr.In(Expr.Field field, var _) -> {
                var value = row.get(field.name());
                yield value != null && value == 1;
            }
            case Expr.Is(Expr.Field field, var _) -> row.get(field.name()) == null;
            // What handles emptiness itself is as it says.
            case Expr.Call _ -> row.get("a") != null && row.get("a") != 1;
            default -> throw new IllegalArgumentException("not tried: " + expr);
        };
    }

    private static @Nullable Object evaluated(Expr expr, Map<String, @Nullable Integer> row) {
        return Evaluator.evaluate(
                expr,
                name -> {
                    var number = row.get(name);
                    return number == null ? null : BigDecimal.valueOf(number);
                });
    }

    private static List<Map<String, @Nullable Integer>> rows() {
        var rows = new ArrayList<Map<String, @Nullable Integer>>();
        for (var a : VALUES) {
            for (var b : VALUES) {
                var row = new HashMap<String, @Nullable Integer>();
                row.put("a", a);
                row.put("b", b);
                rows.add(row);
            }
        }
        return rows;
    }

    private static Stream<Expr> signed(Expr expr) {
        return Stream.of(expr, new Expr.Not(expr), new Expr.Not(new Expr.Not(expr)));
    }

    private static Stream<Expr> joined(List<Expr> some, List<Expr> others) {
        return some.stream()
                .flatMap(one ->
                        others.stream()
                                .flatMap(other ->
                                        Stream.<Expr>of(
                                                new Expr.And(one, other),
                                                new Expr.Or(one, other))));
    }

    /** All of one, two and three comparisons, each and their combinations with and without "not". */
    private static Stream<Expr> conditions() {
        var single = ATOMS.stream().flatMap(TwoValuedTest::signed).toList();
        var pairs = joined(single, single).flatMap(TwoValuedTest::signed).toList();
        return Stream.of(single.stream(), pairs.stream(), joined(pairs, ATOMS)).flatMap(all -> all);
    }

    @Test
    void condition_is_what_two_valued_logic_makes_of_it_and_never_empty() {
        var rows = rows();
        conditions()
                .forEach(condition ->
                        rows.forEach(row ->
                                assertThat(evaluated(TWO_VALUED.condition(condition), row))
                                        .as("%s of %s", condition, row)
                                        .isEqualTo(holds(condition, row))));
    }

    @Test
    void where_no_negation_is_found_no_row_is_undecided() {
        var rows = rows();
        long undecided =
                conditions()
                        .filter(condition ->
                                rows.stream()
                                        .anyMatch(row ->
                                                evaluated(condition, row) == null
                                                        && holds(condition, row)))
                        .peek(condition ->
                                assertThat(TWO_VALUED.negationsIn(condition))
                                        .as("%s", condition)
                                        .isNotEmpty())
                        .count();
        assertThat(undecided).isPositive();
    }

    @Test
    void decided_conditions_are_the_same_in_both_logics() {
        var rows = rows();
        conditions()
                .forEach(condition ->
                        rows.forEach(row -> {
                            var value = evaluated(condition, row);
                            if (value != null) {
                                assertThat(holds(condition, row))
                                        .as("%s of %s", condition, row)
                                        .isEqualTo(value);
                            }
                        }));
    }

    @Test
    void arms_are_taken_as_two_valued_logic_takes_them() {
        var rows = rows();
        conditions()
                .limit(2_000)
                .forEach(condition -> {
                    var choice =
                            new Expr.Case(List.of(new Expr.Arm(condition, A)), B, Type.INTEGER);
                    rows.forEach(row ->
                            assertThat(evaluated(TWO_VALUED.value(choice), row))
                                    .as("%s of %s", condition, row)
                                    .isEqualTo(evaluated(holds(condition, row) ? A : B, row)));
                });
    }

    @Test
    void negation_that_emptiness_decides_is_none() {
        var isNone = new Expr.Is(A, NONE);
        var other = new Expr.Compare(Comparator.NOT_EQUAL, A, ONE);
        assertThat(TWO_VALUED.negationsIn(other))
                .containsExactly(new TwoValued.Negation(List.of("a"), "a is not 1"));
        assertThat(TWO_VALUED.negationsIn(new Expr.Or(isNone, other))).isEmpty();
        assertThat(TWO_VALUED.negationsIn(new Expr.And(new Expr.Not(isNone), other))).isEmpty();
        assertThat(
                        new TwoValued(
                                        new Emptiness(Set.of(A), _ -> true),
                                        PlanWords.Wording.BY_NUMBER)
                                .negationsIn(other))
                .isEmpty();
    }
}
