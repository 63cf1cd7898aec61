package dev.cairn.application.service;

import dev.cairn.domain.prediction.BetaGeometric;
import dev.cairn.domain.prediction.Customer;
import dev.cairn.domain.prediction.Fit;
import dev.cairn.domain.prediction.GammaGamma;
import dev.cairn.domain.prediction.Prediction.Code;
import dev.cairn.domain.prediction.Prediction.Warning;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What to keep in mind with a prediction. */
final class PredictionWarnings {
    /** From here on values and frequency go together visibly. */
    private static final double MOST_CORRELATION = 0.3;

    private final List<Warning> warnings = new ArrayList<>();

    private PredictionWarnings() {}

    static List<Warning> of(
            LocalDate from,
            LocalDate until,
            PredictionRows.Counts counts,
            Fit<BetaGeometric> buying,
            @Nullable Fit<GammaGamma> spending,
            @Nullable Double correlation) {
        var found = new PredictionWarnings();
        found.ofData(from, until, counts);
        if (!buying.converged()) {
            found.add(
                    Code.NOT_CONVERGED,
                    "No maximum of the likelihood of purchases was found; parameters have no standard errors, and predictions are doubtful.");
        }
        found.ofValues(counts, spending, correlation);
        return found.warnings;
    }

    private void ofData(LocalDate from, LocalDate until, PredictionRows.Counts counts) {
        if (from.plusYears(1).isAfter(until)) {
            add(
                    Code.LESS_THAN_A_YEAR,
                    "The models know purchases from %s on, less than a year: seasons are not in them.",
                    from);
        }
        if (!counts.isComplete()) {
            add(
                    Code.DATA_NOT_COMPLETE,
                    "The source is not complete until %s: customers whose purchases are not imported yet look as if they had left. Calibrate until a day that the source is complete until.",
                    until);
        }
    }

    private void ofValues(
            PredictionRows.Counts counts,
            @Nullable Fit<GammaGamma> spending,
            @Nullable Double correlation) {
        long leftOut =
                counts.customers().stream()
                        .filter(counted ->
                                counted.customer().hasRepeats()
                                        && counted.customer().spending() == null)
                        .mapToLong(Customer.Counted::customers)
                        .sum();
        if (leftOut > 0) {
            add(
                    Code.VALUES_LEFT_OUT,
                    "%d customers bought again for nothing, for less, or for an unknown amount; they are not in the model of values and have no expected value.",
                    leftOut);
        }
        if (spending == null) {
            add(
                    Code.TOO_FEW_VALUES,
                    "Too few customers bought again for more than nothing to fit a model of values: there are no expected values.");
            return;
        }
        if (!spending.converged()) {
            add(
                    Code.NOT_CONVERGED,
                    "No maximum of the likelihood of values was found; its parameters have no standard errors, and expected values are doubtful.");
        }
        if (spending.model().q() <= 1) {
            add(
                    Code.NO_MEAN_VALUE,
                    "Values differ so much between customers that those who bought once have no expected value.");
        }
        if (correlation != null && Math.abs(correlation) > MOST_CORRELATION) {
            add(
                    Code.VALUE_GOES_WITH_FREQUENCY,
                    "How much customers spend goes with how often they buy (correlation %.2f); the model of values takes them to be independent.",
                    correlation);
        }
    }

    private void add(Code code, String message, Object... arguments) {
        warnings.add(new Warning(code, String.format(Locale.ROOT, message, arguments)));
    }
}
