package dev.cairn.application.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.cairn.application.port.in.DefineUseCase.Draft;
import dev.cairn.application.port.in.DefineUseCase.Outcome;
import dev.cairn.application.port.in.DefineUseCase.Request;
import dev.cairn.application.port.out.TableMappings;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.model.Alert;
import dev.cairn.domain.model.Band;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Question;
import dev.cairn.domain.model.Slice;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.model.WrittenQuestion;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DefineServiceTest {
    /** A source with a field called {@code account}. */
    private static Source calls(String label, @Nullable String accountField) {
        return new Source(
                "call",
                label,
                "",
                "at",
                ZoneOffset.UTC,
                null,
                null,
                accountField,
                null,
                List.of(),
                List.of(
                        Field.of("at", DataType.TIMESTAMP),
                        Field.of("company", DataType.TEXT),
                        Field.of("account", DataType.TEXT)));
    }

    private static Outcome define(Definition definition, Definition... inForce) {
        var entries =
                java.util.Arrays.stream(inForce).map(one -> new Entry(one, 1, Map.of())).toList();
        var store = new MemoryStore(Catalog.of(1, entries, List.of()));
        var request = new Request(List.of(new Draft(definition, Place.of("file"))), false, false);
        return new DefineService(new Catalogs(store), store).define(request);
    }

    private static Metric metric(String name, String formula, Metric.Status status) {
        return new Metric(
                name,
                name,
                "",
                Metric.Level.CELL,
                null,
                formula,
                null,
                Metric.Direction.NEUTRAL,
                null,
                null,
                null,
                false,
                status);
    }

    @Test
    void what_is_made_of_a_deprecated_metric_is_told() {
        var old = metric("old", "count(account)", Metric.Status.DEPRECATED);
        var twice = metric("twice", "2 * old", Metric.Status.PUBLISHED);
        var told = "'twice' is made of 'old', which is deprecated";
        assertThat(((Outcome.Applied) define(twice, old)).changes().getFirst().deprecated())
                .containsExactly(told);
        var published = metric("old", "count(account)", Metric.Status.PUBLISHED);
        assertThat(
                        ((Outcome.Applied) define(old, published, twice))
                                .changes()
                                .getFirst()
                                .deprecated())
                .containsExactly(told);
        assertThat(((Outcome.Applied) define(twice, published)).changes().getFirst().deprecated())
                .isEmpty();
    }

    private static Question question(String metric, String range) {
        var asked =
                new WrittenQuestion(
                        List.of("count(account)", metric),
                        List.of(),
                        "month",
                        range,
                        "UTC",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        false,
                        true,
                        false,
                        null,
                        null,
                        null,
                        true,
                        false,
                        false);
        return new Question("saved", "saved", "", null, asked);
    }

    private static List<Problem> refused(Outcome outcome) {
        return ((Outcome.Rejected) outcome).problems();
    }

    @Test
    void a_saved_question_that_could_not_be_asked_is_rejected_for_all_that_is_wrong() {
        var old = metric("old", "count(account)", Metric.Status.PUBLISHED);
        assertThat(define(question("old", "last 2 months"), old))
                .isInstanceOf(Outcome.Applied.class);
        assertThat(refused(define(question("x = count(acount)", "2026-13"), old)))
                .extracting(Problem::code, Problem::place)
                .containsExactlyInAnyOrder(
                        tuple(ProblemCode.BAD_RANGE, Place.of("file", "range").at(1, 1)),
                        tuple(
                                ProblemCode.UNKNOWN_SOURCE,
                                Place.of("file", "metrics", "1").at(1, 11)));
    }

    @Test
    void what_a_saved_question_asks_for_is_not_taken_away() {
        var old = metric("old", "count(account)", Metric.Status.PUBLISHED);
        var user = new Entry(question("old", "2026"), 1, Map.of());
        var store =
                new MemoryStore(
                        Catalog.of(1, List.of(user, new Entry(old, 1, Map.of())), List.of()));
        var request = new Request(List.of(), false, false, null, Set.of("old"));
        assertThat(refused(new DefineService(new Catalogs(store), store).define(request)))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo(ProblemCode.IN_USE);
                    assertThat(problem.message()).contains("'saved' would not work any more");
                });
    }

    /** By itself the metric is as good; of accounts it has no value any more. */
    @Test
    void what_an_alert_watches_of_accounts_stays_of_accounts() {
        var rates =
                new Source(
                        "rate",
                        "rate",
                        "",
                        "at",
                        ZoneOffset.UTC,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        List.of(Field.of("at", DataType.TIMESTAMP)));
        var alert =
                new Alert(
                        "slipping",
                        "slipping",
                        "",
                        null,
                        new Alert.Watched.BandLeft("score", null, false));
        var store =
                new MemoryStore(
                        Catalog.of(
                                1,
                                Stream.of(calls("Calls", "account"), rates, score("call"), alert)
                                        .map(one -> new Entry(one, 1, Map.of()))
                                        .toList(),
                                List.of()));
        var definitions = new DefineService(new Catalogs(store), store);
        assertThat(definitions.define(request(score("call")))).isInstanceOf(Outcome.Applied.class);
        assertThat(refused(definitions.define(request(score("rate")))))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo(ProblemCode.IN_USE);
                    assertThat(problem.message()).contains("'slipping' would not work any more");
                });
    }

    private static Request request(Definition definition) {
        return new Request(List.of(new Draft(definition, Place.of("file"))), false, false);
    }

    private static Metric score(String counted) {
        return metric("score", "count(%s)".formatted(counted), Metric.Status.PUBLISHED)
                .withBands(List.of(new Band("low", BigDecimal.ONE), new Band("high", null)));
    }

    /** It is told once, where it is. */
    @Test
    void a_question_is_not_refused_again_for_what_is_wrong_with_its_metric() {
        var store = new MemoryStore(Catalog.empty());
        var drafts =
                List.of(
                        new Draft(
                                metric("old", "count(acount)", Metric.Status.PUBLISHED),
                                Place.of("metric")),
                        new Draft(question("old", "2026"), Place.of("question")));
        var request = new Request(drafts, false, false);
        assertThat(refused(new DefineService(new Catalogs(store), store).define(request)))
                .singleElement()
                .extracting(problem -> problem.place().path())
                .isEqualTo(List.of("metric", "formula"));
    }

    @Test
    void a_new_field_called_as_a_link_is_rejected_unless_it_is_that_link() {
        assertThat(define(calls("Calls", "account"))).isInstanceOf(Outcome.Applied.class);
        assertThat(define(calls("Calls", "company")))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected ->
                                assertThat(rejected.problems())
                                        .singleElement()
                                        .extracting(Problem::suggestions)
                                        .isEqualTo(List.of("account: {field: account}")));
    }

    @Test
    void a_field_called_as_a_link_that_is_in_force_hinders_nobody() {
        var inForce = calls("Calls", "company");
        assertThat(define(calls("Phone calls", "company"), inForce))
                .isInstanceOf(Outcome.Applied.class);
        assertThat(
                        define(
                                new Slice("some", "some", "", "call", "call.account is not none"),
                                inForce))
                .isInstanceOf(Outcome.Applied.class);
    }

    /** Neither may count on the other to say so. */
    @Test
    void definitions_that_refer_to_each_other_are_rejected_whatever_each_is_refused_for() {
        var metric =
                new Metric(
                        "members",
                        "members",
                        "",
                        Metric.Level.CELL,
                        null,
                        "count(account where account in large)",
                        null,
                        Metric.Direction.NEUTRAL,
                        null,
                        null,
                        null,
                        false,
                        Metric.Status.PUBLISHED);
        var cohort =
                new Cohort("large", "large", "", new Cohort.Members.Rule("members over ever > 1"));
        var store = new MemoryStore(Catalog.empty());
        var drafts =
                List.of(
                        new Draft(metric, Place.of("metric")),
                        new Draft(cohort, Place.of("cohort")));
        assertThat(
                        new DefineService(new Catalogs(store), store)
                                .define(new Request(drafts, false, false)))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected ->
                                assertThat(rejected.problems())
                                        .extracting(problem -> problem.place().path().getFirst())
                                        .containsExactlyInAnyOrder("metric", "cohort"));
    }

    private static Outcome defineWhereWeeksBegin(DayOfWeek day, String compute) {
        var source =
                new Source(
                        "call",
                        "Calls",
                        "",
                        "at",
                        ZoneOffset.UTC,
                        null,
                        null,
                        "account",
                        null,
                        List.of(),
                        List.of(
                                Field.of("at", DataType.TIMESTAMP),
                                Field.of("account", DataType.TEXT),
                                new Field(
                                        "began",
                                        "began",
                                        DataType.DATE,
                                        null,
                                        compute,
                                        List.of(),
                                        null,
                                        null)));
        var store = new MemoryStore(Catalog.empty());
        return new DefineService(
                        new Catalogs(store), store, day, TableMappings.NONE, Clock.systemUTC())
                .define(new Request(List.of(new Draft(source, Place.of("file"))), false, false));
    }

    @Test
    void computed_weeks_are_declared_only_where_weeks_begin_on_monday() {
        var weeks = "case when true then trunc(\"at\", week) + 1 day end";
        assertThat(defineWhereWeeksBegin(DayOfWeek.MONDAY, weeks))
                .isInstanceOf(Outcome.Applied.class);
        assertThat(defineWhereWeeksBegin(DayOfWeek.SUNDAY, "trunc(\"at\", month)"))
                .isInstanceOf(Outcome.Applied.class);
        assertThat(defineWhereWeeksBegin(DayOfWeek.SUNDAY, weeks))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected ->
                                assertThat(rejected.problems())
                                        .singleElement()
                                        .satisfies(problem -> {
                                            assertThat(problem.code())
                                                    .isEqualTo(ProblemCode.INCOMPATIBLE);
                                            assertThat(problem.place().path())
                                                    .containsExactly(
                                                            "file", "fields", "began", "compute");
                                            assertThat(problem.message())
                                                    .contains("weeks begin on Sunday here");
                                        }));
    }
}
