package dev.cairn.domain.planner;

import static dev.cairn.domain.catalog.Shop.shop;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.analysis.AnalysisQuery.OrderBy;
import dev.cairn.domain.analysis.AnalysisQuery.TopGroups;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.Comparison;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.check.DefinitionChecker.Checked;
import dev.cairn.domain.lowering.ResolvedMetrics;
import dev.cairn.domain.model.Band;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.Expectations;
import dev.cairn.domain.model.Grade;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Metric.Level;
import dev.cairn.domain.model.Metric.RollUp;
import dev.cairn.domain.model.Metric.Sample;
import dev.cairn.domain.model.WrittenQuestion;
import dev.cairn.domain.plan.Cancellation;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.Grain;
import dev.cairn.domain.trust.Check;
import dev.cairn.domain.trust.SourceTrust;
import dev.cairn.domain.trust.Trusts;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FloorsTest {
    private static Metric metric(
            String name, Level level, String formula, @Nullable Grade floor, Band... bands) {
        return new Metric(
                        name,
                        name,
                        "",
                        level,
                        level == Level.CELL ? null : RollUp.AVG,
                        formula,
                        null,
                        Metric.Direction.HIGHER,
                        null,
                        null,
                        null,
                        false,
                        Metric.Status.PUBLISHED)
                .with(new Sample(null, null, floor))
                .withBands(List.of(bands));
    }

    /** Events and tickets expect something, and the former are of a bad grade. */
    private static Catalog catalog() {
        var shop = shop().build();
        var expecting =
                new Expectations(
                        Grain.DAY, null, List.of(), List.of(), null, true, List.of(), List.of());
        return shop().define(shop.source("event").orElseThrow().with(expecting))
                .define(shop.source("ticket").orElseThrow().with(expecting))
                .define(metric("guarded", Level.CELL, "count(event)", Grade.B))
                .define(metric("far", Level.CELL, "10 * guarded + count(ticket)", null))
                .define(metric("sound", Level.CELL, "count(ticket)", Grade.B))
                .define(metric("unknown", Level.CELL, "count(survey)", Grade.D))
                .define(
                        metric(
                                "use",
                                Level.ACCOUNT,
                                "count(event) over last 28 days",
                                Grade.C,
                                new Band("low", BigDecimal.TEN),
                                new Band("high", null)))
                .define(new Cohort("busy", "busy", "", new Cohort.Members.Rule("use > 3")))
                .build();
    }

    private static final Trusts TRUSTS =
            sources ->
                    sources.stream()
                            .collect(
                                    Collectors.toMap(
                                            source -> source,
                                            source ->
                                                    new SourceTrust(
                                                            source,
                                                            source.equals("event")
                                                                    ? Grade.D
                                                                    : Grade.B,
                                                            List.of(
                                                                    new Check(
                                                                            "volume",
                                                                            Check.Kind.VOLUME,
                                                                            null,
                                                                            source.equals("event")
                                                                                    ? Check.Status
                                                                                            .FAIL
                                                                                    : Check.Status
                                                                                            .WARN,
                                                                            null,
                                                                            null,
                                                                            null,
                                                                            null,
                                                                            "",
                                                                            "")),
                                                            List.of(),
                                                            Question.NOW)));

    private static Planned planned(Question question, UnaryOperator<AnalysisQuery> also) {
        return planned(question, also, TRUSTS);
    }

    private static Planned planned(
            Question question, UnaryOperator<AnalysisQuery> also, Trusts trusts) {
        return Planner.plan(
                also.apply(question.query()),
                new ResolvedMetrics(catalog(), trusts),
                Caller.LOCAL,
                Question.NOW,
                Cancellation.NEVER);
    }

    private static Set<String> untrusted(Question question) {
        return ((Planned.Ready) planned(question, UnaryOperator.identity()))
                .trusting()
                .untrusted()
                .keySet();
    }

    private static List<ProblemCode> problems(
            Question question, UnaryOperator<AnalysisQuery> also) {
        return planned(question, also) instanceof Planned.Rejected(var problems)
                ? problems.stream().map(Problem::code).toList()
                : List.of();
    }

    @Test
    void a_metric_below_its_floor_has_no_value_near_or_far() {
        assertThat(untrusted(Question.ask("guarded", "far", "sound", "events")))
                .containsExactlyInAnyOrder("guarded", "far");
        assertThat(untrusted(Question.formula("1 + guarded"))).containsExactly("x");
        assertThat(untrusted(Question.formula("prior(far)"))).containsExactly("x");
        assertThat(untrusted(Question.formula("coalesce(far, 0)"))).containsExactly("x");
        assertThat(untrusted(Question.formula("avg(account : use)"))).containsExactly("x");
        assertThat(untrusted(Question.formula("count(account where account in busy)")))
                .containsExactly("x");
    }

    @Test
    void what_is_named_in_two_columns_is_judged_in_each() {
        assertThat(
                        untrusted(
                                Question.formula("1 + guarded")
                                        .and("y", "2 + guarded")
                                        .and("z", "count(ticket)")))
                .containsExactlyInAnyOrder("x", "y");
    }

    @Test
    void data_of_which_nothing_is_expected_is_below_every_floor() {
        assertThat(untrusted(Question.ask("unknown"))).containsExactly("unknown");
    }

    @Test
    void the_answer_says_why() {
        var planned = (Planned.Ready) planned(Question.ask("far"), UnaryOperator.identity());
        assertThat(planned.notices())
                .extracting(notice -> notice.code() + " " + notice.message())
                .containsExactly(
                        "UNTRUSTED 'far' has no value: 'guarded' asks for data of grade B at least, and 'event' is of grade D: volume (periods have far fewer or far more facts than those around them). See sourceTrust or 'cairn trust'.",
                        "LOW_TRUST Some of this is read from data that is not as expected: 'event' is of grade D: volume (periods have far fewer or far more facts than those around them). See sourceTrust or 'cairn trust'.");
    }

    @Test
    void what_is_compared_with_has_none_either() {
        var planned =
                (Planned.Ready)
                        planned(
                                Question.ask("guarded"),
                                query -> query.withCompareTo(new Comparison.Previous()));
        assertThat(planned.trusting().untrusted().keySet())
                .containsExactlyInAnyOrder("guarded", "guarded.compared");
    }

    @Test
    void a_question_that_chooses_by_such_a_value_is_refused() {
        var untrusted = List.of(ProblemCode.UNTRUSTED);
        assertThat(
                        problems(
                                Question.ask("events"),
                                query -> query.withCohort(new CohortReference.ByKey("busy"))))
                .isEqualTo(untrusted);
        assertThat(problems(Question.ask("events"), query -> query.withWhere("account in busy")))
                .isEqualTo(untrusted);
        assertThat(
                        problems(
                                Question.ask("events"),
                                query -> query.withCohort(new CohortReference.Rule("use > 3"))))
                .isEqualTo(untrusted);
        assertThat(
                        problems(
                                Question.ask("events"),
                                query -> query.withGroupBy(List.of("use.band"))))
                .isEqualTo(untrusted);
        assertThat(
                        problems(
                                Question.ask("far"),
                                query ->
                                        query.withGroupBy(List.of("account.plan"))
                                                .withOrderBy(List.of(new OrderBy("far", true)))))
                .isEqualTo(untrusted);
        assertThat(
                        problems(
                                Question.ask("far"),
                                query ->
                                        query.withGroupBy(List.of("account.plan"))
                                                .withTop(new TopGroups(1, null, false))))
                .isEqualTo(untrusted);
        assertThat(
                        problems(
                                Question.ask("far"),
                                query ->
                                        query.withGroupBy(List.of("account.plan"))
                                                .withHaving(
                                                        new Filter.Not(
                                                                new Filter.Where(
                                                                        "far",
                                                                        Operator.GT,
                                                                        List.of("1"))))))
                .isEqualTo(untrusted);
    }

    /** Else no definition could be saved as long as the data is bad. */
    @Test
    void a_question_is_saved_however_its_data_stands() {
        var saved =
                new dev.cairn.domain.model.Question(
                        "best",
                        "best",
                        "",
                        null,
                        new WrittenQuestion(
                                List.of("far"),
                                List.of("account.plan"),
                                null,
                                "2026",
                                "UTC",
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                List.of("far desc"),
                                false,
                                false,
                                false,
                                null,
                                null,
                                null,
                                false,
                                false,
                                false));
        var alone = new Checked(Map.of(), Set.of(), Map.of(), List.of(), Set.of());
        assertThat(
                        SavedQuestions.check(
                                        saved,
                                        alone,
                                        Set.of(),
                                        new ResolvedMetrics(catalog()),
                                        Question.NOW,
                                        Place.of("best"))
                                .problems())
                .isEmpty();
    }

    /** Of data whose count takes long. */
    private static final class Slow implements Trusts {
        @Override
        public Map<String, SourceTrust> of(Set<String> sources) {
            return TRUSTS.of(sources);
        }

        @Override
        public Map<String, SourceTrust> soon(Set<String> sources) {
            return sources.stream()
                    .collect(Collectors.toMap(source -> source, SourceTrust::beingCounted));
        }
    }

    @Test
    void a_floor_waits_for_a_count_and_what_is_only_said_beside_an_answer_does_not() {
        var planned =
                (Planned.Ready)
                        planned(Question.ask("events"), UnaryOperator.identity(), new Slow());
        assertThat(planned.notices())
                .extracting(notice -> notice.code() + " " + notice.message())
                .containsExactly(
                        "TRUST_PENDING How far 'event' can be trusted is being counted: its broken days are not marked here. Ask again in a while; 'cairn trust' waits for it.");
        assertThat(planned.trusting().isCurrent(catalog(), new Slow())).isTrue();
        assertThat(planned.trusting().isCurrent(catalog(), TRUSTS)).isFalse();

        var floored =
                (Planned.Ready)
                        planned(Question.ask("guarded"), UnaryOperator.identity(), new Slow());
        assertThat(floored.trusting().untrusted()).containsOnlyKeys("guarded");
        assertThat(floored.trusting().isCurrent(catalog(), new Slow())).isTrue();
    }

    @Test
    void what_was_planned_holds_as_long_as_the_data_stands_as_it_did() {
        var planned = (Planned.Ready) planned(Question.ask("events"), UnaryOperator.identity());
        assertThat(planned.trusting().isCurrent(catalog(), TRUSTS)).isTrue();
        assertThat(planned.trusting().isCurrent(catalog(), Trusts.NONE)).isFalse();
    }
}
