package dev.cairn.domain.planner;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.ask;
import static dev.cairn.domain.planner.Question.where;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.plan.PlanWords;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiltersTest {
    private static final String NOT_TEST = " and not (account.internal is true)";

    /** What a filter asks of the facts of the source it is over, beside that they are of no test account. */
    private static String asked(Filter filter) {
        return asked(filter, "UTC");
    }

    private static String asked(Filter filter, String zone) {
        var catalog =
                shop().metric("invoices", "count(invoice)").metric("tickets", "count(ticket)");
        String source = ownerOf(filter);
        var scans =
                ask(source.equals("ticket") ? "tickets" : "invoices")
                        .in(zone)
                        .filter(filter)
                        .planned(catalog)
                        .scans();
        return PlanWords.text(scans.getFirst().where())
                .replace(NOT_TEST.substring(5) + " and ", "");
    }

    private static String ownerOf(Filter filter) {
        return switch (filter) {
            case Filter.All(var filters) -> filters.isEmpty() ? "" : ownerOf(filters.getFirst());
            case Filter.Any(var filters) -> filters.isEmpty() ? "" : ownerOf(filters.getFirst());
            case Filter.Not(var inner) -> ownerOf(inner);
            case Filter.Where(var field, _, _) -> field.substring(0, field.indexOf('.'));
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "account.plan     | IN          | pro;team      | (account.plan in ('pro', 'team'))",
                "account.plan     | NOT_IN      | pro           | ((account.plan is none or not (account.plan in ('pro'))))",
                "account.plan     | NOT_IN      | pro;team;pro  | ((account.plan is none or not (account.plan in ('pro', 'team'))))",
                "invoice.quantity | IN          | 1;2;1.0;2;01  | (quantity in (1, 2))",
                "account.plan     | LT          | m             | (account.plan < 'm')",
                "account.plan     | CONTAINS    | ro            | (contains(account.plan, 'ro'))",
                "account.plan     | IN          | it's          | (account.plan in ('it''s'))",
                "account.plan     | IS_NULL     |               | ((not (account is none) and account.plan is none))",
                "account.plan     | IS_NO_ACCOUNT |             | ((account is none and account.plan is none))",
                "account.plan     | IS_NOT_NULL |               | (not (account.plan is none))",
                "invoice.quantity | LT          | 3             | (quantity < 3)",
                "invoice.quantity | LTE         | -3            | (quantity <= -3)",
                "invoice.quantity | GT          | 1.5           | (quantity > 1.5)",
                "invoice.quantity | GTE         | +3            | (quantity >= 3)",
                "invoice.quantity | IN          | 1;2           | (quantity in (1, 2))",
                "invoice.amount   | GT          | 0.10          | (amount > 0.10)",
                "invoice.paid     | IN          | true          | (paid in (true))",
                "invoice.paid     | NOT_IN      | false;true    | ((paid is none or not (paid in (false, true))))",
                "invoice.issued   | NOT_IN      | 2026-01-15    | (not (issued in (2026-01-15)))",
                "invoice.issued   | GTE         | 2026-01-15    | (issued >= 2026-01-15)",
                "invoice.issued   | IN          | 2026-01-15    | (issued in (2026-01-15))",
                "ticket.opened    | LT          | 2026-01-15    | (opened < 2026-01-15T00:00:00Z)",
                "ticket.opened    | LT          | 2026-01-15T10:00+02:00 | (opened < 2026-01-15T08:00:00Z)",
                "ticket.opened    | IS_NULL     |               | (opened is none)",
            })
    void every_operator_reads_its_values_by_the_type_of_the_field(
            String field, Operator operator, String values, String meaning) {
        var given = values == null ? new String[0] : values.split(";");
        assertThat("(" + asked(where(field, operator, given)).substring(1)).isEqualTo(meaning);
    }

    @Test
    void a_date_beside_an_instant_begins_in_the_questions_zone() {
        assertThat(asked(where("ticket.opened", Operator.LT, "2026-01-15"), "America/New_York"))
                .contains("2026-01-15T05:00:00Z");
    }

    @Test
    void a_fraction_is_compared_as_it_is_with_a_whole_number() {
        var filter = where("invoice.quantity", Operator.GT, "1.5");
        var catalog = shop().metric("invoices", "count(invoice)");
        var scan = ask("invoices").filter(filter).planned(catalog).scans().getFirst();
        assertThat(
                        Exprs.any(
                                scan.where(),
                                part ->
                                        part instanceof Expr.Literal(var value, var type)
                                                && String.valueOf(value).equals("1.5")
                                                && type.equals(Type.DECIMAL)))
                .isTrue();
    }

    @Test
    void filters_are_put_together() {
        var one = where("invoice.quantity", Operator.GT, "1");
        var two = where("invoice.quantity", Operator.LT, "5");
        assertThat(asked(new Filter.All(List.of(one, two))))
                .contains("(quantity > 1 and quantity < 5)");
        assertThat(asked(new Filter.Any(List.of(one, two))))
                .contains("(quantity > 1 or quantity < 5)");
        assertThat(asked(new Filter.Not(one))).contains("not (quantity > 1)");
        assertThat(asked(new Filter.All(List.of(one)))).contains("quantity > 1");
    }

    @Test
    void all_of_nothing_is_true_and_any_of_nothing_is_false() {
        assertThat(asked(new Filter.All(List.of()))).isEqualTo("not (account.internal is true)");
        assertThat(asked(new Filter.Any(List.of()))).isEqualTo("(false)");
    }

    @Test
    void a_cohort_is_a_field_that_is_true_or_false() {
        var scan = ask("events").filter("pilots", Operator.IN, "true").planned(shop()).scans();
        assertThat(PlanWords.text(scan.getFirst().where()))
                .contains("account in ('a-1', 'a-2') in (true)");
    }

    // ---- refusals

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "invoice.quantity | IN          | many                | BAD_VALUE     | values/0",
                "invoice.quantity | IN          | 1;x;2;y             | BAD_VALUE     | values/1",
                "invoice.quantity | GT          | 1e9                 | BAD_VALUE     | values/0",
                "invoice.quantity | GT          | 1,000               | BAD_VALUE     | values/0",
                "invoice.quantity | GT          | NaN                 | BAD_VALUE     | values/0",
                "invoice.quantity | GT          | ٣                   | BAD_VALUE     | values/0",
                "invoice.paid     | IN          | yes                 | BAD_VALUE     | values/0",
                "invoice.paid     | IN          | TRUE                | BAD_VALUE     | values/0",
                "invoice.paid     | GT          | true                | TYPE_MISMATCH | op",
                "invoice.issued   | GT          | 2026-02-30          | BAD_VALUE     | values/0",
                "invoice.issued   | GT          | 15.01.2026          | BAD_VALUE     | values/0",
                "invoice.issued   | GT          | +99999-01-01        | BAD_VALUE     | values/0",
                "invoice.issued   | GT          | 2026-01-15T10:00Z   | BAD_VALUE     | values/0",
                "event.happened   | GT          | 2026-01-15T10:00    | BAD_VALUE     | values/0",
                "event.happened   | GT          | +999999999-12-31T23:00-18:00| BAD_VALUE | values/0",
                "invoice.quantity | CONTAINS    | 3                   | TYPE_MISMATCH | op",
                "invoice.quantity | GT          | 1;2                 | BAD_VALUE     | values",
                "invoice.quantity | GT          |                     | BAD_VALUE     | values",
                "invoice.quantity | IN          |                     | MISSING       | values",
                "invoice.quantity | NOT_IN      |                     | MISSING       | values",
                "invoice.quantity | IS_NULL     | 1                   | BAD_VALUE     | values",
                "account.plan     | CONTAINS    | a;b                 | BAD_VALUE     | values",
                "(1 = 1           | IN          | 1                   | SYNTAX        | field",
            })
    void what_cannot_be_read_is_refused_at_its_place(
            String field, Operator operator, String values, ProblemCode code, String place) {
        var given = values == null ? new String[0] : values.split(";");
        var metric = field.startsWith("event") ? "events" : "revenue";
        var problem = ask(metric).filter(field, operator, given).problems(shop()).getFirst();
        assertThat(problem.code()).isEqualTo(code);
        assertThat(String.join("/", problem.place().path())).isEqualTo("filter/where/" + place);
    }

    @Test
    void every_wrong_value_is_told() {
        assertThat(
                        ask("revenue")
                                .filter("invoice.quantity", Operator.IN, "1", "x", "2", "y")
                                .told(shop()))
                .containsExactly(
                        "BAD_VALUE filter/where/values/1", "BAD_VALUE filter/where/values/3");
    }

    @Test
    void a_text_with_a_nul_character_is_refused() {
        assertThat(ask("events").filter("event.name", Operator.IN, "a\0b").problem(shop()).code())
                .isEqualTo(ProblemCode.BAD_VALUE);
    }

    @Test
    void an_endless_number_is_refused() {
        assertThat(
                        ask("revenue")
                                .filter("invoice.quantity", Operator.IN, "9".repeat(200))
                                .problem(shop())
                                .code())
                .isEqualTo(ProblemCode.BAD_VALUE);
    }

    @Test
    void problems_have_the_path_of_their_part() {
        var filter =
                new Filter.All(
                        List.of(
                                where("event.name", Operator.IN, "a"),
                                new Filter.Not(
                                        new Filter.Any(
                                                List.of(where("event.nam", Operator.IN, "a"))))));
        assertThat(ask("events").filter(filter).told(shop()))
                .containsExactly("UNKNOWN_DIMENSION filter/all/1/not/any/0/where/field 1:1");
    }

    @Test
    void a_great_many_conditions_are_no_deep_expression_and_too_many_are_refused() {
        assertThat(ask("events").filter(any(Filters.MOST_CONDITIONS - 1)).planned(shop()).scans())
                .hasSize(1);
        assertThat(ask("events").filter(any(20_000)).told(shop()))
                .allMatch(told -> told.startsWith("LIMIT filter/any/"))
                .hasSize(1);
    }

    private static Filter any(int conditions) {
        return new Filter.Any(
                IntStream.range(0, conditions)
                        .mapToObj(at -> where("event.name", Operator.IN, "n" + at))
                        .toList());
    }

    @Test
    void conditions_that_are_nested_too_deep_are_refused() {
        var deep =
                Stream.iterate(where("event.name", Operator.IN, "a"), Filter.Not::new)
                        .skip(5_000)
                        .findFirst()
                        .orElseThrow();
        assertThat(ask("events").filter(deep).problem(shop()).code()).isEqualTo(ProblemCode.LIMIT);
    }
}
