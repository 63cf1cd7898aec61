package dev.cairn.domain.check;

import static dev.cairn.domain.catalog.Shop.shop;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.catalog.Binding;
import dev.cairn.domain.catalog.CatalogBuilder;
import dev.cairn.domain.check.DefinitionChecker.Checked;
import dev.cairn.domain.model.Band;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.History;
import dev.cairn.domain.model.Link;
import dev.cairn.domain.model.Mapping;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Metric.Level;
import dev.cairn.domain.model.Metric.MetricUnit;
import dev.cairn.domain.model.Metric.RollUp;
import dev.cairn.domain.model.MetricNotes;
import dev.cairn.domain.model.Parameter;
import dev.cairn.domain.model.Rates;
import dev.cairn.domain.model.Slice;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.model.Validity;
import dev.cairn.domain.planner.Question;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionCheckerTest {
    private static Checked check(CatalogBuilder catalog, String name) {
        var built = catalog.build();
        return DefinitionChecker.check(
                built, built.entry(name).orElseThrow(), Place.of("file.yaml"));
    }

    private static Checked check(Definition definition) {
        return check(shop().define(definition), definition.name());
    }

    private static List<String> told(Definition definition) {
        return told(check(definition));
    }

    private static List<String> told(Checked checked) {
        return checked.problems().stream().map(Question::brief).toList();
    }

    private static Metric metric(String formula) {
        return CatalogBuilder.metricOf("m", Level.CELL, null, formula);
    }

    // ---- sound

    @Test
    void all_definitions_of_the_shop_are_sound() {
        var catalog = shop().build();
        assertThat(catalog.entries())
                .allSatisfy(entry ->
                        assertThat(
                                        DefinitionChecker.check(
                                                        catalog, entry, Place.of(entry.name()))
                                                .problems())
                                .isEmpty());
    }

    @Test
    void bare_names_are_resolved_and_references_named() {
        var checked =
                check(
                        metric(
                                "count(nps where score > 3 and account in pilots) / events + count(account where usage > seats)"));
        assertThat(checked.problems()).isEmpty();
        assertThat(checked.references())
                .containsExactlyInAnyOrder("nps", "pilots", "events", "usage");
        assertThat(checked.bindings())
                .containsEntry("survey/score", Binding.FIELD)
                .containsEntry("account/usage", Binding.CATALOG)
                .containsEntry("account/seats", Binding.FIELD)
                .doesNotContainKey("survey/kind");
    }

    @Test
    void what_was_said_before_is_kept() {
        var catalog =
                shop().define(metric("avg(event : seconds)"))
                        .bound("m", "event", "seconds", Binding.FIELD)
                        .metric("seconds", "count(event)");
        var checked = check(catalog, "m");
        assertThat(checked.problems()).isEmpty();
        assertThat(checked.bindings()).containsEntry("event/seconds", Binding.FIELD);
    }

    // ---- metrics

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "count(evnt)                      | UNKNOWN_SOURCE file.yaml/formula 1:7",
                "count(event                      | SYNTAX file.yaml/formula 1:12",
                "m + 1                            | CYCLE file.yaml/formula 1:1",
                "none                             | TYPE_MISMATCH file.yaml/formula",
                "convert(sum(invoice : amount), 'chf') | BAD_VALUE file.yaml/formula 1:23",
                "open_tickets                     | LEVEL_MISMATCH file.yaml/formula 1:1",
            })
    void a_problem_of_a_formula_has_its_place(String formula, String told) {
        assertThat(told(metric(formula))).containsExactly(told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MONEY    | sum(invoice.amount)                | true",
                "MONEY    | count(event)                       | false",
                "COUNT    | count(event)                       | true",
                "COUNT    | sum(invoice.quantity)              | true",
                "COUNT    | sum(invoice.amount)                | false",
                "DURATION | avg(ticket : hours(opened, solved))| true",
                "DURATION | avg(event.seconds)                 | true",
                "DURATION | count(event)                       | false",
                "RATIO    | share(event : name is none)        | true",
                "RATIO    | sum(invoice.amount)                | false",
                "SCORE    | avg(nps.score)                     | true",
                "POINTS   | sum(invoice.amount)                | false",
            })
    void the_unit_that_is_declared_is_the_formulas(MetricUnit unit, String formula, boolean fits) {
        var metric =
                new Metric(
                        "m",
                        "m",
                        "",
                        Level.CELL,
                        null,
                        formula,
                        unit,
                        Metric.Direction.NEUTRAL,
                        null,
                        null,
                        null,
                        false,
                        Metric.Status.DRAFT);
        assertThat(told(metric))
                .isEqualTo(fits ? List.of() : List.of("UNIT_MISMATCH file.yaml/unit"));
    }

    @Test
    void a_parameter_has_a_name_a_type_and_a_default_of_it() {
        var metric = metric("count(event where seconds > goal and name = kind)");
        var goal = new Parameter("goal", DataType.DECIMAL, "1.5");
        var kind = new Parameter("kind", DataType.TEXT, "any 'text'");

        assertThat(told(metric.with(List.of(goal, kind)))).isEmpty();
        assertThat(
                        told(
                                metric.with(
                                        List.of(
                                                goal,
                                                goal,
                                                kind,
                                                new Parameter("No", DataType.INTEGER, "1"),
                                                new Parameter("a", DataType.MONEY, "1"),
                                                new Parameter("b", DataType.INTEGER, "1.5"),
                                                new Parameter("c", DataType.DATE, "2026-02-30"),
                                                new Parameter("d", DataType.BOOLEAN, "yes"),
                                                new Parameter("e", DataType.TIMESTAMP, "")))))
                .containsExactly(
                        "CONFLICT file.yaml/params/goal",
                        "BAD_VALUE file.yaml/params",
                        "BAD_VALUE file.yaml/params/a/type",
                        "TYPE_MISMATCH file.yaml/params/b/default",
                        "TYPE_MISMATCH file.yaml/params/c/default",
                        "TYPE_MISMATCH file.yaml/params/d/default",
                        "TYPE_MISMATCH file.yaml/params/e/default");
        assertThat(told(metric.with(List.of(goal))))
                .containsExactly("UNKNOWN_FIELD file.yaml/formula 1:45");
    }

    @Test
    void a_parameter_of_a_new_metric_is_named_in_its_formula() {
        assertThat(neverNamed("count(event where seconds > 4)", "goal", "wait"))
                .containsExactly(
                        "MISSING file.yaml/params/goal: Parameter 'goal' is never named in the formula.",
                        "MISSING file.yaml/params/wait: Parameter 'wait' is never named in the formula.");
        assertThat(neverNamed("count(event where event.goal > 4)", "goal")).hasSize(1);
        assertThat(neverNamed("let goal = 5 in count(event) + goal", "goal")).hasSize(1);
        assertThat(neverNamed("frequent(goal: 5)", "goal")).hasSize(1);
        assertThat(neverNamed("count(event", "goal")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "count(event) + goal",
                "count(event where seconds > goal : seconds)",
                "frequent(goal: 5, wait: 3) - 2 * goal",
                "let goal = goal + 1 in goal",
                "case when count(event) > goal then 1 else 0 end",
                "count(event where happened + goal days < @2027-01-01)",
                "count(event) over last goal days",
                "prior(count(event), goal months)",
                "count(every goal days)",
                "count(event where exists(nps) over goal days before happened)",
            })
    void a_parameter_is_named_as_a_value_or_counts_the_units_of_a_span(String formula) {
        assertThat(neverNamed(formula, "goal", "other"))
                .containsExactly(
                        "MISSING file.yaml/params/other: Parameter 'other' is never named in the formula.");
    }

    @Test
    void a_metric_in_force_keeps_a_parameter_that_its_formula_never_names() {
        var goal = new Parameter("goal", DataType.INTEGER, "4");
        assertThat(told(metric("count(event)").with(List.of(goal)))).isEmpty();
    }

    @Test
    void a_name_that_is_never_read_is_refused_where_it_is_new_and_kept_where_it_is_in_force() {
        var metric = metric("let a = count(event), b = 2 in b * count(event)");
        assertThat(told(metric)).isEmpty();
        assertThat(refused(metric)).containsExactly("MISSING file.yaml/formula 1:5");
        assertThat(refused(metric("1 + (let a = 1 in (let b = 1 in a))")))
                .containsExactly("MISSING file.yaml/formula 1:24");
        assertThat(refused(metric("let a = 2 in a * count(event)"))).isEmpty();
        assertThat(refused(metric("let a ="))).isEmpty();
    }

    @Test
    void lists_of_a_metric_are_short() {
        var bands = Collections.nCopies(51, new Band("red", null));
        assertThat(
                        DefinitionChecker.refusedIfNew(
                                metric("count(event)").withBands(bands), Place.of("file.yaml")))
                .extracting(Problem::message)
                .containsExactly("A metric has at most 50 bands, not 51.");
    }

    private static List<String> refused(Metric metric) {
        return DefinitionChecker.refusedIfNew(metric, Place.of("file.yaml")).stream()
                .map(Question::brief)
                .toList();
    }

    private static List<String> neverNamed(String formula, String... parameters) {
        var metric =
                metric(formula)
                        .with(
                                Stream.of(parameters)
                                        .map(name -> new Parameter(name, DataType.INTEGER, "4"))
                                        .toList());
        return DefinitionChecker.refusedIfNew(metric, Place.of("file.yaml")).stream()
                .map(problem -> Question.brief(problem) + ": " + problem.message())
                .toList();
    }

    @Test
    void a_roll_up_fits_the_metric() {
        assertThat(told(CatalogBuilder.metricOf("m", Level.CELL, RollUp.AVG, "count(event)")))
                .containsExactly("INCOMPATIBLE file.yaml/rollup");
        assertThat(told(CatalogBuilder.metricOf("m", Level.ACCOUNT, RollUp.SHARE, "count(event)")))
                .containsExactly("TYPE_MISMATCH file.yaml/rollup");
        assertThat(told(CatalogBuilder.metricOf("m", Level.USER, RollUp.SUM, "exists(event)")))
                .containsExactly("TYPE_MISMATCH file.yaml/rollup");
        assertThat(
                        told(
                                CatalogBuilder.metricOf(
                                        "m", Level.ACCOUNT, RollUp.SHARE, "avg(nps.score) > 8")))
                .containsExactly("MAYBE_EMPTY file.yaml/rollup");
        assertThat(told(CatalogBuilder.metricOf("m", Level.ACCOUNT, RollUp.SHARE, "exists(event)")))
                .isEmpty();
    }

    @Test
    void observations_are_asked_for_of_what_has_one_number_of_them() {
        var thirty = new Metric.Sample(30);
        assertThat(told(metric("avg(nps.score)").with(thirty))).isEmpty();
        assertThat(told(metric("count(event)").with(new Metric.Sample(0))))
                .containsExactly("BAD_VALUE file.yaml/minSample");
        assertThat(told(metric("count(event) - count(ticket)").with(thirty)))
                .containsExactly("INCOMPATIBLE file.yaml/minSample");
        assertThat(told(metric("1").with(thirty)))
                .containsExactly("INCOMPATIBLE file.yaml/minSample");
        assertThat(
                        told(
                                CatalogBuilder.metricOf("m", Level.ACCOUNT, null, "count(event)")
                                        .with(thirty)))
                .containsExactly("INCOMPATIBLE file.yaml/minSample");
        assertThat(
                        told(
                                CatalogBuilder.metricOf(
                                                "m", Level.ACCOUNT, RollUp.AVG, "count(event)")
                                        .with(thirty)))
                .isEmpty();
    }

    @Test
    void rows_vary_together_under_values_of_cells() {
        var clustered = new Metric.Sample(null, Metric.Cluster.ACCOUNT);
        assertThat(told(metric("avg(nps.score)").with(clustered))).isEmpty();
        assertThat(
                        told(
                                CatalogBuilder.metricOf("m", Level.ACCOUNT, null, "count(event)")
                                        .with(clustered)))
                .containsExactly("INCOMPATIBLE file.yaml/cluster");
        var metric = metric("count(event)");
        assertThat(metric.with(clustered).meaning()).isNotEqualTo(metric.meaning());
    }

    @Test
    void a_metric_that_asks_for_other_observations_has_another_meaning() {
        var metric = metric("count(event)");
        assertThat(metric.with(new Metric.Sample(30)).meaning()).isNotEqualTo(metric.meaning());
        assertThat(metric.with(new Metric.Sample(30)).withFormula("1").sample())
                .isEqualTo(new Metric.Sample(30));
    }

    @Test
    void a_counter_metric_is_a_metric() {
        var metric =
                new Metric(
                        "m",
                        "m",
                        "",
                        Level.CELL,
                        null,
                        "count(event)",
                        null,
                        Metric.Direction.HIGHER,
                        null,
                        null,
                        "revenu",
                        false,
                        Metric.Status.DRAFT);
        var checked = check(metric);
        assertThat(told(checked)).containsExactly("UNKNOWN_METRIC file.yaml/counter");
        assertThat(checked.problems().getFirst().suggestions()).containsExactly("revenue");
    }

    @Test
    void a_metric_that_is_guarded_gives_no_reason_why_it_is_not() {
        var guarded =
                new Metric(
                        "m",
                        "m",
                        "",
                        Level.CELL,
                        null,
                        "count(event)",
                        null,
                        Metric.Direction.HIGHER,
                        null,
                        null,
                        "revenue",
                        false,
                        Metric.Status.DRAFT);
        var reason = new MetricNotes(null, null, List.of(), List.of(), null, List.of(), "None.");
        assertThat(told(check(guarded.with(reason))))
                .containsExactly("CONFLICT file.yaml/no_counter");
    }

    @Test
    void an_account_metric_reads_what_names_its_account() {
        assertThat(told(CatalogBuilder.metricOf("m", Level.ACCOUNT, null, "count(weather)")))
                .containsExactly("INCOMPATIBLE file.yaml/formula 1:7");
        assertThat(told(CatalogBuilder.metricOf("m", Level.USER, null, "count(ticket)")))
                .containsExactly("INCOMPATIBLE file.yaml/formula 1:7");
    }

    @Test
    void what_is_wrong_inside_of_another_definition_is_known_to_be_inherited() {
        var catalog = shop().metric("broken", "count(evnt)").metric("m", "broken + count(tickt)");
        var checked = check(catalog, "m");
        assertThat(told(checked))
                .containsExactly(
                        "UNKNOWN_SOURCE file.yaml/formula 1:1",
                        "UNKNOWN_SOURCE file.yaml/formula 1:16");
        assertThat(checked.inherited()).containsExactly(checked.problems().getFirst());
        assertThat(check(catalog, "broken").inherited()).isEmpty();
    }

    @Test
    void what_is_wrong_with_the_place_of_a_reference_is_not_inherited() {
        var catalog = shop().define(CatalogBuilder.metricOf("m", Level.ACCOUNT, null, "warmth"));
        assertThat(check(catalog, "m").problems()).hasSize(1);
    }

    // ---- names

    @ParameterizedTest
    @CsvSource({"Revenue", "2nd", "net-revenue", "net revenue", "umsatz_größe", "''", "_x"})
    void a_name_is_in_snake_case(String name) {
        assertThat(told(CatalogBuilder.metricOf(name, Level.CELL, null, "1")))
                .containsExactly("BAD_VALUE file.yaml/name");
        assertThat(told(source(field(name, DataType.TEXT))))
                .containsExactly("BAD_VALUE file.yaml/fields");
    }

    @Test
    void a_name_has_at_most_50_letters() {
        assertThat(told(CatalogBuilder.metricOf("a".repeat(50), Level.CELL, null, "1"))).isEmpty();
        assertThat(told(CatalogBuilder.metricOf("a".repeat(51), Level.CELL, null, "1"))).hasSize(1);
    }

    // ---- slices

    @Test
    void a_slice_is_of_a_source_or_slice() {
        assertThat(told(new Slice("s", "s", "", "evnt", "true")))
                .containsExactly("UNKNOWN_SOURCE file.yaml/of");
        assertThat(told(new Slice("s", "s", "", "events", "true")))
                .containsExactly("UNKNOWN_SOURCE file.yaml/of");
        assertThat(told(new Slice("s", "s", "", "account", "true")))
                .containsExactly("UNKNOWN_SOURCE file.yaml/of");
        assertThat(told(new Slice("s", "s", "", "promoter", "promoter.score = 10"))).isEmpty();
    }

    @Test
    void a_slice_has_a_condition_over_rows() {
        assertThat(told(new Slice("s", "s", "", "event", "nam = 'x'")))
                .containsExactly("UNKNOWN_FIELD file.yaml/where 1:1");
        assertThat(told(new Slice("s", "s", "", "event", "name")))
                .containsExactly("TYPE_MISMATCH file.yaml/where 1:1");
        assertThat(told(new Slice("s", "s", "", "event", "count(event) > 3")))
                .containsExactly("LEVEL_MISMATCH file.yaml/where 1:1");
    }

    @Test
    void slices_in_a_ring_are_told_where_the_ring_is() {
        var catalog =
                shop().slice("one", "two", "true")
                        .slice("two", "one", "true")
                        .slice("three", "one", "true");
        assertThat(check(catalog, "one").problems().getFirst().message())
                .isEqualTo("'one' refers to itself: one -> two -> one.");
        assertThat(check(catalog, "one").inherited()).isEmpty();
        var outside = check(catalog, "three");
        assertThat(outside.problems().getFirst().message())
                .isEqualTo("'one' refers to itself: one -> two -> one.");
        assertThat(outside.inherited()).isEqualTo(Set.copyOf(outside.problems()));
    }

    @Test
    void a_slice_of_a_slice_of_nothing_inherits_the_problem() {
        var catalog = shop().slice("one", "nothing", "true").slice("two", "one", "true");
        assertThat(check(catalog, "one").inherited()).isEmpty();
        assertThat(check(catalog, "two").inherited()).hasSize(1);
        assertThat(check(catalog, "two").problems().getFirst().message())
                .isEqualTo(check(catalog, "one").problems().getFirst().message());
    }

    // ---- cohorts

    @Test
    void a_rule_is_over_attributes_and_windows_of_facts() {
        assertThat(told(cohort("seats >= 100 and account in pilots"))).isEmpty();
        assertThat(told(cohort("seats"))).containsExactly("TYPE_MISMATCH file.yaml/rule 1:1");
        assertThat(told(cohort("seat > 3"))).containsExactly("UNKNOWN_FIELD file.yaml/rule 1:1");
        assertThat(told(cohort("user.role = 'x'")))
                .containsExactly("LEVEL_MISMATCH file.yaml/rule 1:1");
        assertThat(told(cohort("count(event) over last 30 days > 3 and usage over ever > 1")))
                .isEmpty();
        assertThat(told(cohort("usage > 3"))).containsExactly("MISSING file.yaml/rule 1:1");
        assertThat(told(cohort("bucket.start > signed")))
                .containsExactly("LEVEL_MISMATCH file.yaml/rule 1:1");
        assertThat(told(cohort("account in c"))).containsExactly("CYCLE file.yaml/rule 1:1");
        assertThat(told(new Cohort("c", "c", "", new Cohort.Members.Accounts(List.of("a")))))
                .isEmpty();
    }

    private static Cohort cohort(String rule) {
        return new Cohort("c", "c", "", new Cohort.Members.Rule(rule));
    }

    // ---- sources

    private static Field field(String name, DataType type) {
        return Field.of(name, type);
    }

    private static Source source(Field... fields) {
        var all = new ArrayList<>(List.of(field("happened", DataType.TIMESTAMP)));
        all.addAll(List.of(fields));
        return source("happened", null, null, List.of(), all, null, null);
    }

    private static Source source(
            @Nullable String time,
            @Nullable String account,
            @Nullable String user,
            List<String> key,
            List<Field> fields,
            @Nullable String from,
            @Nullable String until) {
        return new Source(
                "s",
                "s",
                "",
                time,
                ZoneOffset.UTC,
                from == null ? null : LocalDate.parse(from),
                until == null ? null : LocalDate.parse(until),
                account,
                user,
                key,
                fields);
    }

    private static final List<Field> FIELDS =
            List.of(field("happened", DataType.TIMESTAMP), field("who", DataType.TEXT));

    @Test
    void the_fields_that_a_source_names_are_declared() {
        assertThat(told(source("hapened", "whom", "whose", List.of("no"), FIELDS, null, null)))
                .containsExactlyInAnyOrder(
                        "UNKNOWN_FIELD file.yaml/time",
                        "UNKNOWN_FIELD file.yaml/account",
                        "UNKNOWN_FIELD file.yaml/user",
                        "UNKNOWN_FIELD file.yaml/key");
        assertThat(told(source("happened", "who", "who", List.of("who"), FIELDS, null, null)))
                .isEmpty();
    }

    @Test
    void a_time_field_is_a_date_or_an_instant() {
        assertThat(told(source("who", null, null, List.of(), FIELDS, null, null)))
                .containsExactly("TYPE_MISMATCH file.yaml/time");
    }

    @Test
    void a_validity_begins_and_ends_by_two_declared_times_of_one_type() {
        var fields =
                List.of(
                        field("starts_on", DataType.DATE),
                        field("ends_on", DataType.DATE),
                        field("ended_at", DataType.TIMESTAMP),
                        field("plan", DataType.TEXT));

        assertThat(told(valid(fields, "starts_on", "ends_on", "plan"))).isEmpty();
        assertThat(told(valid(fields, "starts_on", "ended_at")))
                .containsExactly("TYPE_MISMATCH file.yaml/validity");
        assertThat(told(valid(fields, "starts_on", "starts_on")))
                .containsExactly("CONFLICT file.yaml/validity");
        assertThat(told(valid(fields, "starts_on", "plan")))
                .containsExactly("TYPE_MISMATCH file.yaml/validity");
        assertThat(told(valid(fields, "starts_on", "ends_on", "plam")))
                .containsExactly("UNKNOWN_FIELD file.yaml/validity");
        var unknown = valid(fields, "start_on", "ends_on");
        assertThat(told(unknown)).containsExactly("UNKNOWN_FIELD file.yaml/validity");
        assertThat(check(unknown).problems().getFirst().suggestions()).contains("starts_on");
        assertThat(told(source(null, null, null, List.of(), fields, null, null)))
                .containsExactly("MISSING file.yaml/time");
    }

    private static Source valid(List<Field> fields, String from, String until, String... per) {
        return source(null, null, null, List.of(), fields, null, null)
                .with(new Validity(from, until, List.of(per)));
    }

    @Test
    void coverage_ends_after_it_starts() {
        assertThat(
                        told(
                                source(
                                        "happened",
                                        null,
                                        null,
                                        List.of(),
                                        FIELDS,
                                        "2026-02-01",
                                        "2026-01-01")))
                .containsExactly("BAD_RANGE file.yaml/coverage");
    }

    @Test
    void fields_are_declared_once_and_make_sense() {
        assertThat(told(source(field("x", DataType.TEXT), field("x", DataType.INTEGER))))
                .containsExactly("CONFLICT file.yaml/fields");
        assertThat(told(source(field("x", DataType.MONEY))))
                .containsExactly("MISSING file.yaml/fields");
        var amount = Field.of("x", DataType.MONEY).inCurrencyOf("currency");
        assertThat(told(source(field("currency", DataType.TEXT), amount))).isEmpty();
        assertThat(told(source(amount))).containsExactly("UNKNOWN_FIELD file.yaml/fields");
        assertThat(told(source(field("currency", DataType.INTEGER), amount)))
                .containsExactly("TYPE_MISMATCH file.yaml/fields/x/currency");
        assertThat(
                        told(
                                source(
                                        field("currency", DataType.TEXT),
                                        field("x", DataType.TEXT).inCurrencyOf("currency"))))
                .containsExactly("CONFLICT file.yaml/fields/x/currency");
        var through = Field.of("x", DataType.MONEY).inCurrencyOf("ticket.priority");
        var linked = source(field("number", DataType.INTEGER), through);
        assertThat(told(linked)).containsExactly("UNKNOWN_FIELD file.yaml/fields/x/currency");
        var link = List.of(new Link("ticket", "ticket", List.of("number")));
        assertThat(told(linked.with(link))).isEmpty();
        var opened = Field.of("x", DataType.MONEY).inCurrencyOf("ticket.opened");
        assertThat(told(source(field("number", DataType.INTEGER), opened).with(link)))
                .containsExactly("TYPE_MISMATCH file.yaml/fields/x/currency");
        var reversed =
                new Field(
                        "x",
                        "x",
                        DataType.INTEGER,
                        null,
                        null,
                        List.of(),
                        BigDecimal.TEN,
                        BigDecimal.ONE);
        assertThat(told(source(reversed))).containsExactly("BAD_RANGE file.yaml/fields");
    }

    @Test
    void a_field_is_called_as_a_link_only_if_it_is_the_links_own() {
        assertThat(calledAsLinks("at timestamp, account text -> account, user text -> user"))
                .isEmpty();
        assertThat(calledAsLinks("at timestamp, company text -> account, account text"))
                .containsExactly("CONFLICT file.yaml/fields/account");
        assertThat(calledAsLinks("at timestamp, account text, user text -> account"))
                .containsExactly(
                        "CONFLICT file.yaml/fields/account", "CONFLICT file.yaml/fields/user");
        var attributes =
                List.of(new Entity.Attribute(field("account", DataType.TEXT), Entity.Mark.NONE));
        var users = new Entity(EntityRef.USER, "user", "", "user_key", attributes);
        assertThat(
                        DefinitionChecker.refusedIfNew(users, Place.of("file.yaml")).stream()
                                .map(Question::brief))
                .containsExactly("CONFLICT file.yaml/attributes/account");
    }

    @Test
    void a_field_called_as_a_link_that_is_in_force_keeps_its_reading() {
        var source =
                CatalogBuilder.sourceOf(
                        "call", "at timestamp, company text -> account, account text");
        assertThat(told(source)).isEmpty();
    }

    private static List<String> calledAsLinks(String fields) {
        return DefinitionChecker.refusedIfNew(
                        CatalogBuilder.sourceOf("call", fields), Place.of("file.yaml"))
                .stream()
                .map(Question::brief)
                .toList();
    }

    @Test
    void computed_fields_are_checked() {
        var wrong = new Field("x", "x", DataType.TEXT, null, "hapened", List.of(), null, null);
        assertThat(told(source(wrong)))
                .containsExactly("UNKNOWN_FIELD file.yaml/fields/x/compute 1:1");
    }

    @Test
    void a_metric_over_a_broken_source_is_no_accident() {
        var broken = source("hapened", null, null, List.of(), FIELDS, null, null);
        var catalog = shop().define(broken).metric("m", "count(s where who = 'x')");
        assertThat(check(catalog, "m").problems()).isEmpty();
        var money = source(field("price", DataType.MONEY));
        assertThat(check(shop().define(money).metric("m", "sum(s.price)"), "m").problems())
                .isEmpty();
    }

    // ---- rates

    private static Source fx(String currency, String to, String rate, int carry) {
        return CatalogBuilder.sourceOf(
                        "eur_fx",
                        "rated_on date, at timestamp, coin text, price decimal, whole integer")
                .withRates(new Rates(currency, to, rate, carry));
    }

    @Test
    void rates_are_of_a_currency_by_days() {
        assertThat(told(fx("coin", "EUR", "price", 7))).isEmpty();
        assertThat(told(fx("coin", "EUR", "whole", 1))).isEmpty();
        assertThat(told(fx("coins", "EUR", "prise", 7)))
                .containsExactly("UNKNOWN_FIELD file.yaml/rates", "UNKNOWN_FIELD file.yaml/rates");
        assertThat(told(fx("price", "EUR", "coin", 7)))
                .containsExactly(
                        "TYPE_MISMATCH file.yaml/rates/currency",
                        "TYPE_MISMATCH file.yaml/rates/rate");
        assertThat(told(fx("coin", "euro", "price", 7)))
                .containsExactly("BAD_VALUE file.yaml/rates/to");
        assertThat(told(fx("coin", "EUR", "price", 0)))
                .containsExactly("BAD_RANGE file.yaml/rates/carry");
        assertThat(told(fx("coin", "EUR", "price", Integer.MAX_VALUE)))
                .containsExactly("BAD_RANGE file.yaml/rates/carry");
        assertThat(told(fx("coin", "EUR", "price", -7)))
                .containsExactly("BAD_RANGE file.yaml/rates/carry");
        var byInstant =
                CatalogBuilder.sourceOf("eur_fx", "at timestamp, coin text, price decimal")
                        .withRates(new Rates("coin", "EUR", "price", 7));
        assertThat(told(byInstant)).containsExactly("TYPE_MISMATCH file.yaml/rates");
        assertThat(told(fx("coin", "EUR", "price", 7).with(new Validity("rated_on", "at"))))
                .contains("TYPE_MISMATCH file.yaml/rates");
    }

    @Test
    void one_source_has_the_rates_to_a_currency() {
        var other = check(fx("coin", "USD", "price", 7));
        assertThat(told(other)).containsExactly("CONFLICT file.yaml/rates/to");
        assertThat(other.problems().getFirst().message()).contains("'fx' has rates to USD");
    }

    @Test
    void a_metric_that_converts_refers_to_the_rates() {
        assertThat(check(metric("convert(revenue, 'USD')")).references())
                .containsExactlyInAnyOrder("revenue");
        assertThat(check(metric("convert(sum(invoice.amount), 'USD')")).references())
                .containsExactlyInAnyOrder("invoice", "fx");
    }

    // ---- entities

    @Test
    void marks_fit_their_attributes() {
        assertThat(told(entity(EntityRef.ACCOUNT, DataType.TEXT, Entity.Mark.TEST)))
                .containsExactly("TYPE_MISMATCH file.yaml/attributes");
        assertThat(told(entity(DataType.TEXT, Entity.Mark.START)))
                .containsExactly("TYPE_MISMATCH file.yaml/attributes");
        assertThat(told(entity(DataType.BOOLEAN, Entity.Mark.REMOVED)))
                .containsExactly("TYPE_MISMATCH file.yaml/attributes");
        assertThat(told(entity(DataType.DATE, Entity.Mark.NAME)))
                .containsExactly("TYPE_MISMATCH file.yaml/attributes");
        assertThat(told(entity(DataType.TIMESTAMP, Entity.Mark.START))).isEmpty();
    }

    /** When a member exists is kept with it; a name is read as it is listed. */
    @Test
    void computed_attributes_mark_no_existence() {
        var since = new Field("x", "x", DataType.DATE, null, "@2020-01-01", List.of(), null, null);
        var name = new Field("x", "x", DataType.TEXT, null, "'some'", List.of(), null, null);
        var problems = check(entity(since, Entity.Mark.START)).problems();
        assertThat(problems)
                .extracting(Question::brief)
                .containsExactly("INCOMPATIBLE file.yaml/attributes");
        assertThat(problems.getFirst().message())
                .isEqualTo(
                        "'x' is computed as each question is asked, and when a member exists is kept with it as it is imported: mark a column that says it ('start').");
        assertThat(told(entity(name, Entity.Mark.NAME))).isEmpty();
    }

    private static Entity entity(Field attribute, Entity.Mark mark) {
        return new Entity(
                EntityRef.ACCOUNT,
                "account",
                "",
                "account_key",
                List.of(new Entity.Attribute(attribute, mark)));
    }

    @Test
    void accounts_are_mapped_on_a_table_as_they_are_now_and_users_are_not() {
        var table = new Mapping("crm", "customers");
        var accounts = entity(EntityRef.ACCOUNT, DataType.BOOLEAN, Entity.Mark.TEST);
        assertThat(told(accounts.withMapping(table))).isEmpty();
        var users = check(entity(DataType.TEXT, Entity.Mark.NONE).withMapping(table)).problems();
        assertThat(users)
                .extracting(Question::brief)
                .containsExactly("INCOMPATIBLE file.yaml/table");
        assertThat(users.getFirst().message())
                .isEqualTo(
                        "Users are not mapped on a table: each is known within an account by an id of Cairn's own, which facts have too. Import them (cairn import user FILE), or declare an entity of the table, and a link of the facts to it.");
        var history =
                check(accounts.with(new History.Snapshots("ds")).withMapping(table)).problems();
        assertThat(history)
                .extracting(Question::brief)
                .containsExactly("INCOMPATIBLE file.yaml/history");
        assertThat(history.getFirst().message())
                .isEqualTo(
                        "Accounts in a table of their own are as its rows say now, one for each. Leave out 'history', and declare an entity of a table that says what they were (history: {from: ..., until: ...}), with a link of the facts to it.");
    }

    @Test
    void a_version_is_of_days_that_are_kept_and_not_of_accounts() {
        var table = new Mapping("crm", "customers", "updated_at", null);
        var accounts = entity(EntityRef.ACCOUNT, DataType.BOOLEAN, Entity.Mark.TEST);

        var problems = check(accounts.withMapping(table)).problems();

        assertThat(problems)
                .extracting(Question::brief)
                .containsExactly("INCOMPATIBLE file.yaml/version");
        assertThat(problems.getFirst().message())
                .isEqualTo(
                        "A version says whether the days of a calendar are to be read again; accounts are read by each question. Leave out 'version'.");
    }

    @Test
    void only_accounts_are_marked_as_test() {
        assertThat(told(entity(EntityRef.ACCOUNT, DataType.BOOLEAN, Entity.Mark.TEST))).isEmpty();
        assertThat(told(entity(DataType.BOOLEAN, Entity.Mark.TEST)))
                .containsExactly("BAD_VALUE file.yaml/attributes");
    }

    private static Entity entity(DataType type, Entity.Mark mark) {
        return entity(EntityRef.USER, type, mark);
    }

    private static Entity entity(EntityRef kind, DataType type, Entity.Mark mark) {
        return new Entity(
                kind,
                kind.name(),
                "",
                "user_key",
                List.of(new Entity.Attribute(field("x", type), mark)));
    }
}
