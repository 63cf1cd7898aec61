package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.inline;

import dev.cairn.domain.expression.Expr.InPeriods.Part;
import dev.cairn.domain.time.FiscalPeriods;
import dev.cairn.domain.time.Grain;
import dev.cairn.domain.time.Periods;
import java.time.LocalDate;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** What is said of the period that a date is in. */
final class PeriodColumns {
    /** A Monday. */
    private static final LocalDate FIRST_WEEK = LocalDate.of(1970, 1, 5);

    private PeriodColumns() {}

    static Field<?> of(Field<LocalDate> date, Periods periods, Part part) {
        return switch (periods) {
            case Grain grain when grain == Grain.WEEK && part == Part.NUMBER ->
                    weeks(date, FIRST_WEEK);
            case Grain _, FiscalPeriods _ ->
                    throw new IllegalArgumentException("a part of dates: " + periods.text());
        };
    }

    /** Rounded down, also before the first. */
    private static Field<Integer> weeks(Field<LocalDate> date, LocalDate first) {
        Field<Integer> days = DSL.localDateDiff(date, DSL.val(first));
        return DSL.floor(days.cast(SQLDataType.NUMERIC).div(inline(7))).cast(SQLDataType.INTEGER);
    }
}
