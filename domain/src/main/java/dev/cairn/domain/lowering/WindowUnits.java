package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.formula.TimeSpan;
import dev.cairn.domain.formula.TimeSpan.Unit;
import dev.cairn.domain.lowering.TimeContext.Length;
import dev.cairn.domain.plan.SubjectWindow;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.Grain;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Units of time within a window relative to a member or row: days that begin in it, and tiles counted back from its end. */
final class WindowUnits {
    private static final int MOST_TILES = 400;

    private final Lowering lowering;

    WindowUnits(Lowering lowering) {
        this.lowering = lowering;
    }

    /** The time that units are of; empty where they are not whole in every such window, which is told. */
    Optional<TimeContext> time(Step step, Frame frame, Span span) {
        if (!(frame.time().window() instanceof TimeContext.Window.OfSubject of)) {
            return Optional.of(frame.time());
        }
        var window = of.edges();
        boolean areDays = window.start().beginsDay() && window.end().beginsDay();
        return switch (step) {
            case Step.Every(var tile) when areDays && isOfDays(tile) ->
                    cuts(of, tile, frame, span).map(cuts -> ofUnits(frame.time(), cuts));
            case Step.Each(var grain) when areDays && (grain == Grain.DAY || grain == Grain.HOUR) ->
                    Optional.of(ofUnits(frame.time(), List.of()));
            case Step.Every _, Step.Each _, Step.Within _ -> {
                lowering.broken(inside(step, areDays, frame, span));
                yield Optional.empty();
            }
        };
    }

    private static boolean isOfDays(Length tile) {
        return tile.periods() == null && tile.unit() != Unit.HOUR && tile.unit() != Unit.MINUTE;
    }

    private static Problem inside(Step step, boolean areDays, Frame frame, Span span) {
        return areDays
                ? Problem.of(
                                ProblemCode.INCOMPATIBLE,
                                frame.at(span),
                                "A window relative to a member or row may begin or end inside a %s, and a unit of time is read whole. Ask by the day, or for tiles of whole days, which are counted back from its end.",
                                step.text())
                        .offering("day", "every 7 days", "every 1 month")
                : Problem.of(
                                ProblemCode.INCOMPATIBLE,
                                frame.at(span),
                                "A window relative to an instant begins and ends inside a day, and a unit of time ('%s') is read whole. Ask for a window from a date: a field that is computed as 'date(...)' of the instant.",
                                step.text())
                        .offering("day", "every 7 days");
    }

    /** Units begin at instants. */
    private static TimeContext ofUnits(TimeContext time, List<Expr> cuts) {
        return time.ofSubject(window ->
                new SubjectWindow(byInstant(window.start()), byInstant(window.end()), cuts));
    }

    private static SubjectWindow.Edge byInstant(SubjectWindow.Edge edge) {
        return new SubjectWindow.Edge(edge.instant(), edge.instant(), edge.day());
    }

    /** Empty where there are too many, which is told. */
    private Optional<List<Expr>> cuts(
            TimeContext.Window.OfSubject of, Length tile, Frame frame, Span span) {
        long most =
                of.length().count()
                        * mostDays(of.length().unit())
                        / (tile.count() * leastDays(tile.unit()));
        if (most > MOST_TILES) {
            lowering.broken(
                    ProblemCode.LIMIT,
                    frame,
                    span,
                    "'every %s' cuts a window into as many as %d tiles; at most %d are answered. Ask for longer tiles.",
                    tile.text(),
                    most,
                    MOST_TILES);
            return Optional.empty();
        }
        var cuts = new ArrayList<Expr>();
        for (int count = 0; count <= most; count++) {
            var cut = cut(of, tile, count, frame, span);
            if (cut.isEmpty()) {
                return Optional.empty();
            }
            cuts.add(lowering.instant(cut.get()));
        }
        return Optional.of(cuts);
    }

    /**
     * The day so many tiles before the end. Where both are counted in months it is counted from the time that the window is relative to, so that one month from 31 January
     * is one tile of a month.
     */
    private Optional<Expr> cut(
            TimeContext.Window.OfSubject of, Length tile, long count, Frame frame, Span span) {
        var window = of.edges();
        boolean isOfMonths =
                of.length().periods() == null
                        && months(of.length().unit()) > 0
                        && months(tile.unit()) > 0;
        if (of.isBefore() || !isOfMonths) {
            return moved(window.end().day(), -count * tile.count(), tile.unit(), frame, span);
        }
        long months =
                of.length().count() * months(of.length().unit())
                        - count * tile.count() * months(tile.unit());
        return moved(window.start().day(), months, Unit.MONTH, frame, span);
    }

    private Optional<Expr> moved(Expr day, long count, Unit unit, Frame frame, Span span) {
        var by = new TimeSpan(Long.toString(Math.abs(count)), unit, span);
        return count == 0
                ? Optional.of(day)
                : lowering.moved(day, by, BigDecimal.valueOf(Long.signum(count)), frame);
    }

    private static int months(Unit unit) {
        return switch (unit) {
            case MINUTE, HOUR, DAY, WEEK -> 0;
            case MONTH -> 1;
            case QUARTER -> 3;
            case YEAR -> 12;
        };
    }

    /** Periods of calendars of rows included. */
    private static long mostDays(Unit unit) {
        return switch (unit) {
            case MINUTE, HOUR, DAY -> 1;
            case WEEK -> 7;
            case MONTH -> 35;
            case QUARTER -> 98;
            case YEAR -> 371;
        };
    }

    private static long leastDays(Unit unit) {
        return switch (unit) {
            case MINUTE, HOUR, DAY -> 1;
            case WEEK -> 7;
            case MONTH -> 28;
            case QUARTER -> 89;
            case YEAR -> 365;
        };
    }
}
