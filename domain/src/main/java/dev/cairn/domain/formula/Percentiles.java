package dev.cairn.domain.formula;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Percentiles as words: {@code p50}, {@code p99_disc}, {@code p99_9} for 99.9 per cent. They are aggregates before a
 * parenthesis only, so that {@code p1} stays free as a name.
 */
final class Percentiles {
    static final String WRONG =
            "'%s' is no percentile: they go from p1 to p99 (p99_9 for 99.9 per cent, p90_disc for a"
                    + " value that is there); the ends are 'min' and 'max'.";

    private static final Pattern LIKE = Pattern.compile("[pP]\\d+(_\\d+)?(_[dD][iI][sS][cC])?");
    private static final Pattern EXACT = Pattern.compile("p(\\d{1,2})(?:_(\\d{1,9}))?(_disc)?");

    private Percentiles() {}

    static boolean looksLike(String word) {
        return LIKE.matcher(word).matches();
    }

    /** The percentile of that word; null where it is none. */
    static AggregateFunction.@Nullable Percentile read(String word) {
        var matcher = EXACT.matcher(word);
        if (!matcher.matches()) {
            return null;
        }
        var decimals = matcher.group(2);
        var percent = new BigDecimal(matcher.group(1) + (decimals == null ? "" : "." + decimals));
        var fraction = percent.movePointLeft(2).stripTrailingZeros();
        return fraction.signum() == 0
                ? null
                : new AggregateFunction.Percentile(fraction, matcher.group(3) != null);
    }

    static String text(AggregateFunction function) {
        return switch (function) {
            case AggregateFunction.Named named -> named.name().toLowerCase(Locale.ROOT);
            case AggregateFunction.Percentile(var fraction, var discrete) ->
                    "p"
                            + fraction.movePointRight(2)
                                    .stripTrailingZeros()
                                    .toPlainString()
                                    .replace('.', '_')
                            + (discrete ? "_disc" : "");
        };
    }
}
