package dev.cairn.domain.overview;

import dev.cairn.domain.model.Success;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Whether an account has succeeded, by one definition of success.
 *
 * @param from local day on which the time begins in which it is decided; null: it is a state of which nobody knows since when, or the account has no date to count from
 * @param until local day on which it is decided; null likewise
 * @param holds whether the rule holds by what is known now; of what is {@link State#UNDECIDED} so far
 */
public record SuccessOfAccount(
        Success success,
        @Nullable LocalDate from,
        @Nullable LocalDate until,
        State state,
        boolean holds) {
    /** The same, by what was asked of it alone. */
    public SuccessOfAccount holding(boolean soFar) {
        return new SuccessOfAccount(success, from, until, state, soFar);
    }

    /** How it stands. */
    public enum State {
        SUCCEEDED,
        NOT_SUCCEEDED,
        /** It is not over, or the data under it is broken or not complete until then. */
        UNDECIDED,
        /** The account was not there in that time, or has no date from which it is counted: it is in no comparison by this success. */
        NOT_COUNTED
    }
}
