package dev.cairn.domain.analysis;

import java.time.LocalDate;
import java.util.Comparator;

/**
 * A rate of exchange that there is none of.
 *
 * @param currency as the rows have it; empty: an amount of no currency
 * @param day at which the rate was asked for
 */
public record MissingRate(String currency, LocalDate day) implements Comparable<MissingRate> {
    private static final Comparator<MissingRate> ORDER =
            Comparator.comparing(MissingRate::currency).thenComparing(MissingRate::day);

    @Override
    public int compareTo(MissingRate other) {
        return ORDER.compare(this, other);
    }
}
