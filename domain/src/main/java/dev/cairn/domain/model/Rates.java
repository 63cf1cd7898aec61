package dev.cairn.domain.model;

/**
 * That the rows of a source say what one unit of a currency is worth in another, by days: what {@code convert} reads.
 *
 * @param currency text field: of which currency a row is
 * @param to ISO 4217: the currency that the rates lead to
 * @param rate field with the rate, which is above 0: so many of {@code to} are one of the row's currency
 * @param carry for how many days a rate holds at most, its own included, where none comes after it
 */
public record Rates(String currency, String to, String rate, int carry) {
    /** Where the declaration does not say it. */
    public static final int USUAL_CARRY = 7;

    /** A hundred years. */
    public static final int LONGEST_CARRY = 36_600;

    String meaning() {
        return " rates of %s to %s in %s for %d days".formatted(currency, to, rate, carry);
    }
}
