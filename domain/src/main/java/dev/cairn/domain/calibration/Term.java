package dev.cairn.domain.calibration;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Terms of contracts of one account that are due on one day and were decided on one.
 *
 * @param decidedOn null: not decided, or not known when
 * @param terms how many
 * @param decided of how many it is known what became of them
 * @param renewed how many of those were renewed
 * @param value what all of them are worth; 0 where nobody says
 * @param valueDecided what those decided were worth
 * @param valueRenewed what those renewed were worth
 */
public record Term(
        String account,
        LocalDate due,
        @Nullable LocalDate decidedOn,
        int terms,
        int decided,
        int renewed,
        double value,
        double valueDecided,
        double valueRenewed) {
    /** Whether it was decided before a day began. */
    public boolean isDecidedBefore(LocalDate day) {
        return decided > 0 && decidedOn != null && decidedOn.isBefore(day);
    }

    /** As it stood at the end of a day: what was decided later was open. */
    public Term at(LocalDate day) {
        return decidedOn != null && decidedOn.isAfter(day)
                ? new Term(account, due, null, terms, 0, 0, value, 0, 0)
                : this;
    }

    /** On which day it was due and decided, whichever is later: then it could be counted. */
    LocalDate known() {
        return decidedOn != null && decidedOn.isAfter(due) ? decidedOn : due;
    }
}
