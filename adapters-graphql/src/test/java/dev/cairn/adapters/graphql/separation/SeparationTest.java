package dev.cairn.adapters.graphql.separation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cairn.adapters.graphql.Fakes;
import dev.cairn.adapters.graphql.SliceTest;
import dev.cairn.application.port.in.SeparateUseCase.Outcome;
import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.model.Grade;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.separation.MetricAudit;
import dev.cairn.domain.separation.MetricAudit.Gap;
import dev.cairn.domain.separation.MetricAudit.SourceGrade;
import dev.cairn.domain.separation.Separation;
import dev.cairn.domain.separation.Separation.Baseline;
import dev.cairn.domain.separation.Separation.Code;
import dev.cairn.domain.separation.Separation.Detail;
import dev.cairn.domain.separation.Separation.Reason;
import dev.cairn.domain.separation.Separation.Strength;
import dev.cairn.domain.separation.Separation.Verdict;
import dev.cairn.domain.separation.SeparationQuery;
import dev.cairn.domain.statistics.Auc;
import dev.cairn.domain.statistics.Distribution;
import dev.cairn.domain.statistics.Groups;
import dev.cairn.domain.statistics.KolmogorovSmirnov;
import dev.cairn.domain.statistics.Lift;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class SeparationTest extends SliceTest {
    private static final LocalDate MARCH = LocalDate.of(2026, 3, 1);
    private static final Separation.Time TIME =
            new Separation.Time(
                    MARCH.minusDays(90),
                    MARCH,
                    MARCH,
                    MARCH.plusMonths(3),
                    "then and then",
                    Instant.parse("2026-07-01T00:00:00Z"));

    @Autowired private Fakes.Separations separations;

    private static Strength strength() {
        var groups = Groups.of(new double[] {3, 4, 5}, new double[] {1, 2, 3});
        var pair = Distribution.of(groups);
        return new Strength(
                3,
                3,
                new Detail(
                        Auc.of(groups),
                        KolmogorovSmirnov.of(groups),
                        Lift.byTenth(groups),
                        pair.succeeded(),
                        pair.others(),
                        pair.edges(),
                        2));
    }

    private static Separation separation() {
        var strength = strength();
        return new Separation(
                "usage",
                "renewed",
                TIME,
                strength,
                2,
                List.of(new Separation.Without(Absence.NO_DATA, 4)),
                List.of(
                        new Separation.Trivial(Baseline.TENURE, 3, 3, strength.auc(), null),
                        new Separation.Trivial(Baseline.SIZE, 0, 0, null, "It says none.")),
                List.of(new Separation.Segment("large", 1, 1, null, true)),
                List.of(new Separation.Lead(4, 3, 3, strength.auc(), true)),
                4,
                List.of(
                        new Separation.Slice(
                                MARCH.minusMonths(3),
                                MARCH,
                                3,
                                3,
                                strength.auc(),
                                0.3,
                                true,
                                false)),
                Verdict.NOT_ENOUGH_DATA,
                List.of(new Reason(Code.FEW_ACCOUNTS, "Few.")));
    }

    @Test
    void what_is_asked_arrives_as_it_was_written() {
        separations.answers(new Outcome.Answered<>(separation()));
        ask(
                """
                { separation(input: {metric: {formula: "count(event)"}, success: "renewed", days: 28, where: "seats > 3", cohort: {key: "paying"}
                    segment: "account.plan", leadWeeks: [4, 8], slices: 2, timeZone: "Europe/Berlin", asOf: "2026-07-01T00:00:00Z"}) { verdict } }
                """);
        assertThat(separations.asked.getLast())
                .isEqualTo(
                        new SeparationQuery(
                                new MetricReference.Inline("count(event)"),
                                "renewed",
                                null,
                                null,
                                28,
                                "seats > 3",
                                new CohortReference.ByKey("paying"),
                                "account.plan",
                                List.of(4, 8),
                                2,
                                false,
                                ZoneId.of("Europe/Berlin"),
                                Instant.parse("2026-07-01T00:00:00Z")));
    }

    @Test
    void an_answer_has_both_groups_and_all_that_stands_beside_them() {
        separations.answers(new Outcome.Answered<>(separation()));
        var answer =
                ask("""
                { separation(input: {metric: {key: "usage"}, success: "renewed"}) {
                    metric success verdict undecided separatesAhead reasons { code message } time { from to decidedFrom decidedUntil words asOf }
                    whole { successes others detail { medianDifference edges auc { value error low high p strength cliffsDelta } distance { distance p }
                        lift { tenth rate } succeeded { size mean p5 p25 median p75 p95 bins } others { median } } }
                    without { absence accounts } trivial { baseline successes others auc { value } missing } segments { value successes others auc { value } turned }
                    leads { weeks auc { value } separates } slices { from to stability shifted turned } } }
                """)
                        .json()
                        .at("/data/separation");

        // Of nine pairs the first has more in eight, and both have three in one.
        assertThat(answer.at("/whole/detail/auc/value").asDouble())
                .isCloseTo(8.5 / 9, within(1e-12));
        assertThat(answer.at("/whole/detail/auc/cliffsDelta").asDouble())
                .isCloseTo(8 / 9.0, within(1e-12));
        assertThat(answer.at("/whole/detail/distance/distance").asDouble())
                .isCloseTo(2 / 3.0, within(1e-12));
        assertThat(answer.at("/whole/detail/medianDifference").asDouble()).isEqualTo(2);
        assertThat(answer.at("/whole/detail/lift").size()).isEqualTo(10);
        assertThat(answer.at("/whole/detail/succeeded/median").asDouble()).isEqualTo(4);
        assertThat(answer.path("verdict").asString()).isEqualTo("NOT_ENOUGH_DATA");
        assertThat(answer.path("reasons").toString())
                .isEqualTo("[{\"code\":\"FEW_ACCOUNTS\",\"message\":\"Few.\"}]");
        assertThat(answer.at("/time/decidedUntil").asString()).isEqualTo("2026-06-01");
        assertThat(answer.path("without").toString())
                .isEqualTo("[{\"absence\":\"NO_DATA\",\"accounts\":4}]");
        assertThat(answer.at("/trivial/0/baseline").asString()).isEqualTo("TENURE");
        assertThat(answer.at("/trivial/0/missing").isNull()).isTrue();
        assertThat(answer.at("/trivial/1").toString())
                .isEqualTo(
                        "{\"baseline\":\"SIZE\",\"successes\":0,\"others\":0,\"auc\":null,\"missing\":\"It says none.\"}");
        assertThat(answer.path("segments").toString())
                .isEqualTo(
                        "[{\"value\":\"large\",\"successes\":1,\"others\":1,\"auc\":null,\"turned\":true}]");
        assertThat(answer.at("/leads/0/weeks").asInt()).isEqualTo(4);
        assertThat(answer.path("separatesAhead").asInt()).isEqualTo(4);
        assertThat(answer.path("slices").toString())
                .isEqualTo(
                        "[{\"from\":\"2025-12-01\",\"to\":\"2026-03-01\",\"stability\":0.3,\"shifted\":true,\"turned\":false}]");
    }

    @Test
    void what_is_wrong_is_told_with_its_place() {
        separations.answers(
                new Outcome.Rejected<>(
                        List.of(
                                Problem.of(
                                        ProblemCode.LEAKAGE,
                                        Place.of("timeRange"),
                                        "It holds the outcome."))));
        var problem =
                ask("{ separation(input: {metric: {key: \"usage\"}, success: \"renewed\", timeRange: {from: \"2026-01-01\", to: \"2026-04-01\"}}) { verdict } }")
                        .json()
                        .at("/errors/0/extensions/problems/0");
        assertThat(problem.path("code").asString()).isEqualTo("LEAKAGE");
        assertThat(problem.path("path").toString()).isEqualTo("[\"timeRange\"]");
    }

    @Test
    void an_audit_says_of_each_metric_what_it_lacks_and_how_far_its_data_is_trusted() {
        var metric =
                new Metric(
                        "usage",
                        "Usage",
                        "",
                        Metric.Level.CELL,
                        null,
                        "count(event)",
                        null,
                        Metric.Direction.HIGHER,
                        null,
                        null,
                        null,
                        false,
                        Metric.Status.PUBLISHED);
        separations.audits(
                new Outcome.Answered<>(
                        new MetricAudit(
                                "renewed",
                                TIME,
                                List.of(),
                                List.of(
                                        new MetricAudit.Row(
                                                metric,
                                                strength(),
                                                0.04,
                                                0.5,
                                                List.of(
                                                        new SourceGrade("contract", Grade.B),
                                                        new SourceGrade("event", Grade.C),
                                                        new SourceGrade("survey", null)),
                                                Verdict.NOT_ENOUGH_DATA,
                                                List.of(),
                                                Set.of(Gap.TRUST, Gap.OWNER))),
                                List.of(new MetricAudit.Refused("paid", "It is no number.")))));
        var audit =
                ask("""
                { metricAudit(input: {success: "renewed", days: 30}) { success time { words } trivial { baseline } refused { metric reason }
                    metrics { metric label owner decision counter p moved verdict trust sources { source grade } gaps reasons { code }
                        strength { successes others detail { auc { value } } } } } }
                """)
                        .json()
                        .at("/data/metricAudit");

        assertThat(separations.asked.getLast().days()).isEqualTo(30);
        var row = audit.at("/metrics/0");
        assertThat(row.path("metric").asString()).isEqualTo("usage");
        assertThat(row.path("trust").asString()).isEqualTo("C");
        assertThat(row.path("sources").toString())
                .isEqualTo(
                        "[{\"source\":\"contract\",\"grade\":\"B\"},{\"source\":\"event\",\"grade\":\"C\"},{\"source\":\"survey\",\"grade\":null}]");
        assertThat(row.path("gaps").toString()).isEqualTo("[\"OWNER\",\"TRUST\"]");
        assertThat(row.path("owner").isNull()).isTrue();
        assertThat(row.path("moved").asDouble()).isEqualTo(0.5);
        assertThat(audit.path("refused").toString())
                .isEqualTo("[{\"metric\":\"paid\",\"reason\":\"It is no number.\"}]");
    }
}
