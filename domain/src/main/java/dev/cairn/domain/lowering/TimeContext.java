package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.formula.TimeSpan;
import dev.cairn.domain.formula.TimeSpan.Unit;
import dev.cairn.domain.plan.SubjectWindow;
import dev.cairn.domain.time.Grain;
import dev.cairn.domain.time.Periods;
import dev.cairn.domain.time.RowPeriods;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What time an aggregate reads, relative to the bucket of its cell, before it is known what the buckets are.
 *
 * @param window null: the bucket itself
 * @param shifts from one bucket to another, the outermost first; the window is that of the last
 * @param ofComparison whether the bucket is that of the time which the question compares with
 * @param beneath null: all of it
 * @param point what the bucket shrinks to once it is shifted, for what says how an account is at an instant; null: it stays
 * @param around whether the bucket is that of the question, where units of time are read in it
 */
public record TimeContext(
        @Nullable Window window,
        List<Shift> shifts,
        boolean ofComparison,
        @Nullable Beneath beneath,
        @Nullable Point point,
        boolean around) {
    /** The bucket itself. */
    public static final TimeContext BUCKET = new TimeContext(null, List.of(), false);

    public TimeContext {
        shifts = List.copyOf(shifts);
    }

    /** The bucket itself, shifted as this is. */
    public TimeContext here() {
        return new TimeContext(null, shifts, ofComparison, null, point, around);
    }

    public TimeContext(@Nullable Window window, List<Shift> shifts, boolean ofComparison) {
        this(window, shifts, ofComparison, null, null, false);
    }

    /** The bucket of the question around units of time that this is cut into, whichever of two compared times it is of. */
    TimeContext aroundUnits() {
        return new TimeContext(null, shifts, false, null, point, true);
    }

    /** The same as the question sees it, outside of units of time. */
    public TimeContext ofQuestion() {
        return new TimeContext(window, shifts, ofComparison, beneath, point, false);
    }

    /** The same as the question sees it, of that one of two compared times which the units of time are of. */
    TimeContext ofQuestion(TimeContext units) {
        return new TimeContext(window, shifts, units.ofComparison, beneath, point, false);
    }

    /** All that is read in units of time: of the first to the last. */
    public record Beneath(Step step, TimeContext time) {}

    /** What is read in the units that a step cuts this time into. */
    public TimeContext through(Step step, TimeContext inner) {
        return new TimeContext(
                window, shifts, ofComparison, new Beneath(step, inner), point, around);
    }

    /** Of the first unit to the last. */
    public TimeContext withoutUnits() {
        return new TimeContext(window, shifts, ofComparison, null, point, around);
    }

    /** The same beneath {@code over}. */
    public TimeContext over(Window inner) {
        return new TimeContext(inner, shifts, ofComparison, null, point, around);
    }

    /**
     * The same, as far as what is no more than so far from it.
     *
     * @param length null: at whatever distance
     * @param forward after it, or else before it
     */
    TimeContext reaching(@Nullable Length length, boolean forward) {
        return over(new Window.Reaching(window, length, forward));
    }

    /** The same beneath {@code prior} or {@code next}. */
    public TimeContext moved(Shift inner) {
        var all = new ArrayList<>(shifts);
        all.add(inner);
        return new TimeContext(window, all, ofComparison, null, point, around);
    }

    /** The same, seen from the bucket that shifts have moved to; what is not moved so stays as it is. */
    public TimeContext after(List<Shift> moved) {
        return shifts.size() >= moved.size() && shifts.subList(0, moved.size()).equals(moved)
                ? new TimeContext(
                        window,
                        shifts.subList(moved.size(), shifts.size()),
                        ofComparison,
                        beneath,
                        point,
                        around)
                : this;
    }

    /** The bucket that it is moved to. */
    TimeContext bucket() {
        return new TimeContext(null, shifts, ofComparison, null, null, around);
    }

    /** The same of the time that the question compares with. */
    public TimeContext inComparison() {
        return new TimeContext(window, shifts, true, null, point, around);
    }

    /** The same, where the bucket shrinks to a point. */
    TimeContext at(@Nullable Point other) {
        return new TimeContext(window, shifts, ofComparison, beneath, other, around);
    }

    /** Whether it is read at once from a start that is known before it is asked: not in units of time, nor relative to a row or an instant. */
    boolean isOneStretch() {
        return beneath == null
                && point == null
                && !isOfSubjects()
                && (window == null || window.hasStart());
    }

    /** Nothing of it but its start. */
    TimeContext atItsStart() {
        return new TimeContext(
                null, shifts, ofComparison, null, new Point.Edge(window, false), around);
    }

    /** The instant at which a state formula is read. */
    public sealed interface Point {
        /** That at which the rows are read which it says something of, once that is known. */
        record OfRows() implements Point {}

        /** @param moment a date or an instant */
        record At(Expr.Literal moment) implements Point {}

        /** As-of. */
        record Now() implements Point {}

        /** @param window of the bucket; null: the bucket itself */
        record Edge(@Nullable Window window, boolean end) implements Point {}

        /** The end of a window; null where that is the end of the bucket. */
        static @Nullable Point endOf(@Nullable Window window) {
            return window == null || window.endsWithBucket() ? null : new Edge(window, true);
        }
    }

    /** The window of the member or row that this is read for; null: what is read is relative to the bucket. */
    @Nullable SubjectWindow ofSubject() {
        return window instanceof Window.OfSubject of ? of.edges() : null;
    }

    /** The same, of a window of a member or row with other edges. */
    TimeContext ofSubject(UnaryOperator<SubjectWindow> other) {
        return window instanceof Window.OfSubject of
                ? over(of.with(other.apply(of.edges())))
                : this;
    }

    /** Whether it is that of members or rows of their own. */
    public boolean isOfSubjects() {
        return ofSubject() != null;
    }

    /** What is read of time whatever window a member or row has: its bucket. */
    TimeContext ofStretches() {
        return ofSubject() == null ? this : here();
    }

    /** An aggregate that reads this time, as a formula has it where {@code around} is read. */
    public String text(String aggregate, TimeContext around) {
        var text =
                window == null || window instanceof Window.At || window.equals(around.window)
                        ? aggregate
                        : aggregate + " over " + window.text();
        for (int at = shifts.size() - 1; at >= around.shifts.size(); at--) {
            text = shifts.get(at).text(text);
        }
        return text;
    }

    /**
     * So many of a unit.
     *
     * @param periods of a calendar of rows, which are counted; null: units
     */
    public record Length(long count, Unit unit, @Nullable RowPeriods periods) {
        public Length(long count, Unit unit) {
            this(count, unit, null);
        }

        /** So many of the periods of a calendar. */
        public static Length of(long count, Periods periods) {
            return new Length(
                    count,
                    TimeSpan.unitOf(periods.length()),
                    periods instanceof RowPeriods rows ? rows : null);
        }

        /** The same, so many times. */
        public Length times(long factor) {
            return new Length(Math.multiplyExact(count, factor), unit, periods);
        }

        String text() {
            if (periods != null) {
                return count + " " + periods.text();
            }
            var word = unit.name().toLowerCase(Locale.ROOT);
            return count == 1 ? "1 " + word : "%d %ss".formatted(count, word);
        }
    }

    /** Where the coverage begins of what is read in units of time: the first of them begins there or later. */
    public record Beginning(Instant at) {
        /** Where only what is read matters. */
        static final Beginning ANY = new Beginning(Instant.MIN);

        /** Where there are no facts, so that there is no unit. */
        static final Beginning NEVER = new Beginning(Instant.MAX);
    }

    /** As {@code over} says. */
    public sealed interface Window {
        record Last(Length length) implements Window {}

        record ToDate(Periods grain) implements Window {}

        record Range(boolean toDate) implements Window {}

        /** @param begins null: with the data of each source */
        record All(boolean before, @Nullable Beginning begins) implements Window {
            public All(boolean before) {
                this(before, null);
            }
        }

        record Onward() implements Window {}

        /** @param begins null: with the data of each source */
        record Ever(@Nullable Beginning begins) implements Window {
            public Ever() {
                this(null);
            }
        }

        /**
         * Nothing but an instant, as {@code subscription at @2026-01-31} says.
         *
         * @param moment a date or an instant; a date is its first instant in the zone of the question
         */
        record At(Expr.Literal moment) implements Window {}

        /**
         * Of a time of the member or row that is read for.
         *
         * @param edges what is read of it
         * @param length of all such windows
         * @param isBefore whether they end with the time that they are relative to, and do not begin with it
         * @param begins where the units of time begin of which some are in it; null where it is not cut
         */
        record OfSubject(
                SubjectWindow edges,
                Length length,
                boolean isBefore,
                String text,
                @Nullable Beginning begins)
                implements Window {
            OfSubject with(SubjectWindow other) {
                return new OfSubject(other, length, isBefore, text, begins);
            }

            /** As facts are read in it. */
            OfSubject whole() {
                return with((Beginning) null);
            }

            private OfSubject with(@Nullable Beginning other) {
                return new OfSubject(edges, length, isBefore, text, other);
            }
        }

        /**
         * A window with what follows or precedes it.
         *
         * @param of null: the bucket
         * @param length how far; null: up to as-of, or from the beginning of the data
         */
        record Reaching(@Nullable Window of, @Nullable Length length, boolean forward)
                implements Window {}

        /** Where units of time in it begin; null where that is its start, or is not known. */
        default @Nullable Beginning begins() {
            return switch (this) {
                case All(_, var begins) -> begins;
                case Ever(var begins) -> begins;
                case OfSubject of -> of.begins();
                case Last _, ToDate _, Range _, Onward _, At _, Reaching _ -> null;
            };
        }

        /** Whether it is not known where units of time in it begin. */
        default boolean isToBegin() {
            return (!hasStart() || this instanceof OfSubject) && begins() == null;
        }

        /** The same, where units of time begin. */
        default Window begun(Beginning other) {
            return switch (this) {
                case All(var before, _) -> new All(before, other);
                case Ever _ -> new Ever(other);
                case OfSubject of -> of.with(other);
                case Last _, ToDate _, Range _, Onward _, At _, Reaching _ -> this;
            };
        }

        /** Whether it begins at one time, and not with the data of each source. */
        default boolean hasStart() {
            return switch (this) {
                case Last _, ToDate _, Range _, Onward _, At _, OfSubject _ -> true;
                case All _, Ever _ -> false;
                case Reaching(var of, var length, boolean forward) ->
                        (forward || length != null) && (of == null || of.hasStart());
            };
        }

        /** Whether it ends where the bucket does, whatever the range. */
        default boolean endsWithBucket() {
            return switch (this) {
                case Last _, ToDate _ -> true;
                case Range(var toDate) -> toDate;
                case All(var before, _) -> !before;
                case Onward _, Ever _, At _, OfSubject _, Reaching _ -> false;
            };
        }

        /** As a formula has it. */
        default String text() {
            return switch (this) {
                case Last(var length) -> "last " + length.text();
                case ToDate(var grain) -> grain.text() + " to date";
                case Range(var toDate) -> toDate ? "range to date" : "range";
                case All(var before, _) -> before ? "all before" : "all";
                case Onward _ -> "onward";
                case Ever _ -> "ever";
                case At(var moment) -> "at @" + moment.value();
                case OfSubject of -> of.text();
                case Reaching(var of, _, _) -> of == null ? "" : of.text();
            };
        }
    }

    /**
     * As {@code prior} and {@code next} say.
     *
     * @param by null, with {@code toStartOf}: by one bucket
     */
    public record Shift(boolean forward, @Nullable Length by, @Nullable Periods toStartOf) {
        String text(String shifted) {
            var word = forward ? "next" : "prior";
            if (toStartOf != null) {
                return "%s(%s, start of %s)".formatted(word, shifted, toStartOf.text());
            }
            return by == null
                    ? "%s(%s)".formatted(word, shifted)
                    : "%s(%s, %s)".formatted(word, shifted, by.text());
        }
    }

    /** Whether hours or minutes are counted, so that dates cannot be read. */
    public boolean isSubDaily() {
        return shifts.stream()
                        .anyMatch(
                                shift -> isSubDaily(shift.by()) || shift.toStartOf() == Grain.HOUR)
                || switch (window) {
                    case Window.Last(var length) -> isSubDaily(length);
                    case Window.ToDate(var grain) -> grain == Grain.HOUR;
                    case Window.OfSubject of -> isSubDaily(of.length());
                    case Window.Reaching(_, var length, _) -> isSubDaily(length);
                    case Window.Range _,
                            Window.All _,
                            Window.Onward _,
                            Window.Ever _,
                            Window.At _ ->
                            false;
                    case null -> false;
                };
    }

    private static boolean isSubDaily(@Nullable Length length) {
        return length != null && (length.unit() == Unit.HOUR || length.unit() == Unit.MINUTE);
    }
}
