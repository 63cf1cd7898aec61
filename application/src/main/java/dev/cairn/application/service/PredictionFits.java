package dev.cairn.application.service;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.service.MaximumLikelihood.Maximum;
import dev.cairn.domain.prediction.BetaGeometric;
import dev.cairn.domain.prediction.Fit;
import dev.cairn.domain.prediction.GammaGamma;
import dev.cairn.domain.prediction.PurchaseHistory;
import dev.cairn.domain.prediction.Spending;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Fits the models of purchases and of their values to counts of customers. */
public final class PredictionFits {
    private PredictionFits() {}

    /** Begun with rates that differ much between customers and, where that finds no maximum, with rates that differ little. */
    public static Fit<BetaGeometric> buying(
            List<PurchaseHistory.Counted> histories, Deadline deadline) {
        double age =
                histories.stream().mapToDouble(counted -> counted.history().age()).max().orElse(1);
        ToDoubleFunction<List<Double>> logLikelihood =
                at -> betaGeometric(at).logLikelihood(histories);
        var best =
                MaximumLikelihood.of(logLikelihood, List.of(0.3, age / 8 + 1, 0.8, 2.5), deadline);
        if (best.standardErrors().isEmpty()) {
            var other =
                    MaximumLikelihood.of(
                            logLikelihood, List.of(1.0, age / 2 + 1, 1.0, 1.0), deadline);
            best = other.standardErrors().isEmpty() ? best : other;
        }
        long customers = histories.stream().mapToLong(PurchaseHistory.Counted::customers).sum();
        return fit(
                betaGeometric(best.parameters()), List.of("r", "alpha", "a", "b"), best, customers);
    }

    private static BetaGeometric betaGeometric(List<Double> at) {
        return new BetaGeometric(at.get(0), at.get(1), at.get(2), at.get(3));
    }

    /** Searched with the mean value of all as the unit of money: parameters of any currency are of one size then. */
    public static Fit<GammaGamma> spending(List<Spending.Counted> spendings, Deadline deadline) {
        long customers = spendings.stream().mapToLong(Spending.Counted::customers).sum();
        double mean =
                spendings.stream()
                                .mapToDouble(
                                        counted -> counted.customers() * counted.spending().mean())
                                .sum()
                        / customers;
        var best =
                MaximumLikelihood.of(
                        at -> gammaGamma(at, mean).logLikelihood(spendings),
                        List.of(2.0, 3.0, 1.0),
                        deadline);
        var scaled = new ArrayList<>(best.parameters());
        scaled.set(2, best.parameters().get(2) * mean);
        var errors = new ArrayList<>(best.standardErrors());
        if (!errors.isEmpty()) {
            errors.set(2, errors.get(2) * mean);
        }
        return fit(
                gammaGamma(best.parameters(), mean),
                List.of("p", "q", "gamma"),
                new Maximum(scaled, best.logLikelihood(), errors),
                customers);
    }

    private static GammaGamma gammaGamma(List<Double> at, double mean) {
        return new GammaGamma(at.get(0), at.get(1), at.get(2) * mean);
    }

    private static <M> Fit<M> fit(M model, List<String> names, Maximum maximum, long customers) {
        var estimates = new ArrayList<Fit.Estimate>();
        boolean converged = !maximum.standardErrors().isEmpty();
        for (int i = 0; i < names.size(); i++) {
            estimates.add(
                    new Fit.Estimate(
                            names.get(i),
                            maximum.parameters().get(i),
                            converged ? maximum.standardErrors().get(i) : null));
        }
        return new Fit<>(model, estimates, maximum.logLikelihood(), customers, converged);
    }
}
