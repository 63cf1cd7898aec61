package dev.cairn.domain.lowering;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.formula.TimeSpan;
import dev.cairn.domain.lowering.TimeContext.Length;
import dev.cairn.domain.model.Calendar;
import dev.cairn.domain.problem.NearestNames;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.AskedGrain;
import dev.cairn.domain.time.CalendarDays;
import dev.cairn.domain.time.CalendarGrain;
import dev.cairn.domain.time.Grain;
import dev.cairn.domain.time.Periods;
import dev.cairn.domain.time.RowPeriods;
import dev.cairn.domain.time.Weeks;
import java.util.Optional;

/** Finds what grains of calendars mean. */
final class Calendars {
    private final Lowering lowering;
    private final Catalog catalog;

    Calendars(Lowering lowering, Catalog catalog) {
        this.lowering = lowering;
        this.catalog = catalog;
    }

    /** Empty where there is no such grain, which is told. */
    Optional<Periods> periods(AskedGrain grain, Frame frame, Span span) {
        if (grain instanceof CalendarGrain(var calendar, _)) {
            lowering.refersTo(frame, calendar);
        }
        return periods(grain, frame.at(span));
    }

    /** The same, of a question. */
    Optional<Periods> periods(AskedGrain grain, Place place) {
        return switch (grain) {
            case Grain ofLanguage ->
                    Optional.of(
                            ofLanguage == Grain.WEEK
                                    ? Weeks.beginning(lowering.weekBegins())
                                    : ofLanguage);
            case CalendarGrain(var name, var period) -> {
                var calendar = catalog.calendar(name);
                if (calendar.isEmpty()) {
                    unknown(name, period, place);
                    yield Optional.empty();
                }
                var found = calendar.get().periods(period);
                if (!calendar.get().isSound()) {
                    lowering.broken(
                            Problem.of(
                                    ProblemCode.UNKNOWN_CALENDAR,
                                    place,
                                    "The calendar '%s' has no periods: its year begins on no day that each month has.",
                                    name));
                } else if (found.isEmpty()) {
                    lowering.broken(
                            Problem.of(
                                            ProblemCode.UNKNOWN_CALENDAR,
                                            place,
                                            "The calendar '%s' has no '%s': %s.",
                                            name,
                                            period,
                                            String.join(", ", calendar.get().periods()))
                                    .suggesting(
                                            NearestNames.nearest(
                                                    period, calendar.get().periods())));
                }
                yield found.flatMap(periods -> withDays(periods, place));
            }
        };
    }

    /** Of a calendar of rows with the days that it has, where these are known. */
    private Optional<Periods> withDays(Periods periods, Place place) {
        if (!(periods instanceof RowPeriods rows)) {
            return Optional.of(periods);
        }
        return switch (catalog.daysOf(rows.calendar()).orElse(null)) {
            case null -> Optional.of(rows);
            case CalendarDays.Known known -> known.periods(rows.of()).map(found -> found);
            case CalendarDays.Broken(var why) -> {
                lowering.broken(
                        Problem.of(
                                ProblemCode.UNKNOWN_CALENDAR,
                                place,
                                "The calendar '%s' has no periods: %s.",
                                rows.calendar(),
                                why));
                yield Optional.empty();
            }
        };
    }

    private void unknown(String name, String period, Place place) {
        lowering.unknown(
                Problem.of(
                        ProblemCode.UNKNOWN_CALENDAR,
                        place,
                        "No calendar '%1$s'. A field of that name is written %1$s.\"%2$s\".",
                        name,
                        period),
                name,
                () -> catalog.names(Calendar.class));
    }

    /** One of what a length of time is counted in: periods of a year of one's own are as long as those of the language. */
    Optional<Length> measure(TimeSpan span, Frame frame) {
        return switch (span.unit()) {
            case TimeSpan.Unit unit -> Optional.of(new Length(1, unit));
            case TimeSpan.OfCalendar(var grain) ->
                    periods(grain, frame, span.span()).map(found -> Length.of(1, found));
        };
    }
}
