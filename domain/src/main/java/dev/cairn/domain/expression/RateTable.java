package dev.cairn.domain.expression;

import dev.cairn.domain.model.Rates;
import dev.cairn.domain.model.Source;

/**
 * Rates of exchange by days. A rate holds from its day until the next one of its currency, for {@code carry} days at most, its own included. Of a day with
 * several rates of a currency that are not the same there is none, and so of a day whose rate is not above 0.
 *
 * @param day a date
 * @param currency of which the rate is
 * @param rate so many of {@code to} are one of the currency
 */
public record RateTable(
        Expr.Field day, Expr.Field currency, Expr.Field rate, String to, int carry) {
    public static RateTable of(Source source, Rates rates) {
        return new RateTable(
                TypeRules.field(source, source.placedBy()),
                field(source, rates.currency()),
                field(source, rates.rate()),
                rates.to(),
                rates.carry());
    }

    private static Expr.Field field(Source source, String name) {
        return TypeRules.field(source, source.field(name).orElseThrow());
    }

    /** The source of the rates. */
    public String source() {
        return day.source();
    }
}
