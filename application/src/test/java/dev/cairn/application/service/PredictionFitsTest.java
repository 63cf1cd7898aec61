package dev.cairn.application.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cairn.application.port.Deadline;
import dev.cairn.domain.plan.Cancellation;
import dev.cairn.domain.prediction.BetaGeometric;
import dev.cairn.domain.prediction.Fit;
import dev.cairn.domain.prediction.GammaGamma;
import dev.cairn.domain.prediction.PurchaseHistory;
import dev.cairn.domain.prediction.Spending;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.MatrixUtils;
import org.junit.jupiter.api.Test;

/** Parameters that facts were made by are found again, with errors as large as they say. */
class PredictionFitsTest {
    private static final long SEED = 20261129;
    private static final BetaGeometric BUYING = new BetaGeometric(0.8, 6, 0.9, 2.5);

    private static final List<PurchaseHistory> HISTORIES =
            SimulatedCustomers.of(BUYING, 52, 0, 3_000, new Random(SEED)).stream()
                    .map(SimulatedCustomers.One::history)
                    .toList();

    private static final Fit<BetaGeometric> FIT =
            PredictionFits.buying(counted(HISTORIES), Deadline.NEVER);

    private static List<PurchaseHistory.Counted> counted(List<PurchaseHistory> histories) {
        return histories.stream()
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
                .entrySet()
                .stream()
                .map(entry -> new PurchaseHistory.Counted(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(counted -> counted.history().repeats()))
                .toList();
    }

    @Test
    void rates_and_departures_of_simulated_customers_are_found_again() {
        var histories = counted(HISTORIES);
        var fit = FIT;
        assertThat(fit.converged()).isTrue();
        assertThat(fit.customers()).isEqualTo(3_000);
        assertThat(fit.logLikelihood()).isGreaterThanOrEqualTo(BUYING.logLikelihood(histories));
        assertIsFound(fit, List.of(0.8, 6.0, 0.9, 2.5));
    }

    /** Within three standard errors, and these are no more than a third of the parameter. */
    private static void assertIsFound(Fit<?> fit, List<Double> made) {
        for (int i = 0; i < made.size(); i++) {
            var estimate = fit.estimates().get(i);
            var error = estimate.standardError();
            assertThat(error).as(estimate.name()).isNotNull().isLessThan(made.get(i) / 2);
            assertThat(estimate.value())
                    .as(estimate.name())
                    .isCloseTo(made.get(i), within(3 * error));
        }
    }

    /** By the outer products of the gradients of each customer, which estimate the same information where the model is true. */
    @Test
    void standard_errors_are_those_of_a_second_method() {
        var fit = FIT;
        var at = fit.estimates().stream().map(Fit.Estimate::value).toList();
        var information = new double[4][4];
        for (var counted : counted(HISTORIES)) {
            var gradient = gradient(at, counted.history());
            for (int i = 0; i < 4; i++) {
                for (int j = 0; j < 4; j++) {
                    information[i][j] += counted.customers() * gradient[i] * gradient[j];
                }
            }
        }
        var inverse = MatrixUtils.inverse(new Array2DRowRealMatrix(information));
        for (int i = 0; i < 4; i++) {
            var estimate = fit.estimates().get(i);
            double second = Math.sqrt(inverse.getEntry(i, i));
            assertThat(estimate.standardError())
                    .as(estimate.name())
                    .isNotNull()
                    .isCloseTo(second, within(0.1 * second));
        }
    }

    private static double[] gradient(List<Double> at, PurchaseHistory history) {
        var gradient = new double[4];
        for (int i = 0; i < 4; i++) {
            double step = 1e-5 * at.get(i);
            gradient[i] = (moved(at, i, step, history) - moved(at, i, -step, history)) / (2 * step);
        }
        return gradient;
    }

    private static double moved(List<Double> at, int which, double by, PurchaseHistory history) {
        var point = new ArrayList<>(at);
        point.set(which, at.get(which) + by);
        return new BetaGeometric(point.get(0), point.get(1), point.get(2), point.get(3))
                .logLikelihood(List.of(new PurchaseHistory.Counted(history, 1)));
    }

    @Test
    void values_of_simulated_purchases_are_found_again_in_any_currency() {
        for (double unit : new double[] {1, 1_000_000}) {
            var made = new GammaGamma(6, 4, 15 * unit);
            var spendings = spendings(made, new Random(SEED));
            var fit = PredictionFits.spending(spendings, Deadline.NEVER);
            assertThat(fit.converged()).isTrue();
            assertThat(fit.logLikelihood()).isGreaterThanOrEqualTo(made.logLikelihood(spendings));
            assertIsFound(fit, List.of(6.0, 4.0, 15 * unit));
        }
    }

    private static List<Spending.Counted> spendings(GammaGamma made, Random random) {
        return IntStream.range(0, 1_000)
                .mapToObj(_ -> {
                    double scale = SimulatedCustomers.gamma(made.q(), random) / made.gamma();
                    int purchases = 1 + random.nextInt(6);
                    double total = SimulatedCustomers.gamma(made.p() * purchases, random) / scale;
                    return new Spending.Counted(new Spending(purchases, total / purchases), 1);
                })
                .toList();
    }

    /** Nobody leaves: a has no maximum above 0, and that is said. */
    @Test
    void a_search_that_runs_away_has_not_converged() {
        var histories =
                IntStream.range(0, 200)
                        .mapToObj(
                                _ -> new PurchaseHistory.Counted(new PurchaseHistory(5, 50, 50), 1))
                        .toList();
        var fit = PredictionFits.buying(histories, Deadline.NEVER);
        assertThat(fit.converged()).isFalse();
        assertThat(fit.estimates()).allSatisfy(one -> assertThat(one.standardError()).isNull());
    }

    @Test
    void a_search_ends_with_its_deadline() {
        var over = new Deadline(() -> 1, 0);
        assertThatThrownBy(() -> PredictionFits.buying(counted(HISTORIES), over))
                .isInstanceOf(Cancellation.Cancelled.class);
    }

    /** By simulation: customers who live as the model says, and have lived like one another so far, buy as often as it expects. */
    @Test
    void the_expectation_is_the_mean_of_simulated_customers() {
        var customers = SimulatedCustomers.of(BUYING, 40, 20, 100_000, new Random(SEED));
        var some =
                customers.stream()
                        .filter(one -> one.history().repeats() == 2)
                        .filter(one -> one.history().recency() > 20)
                        .toList();
        double bought =
                some.stream().mapToLong(SimulatedCustomers.One::later).average().orElseThrow();
        double alive = some.stream().mapToInt(one -> one.alive() ? 1 : 0).average().orElseThrow();
        assertThat(some.size()).isGreaterThan(2_000);
        assertThat(bought)
                .isCloseTo(
                        some.stream()
                                .mapToDouble(one -> BUYING.expectedPurchases(one.history(), 20))
                                .average()
                                .orElseThrow(),
                        within(0.05));
        assertThat(alive)
                .isCloseTo(
                        some.stream()
                                .mapToDouble(one -> BUYING.probabilityAlive(one.history()))
                                .average()
                                .orElseThrow(),
                        within(0.02));
    }
}
