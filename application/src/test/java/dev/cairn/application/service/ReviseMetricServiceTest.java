package dev.cairn.application.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.Author;
import dev.cairn.application.port.in.DefineUseCase;
import dev.cairn.application.port.in.ReviseMetricUseCase.Outcome;
import dev.cairn.application.port.in.ReviseMetricUseCase.Revision;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReviseMetricServiceTest {
    private static final Metric NPS =
            new Metric(
                    "nps",
                    "NPS",
                    "Promoters less detractors.",
                    Metric.Level.CELL,
                    null,
                    "count(account)",
                    Metric.MetricUnit.POINTS,
                    Metric.Direction.HIGHER,
                    Metric.MetricDomain.SENTIMENT,
                    "ops",
                    null,
                    true,
                    Metric.Status.PUBLISHED);

    private final MemoryStore store =
            new MemoryStore(Catalog.of(1, List.of(new Entry(NPS, 4, Map.of())), List.of()));
    private final Catalogs catalogs = new Catalogs(store);
    private final ReviseMetricService service =
            new ReviseMetricService(
                    new BrowseCatalogService(
                            catalogs, (_, _, _) -> List.of(), BrowseCatalogServiceTest.WORKERS),
                    new DefineService(catalogs, store));

    @Test
    void only_the_formula_changes_and_the_version_with_it() {
        var outcome =
                service.revise(new Revision("nps", 4, "count(user)", false), Author.local("test"));

        assertThat(outcome).isEqualTo(new Outcome.Revised(NPS.withFormula("count(user)"), 5));
        assertThat(catalogs.current().entry("nps").orElseThrow().version()).isEqualTo(5);
    }

    @Test
    void what_is_asked_of_the_sample_changes_alone_too() {
        var clustered = new Metric.Sample(30, Metric.Cluster.ACCOUNT);
        assertThat(
                        service.revise(
                                new Revision("nps", 4, null, 30, true, false),
                                Author.local("test")))
                .isEqualTo(new Outcome.Revised(NPS.with(clustered), 5));
        assertThat(
                        service.revise(
                                new Revision("nps", 5, null, null, false, false),
                                Author.local("test")))
                .isEqualTo(new Outcome.Revised(NPS.with(new Metric.Sample(30)), 6));
        assertThat(
                        service.revise(
                                new Revision("nps", 6, "count(user)", false), Author.local("test")))
                .isEqualTo(
                        new Outcome.Revised(
                                NPS.withFormula("count(user)").with(new Metric.Sample(30)), 7));
        assertThat(
                        service.revise(
                                new Revision("nps", 7, null, 0, null, false), Author.local("test")))
                .isEqualTo(new Outcome.Revised(NPS.withFormula("count(user)"), 8));
    }

    @Test
    void a_revision_changes_something_and_what_can_be() {
        assertThat(problems(new Revision("nps", 4, null, null, null, false)))
                .extracting(Problem::code, Problem::place)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                ProblemCode.MISSING, Place.of("formula")));
        assertThat(problems(new Revision("nps", 4, null, -1, null, false)))
                .extracting(Problem::code, Problem::place)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                ProblemCode.BAD_VALUE, Place.of("minSample")));
    }

    @Test
    void a_check_changes_nothing() {
        var outcome =
                service.revise(new Revision("nps", 4, "count(user)", true), Author.local("test"));

        assertThat(outcome).isEqualTo(new Outcome.Revised(NPS.withFormula("count(user)"), 5));
        assertThat(store.load().version()).isEqualTo(1);
    }

    @Test
    void a_version_that_is_no_longer_in_force_is_a_conflict() {
        assertThat(problems(new Revision("nps", 3, "count(user)", false)))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo(ProblemCode.CONFLICT);
                    assertThat(problem.message()).contains("at version 4, not 3");
                });
        assertThat(store.load().version()).isEqualTo(1);
    }

    @Test
    void a_version_that_never_was_does_not_switch_the_check_off() {
        for (int version : new int[] {0, -1}) {
            assertThat(problems(new Revision("nps", version, "count(user)", false)))
                    .extracting(Problem::code, Problem::place)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(
                                    ProblemCode.BAD_VALUE, Place.of("expectedVersion")));
        }
    }

    @Test
    void an_unknown_metric_is_told_with_near_names() {
        assertThat(problems(new Revision("nsp", 1, "1", false)))
                .containsExactly(
                        Problem.of(ProblemCode.UNKNOWN_METRIC, Place.of("key"), "No metric 'nsp'.")
                                .suggesting(List.of("nps")));
    }

    @Test
    void a_formula_that_does_not_parse_says_where() {
        assertThat(problems(new Revision("nps", 4, "sum(", false)))
                .first()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo(ProblemCode.SYNTAX);
                    assertThat(problem.place().path()).containsExactly("formula");
                });
    }

    @Test
    void a_metric_that_must_be_new_may_not_take_a_name() {
        var draft = new DefineUseCase.Draft(NPS, Place.NOWHERE, 0);

        var outcome =
                new DefineService(catalogs, store)
                        .define(new DefineUseCase.Request(List.of(draft), false, false));

        assertThat(outcome)
                .isEqualTo(
                        new DefineUseCase.Outcome.Rejected(
                                List.of(
                                        Problem.of(
                                                ProblemCode.CONFLICT,
                                                Place.NOWHERE,
                                                "The name 'nps' is taken: there is a metric of that name, at version 4. Revise that, or take another name."))));
    }

    @Test
    void what_cannot_be_a_name_is_refused() {
        for (String name :
                List.of("", "NPS", "net promoter", "1st", "a'; drop table x; --", "a".repeat(51))) {
            var metric =
                    new Metric(
                            name,
                            "L",
                            "",
                            Metric.Level.CELL,
                            null,
                            "1",
                            null,
                            Metric.Direction.NEUTRAL,
                            null,
                            null,
                            null,
                            false,
                            Metric.Status.PUBLISHED);
            var draft = new DefineUseCase.Draft(metric, Place.NOWHERE, 0);

            var outcome =
                    new DefineService(catalogs, store)
                            .define(new DefineUseCase.Request(List.of(draft), false, false));

            assertThat(((DefineUseCase.Outcome.Rejected) outcome).problems())
                    .extracting(problem -> problem.place().path())
                    .contains(List.of("name"));
        }
        assertThat(store.load().version()).isEqualTo(1);
    }

    private List<Problem> problems(Revision revision) {
        return ((Outcome.Rejected) service.revise(revision, Author.local("test"))).problems();
    }
}
