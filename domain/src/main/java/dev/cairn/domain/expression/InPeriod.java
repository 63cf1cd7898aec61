package dev.cairn.domain.expression;

import dev.cairn.domain.expression.Expr.InPeriods.Part;
import dev.cairn.domain.time.Periods;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Finds what {@link Expr.InPeriods} says of a date. */
public final class InPeriod {
    private InPeriod() {}

    public static @Nullable Object of(@Nullable LocalDate date, Periods periods, Part part) {
        if (date == null || !periods.has(date)) {
            return null;
        }
        return switch (part) {
            case START -> periods.floor(date);
            case NUMBER -> BigDecimal.valueOf(periods.number(date));
        };
    }
}
