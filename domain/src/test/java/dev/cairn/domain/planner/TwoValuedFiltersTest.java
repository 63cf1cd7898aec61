package dev.cairn.domain.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.expression.Emptiness;
import dev.cairn.domain.expression.Evaluator;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.problem.Place;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every small filter over every small row, against the two-valued logic written down here. */
class TwoValuedFiltersTest {
    private static final List<@Nullable Integer> VALUES = java.util.Arrays.asList(null, 1, 2);

    private static final List<Filter> CONDITIONS =
            Stream.of("a", "b")
                    .flatMap(field ->
                            Stream.<Filter>of(
                                    new Filter.Where(field, Operator.IN, List.of("1")),
                                    new Filter.Where(field, Operator.NOT_IN, List.of("1")),
                                    new Filter.Where(field, Operator.GT, List.of("1")),
                                    new Filter.Where(field, Operator.LTE, List.of("1")),
                                    new Filter.Where(field, Operator.IS_NULL, List.of()),
                                    new Filter.Where(field, Operator.IS_NOT_NULL, List.of())))
                    .toList();

    /** What has no value fulfils no comparison; NOT_IN and not are the plain opposite. */
    private static boolean holds(Filter filter, Map<String, @Nullable Integer> row) {
        return switch (filter) {
            case Filter.All(var filters) -> filters.stream().allMatch(one -> holds(one, row));
            case Filter.Any(var filters) -> filters.stream().anyMatch(one -> holds(one, row));
            case Filter.Not(var inner) -> !holds(inner, row);
            case Filter.Where(var field, var operator, var values) -> {
                var value = row.get(field);
                yield switch (operator) {
                    case IN -> value != null && values.contains(value.toString());
                    case NOT_IN -> !(value != null && values.contains(value.toString()));
                    case GT -> value != null && value > Integer.parseInt(values.getFirst());
                    case LTE -> value != null && value <= Integer.parseInt(values.getFirst());
                    case IS_NULL -> value == null;
                    case IS_NOT_NULL -> value != null;
                    case LT, GTE, CONTAINS, IS_NO_ACCOUNT ->
                            throw new IllegalArgumentException("not tried: " + operator);
                };
            }
        };
    }

    private static boolean keeps(Filter filter, Map<String, @Nullable Integer> row) {
        var names =
                new Filters.Names(
                        (name, place) -> new Expr.Field("s", name, Type.INTEGER), _ -> false);
        var lowered =
                new Filters(
                                ZoneOffset.UTC,
                                names,
                                new Emptiness(Set.of(), _ -> true),
                                problem -> {
                                    throw new AssertionError(problem);
                                })
                        .lower(filter, Place.of("filter"));
        var value =
                Evaluator.evaluate(
                        lowered,
                        name -> {
                            var number = row.get(name);
                            return number == null ? null : BigDecimal.valueOf(number);
                        });
        return Boolean.TRUE.equals(value);
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

    /** All of two conditions, each with or without a negation, put together in both ways, with or without one. */
    private static Stream<Filter> filters() {
        var signed =
                CONDITIONS.stream()
                        .flatMap(one ->
                                Stream.of(
                                        one,
                                        new Filter.Not(one),
                                        new Filter.Not(new Filter.Not(one))))
                        .toList();
        return signed.stream()
                .flatMap(one ->
                        signed.stream()
                                .flatMap(other ->
                                        Stream.of(
                                                new Filter.All(List.of(one, other)),
                                                new Filter.Any(List.of(one, other)))))
                .flatMap(both -> Stream.of(both, new Filter.Not(both)));
    }

    @Test
    void every_filter_keeps_the_rows_that_two_valued_logic_keeps() {
        var rows = rows();
        filters()
                .forEach(filter ->
                        rows.forEach(row ->
                                assertThat(keeps(filter, row))
                                        .as("%s of %s", filter, row)
                                        .isEqualTo(holds(filter, row))));
    }
}
