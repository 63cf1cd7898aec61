package dev.cairn.domain.calibration;

import org.jspecify.annotations.Nullable;

/**
 * Terms of contracts that come to an end, and where it stands what became of them.
 *
 * @param rows a source or slice by a time at which a term is known, with a condition if need be: {@code contract on starts_on}
 * @param due field of the day that a term ends
 * @param decidedOn field of the day of the decision; null: there is none, and each term counts as open until it is due
 * @param decided condition of rows: whether it was decided
 * @param renewed condition of rows: whether it was renewed, where it was decided
 * @param value formula of what a row is worth; null: terms are only counted
 */
public record Contracts(
        String rows,
        String due,
        @Nullable String decidedOn,
        String decided,
        String renewed,
        @Nullable String value) {
    /** Of the customer-success pack, without a value. */
    public static final Contracts OF_PACK =
            new Contracts(
                    "contract on starts_on",
                    "due_on",
                    "decided_on",
                    "decision in ('renewed', 'lost')",
                    "decision = 'renewed'",
                    null);
}
