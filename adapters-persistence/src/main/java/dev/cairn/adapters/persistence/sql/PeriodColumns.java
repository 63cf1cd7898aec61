package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.arrayGet;
import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.systemName;
import static org.jooq.impl.DSL.when;

import dev.cairn.domain.expression.Expr.InPeriods.Part;
import dev.cairn.domain.time.FiscalPeriods;
import dev.cairn.domain.time.Grain;
import dev.cairn.domain.time.Periods;
import dev.cairn.domain.time.RowPeriods;
import dev.cairn.domain.time.Weeks;
import java.time.LocalDate;
import java.util.stream.Stream;
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
            case Weeks weeks when part == Part.NUMBER ->
                    weeks(date, FIRST_WEEK.minusDays(weeks.days()));
            case RowPeriods rows -> ofRows(date, rows, part);
            case Grain _, FiscalPeriods _, Weeks _ ->
                    throw new IllegalArgumentException("a part of dates: " + periods.text());
        };
    }

    /** How many of the bound starts have come by a date. */
    private static Field<?> ofRows(Field<LocalDate> date, RowPeriods rows, Part part) {
        var starts = SqlTypes.dates(rows.starts());
        var come = function(systemName("width_bucket"), SQLDataType.INTEGER, date, starts);
        var isInside =
                date.ge(DSL.val(rows.starts().getFirst())).and(date.lt(DSL.val(rows.until())));
        return switch (part) {
            case START -> when(isInside, arrayGet(starts, come));
            case NUMBER -> when(isInside, come.sub(inline(1)));
            case BEGINNING -> throw new IllegalArgumentException("of a place, not of a date");
        };
    }

    /** The date that the period of a place begins on, the first being of place 0. */
    static Field<LocalDate> beginning(Field<Long> place, Periods periods) {
        if (!(periods instanceof RowPeriods rows)) {
            throw new IllegalArgumentException("not counted from one: " + periods.text());
        }
        var beginnings =
                SqlTypes.dates(
                        Stream.concat(rows.starts().stream(), Stream.of(rows.until())).toList());
        return when(
                place.between(inline(0L), inline((long) rows.starts().size())),
                arrayGet(beginnings, place.cast(SQLDataType.INTEGER).add(inline(1))));
    }

    /** Rounded down, also before the first. */
    private static Field<Integer> weeks(Field<LocalDate> date, LocalDate first) {
        Field<Integer> days = DSL.localDateDiff(date, DSL.val(first));
        return DSL.floor(days.cast(SQLDataType.NUMERIC).div(inline(7))).cast(SQLDataType.INTEGER);
    }
}
