package dev.cairn.domain.check;

import static dev.cairn.domain.catalog.CatalogBuilder.catalog;
import static dev.cairn.domain.catalog.CatalogBuilder.sourceOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.CatalogBuilder;
import dev.cairn.domain.change.DeclarationChange;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.formula.Formula.Comparator;
import dev.cairn.domain.lowering.RowFormulas;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Link;
import dev.cairn.domain.model.Rates;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.model.Validity;
import dev.cairn.domain.planner.Listings;
import dev.cairn.domain.planner.Question;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.Problems;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Computed fields that read what links lead to, as they are declared. */
class LinkedFieldCheckTest {
    private static final Link SUBSCRIPTION =
            new Link("subscription", "subscription", List.of("about"));

    private static Field computed(String name, DataType type, String formula) {
        return new Field(name, name, type, null, formula, List.of(), null, null);
    }

    private static Source change(Field... computed) {
        var source =
                sourceOf(
                        "change",
                        "day date, number integer key, about text, seats integer, state text");
        return with(source, List.of(SUBSCRIPTION), null, computed);
    }

    private static Source with(
            Source source, List<Link> links, @Nullable String where, Field... computed) {
        var fields = new ArrayList<>(source.fields());
        fields.addAll(List.of(computed));
        return new Source(
                        source.name(),
                        "",
                        "",
                        source.timeField(),
                        ZoneId.of("Europe/Berlin"),
                        null,
                        null,
                        null,
                        null,
                        source.key(),
                        fields)
                .withWhere(where)
                .withLinks(Stream.concat(source.links().stream(), links.stream()).toList());
    }

    private static CatalogBuilder billing(Source change) {
        return catalog()
                .source(
                        "subscription",
                        "opened_at timestamp, number text key, currency text, price money of currency, included integer, plan text")
                .define(change);
    }

    private static List<Problem> problems(Catalog catalog, String source) {
        return DefinitionChecker.check(
                        catalog, catalog.entry(source).orElseThrow(), Place.of("file.yaml"))
                .problems();
    }

    private static List<String> told(Source change) {
        return problems(billing(change).build(), "change").stream().map(Question::brief).toList();
    }

    @Test
    void formula_over_what_a_link_leads_to_is_checked_with_all_it_reads() {
        var change =
                change(
                        computed("currency", DataType.TEXT, "subscription.currency"),
                        computed("amount", DataType.MONEY, "seats * subscription.price")
                                .inCurrencyOf("currency"),
                        computed("double", DataType.MONEY, "2 * amount").inCurrencyOf("currency"),
                        computed("full", DataType.BOOLEAN, "seats >= subscription.included"),
                        computed("opened_on", DataType.DATE, "date(subscription.opened_at)"));
        assertThat(told(change)).isEmpty();
        var catalog = billing(change).build();
        assertThat(
                        DefinitionChecker.check(
                                        catalog,
                                        catalog.entry("change").orElseThrow(),
                                        Place.of("file.yaml"))
                                .references())
                .containsExactly("subscription");
    }

    @Test
    void all_that_is_wrong_is_told_at_once() {
        var change =
                change(
                        computed("a", DataType.TEXT, "subscription.plane"),
                        computed("b", DataType.INTEGER, "subscription.plan"),
                        computed("c", DataType.MONEY, "subscription.price").inCurrencyOf("state"),
                        computed("d", DataType.TEXT, "subscription"),
                        computed("e", DataType.BOOLEAN, "subscription.included > bucket.start"),
                        computed("f", DataType.TEXT, "case when later = 'x' then 'y' end"),
                        computed("later", DataType.TEXT, "subscription.plan"));
        assertThat(told(change))
                .containsExactly(
                        "UNKNOWN_FIELD file.yaml/fields/a/compute 1:1",
                        "TYPE_MISMATCH file.yaml/fields/b/compute",
                        "UNIT_MISMATCH file.yaml/fields/c/compute",
                        "LEVEL_MISMATCH file.yaml/fields/d/compute 1:1",
                        "TYPE_MISMATCH file.yaml/fields/e/compute 1:1",
                        "UNKNOWN_FIELD file.yaml/fields/f/compute 1:11");
    }

    @Test
    void nothing_by_which_rows_are_stored_is_computed_from_links() {
        var declared =
                change(
                        computed("since", DataType.DATE, "date(subscription.opened_at)"),
                        computed("plan", DataType.TEXT, "subscription.plan"),
                        computed("rate", DataType.INTEGER, "subscription.included"));
        var change =
                new Source(
                                "change",
                                "",
                                "",
                                "since",
                                declared.zone(),
                                null,
                                null,
                                "plan",
                                "plan",
                                List.of("plan"),
                                declared.fields())
                        .withWhere("plan is not none")
                        .with(new Validity("since", "day", List.of("plan")))
                        .with(
                                List.of(
                                        SUBSCRIPTION,
                                        new Link("by_plan", "subscription", List.of("plan"))))
                        .withRates(new Rates("plan", "USD", "rate", 7));
        assertThat(told(change).stream().filter(told -> !told.startsWith("TYPE_MISMATCH")))
                .containsExactly(
                        "INCOMPATIBLE file.yaml/time",
                        "INCOMPATIBLE file.yaml/validity",
                        "INCOMPATIBLE file.yaml/validity",
                        "INCOMPATIBLE file.yaml/account",
                        "INCOMPATIBLE file.yaml/user",
                        "INCOMPATIBLE file.yaml/key",
                        "INCOMPATIBLE file.yaml/links/by_plan",
                        "INCOMPATIBLE file.yaml/rates",
                        "INCOMPATIBLE file.yaml/rates",
                        "LEVEL_MISMATCH file.yaml/where 1:1");
    }

    @Test
    void no_field_is_computed_from_itself_in_a_circle_of_links() {
        var task =
                with(
                        sourceOf("task", "day date, number integer key, above integer"),
                        List.of(new Link("parent", "task", List.of("above"))),
                        null,
                        computed("root", DataType.INTEGER, "coalesce(parent.root, number)"),
                        computed("depth", DataType.INTEGER, "parent.number"));
        assertThat(problems(catalog().define(task).build(), "task"))
                .extracting(Question::brief)
                .containsExactly("CYCLE file.yaml/fields/root/compute");
    }

    @Test
    void links_lead_no_further_by_a_computed_field_than_without() {
        var parent = new Link("parent", "task", List.of("above"));
        var task =
                with(
                        sourceOf("task", "day date, number integer key, above integer"),
                        List.of(parent),
                        null,
                        computed("third", DataType.INTEGER, "parent.parent.parent.number"),
                        computed("fifth", DataType.INTEGER, "parent.parent.third"),
                        computed("sixth", DataType.INTEGER, "parent.parent.parent.third"));
        assertThat(problems(catalog().define(task).build(), "task"))
                .extracting(Question::brief)
                .containsExactly("LIMIT file.yaml/fields/sixth/compute 1:1");
    }

    @Test
    void currency_that_is_worked_out_from_links_is_refused() {
        var change =
                change(
                        computed(
                                "currency",
                                DataType.TEXT,
                                "coalesce(subscription.currency, 'USD')"),
                        Field.of("amount", DataType.MONEY).inCurrencyOf("currency"));
        assertThat(told(change)).containsExactly("INCOMPATIBLE file.yaml/fields/amount/currency");
        assertThat(problems(billing(change).build(), "change"))
                .extracting(Problem::message)
                .containsExactly(
                        "The currency of 'amount' is worked out from what links lead to. It is one field, of the row or of one that a link leads to: amounts are told apart and converted by it, wherever they are read. Let the source that the link leads to compute it, and name it by the link: currency: {field: subscription.currency}.");
    }

    @Test
    void nothing_of_it_is_stored_and_a_change_of_it_reads_rows_again_at_most() {
        var stored = change(computed("note", DataType.TEXT, "state"));
        var linked = change(computed("note", DataType.TEXT, "subscription.plan"));
        assertThat(RowFormulas.of(linked, Map.of(), Place.NOWHERE).formulas())
                .containsEntry("note", Expr.NONE);
        for (var change :
                List.of(
                        DeclarationChange.of(stored, Map.of(), linked),
                        DeclarationChange.of(linked, Map.of(), stored))) {
            assertThat(change.again()).isTrue();
            assertThat(change.obstacles()).isEmpty();
        }
    }

    @Test
    void rows_are_not_placed_by_a_time_that_is_computed_from_links() {
        var catalog =
                billing(change(computed("since", DataType.DATE, "date(subscription.opened_at)")))
                        .metric("changes", "count(change on since)")
                        .build();
        var problems = problems(catalog, "changes");
        assertThat(problems)
                .extracting(Question::brief)
                .containsExactly("INCOMPATIBLE file.yaml/formula 1:14");
        assertThat(problems.getFirst().message())
                .isEqualTo(
                        "'since' is computed from what a link leads to, as each question is asked, and rows are placed in time by what is stored with them. Name a field of 'change' that its rows say themselves, or place the rows that the link leads to.");
    }

    @Test
    void values_are_those_of_the_field_it_is_or_of_its_formula() {
        var catalog =
                billing(
                                change(
                                        computed("plan", DataType.TEXT, "subscription.plan"),
                                        computed(
                                                "size",
                                                DataType.TEXT,
                                                "case when seats > subscription.included then 'large' end")))
                        .build();
        assertThat(Listings.values("change.plan", catalog, Caller.LOCAL).dimension())
                .isInstanceOf(Expr.Field.class)
                .extracting(dimension -> ((Expr.Field) dimension).source())
                .isEqualTo("subscription");
        var size = Listings.values("change.size", catalog, Caller.LOCAL);
        assertThat(size.problems()).isEmpty();
        assertThat(Exprs.any(size.dimension(), Expr.Linked.class::isInstance)).isTrue();
    }

    @Test
    void value_out_of_the_declared_range_is_none() {
        var bounded =
                new Field(
                        "included",
                        "included",
                        DataType.INTEGER,
                        null,
                        "subscription.included",
                        List.of(),
                        BigDecimal.ONE,
                        null);
        var change = change(bounded);
        assertThat(told(change)).isEmpty();
        var condition =
                Listings.factFilter(
                        "included = 0", change, billing(change).build(), new Problems());
        assertThat(
                        Exprs.any(
                                condition,
                                part ->
                                        part instanceof Expr.Case(var arms, _, _)
                                                && arms.getFirst().result().equals(Expr.NONE)
                                                && arms.getFirst().condition()
                                                        instanceof
                                                        Expr.Compare(var how, Expr.Linked _, _)
                                                && how == Comparator.LESS))
                .isTrue();
    }
}
