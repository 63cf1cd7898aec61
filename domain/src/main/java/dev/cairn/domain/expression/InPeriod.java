package dev.cairn.domain.expression;

import dev.cairn.domain.expression.Expr.InPeriods.Part;
import dev.cairn.domain.time.Periods;
import dev.cairn.domain.time.RowPeriods;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Finds what {@link Expr.InPeriods} says of a date. */
public final class InPeriod {
    private InPeriod() {}

    /** @param of a date, or the place of a period */
    public static @Nullable Object of(@Nullable Object of, Periods periods, Part part) {
        return switch (of) {
            case null -> null;
            case BigDecimal place when part == Part.BEGINNING -> beginning(place, periods);
            case LocalDate date when part != Part.BEGINNING && periods.has(date) ->
                    part == Part.START
                            ? periods.floor(date)
                            : BigDecimal.valueOf(periods.number(date));
            case LocalDate _ when part != Part.BEGINNING -> null;
            default -> throw new IllegalArgumentException("%s of %s".formatted(part, of));
        };
    }

    private static @Nullable LocalDate beginning(BigDecimal place, Periods periods) {
        if (!(periods instanceof RowPeriods rows)) {
            throw new IllegalArgumentException("not counted from one: " + periods.text());
        }
        boolean isThere =
                place.signum() >= 0
                        && place.compareTo(BigDecimal.valueOf(rows.starts().size())) <= 0;
        return isThere ? rows.beginning(place.intValueExact()) : null;
    }
}
