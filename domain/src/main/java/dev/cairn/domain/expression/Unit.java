package dev.cairn.domain.expression;

/** What a number is counted in, as far as it is checked: unlike units are not added or compared. */
public sealed interface Unit {
    Unit PLAIN = new Plain();
    Unit COUNT = new Count();

    /** A bare number; takes the unit of the other side. */
    record Plain() implements Unit {}

    /** How many of something. */
    record Count() implements Unit {}

    record Money(String currency) implements Unit {}

    /**
     * Money in the currency of its row: alike are amounts of one row, and of one currency.
     *
     * @param currencyField the field that holds it
     */
    record RowMoney(String currencyField) implements Unit {}

    /** @param of {@code hours}, {@code days} or {@code minutes} */
    record Elapsed(String of) implements Unit {}

    default boolean isMoney() {
        return this instanceof Money || this instanceof RowMoney;
    }

    default String word() {
        return switch (this) {
            case Plain _ -> "plain";
            case Count _ -> "count";
            case Money(var currency) -> "money in " + currency;
            case RowMoney(var field) -> "money in each row's '" + field + "'";
            case Elapsed(var of) -> of;
        };
    }
}
