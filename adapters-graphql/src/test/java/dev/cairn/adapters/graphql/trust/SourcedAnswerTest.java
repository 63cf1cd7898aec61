package dev.cairn.adapters.graphql.trust;

import static dev.cairn.adapters.graphql.Samples.measure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.Fakes;
import dev.cairn.adapters.graphql.SliceTest;
import dev.cairn.application.port.in.CalibrateUseCase;
import dev.cairn.application.port.in.ImpactUseCase;
import dev.cairn.application.port.in.PredictUseCase;
import dev.cairn.application.port.in.SeparateUseCase;
import dev.cairn.application.port.in.TrustUseCase.Outcome;
import dev.cairn.application.port.in.WhyUseCase;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.calibration.Calibration;
import dev.cairn.domain.calibration.RenewalForecast;
import dev.cairn.domain.impact.Impact;
import dev.cairn.domain.impact.ImpactWindows;
import dev.cairn.domain.model.Grade;
import dev.cairn.domain.prediction.BetaGeometric;
import dev.cairn.domain.prediction.Fit;
import dev.cairn.domain.prediction.Prediction;
import dev.cairn.domain.separation.MetricAudit;
import dev.cairn.domain.separation.Separation;
import dev.cairn.domain.trust.SourceTrust;
import dev.cairn.domain.why.Piece;
import dev.cairn.domain.why.Why;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

class SourcedAnswerTest extends SliceTest {
    private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");
    private static final LocalDate DAY = LocalDate.parse("2026-03-02");
    private static final Separation.Time TIME =
            new Separation.Time(null, null, null, null, "then", NOW);

    @Autowired private Fakes.Trust trust;

    @BeforeEach
    void answers() {
        trust.answers(
                new Outcome.Assessed(
                        List.of(new SourceTrust("event", Grade.C, List.of(), List.of(), NOW))));
        separations.answers(
                new SeparateUseCase.Outcome.Answered<>(
                        new Separation(
                                "usage",
                                "renewed",
                                TIME,
                                new Separation.Strength(0, 0, null),
                                0,
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of(),
                                null,
                                List.of(),
                                Separation.Verdict.NOT_ENOUGH_DATA,
                                List.of())));
        separations.audits(
                new SeparateUseCase.Outcome.Answered<>(
                        new MetricAudit("renewed", TIME, List.of(), List.of(), List.of())));
        impacts.answers(
                new ImpactUseCase.Outcome.Assessed(
                        new Impact(
                                null,
                                ImpactWindows.of(DAY, 28, 0),
                                NOW,
                                0,
                                null,
                                null,
                                List.of(),
                                List.of())));
        changes.answers(
                new WhyUseCase.Outcome.Explained(
                        new Why(
                                "billed",
                                "Billed",
                                null,
                                null,
                                "It did not move.",
                                new Piece(
                                        "billed",
                                        Piece.Kind.WHOLE,
                                        1.0,
                                        1.0,
                                        0,
                                        null,
                                        List.of(),
                                        List.of(),
                                        List.of(),
                                        List.of()),
                                new Why.Value(1, Set.of()),
                                new Why.Value(1, Set.of()),
                                NOW,
                                List.of())));
        calibrations.answers(
                new CalibrateUseCase.Outcome.Calibrated(new Calibration(NOW, List.of())));
        calibrations.forecast =
                new CalibrateUseCase.Forecast.Made(
                        new RenewalForecast(
                                NOW, 0, 0, 0, null, null, null, null, null, 0, List.of(),
                                List.of()));
        predictions.answers(
                new PredictUseCase.Outcome.Predicted(
                        new Prediction(
                                DAY,
                                DAY,
                                DAY,
                                NOW,
                                null,
                                new Fit<>(new BetaGeometric(1, 1, 1, 1), List.of(), 0, 0, true),
                                null,
                                null,
                                List.of(),
                                new Prediction.Total(0, 0, 0, null),
                                List.of(),
                                List.of(),
                                false,
                                null)));
        analyses.answers(
                new AnalysisResult(
                        List.of(
                                measure("seats", null),
                                measure("seats.compared", null),
                                measure("compared_with", null),
                                measure("compared_with.compared", null)),
                        List.of(),
                        false,
                        null,
                        NOW,
                        List.of()));
    }

    private static String document(String question, String selection) {
        return "{ %s { %s } }"
                .formatted(
                        question.replace(
                                "FRAME",
                                "frame: {timeRange: {last: {count: 1, grain: MONTH}}, grain: MONTH}"),
                        selection);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "separation(input: {metric: {key: \"usage\"}, success: \"renewed\", days: 30})",
                "metricAudit(input: {success: \"renewed\", days: 30})",
                "impact(input: {metrics: [{metric: {key: \"usage\"}}], changedOn: \"2026-03-02\"})",
                "why(input: {metric: {metric: {key: \"billed\"}}, from: {timeRange: {last: {count: 1, grain: MONTH}}}, to: {timeRange: {last: {count: 1, grain: MONTH}}}})",
                "calibration(input: {score: \"health\", outcomes: {within: {outcome: \"true\", dates: [\"2026-03-02\"], days: 30}}})",
                "renewalForecast(input: {score: \"health\", from: \"2026-07-01\", until: \"2026-10-01\"})",
                "predictedValue(input: {horizon: {count: 1, grain: YEAR}})",
                "guards(input: {})",
                "healthChange(account: \"a-1\", from: \"2026-03-02\", to: \"2026-04-02\")",
                "retention(input: {FRAME, start: {facts: \"event\"}})",
                "funnel(input: {FRAME, of: \"user\", steps: [{facts: \"event where name = 'a'\"}, {facts: \"event where name = 'b'\"}], within: \"14 days\"})",
                "lifecycle(input: {FRAME, active: {facts: \"event\"}})",
                "stickiness(input: {FRAME, active: {facts: \"event\"}, counts: [{from: 1}]})",
                "bridge(input: {FRAME, of: {stock: \"mrr_end\", opening: \"mrr_start\", before: \"paid_before\"}})",
                "trend(input: {FRAME, metrics: [{metric: {key: \"seats\"}}]})"
            })
    void an_answer_of_several_questions_says_how_far_what_they_read_can_be_trusted(
            String question) {
        trust.asked.clear();
        var reply = ask(document(question, "trust { source grade }")).json();
        var field = question.substring(0, question.indexOf('('));
        assertThat(reply.at("/data/" + field + "/trust").toString())
                .as(reply.toString())
                .isEqualTo("[{\"source\":\"event\",\"grade\":\"C\"}]");
        assertThat(trust.asked).containsExactly(Fakes.READ);

        ask(document(question, "__typename"));
        assertThat(trust.asked).as("looked at where it is selected").hasSize(1);
    }
}
