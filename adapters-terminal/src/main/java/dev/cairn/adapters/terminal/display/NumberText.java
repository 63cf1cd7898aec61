package dev.cairn.adapters.terminal.display;

import dev.cairn.domain.model.Metric.MetricUnit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Currency;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers of one column, all with the same number of decimals, so that they can be compared. */
final class NumberText {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final int MOST_DECIMALS = 6;

    private final boolean percent;
    private final int decimals;

    private NumberText(boolean percent, int decimals) {
        this.percent = percent;
        this.decimals = decimals;
    }

    /** @param currency ISO 4217, for money */
    static NumberText of(
            @Nullable MetricUnit unit, @Nullable String currency, Collection<BigDecimal> values) {
        boolean percent = unit == MetricUnit.RATIO;
        var shown =
                values.stream().map(value -> percent ? value.multiply(HUNDRED) : value).toList();
        boolean whole = shown.stream().allMatch(value -> value.stripTrailingZeros().scale() <= 0);
        int usual = usualDecimals(unit, currency, whole);
        int least =
                shown.stream()
                        .filter(value -> value.signum() != 0)
                        .mapToInt(NumberText::decimalsToSee)
                        .max()
                        .orElse(0);
        return new NumberText(percent, Math.max(usual, Math.min(least, MOST_DECIMALS)));
    }

    private static int usualDecimals(
            @Nullable MetricUnit unit, @Nullable String currency, boolean whole) {
        return switch (unit) {
            case RATIO, POINTS, SCORE -> 1;
            case MONEY -> currency == null ? 2 : decimalsOf(currency);
            case COUNT, DURATION -> whole ? 0 : 1;
            case null -> whole ? 0 : 2;
        };
    }

    private static int decimalsOf(String currency) {
        return Currency.getAvailableCurrencies().stream()
                .filter(known -> known.getCurrencyCode().equals(currency))
                .mapToInt(known -> Math.max(0, known.getDefaultFractionDigits()))
                .findFirst()
                .orElse(2);
    }

    /** How many decimals show two significant digits of a value below one; 0 for a value of one or more. */
    private static int decimalsToSee(BigDecimal value) {
        var first = value.stripTrailingZeros();
        int zerosBehindPoint = first.scale() - first.precision();
        return zerosBehindPoint < 0 ? 0 : Math.min(zerosBehindPoint + 2, first.scale());
    }

    String text(BigDecimal value) {
        var shown = percent ? value.multiply(HUNDRED) : value;
        return String.format(
                        Locale.ROOT,
                        "%,." + decimals + "f",
                        shown.setScale(decimals, RoundingMode.HALF_EVEN))
                + (percent ? "%" : "");
    }
}
