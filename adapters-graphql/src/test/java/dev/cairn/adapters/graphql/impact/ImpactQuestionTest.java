package dev.cairn.adapters.graphql.impact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.SliceTest;
import dev.cairn.application.port.in.ImpactUseCase.Outcome;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.impact.Impact;
import dev.cairn.domain.impact.Impact.Effect;
import dev.cairn.domain.impact.Impact.Estimand;
import dev.cairn.domain.impact.Impact.OfMetric;
import dev.cairn.domain.impact.Impact.Reason;
import dev.cairn.domain.impact.Impact.Reason.Code;
import dev.cairn.domain.impact.Impact.Side;
import dev.cairn.domain.impact.Impact.Step;
import dev.cairn.domain.impact.Impact.Trend;
import dev.cairn.domain.impact.Impact.Verdict;
import dev.cairn.domain.impact.ImpactQuery;
import dev.cairn.domain.impact.ImpactQuery.Unit;
import dev.cairn.domain.impact.ImpactWindows;
import dev.cairn.domain.impact.ImpactWindows.Days;
import dev.cairn.domain.model.Metric.Direction;
import dev.cairn.domain.model.Metric.MetricUnit;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.statistics.ChanceToWin;
import dev.cairn.domain.statistics.Interval;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImpactQuestionTest extends SliceTest {
    private static final LocalDate CHANGED_ON = LocalDate.parse("2026-03-02");

    private static final Impact IMPACT =
            new Impact(
                    "Guided setup",
                    ImpactWindows.of(CHANGED_ON, 28, 7),
                    Instant.parse("2026-06-01T00:00:00Z"),
                    73,
                    65,
                    null,
                    List.of(
                            new OfMetric(
                                    "logins",
                                    "Logins",
                                    MetricUnit.COUNT,
                                    null,
                                    Direction.HIGHER,
                                    Estimand.MEAN_OF_ACCOUNTS,
                                    new Side(10.0, 15.0, 73, 73),
                                    new Side(11.0, null, 65, 0),
                                    new Effect(
                                            4,
                                            new Interval(1, 7),
                                            0.4,
                                            new Interval(0.1, 0.7),
                                            0.01,
                                            0.02,
                                            4.3,
                                            3.5,
                                            0.25,
                                            null,
                                            new Trend(0.5, new Interval(-2, 3), 0.6),
                                            null,
                                            new ChanceToWin(0.99, 0.001)),
                                    Verdict.IMPROVED,
                                    List.of(new Reason(Code.BEYOND_CHANCE, "Beyond chance.")),
                                    List.of(
                                            new Step(
                                                    new Days(CHANGED_ON, CHANGED_ON.plusDays(7)),
                                                    3.5,
                                                    null,
                                                    true)))),
                    List.of(new Reason(Code.NOT_WHOLE_WEEKS, "No whole weeks.")));

    @Test
    void what_is_left_out_is_as_by_default() {
        impacts.answers(new Outcome.Assessed(IMPACT));
        ask(
                "{ impact(input: {metrics: [{metric: {key: \"logins\"}}], changedOn: \"2026-03-02\"}) { treatedAccounts } }");
        assertThat(impacts.asked.getLast())
                .isEqualTo(
                        new ImpactQuery(
                                List.of(new AskedMetric(new MetricReference.ByKey("logins"), null)),
                                CHANGED_ON,
                                null,
                                null,
                                null,
                                28,
                                0,
                                ZoneId.of("UTC"),
                                null,
                                null,
                                false,
                                null,
                                Unit.ACCOUNT,
                                false,
                                null));
    }

    @Test
    void all_that_is_said_is_asked() {
        impacts.answers(new Outcome.Assessed(IMPACT));
        ask(
                """
                { impact(input: {metrics: [{metric: {key: "logins"}}], change: "M1", treated: {key: "europe"}, comparison: {rule: "true"},
                    windowDays: 14, gapDays: 3, timeZone: "Europe/Paris", where: "account.plan = 'pro'", asOf: "2026-01-31T10:00:00Z",
                    daily: true, treatedShare: 0.5, unit: ROW, direction: LOWER_IS_BETTER}) { treatedAccounts } }
                """);
        assertThat(impacts.asked.getLast())
                .isEqualTo(
                        new ImpactQuery(
                                List.of(new AskedMetric(new MetricReference.ByKey("logins"), null)),
                                null,
                                "M1",
                                new CohortReference.ByKey("europe"),
                                new CohortReference.Rule("true"),
                                14,
                                3,
                                ZoneId.of("Europe/Paris"),
                                "account.plan = 'pro'",
                                Instant.parse("2026-01-31T10:00:00Z"),
                                true,
                                0.5,
                                Unit.ROW,
                                false,
                                Direction.LOWER));
    }

    @Test
    void what_came_of_it_is_given_as_it_is() {
        impacts.answers(new Outcome.Assessed(IMPACT));
        var answer =
                ask("""
                { impact(input: {metrics: [{metric: {key: "logins"}}], changedOn: "2026-03-02"}) {
                    change windows { changedOn prior { from until } before { from until } after { from until } } asOf
                    treatedAccounts comparisonAccounts sampleRatioP warnings { code message }
                    metrics { key label unit currency direction estimand verdict reasons { code message }
                      treated { before after unitsBefore unitsAfter } comparison { before after unitsBefore unitsAfter }
                      effect { value interval { low high } relative relativeInterval { low high } p adjustedP detectable unadjusted explained
                        sequential { low high } trend { value interval { low high } p } placebos { dates asLarge p } chance { win loss } }
                      course { days { from until } treated comparison incomplete } } } }
                """)
                        .json()
                        .at("/data/impact");
        assertThat(answer.at("/windows/prior/from").asString()).isEqualTo("2025-12-29");
        assertThat(answer.at("/windows/after/until").asString()).isEqualTo("2026-04-06");
        var metric = answer.at("/metrics/0");
        assertThat(metric.at("/direction").asString()).isEqualTo("HIGHER_IS_BETTER");
        assertThat(metric.at("/verdict").asString()).isEqualTo("IMPROVED");
        assertThat(metric.at("/comparison/after").isNull()).isTrue();
        assertThat(metric.at("/effect/interval/high").asDouble()).isEqualTo(7);
        assertThat(metric.at("/effect/placebos").isNull()).isTrue();
        assertThat(metric.at("/effect/chance/win").asDouble()).isEqualTo(0.99);
        var step = metric.at("/course/0");
        assertThat(step.at("/days/until").asString()).isEqualTo("2026-03-09");
        assertThat(step.at("/treated").asDouble()).isEqualTo(3.5);
        assertThat(step.at("/comparison").isNull()).isTrue();
        assertThat(step.at("/incomplete").asBoolean()).isTrue();
        assertThat(impacts.asked.getLast().course()).isTrue();
        assertThat(answer.at("/warnings/0/code").asString()).isEqualTo("NOT_WHOLE_WEEKS");
    }

    @Test
    void problems_stand_in_the_error() {
        impacts.answers(
                new Outcome.Rejected(
                        List.of(
                                Problem.of(
                                        ProblemCode.BAD_RANGE,
                                        Place.of("windowDays"),
                                        "Not over."))));
        var reply =
                ask("{ impact(input: {metrics: [{metric: {key: \"logins\"}}], changedOn: \"2026-03-02\"}) { treatedAccounts } }")
                        .json();
        assertThat(reply.at("/data/impact").isNull()).isTrue();
        assertThat(reply.at("/errors/0/extensions/problems/0/code").asString())
                .isEqualTo("BAD_RANGE");
    }
}
