package dev.cairn.domain.lowering;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.expression.Type;
import dev.cairn.domain.planner.Question;
import dev.cairn.domain.problem.ProblemCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTypesTest {
    /** The type of a formula over a row. */
    private static Type ofRow(String source, String formula) {
        var plan = formula("distinct(%s : %s)".formatted(source, formula)).planned(shop());
        return plan.leaves().getFirst().aggregation().value().type();
    }

    private static Type ofCell(String formula) {
        return formula(formula).planned(shop()).outputs().getFirst().value().type();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "3                                          | INTEGER",
                "3.0                                        | INTEGER",
                "3.5                                        | DECIMAL",
                "'pro'                                      | TEXT",
                "true                                       | BOOLEAN",
                "@2026-01-31                                | DATE",
                "@2026-01-31T10:00Z                         | TIMESTAMP",
                "quantity                                   | INTEGER",
                "unit_price                                 | DECIMAL",
                "amount                                     | DECIMAL",
                "paid                                       | BOOLEAN",
                "issued                                     | DATE",
                "account                                    | TEXT",
                "account.plan                               | TEXT",
                "account.seats                              | INTEGER",
                "bucket.start                               | TIMESTAMP",
                "bucket.end                                 | TIMESTAMP",
                "paid and quantity > 3                      | BOOLEAN",
                "paid or not paid                           | BOOLEAN",
                "amount is none                             | BOOLEAN",
                "amount is not none                         | BOOLEAN",
                "quantity in (1, -2)                        | BOOLEAN",
                "quantity not in (1, 2)                     | BOOLEAN",
                "account in pilots                          | BOOLEAN",
                "quantity + 1                               | INTEGER",
                "quantity - 0.5                             | DECIMAL",
                "quantity * unit_price                      | DECIMAL",
                "quantity / 2                               | DOUBLE",
                "quantity / 2 + 1                           | DOUBLE",
                "-quantity                                  | INTEGER",
                "-unit_price                                | DECIMAL",
                "case when paid then 1 else 2.5 end         | DECIMAL",
                "case when paid then 1 end                  | INTEGER",
                "case when paid then quantity / 2 else 1 end| DOUBLE",
                "case when paid then none else 'no' end     | TEXT",
                "coalesce(quantity, 0)                      | INTEGER",
                "coalesce(quantity, 0.5)                    | DECIMAL",
                "least(quantity, unit_price)                | DECIMAL",
                "greatest(issued, paid_on)                  | DATE",
                "abs(unit_price)                            | DECIMAL",
                "round(unit_price, 2)                       | DECIMAL",
                "round(quantity / 3)                        | DOUBLE",
                "sqrt(quantity)                             | DOUBLE",
                "power(quantity, 2)                         | DOUBLE",
                "ln(quantity)                               | DOUBLE",
                "lower(account.plan)                        | TEXT",
                "contains(account.plan, 'p')                | BOOLEAN",
                "starts(account.plan, 'p')                  | BOOLEAN",
                "matches(account.plan, 'p.*')               | BOOLEAN",
                "days(issued, paid_on)                      | INTEGER",
                "hours(@2026-01-01T00:00Z, bucket.end)      | DOUBLE",
                "minutes(bucket.start, bucket.end)          | DOUBLE",
                "days(bucket.start, bucket.end)             | DOUBLE",
                "date(2026, quantity, 1)                    | DATE",
                "weekday(issued)                            | INTEGER",
                "let half = quantity / 2 in half            | DOUBLE",
            })
    void every_kind_of_row_formula_has_its_type(String formula, Type.Kind kind) {
        assertThat(ofRow("invoice", formula).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "count(event)                         | INTEGER",
                "distinct(event.name)                 | INTEGER",
                "sum(invoice.quantity)                | INTEGER",
                "sum(invoice : amount)                | DECIMAL",
                "sum(invoice : quantity / 2)          | DOUBLE",
                "avg(invoice.quantity)                | DOUBLE",
                "median(invoice.quantity)             | DOUBLE",
                "p90(invoice.quantity)                | DOUBLE",
                "p90_disc(invoice.quantity)           | INTEGER",
                "min(invoice.issued)                  | DATE",
                "max(event.happened)                  | TIMESTAMP",
                "min(event.name)                      | TEXT",
                "share(event : name is none)          | DOUBLE",
                "exists(event)                        | BOOLEAN",
                "count(event) / 2                     | DOUBLE",
                "count(event) > 3                     | BOOLEAN",
                "case when count(event) > 3 then 1 end| INTEGER",
                "coalesce(avg(event.seconds), 0)      | DOUBLE",
                "bucket.start                         | TIMESTAMP",
                "1 + 1                                | INTEGER",
            })
    void every_kind_of_cell_formula_has_its_type(String formula, Type.Kind kind) {
        assertThat(ofCell(formula).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "sum(event : name)                                  | 1:13",
                "avg(event.name)                                    | 1:11",
                "median(event : beta)                               | 1:16",
                "min(event : beta)                                  | 1:1",
                "count(event where name)                            | 1:19",
                "count(event where name = 3)                        | 1:19",
                "count(event where name > beta)                     | 1:19",
                "count(event where beta < true)                     | 1:19",
                "count(event where name = none)                     | 1:19",
                "count(event where not seconds)                     | 1:23",
                "count(event where beta and seconds)                | 1:28",
                "count(event where seconds or beta)                 | 1:19",
                "count(event where name in (1, 'x'))                | 1:28",
                "count(event where seconds in ('x'))                | 1:31",
                "count(event where name in pilots)                  | 1:19",
                "count(event where happened > 3)                    | 1:19",
                "count(survey where answered > @2026-01-01T10:00Z)  | 1:20",
                "sum(event : seconds + name)                        | 1:23",
                "sum(event : name * 2)                              | 1:13",
                "sum(event : -name)                                 | 1:13",
                "sum(event : case when beta then 1 else name end)   | 1:40",
                "sum(event : case when seconds then 1 end)          | 1:23",
                "sum(event : coalesce(seconds, name))               | 1:13",
                "max(event : least(beta, true))                     | 1:13",
                "sum(event : abs(name))                             | 1:13",
                "sum(event : round(seconds, -1))                    | 1:13",
                "sum(event : round(seconds, seconds))               | 1:13",
                "sum(event : round(seconds, 11))                    | 1:13",
                "max(event : lower(seconds))                        | 1:13",
                "count(event where starts(name, 3))                 | 1:19",
                "count(event where matches(name, name))             | 1:19",
                "count(event where matches(name, '('))              | 1:19",
                "sum(ticket : hours(opened, due))                   | 1:14",
                "sum(survey : hours(answered, answered))            | 1:14",
                "sum(event : days(seconds, seconds))                | 1:13",
                "sum(event : weekday(name))                         | 1:13",
                "sum(invoice : hour_of_day(issued))                 | 1:15",
                "max(event : trunc(happened, hour))                 | 1:13",
                "max(event : trunc(seconds, day))                   | 1:13",
                "max(event : trunc(happened, name))                 | 1:13",
                "max(event : date(seconds))                         | 1:13",
                "max(event : abs(month))                            | 1:17",
                "max(invoice : issued + 3 hours)                    | 1:15",
                "sum(event : seconds + 3 days)                      | 1:13",
                "max(event : happened * 3 days)                     | 1:13",
                "max(event : 3 days)                                | 1:13",
                "max(event : concat(name, seconds))                 | 1:13",
                "max(event : date('2026', 1, 1))                    | 1:13",
                "sum(event : none)                                  | 1:13",
                "none                                               | ``",
                "count(event : name)                                | 1:15",
                "exists(event : name)                               | 1:16",
            })
    void what_does_not_go_together_is_refused_where_it_stands(String formula, String place) {
        var problem = formula(formula).problem(shop());
        assertThat(problem.code()).isEqualTo(ProblemCode.TYPE_MISMATCH);
        assertThat(Question.brief(problem))
                .isEqualTo(("TYPE_MISMATCH metrics/0/metric/formula " + place).strip());
    }

    @Test
    void an_aggregate_of_a_value_needs_one() {
        var problem = formula("sum(invoice)").problem(shop());
        assertThat(problem.code()).isEqualTo(ProblemCode.MISSING);
        assertThat(problem.suggestions()).containsExactly("sum(invoice : ...)");
    }

    @Test
    void a_comparison_with_none_is_refused_with_the_way_to_ask() {
        assertThat(formula("count(event where name = none)").problem(shop()).suggestions())
                .containsExactly("is none", "is not none");
    }

    @Test
    void a_count_of_values_is_refused_with_two_ways_out() {
        assertThat(formula("count(event : name)").problem(shop()).suggestions())
                .containsExactly("count(... where x is not none)", "distinct(... : x)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "abs(1, 2)",
                "date(2026, 1)",
                "matches('a')",
                "power(2)",
                "weekday()",
            })
    void a_function_with_a_wrong_number_of_arguments_is_refused(String call) {
        assertThat(formula("max(event : %s)".formatted(call)).problem(shop()).code())
                .isEqualTo(ProblemCode.UNKNOWN_FUNCTION);
    }

    @Test
    void a_function_has_no_named_arguments() {
        assertThat(formula("sum(event : abs(value: 3))").problem(shop()).code())
                .isEqualTo(ProblemCode.UNKNOWN_FUNCTION);
    }
}
