package dev.cairn.domain.prediction;

import dev.cairn.domain.analysis.Absence;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What accounts are expected to buy, and how well the models fit.
 *
 * @param calibratedFrom day of the first purchase of all
 * @param calibratedUntil first day that the models do not know
 * @param horizonUntil first day after the horizon, which begins at {@code calibratedUntil}
 * @param currency of all values, ISO 4217; null: they are no money
 * @param spending null: too few customers bought again for more than nothing
 * @param correlation of the number of repeat purchases with their mean value, which the gamma-gamma model takes for 0; null with spending, and where one of them
 *     does not vary
 * @param classes by the number of repeat purchases
 * @param accounts those of the page
 * @param cursor of the last account; null where there is none
 */
public record Prediction(
        LocalDate calibratedFrom,
        LocalDate calibratedUntil,
        LocalDate horizonUntil,
        Instant asOf,
        @Nullable String currency,
        Fit<BetaGeometric> buying,
        @Nullable Fit<GammaGamma> spending,
        @Nullable Double correlation,
        List<FrequencyClass> classes,
        Total total,
        List<Warning> warnings,
        List<Account> accounts,
        boolean hasNextPage,
        @Nullable String cursor) {
    public Prediction {
        classes = List.copyOf(classes);
        warnings = List.copyOf(warnings);
        accounts = List.copyOf(accounts);
    }

    /** The same with the last account told otherwise. */
    public Prediction withCursor(String other) {
        return new Prediction(
                calibratedFrom,
                calibratedUntil,
                horizonUntil,
                asOf,
                currency,
                buying,
                spending,
                correlation,
                classes,
                total,
                warnings,
                accounts,
                hasNextPage,
                other);
    }

    /**
     * One account.
     *
     * @param purchases days with a purchase before the calibration ends, the first one too
     * @param meanSpent mean value of a repeat purchase; null: there is none
     * @param expectedPurchases within the horizon
     * @param discountedPurchases the same, each as much as it is worth when the horizon begins
     * @param expectedMean of a purchase to come; null: absence says why
     * @param expectedValue expectedMean times discountedPurchases; null: absence says why
     * @param absence why there is no value; null: there is one
     */
    public record Account(
            String account,
            long purchases,
            LocalDate firstOn,
            LocalDate lastOn,
            @Nullable Double meanSpent,
            double expectedPurchases,
            double discountedPurchases,
            @Nullable Double expectedMean,
            @Nullable Double expectedValue,
            double probabilityAlive,
            @Nullable Absence absence) {}

    /**
     * Customers by how often they bought again while the models were calibrated.
     *
     * @param orMore whether those of more repeats are in it
     * @param customers how many there are
     * @param expectedCustomers how many the model expects
     * @param expectedMean purchases expected of one of them in the horizon, not discounted; null of none
     * @param actualMean purchases that one of them made in it; null: the horizon is not over, or was not asked about
     */
    public record FrequencyClass(
            int repeats,
            boolean orMore,
            long customers,
            double expectedCustomers,
            @Nullable Double expectedMean,
            @Nullable Double actualMean) {}

    /**
     * Over all customers, whatever the page.
     *
     * @param expectedAlive how many are expected to be alive
     * @param expectedValue of those that have one; null where none has
     */
    public record Total(
            long customers,
            double expectedAlive,
            double expectedPurchases,
            @Nullable Double expectedValue) {}

    /** What to keep in mind. */
    public record Warning(Code code, String message) {}

    /** Stable codes of warnings. */
    public enum Code {
        /** The models know less than a year. */
        LESS_THAN_A_YEAR,
        /** The source of purchases is not complete until the calibration ends: who seems to have left may only not have been imported. */
        DATA_NOT_COMPLETE,
        /** The search for parameters has found no maximum that it can vouch for. */
        NOT_CONVERGED,
        /** The model of values is not fitted. */
        TOO_FEW_VALUES,
        /** Customers whose repeat purchases are worth nothing, or less, are left out of the model of values. */
        VALUES_LEFT_OUT,
        /** How much customers spend goes with how often they buy, which the model of values takes to be independent. */
        VALUE_GOES_WITH_FREQUENCY,
        /** The model of values has no mean for new customers. */
        NO_MEAN_VALUE
    }
}
