package dev.cairn.adapters.terminal.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.SeparateUseCase;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.Caller;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeparationCommandTest {
    private static final LocalDate MARCH = LocalDate.of(2026, 3, 1);
    private static final Separation.Time TIME =
            new Separation.Time(
                    MARCH.minusDays(90),
                    MARCH,
                    MARCH,
                    MARCH.plusMonths(3),
                    "from 2025-12-01 until 2026-03-01; success is decided from 2026-03-01 until 2026-06-01",
                    Instant.parse("2026-07-01T00:00:00Z"));

    /** 40 that succeeded have 10 to 49, 40 others have 0 to 39. */
    private static Strength strength() {
        var groups =
                Groups.of(
                        IntStream.range(10, 50).asDoubleStream().toArray(),
                        IntStream.range(0, 40).asDoubleStream().toArray());
        var pair = Distribution.of(groups);
        return new Strength(
                40,
                40,
                new Detail(
                        Auc.of(groups),
                        KolmogorovSmirnov.of(groups),
                        Lift.byTenth(groups),
                        pair.succeeded(),
                        pair.others(),
                        pair.edges(),
                        10));
    }

    private static final class Answers implements SeparateUseCase {
        private final List<SeparationQuery> asked = new ArrayList<>();

        @Override
        public Outcome<Separation> separate(
                SeparationQuery query, Caller caller, Deadline deadline) {
            asked.add(query);
            var strength = strength();
            return new Outcome.Answered<>(
                    new Separation(
                            "usage",
                            "renewed",
                            TIME,
                            strength,
                            3,
                            List.of(),
                            List.of(
                                    new Separation.Trivial(
                                            Baseline.TENURE, 40, 40, strength.auc(), null),
                                    new Separation.Trivial(
                                            Baseline.SIZE, 0, 0, null, "'renewed' says none")),
                            List.of(new Separation.Segment("large", 1, 9, null, false)),
                            List.of(new Separation.Lead(4, 40, 40, strength.auc(), true)),
                            4,
                            List.of(
                                    new Separation.Slice(
                                            MARCH.minusMonths(3),
                                            MARCH,
                                            40,
                                            40,
                                            strength.auc(),
                                            0.31,
                                            true,
                                            false)),
                            Verdict.WEAK,
                            List.of(new Reason(Code.SHIFTED, "It was spread otherwise."))));
        }

        @Override
        public Outcome<MetricAudit> audit(SeparationQuery query, Caller caller, Deadline deadline) {
            asked.add(query);
            return new Outcome.Answered<>(
                    new MetricAudit(
                            "renewed",
                            TIME,
                            List.of(),
                            List.of(
                                    row("usage", 0.0123, new SourceGrade("event", Grade.A)),
                                    row(
                                            "score",
                                            0.0123,
                                            new SourceGrade("event", Grade.C),
                                            new SourceGrade("survey", null)),
                                    row("votes", 6.7e-6, new SourceGrade("survey", null))),
                            List.of(new MetricAudit.Refused("paid", "It is no number."))));
        }

        private static MetricAudit.Row row(String name, double p, SourceGrade... sources) {
            return new MetricAudit.Row(
                    new Metric(
                            name,
                            name,
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
                            Metric.Status.PUBLISHED),
                    strength(),
                    p,
                    0.5,
                    List.of(sources),
                    Verdict.ACTIONABLE,
                    List.of(),
                    Set.of(Gap.TARGET, Gap.TRUST));
        }
    }

    @Test
    void a_metric_is_shown_with_both_distributions_lift_and_what_stands_beside_it() {
        var answers = new Answers();
        var said =
                FakeCairn.with(answers)
                        .execute(
                                "separation",
                                "usage",
                                "--success=renewed",
                                "--days=30",
                                "--segment=account.plan",
                                "--lead-weeks=4,8",
                                "--slices=1");

        assertThat(said.exit()).as(said.errors()).isZero();
        assertThat(said.output())
                .contains(
                        "WEAK: usage and renewed",
                        "It was spread otherwise. [SHIFTED]",
                        "success by tenth",
                        "from 0% in the lowest to 100% in the highest",
                        // 40 x 40 pairs, of which those of others that have more: 29 x 30 / 2, and
                        // 30 alike.
                        "difference of medians 10, Cliff's delta 0.44, Kolmogorov-Smirnov 0.25 (p 0.16)",
                        "tenure alone",
                        "Not compared with size alone: 'renewed' says none.",
                        "4 weeks ahead",
                        "shifted",
                        "Left out: 3 accounts");
        assertThat(said.output().lines().filter(line -> line.startsWith("large")))
                .singleElement()
                .asString()
                .contains("-");
        var query = answers.asked.getFirst();
        assertThat(query.metric()).isEqualTo(new MetricReference.ByKey("usage"));
        assertThat(query.days()).isEqualTo(30);
        assertThat(query.leadWeeks()).containsExactly(4, 8);
    }

    @Test
    void without_a_metric_all_are_ranked_with_the_trust_of_their_data() {
        var said = FakeCairn.with(new Answers()).execute("separation", "--success=renewed");

        assertThat(said.exit()).as(said.errors()).isZero();
        assertThat(line(said.output(), "usage"))
                .containsSubsequence("ACTIONABLE", "0.012", "50%", "A", "target, trust");
        assertThat(line(said.output(), "score")).contains("C (1 of 2)");
        assertThat(line(said.output(), "votes"))
                .containsSubsequence("6.7e-06", "50%", "-", "target");
        assertThat(said.output()).contains("Not read:", "paid: It is no number.");
    }

    private static String line(String output, String begin) {
        return output.lines().filter(line -> line.startsWith(begin)).findFirst().orElseThrow();
    }

    @Test
    void programs_are_given_the_names_of_the_api() {
        var audit =
                FakeCairn.with(new Answers())
                        .execute("separation", "--success=renewed", "--format=json")
                        .output();
        assertThat(audit)
                .contains("\"trust\" : \"C\"", "\"source\" : \"survey\"", "\"grade\" : null");
        var separation =
                FakeCairn.with(new Answers())
                        .execute("separation", "usage", "--success=renewed", "--format=json")
                        .output();
        assertThat(separation).contains("\"shifted\" : true", "\"separatesAhead\" : 4");
    }

    @Test
    void what_is_wrong_is_told_by_the_option_that_it_was_typed_with() {
        var refusing =
                new SeparateUseCase() {
                    @Override
                    public Outcome<Separation> separate(
                            SeparationQuery query, Caller caller, Deadline deadline) {
                        return new Outcome.Rejected<>(
                                List.of(
                                        Problem.of(
                                                ProblemCode.LEAKAGE,
                                                Place.of("crossSectional"),
                                                "It does not say when it is decided.")));
                    }

                    @Override
                    public Outcome<MetricAudit> audit(
                            SeparationQuery query, Caller caller, Deadline deadline) {
                        throw new AssertionError("is not asked");
                    }
                };
        var said = FakeCairn.with(refusing).execute("separation", "usage", "--success=stays");

        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.errors()).contains("--cross-sectional", "[LEAKAGE]");
        assertThat(
                        FakeCairn.with(refusing)
                                .execute("separation", "--success=stays", "--slices=2")
                                .errors())
                .contains("--segment, --lead-weeks and --slices are of one metric");
    }
}
