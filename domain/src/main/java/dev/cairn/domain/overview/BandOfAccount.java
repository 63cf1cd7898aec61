package dev.cairn.domain.overview;

import dev.cairn.domain.calibration.Calibration.BandOutcomes;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The band that the score of an account is in, and what became of the accounts that were in each band some days ago.
 *
 * @param band that it is in on the last day that has begun; null: without a score
 * @param date day as of whose beginning scores were read
 * @param days over which the condition was asked of each account, from that day on; they are over
 * @param bands from the least score; last, where there are such, accounts without a score
 * @param pending accounts of which the condition was empty: they are in no band
 * @param incomplete accounts of which it may still change, as data is not complete that far
 */
public record BandOfAccount(
        @Nullable String band,
        LocalDate date,
        int days,
        List<BandOutcomes> bands,
        int pending,
        int incomplete) {
    public BandOfAccount {
        bands = List.copyOf(bands);
    }
}
