package dev.cairn.domain.lowering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.catalog.Binding;
import dev.cairn.domain.catalog.CatalogBuilder;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.formula.Function;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.PlanWords;
import dev.cairn.domain.planner.Question;
import dev.cairn.domain.problem.Place;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowFormulasTest {
    private static final Source LINE =
            CatalogBuilder.sourceOf(
                    "line",
                    "day_of date, account text -> account, quantity integer, price money EUR");

    private static RowFormulas of(Field... computed) {
        return RowFormulas.of(with(computed), Map.of(), Place.of("file.yaml"));
    }

    private static Source with(Field... computed) {
        var fields = new ArrayList<>(LINE.fields());
        fields.addAll(List.of(computed));
        return new Source(
                LINE.name(),
                LINE.label(),
                "",
                LINE.timeField(),
                ZoneId.of("America/Los_Angeles"),
                null,
                null,
                LINE.accountField(),
                null,
                List.of(),
                fields);
    }

    private static Field computed(String name, DataType type, String formula) {
        return computed(name, type, null, formula);
    }

    private static Field computed(
            String name, DataType type, @Nullable String currency, String formula) {
        return new Field(name, name, type, currency, formula, List.of(), null, null);
    }

    private static List<String> told(RowFormulas formulas) {
        return formulas.problems().stream().map(Question::brief).toList();
    }

    private static RowFormulas taking(String where, Field... computed) {
        var line = with(computed);
        return RowFormulas.of(
                new Source(
                                line.name(),
                                line.label(),
                                "",
                                line.timeField(),
                                line.zone(),
                                null,
                                null,
                                line.accountField(),
                                null,
                                List.of(),
                                line.fields())
                        .withWhere(where),
                Map.of(),
                Place.of("file.yaml"));
    }

    @Test
    void a_condition_on_rows_reads_all_fields_of_the_row_alone() {
        var twice = computed("twice", DataType.INTEGER, "quantity * 2");

        var taken = taking("twice > 2 and account = 'acme'", twice);
        assertThat(taken.problems()).isEmpty();
        assertThat(taken.fieldsOfWhere()).containsExactlyInAnyOrder("twice", "quantity", "account");
        assertThat(of(twice).fieldsOfWhere()).isEmpty();

        assertThat(told(taking("quantity"))).singleElement().asString().contains("TYPE_MISMATCH");
        assertThat(told(taking("colour = 'red'")))
                .singleElement()
                .asString()
                .contains("UNKNOWN_FIELD");
        assertThat(told(taking("account.plan = 'pro'"))).isNotEmpty();
        assertThat(told(taking("count(line) > 1"))).isNotEmpty();
        assertThat(told(taking("quantity >"))).singleElement().asString().contains("SYNTAX");
    }

    @Test
    void a_computed_field_reads_the_fields_before_it() {
        var formulas =
                of(
                        computed("amount", DataType.MONEY, "EUR", "quantity * price"),
                        computed("large", DataType.BOOLEAN, "amount > 100"));
        assertThat(formulas.problems()).isEmpty();
        assertThat(formulas.formulas().keySet()).containsExactly("amount", "large");
        assertThat(PlanWords.text(formulas.formulas().get("large"))).isEqualTo("amount > 100");
        assertThat(formulas.bindings())
                .containsEntry("line/quantity", Binding.FIELD)
                .containsEntry("line/amount", Binding.FIELD);
    }

    @Test
    void a_field_of_the_file_alone_has_no_formula() {
        assertThat(of().formulas()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"later", "itself", "nowhere"})
    void a_computed_field_does_not_read_itself_or_a_later_one(String name) {
        var formulas =
                of(
                        computed("itself", DataType.DECIMAL, name),
                        computed("later", DataType.DECIMAL, "1"));
        assertThat(told(formulas))
                .containsExactly("UNKNOWN_FIELD file.yaml/fields/itself/compute 1:1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TEXT      | quantity",
                "INTEGER   | quantity / 2",
                "INTEGER   | quantity * 0.5",
                "DECIMAL   | day_of",
                "BOOLEAN   | quantity",
                "DATE      | @2026-01-01T10:00Z",
                "TIMESTAMP | day_of",
                "TEXT      | quantity > 3",
            })
    void a_formula_of_another_type_than_declared_is_refused(DataType type, String formula) {
        assertThat(told(of(computed("x", type, formula))))
                .containsExactly("TYPE_MISMATCH file.yaml/fields/x/compute");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DECIMAL   | quantity",
                "DECIMAL   | quantity / 2",
                "DECIMAL   | price",
                "DATE      | date(2026, quantity, 1)",
                "TEXT      | none",
                "INTEGER   | days(day_of, day_of)",
                "TEXT      | case when quantity = 1 then 'AM' when quantity = 2 then 'MID' end",
            })
    void a_formula_of_the_type_that_is_declared_is_accepted(DataType type, String formula) {
        assertThat(of(computed("x", type, formula)).problems()).isEmpty();
    }

    @Test
    void money_of_another_currency_is_refused() {
        assertThat(told(of(computed("x", DataType.MONEY, "USD", "price"))))
                .containsExactly("UNIT_MISMATCH file.yaml/fields/x/compute");
        assertThat(of(computed("x", DataType.MONEY, "USD", "quantity * 2")).problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "user                   | INCOMPATIBLE",
                "account.plan           | UNKNOWN_FIELD",
                "user.account.plan      | UNKNOWN_FIELD",
                "bucket.start           | TYPE_MISMATCH",
                "count(line)            | LEVEL_MISMATCH",
                "events                 | UNKNOWN_FIELD",
                "quantity in pilots     | TYPE_MISMATCH",
                "prior(quantity)        | LEVEL_MISMATCH",
            })
    void a_computed_field_reads_the_row_alone(String formula, String code) {
        assertThat(told(of(computed("x", DataType.TEXT, formula))).getFirst()).startsWith(code);
    }

    @Test
    void a_bucket_is_not_known_while_a_row_is_read() {
        assertThat(told(of(computed("x", DataType.TIMESTAMP, "bucket.start"))))
                .containsExactly("LEVEL_MISMATCH file.yaml/fields/x/compute");
    }

    @Test
    void a_field_that_is_called_account_is_read_as_the_field_it_is() {
        var formulas = of(computed("x", DataType.TEXT, "lower(account)"));
        assertThat(formulas.problems()).isEmpty();
        assertThat(formulas.formulas().get("x"))
                .isEqualTo(
                        new Expr.Call(
                                Function.LOWER,
                                List.of(new Expr.Field("line", "account", Type.TEXT)),
                                Type.TEXT));
    }

    @Test
    void dates_begin_in_the_zone_of_the_source() {
        var formulas = of(computed("x", DataType.BOOLEAN, "@2026-01-31 < @2026-01-31T09:00Z"));
        assertThat(formulas.formulas().get("x"))
                .isEqualTo(
                        of(computed(
                                        "x",
                                        DataType.BOOLEAN,
                                        "@2026-01-31T08:00Z < @2026-01-31T09:00Z"))
                                .formulas()
                                .get("x"));
    }

    @Test
    void all_problems_of_all_fields_are_told() {
        var formulas =
                of(
                        computed("a", DataType.INTEGER, "quantty + pric"),
                        computed("b", DataType.TEXT, "("),
                        computed("c", DataType.TEXT, "quantity"));
        assertThat(told(formulas))
                .containsExactly(
                        "UNKNOWN_FIELD file.yaml/fields/a/compute 1:1",
                        "UNKNOWN_FIELD file.yaml/fields/a/compute 1:11",
                        "SYNTAX file.yaml/fields/b/compute 1:2",
                        "TYPE_MISMATCH file.yaml/fields/c/compute");
    }
}
