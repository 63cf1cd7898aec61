package dev.cairn.domain.calibration;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What the score of an account was, and what happened then.
 *
 * @param scoredOn the score is that just before this day
 * @param due the day that the contract was due; null where it is of no contract
 * @param score NaN: there was none
 * @param instead that of the other formula; NaN: there was none, or none was asked for
 * @param isGood whether it went well
 */
public record Case(
        String account,
        LocalDate scoredOn,
        @Nullable LocalDate due,
        double score,
        double instead,
        boolean isGood) {
    Case withScore(double other) {
        return new Case(account, scoredOn, due, other, Double.NaN, isGood);
    }
}
