package dev.cairn.adapters.graphql.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.SliceTest;
import dev.cairn.application.port.in.PredictUseCase.Outcome;
import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import dev.cairn.domain.prediction.BetaGeometric;
import dev.cairn.domain.prediction.Fit;
import dev.cairn.domain.prediction.Horizon;
import dev.cairn.domain.prediction.Prediction;
import dev.cairn.domain.prediction.PredictionQuery;
import dev.cairn.domain.prediction.PredictionQuery.Order;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.Grain;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class PredictedValueTest extends SliceTest {
    private static final LocalDate UNTIL = LocalDate.parse("1997-10-01");

    /** Without a model of values. */
    private static Outcome predicted() {
        return new Outcome.Predicted(
                new Prediction(
                        LocalDate.parse("1997-01-01"),
                        UNTIL,
                        UNTIL.plusWeeks(39),
                        Instant.parse("2026-01-31T10:00:00Z"),
                        "USD",
                        new Fit<>(
                                new BetaGeometric(0.243, 4.414, 0.793, 2.426),
                                List.of(new Fit.Estimate("r", 0.243, 0.0126)),
                                -9582.4,
                                2357,
                                true),
                        null,
                        null,
                        List.of(new Prediction.FrequencyClass(7, true, 64, 71.9, 6.157, 6.359)),
                        new Prediction.Total(2357, 1900.5, 1653.4, null),
                        List.of(
                                new Prediction.Warning(
                                        Prediction.Code.LESS_THAN_A_YEAR, "Less than a year.")),
                        List.of(
                                new Prediction.Account(
                                        "00004",
                                        3,
                                        LocalDate.parse("1997-01-01"),
                                        LocalDate.parse("1997-08-02"),
                                        22.345,
                                        1.226,
                                        1.2,
                                        null,
                                        null,
                                        0.7266,
                                        Absence.INSUFFICIENT_SAMPLE)),
                        true,
                        "next"));
    }

    @Test
    void what_is_left_out_is_as_by_default() {
        predictions.answers(predicted());
        ask("{ predictedValue(input: {horizon: {count: 1, grain: YEAR}}) { calibratedUntil } }");
        assertThat(predictions.asked.getLast())
                .isEqualTo(
                        new PredictionQuery(
                                "invoice_line",
                                "amount",
                                null,
                                null,
                                null,
                                new Horizon(1, Grain.YEAR),
                                0,
                                ZoneId.of("UTC"),
                                null,
                                false,
                                Order.VALUE,
                                50,
                                null));
    }

    @Test
    void all_that_is_said_is_asked() {
        predictions.answers(predicted());
        ask(
                """
                { predictedValue(input: {transactions: "purchase where amount > 0", value: "amount - cost",
                    where: "account.plan = 'pro'", cohort: {rule: "true"}, calibratedUntil: "1997-10-01",
                    horizon: {count: 39, grain: WEEK}, discount: 0.1, timeZone: "Europe/Paris", asOf: "2026-01-31T10:00:00Z",
                    orderBy: PROBABILITY_ALIVE, first: 7, after: "before"}) { frequencyClasses { actualMean } } }
                """);
        assertThat(predictions.asked.getLast())
                .isEqualTo(
                        new PredictionQuery(
                                "purchase where amount > 0",
                                "amount - cost",
                                "account.plan = 'pro'",
                                new CohortReference.Rule("true"),
                                UNTIL,
                                new Horizon(39, Grain.WEEK),
                                0.1,
                                ZoneId.of("Europe/Paris"),
                                Instant.parse("2026-01-31T10:00:00Z"),
                                true,
                                Order.PROBABILITY_ALIVE,
                                7,
                                "before"));
    }

    @Test
    void a_prediction_is_given_as_it_is() {
        predictions.answers(predicted());
        var answer =
                ask("""
                { predictedValue(input: {horizon: {count: 1, grain: YEAR}}) { calibratedFrom calibratedUntil horizonUntil asOf currency
                    purchases { estimates { name value standardError } logLikelihood customers converged }
                    values { customers } correlation
                    frequencyClasses { repeats orMore customers expectedCustomers expectedMean actualMean }
                    total { customers expectedAlive expectedPurchases expectedValue }
                    warnings { code message }
                    accounts { account purchases firstOn lastOn meanSpent probabilityAlive expectedPurchases
                        discountedPurchases expectedMean expectedValue absence }
                    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }
                """)
                        .json()
                        .at("/data/predictedValue");
        assertThat(answer.at("/purchases/estimates/0/standardError").asDouble()).isEqualTo(0.0126);
        assertThat(answer.at("/values").isNull()).isTrue();
        assertThat(answer.at("/frequencyClasses/0/orMore").asBoolean()).isTrue();
        assertThat(answer.at("/total/customers").asInt()).isEqualTo(2357);
        assertThat(answer.at("/warnings/0/code").asString()).isEqualTo("LESS_THAN_A_YEAR");
        assertThat(answer.at("/accounts/0/firstOn").asString()).isEqualTo("1997-01-01");
        assertThat(answer.at("/accounts/0/absence").asString()).isEqualTo("INSUFFICIENT_SAMPLE");
        assertThat(answer.at("/accounts/0/expectedValue").isNull()).isTrue();
        assertThat(answer.at("/pageInfo/endCursor").asString()).isEqualTo("next");
    }

    @Test
    void problems_stand_in_the_error() {
        predictions.answers(
                new Outcome.Rejected(
                        List.of(
                                Problem.of(
                                        ProblemCode.NOT_ENOUGH_DATA, Place.NOWHERE, "Too few."))));
        var reply =
                ask("{ predictedValue(input: {horizon: {count: 1, grain: YEAR}}) { calibratedUntil } }")
                        .json();
        assertThat(reply.at("/data/predictedValue").isNull()).isTrue();
        assertThat(reply.at("/errors/0/extensions/code").asString()).isEqualTo("BAD_QUERY");
        assertThat(reply.at("/errors/0/extensions/problems/0/code").asString())
                .isEqualTo("NOT_ENOUGH_DATA");
    }
}
