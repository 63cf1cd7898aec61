package dev.cairn.domain.prediction;

import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Asks what accounts are expected to buy, as asked: nothing in it has been looked up.
 *
 * @param transactions the rows that are purchases, as a relation of the language: a source or a slice, with {@code on} and {@code where}. All rows of an account on
 *     one day are one purchase
 * @param value what a row is worth, as a formula of rows: {@code amount}, {@code amount - cost}
 * @param where condition of accounts, as in the rule of a cohort: only those that meet it when the calibration ends; null: all
 * @param cohort only accounts of it when the calibration ends; null: all
 * @param calibratedUntil first local day whose purchases are not known to the models; null: today
 * @param discount a year, 0.1 being ten percent
 * @param zone that days are cut in
 * @param asOf instant that counts as now; null: now
 * @param holdout whether what was expected is to stand beside what happened, where the horizon is over
 * @param first accounts a page
 * @param after cursor of the last account had
 */
public record PredictionQuery(
        String transactions,
        String value,
        @Nullable String where,
        @Nullable CohortReference cohort,
        @Nullable LocalDate calibratedUntil,
        Horizon horizon,
        double discount,
        ZoneId zone,
        @Nullable Instant asOf,
        boolean holdout,
        Order order,
        int first,
        @Nullable String after) {
    /** Of the customer-success pack. */
    public static final String INVOICE_LINES = "invoice_line";

    public static final String AMOUNT = "amount";

    /** Of a page, where nobody says how many. */
    public static final int ROWS = 50;

    /** The same question for another page. */
    public PredictionQuery page(int rows, @Nullable String cursor) {
        return new PredictionQuery(
                transactions,
                value,
                where,
                cohort,
                calibratedUntil,
                horizon,
                discount,
                zone,
                asOf,
                holdout,
                order,
                rows,
                cursor);
    }

    /** The same question, which asks what happened in the horizon, or does not. */
    public PredictionQuery withHoldout(boolean other) {
        return new PredictionQuery(
                transactions,
                value,
                where,
                cohort,
                calibratedUntil,
                horizon,
                discount,
                zone,
                asOf,
                other,
                order,
                first,
                after);
    }

    /** What accounts are ordered by; of equals the first by key. */
    public enum Order {
        /** By key. */
        ACCOUNT,
        /** Those of the greatest expected value first, those without one last. */
        VALUE,
        /** Those expected to buy most often first. */
        TRANSACTIONS,
        /** Those least likely to be alive first. */
        PROBABILITY_ALIVE
    }
}
