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

    /** @param of {@code hours}, {@code days} or {@code minutes} */
    record Elapsed(String of) implements Unit {}

    default String word() {
        return switch (this) {
            case Plain _ -> "plain";
            case Count _ -> "count";
            case Money(var currency) -> "money in " + currency;
            case Elapsed(var of) -> of;
        };
    }
}
