package dev.cairn.domain.planner;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.formula.TimeSpan;
import dev.cairn.domain.formula.TimeSpan.Unit;
import dev.cairn.domain.lowering.Clock;
import dev.cairn.domain.lowering.Step;
import dev.cairn.domain.lowering.TimeContext;
import dev.cairn.domain.lowering.TimeContext.Length;
import dev.cairn.domain.lowering.TimeContext.Shift;
import dev.cairn.domain.lowering.TimeContext.Window;
import dev.cairn.domain.plan.Reach;
import dev.cairn.domain.plan.Stretch;
import dev.cairn.domain.plan.Timeline;
import dev.cairn.domain.plan.Units;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.Bucket;
import dev.cairn.domain.time.BusinessCalendar;
import dev.cairn.domain.time.Grain;
import dev.cairn.domain.time.TimeRange;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the stretches of time that {@code over}, {@code prior} and {@code next} mean for the buckets of a question. */
final class Windows implements Clock {
    private static final LocalDate FIRST = LocalDate.of(1, 1, 1);
    private static final LocalDate LAST = LocalDate.of(9999, 12, 31);

    private final BusinessCalendar calendar;
    private final TimeFrame frame;
    private final @Nullable Grain grain;
    private final Cutting cutting;
    private final Edge asOf;

    /** What was cut, so that it is done and told once. */
    private final Map<TimeContext, UnitsOfTime> cuts = new HashMap<>();

    /** How long a bucket is; null where the grain says it. */
    private final @Nullable Span length;

    /** Of a time that is not cut into units. */
    Windows(BusinessCalendar calendar, TimeFrame frame, @Nullable Grain grain) {
        this(calendar, frame, grain, new Cutting(false, _ -> {}));
    }

    /** @param grain of the time axis; null where there is none */
    Windows(BusinessCalendar calendar, TimeFrame frame, @Nullable Grain grain, Cutting cutting) {
        this(calendar, frame, grain, null, cutting);
    }

    private Windows(
            BusinessCalendar calendar,
            TimeFrame frame,
            @Nullable Grain grain,
            @Nullable Span tile,
            Cutting cutting) {
        this.calendar = calendar;
        this.frame = frame;
        this.grain = grain;
        this.cutting = cutting;
        this.asOf = new Edge(frame.asOf(), frame.asOfDate());
        this.length = tile != null || grain != null ? tile : lengthOfRange();
    }

    /** How time is cut into units, for all of a question. */
    static final class Cutting {
        private final boolean ofWhole;
        private final Consumer<Problem> problems;
        private int cuts;

        /** @param ofWhole whether the whole range is cut beside the buckets, for totals */
        Cutting(boolean ofWhole, Consumer<Problem> problems) {
            this.ofWhole = ofWhole;
            this.problems = problems;
        }

        private void problem(ProblemCode code, String message, Object... arguments) {
            problems.accept(Problem.of(code, Place.of("metrics"), message, arguments));
        }
    }

    private Timeline timeline(List<TimeContext> reaches) {
        return timeline(reaches, this::reach);
    }

    /** @param found what time is read, which may be that of another calendar */
    Timeline timeline(List<TimeContext> reaches, Function<TimeContext, Reach> found) {
        return new Timeline(
                frame.buckets(),
                grain != null,
                frame.whole(),
                frame.asOf(),
                frame.asOfDate(),
                reaches.stream().map(found).toList());
    }

    /** An edge of a stretch: as an instant, and for what is compared by dates. */
    private record Edge(Instant at, LocalDate on) {
        static Edge startOf(Bucket bucket) {
            return new Edge(bucket.start(), bucket.startDate());
        }

        static Edge endOf(Bucket bucket) {
            return new Edge(bucket.end(), bucket.endDate());
        }

        Edge orEarlier(Edge other) {
            return new Edge(
                    other.at().isBefore(at) ? other.at() : at,
                    other.on().isBefore(on) ? other.on() : on);
        }
    }

    /** The buckets so many of a unit earlier; null: earlier by the length of the range. */
    TimeFrame earlier(@Nullable Length by) {
        var span = by == null ? lengthOfRange().times(-1) : new Span(-by.count(), by.unit());
        var whole = wholeEarlier(by);
        return new TimeFrame(
                grain == null
                        ? List.of(whole)
                        : frame.buckets().stream()
                                .map(bucket -> earlier(bucket, span, null))
                                .toList(),
                whole,
                frame.asOf(),
                frame.asOfDate());
    }

    /** The range itself: with both its edges moved, unless they meet then, as those of two last days of a month may. */
    private Bucket wholeEarlier(@Nullable Length by) {
        var whole = frame.whole();
        if (by == null) {
            return earlier(whole, lengthOfRange().times(-1), lengthOfRange());
        }
        var span = new Span(-by.count(), by.unit());
        var moved = earlier(whole, span, lengthOfRange());
        if (moved.startDate().equals(FIRST)) {
            return moved;
        }
        var end = end(Edge.endOf(whole), span);
        return end.at().isAfter(moved.start())
                ? new Bucket(
                        moved.label(),
                        moved.start(),
                        end.at(),
                        moved.startDate(),
                        end.on(),
                        moved.cut())
                : moved;
    }

    private Bucket earlier(Bucket bucket, Span by, @Nullable Span range) {
        try {
            var moved = moved(bucket, by, range);
            return moved.startDate().isBefore(FIRST) ? beyond(bucket, false) : moved;
        } catch (DateTimeException | ArithmeticException outOfCalendar) {
            return beyond(bucket, false);
        }
    }

    Reach reach(TimeContext time) {
        if (time.equals(TimeContext.BUCKET)) {
            return Reach.ofBuckets(frame.buckets(), frame.whole());
        }
        if (time.beneath() != null) {
            return through(time, time.beneath());
        }
        return new Reach(
                frame.buckets().stream().map(bucket -> stretch(time, bucket, length)).toList(),
                stretch(time, frame.whole(), lengthOfRange()));
    }

    /** @param range the length of the whole range, where the bucket is the range */
    private Stretch stretch(TimeContext time, Bucket bucket, @Nullable Span range) {
        boolean forward = time.shifts().stream().anyMatch(Shift::forward);
        var stretch = stretch(time.window(), moved(time.shifts(), bucket, range), forward);
        return grain == Grain.HOUR && range == null ? withDatesOfInstants(stretch) : stretch;
    }

    /** Facts of dates are not asked by the hour; whether a member exists by a date is decided by the instants of its edges. */
    private Stretch withDatesOfInstants(Stretch stretch) {
        return new Stretch(
                stretch.of(),
                stretch.start(),
                stretch.end(),
                stretch.start() == null ? null : calendar.dateOf(stretch.start()),
                calendar.dateEndOf(stretch.end()),
                stretch.mustBeOver());
    }

    private Bucket moved(List<Shift> shifts, Bucket bucket, @Nullable Span range) {
        try {
            var moved = bucket;
            for (var shift : shifts) {
                moved = moved(moved, shift, range);
            }
            boolean isOurEra = !moved.startDate().isBefore(FIRST) && !moved.endDate().isAfter(LAST);
            return isOurEra ? moved : beyond(bucket, shifts.getFirst().forward());
        } catch (DateTimeException | ArithmeticException outOfCalendar) {
            return beyond(bucket, shifts.getFirst().forward());
        }
    }

    /** Beyond the years that can be asked for there is one bucket, and nothing is in it. */
    private Bucket beyond(Bucket bucket, boolean forward) {
        var edge = forward ? LAST : FIRST;
        var at = calendar.startWithinEra(edge);
        return new Bucket(at, at, at, edge, edge, bucket.cut());
    }

    // ---- units

    /** More are no answer but a calculation of hours. */
    private static final long MOST_UNITS = 200_000;

    @Override
    public Cut cut(TimeContext time, Step step) {
        var units = unitsOfTime(time.withoutUnits(), step);
        return new Cut(units::units, units.beneath);
    }

    private UnitsOfTime unitsOfTime(TimeContext time, Step step) {
        var key = time.through(step, TimeContext.BUCKET);
        var known = cuts.get(key);
        if (known == null) {
            known = cutAnew(time, step);
            cuts.put(key, known);
        }
        return known;
    }

    private UnitsOfTime cutAnew(TimeContext time, Step step) {
        var reach = reach(time);
        checkEdges(reach, step);
        var all = new ArrayList<>(reach.ofBuckets());
        if (cutting.ofWhole) {
            all.add(reach.ofWhole());
        }
        long estimate = all.stream().mapToLong(stretch -> estimate(stretch, step)).sum();
        if (estimate > MOST_UNITS) {
            cutting.problem(
                    ProblemCode.LIMIT,
                    "'%s' would be read about %d times, over all buckets; at most %d times is answered. Ask for a coarser unit, a coarser grain, or a shorter range or window.",
                    step.text(),
                    estimate,
                    MOST_UNITS);
            return new UnitsOfTime(step, reach, List.of(), List.of());
        }
        var ofBuckets = reach.ofBuckets().stream().map(stretch -> unitsIn(stretch, step)).toList();
        var ofWhole = cutting.ofWhole ? unitsIn(reach.ofWhole(), step) : List.<Bucket>of();
        return new UnitsOfTime(step, reach, ofBuckets, ofWhole);
    }

    /** The calendar's units are whole in every bucket, or a value of a bucket would be one of some other time. */
    private void checkEdges(Reach reach, Step step) {
        if (!(step instanceof Step.Each(var of))) {
            return;
        }
        Stream.concat(reach.ofBuckets().stream(), Stream.of(reach.ofWhole()))
                .map(Stretch::of)
                .filter(bucket -> bucket.start().isBefore(bucket.end()))
                .filter(bucket ->
                        !calendar.isStart(bucket.start(), of)
                                || !calendar.isStart(bucket.end(), of))
                .findFirst()
                .ifPresent(bucket ->
                        cutting.problem(
                                ProblemCode.INCOMPATIBLE,
                                "The bucket from %s to %s begins or ends inside a %s, so '%s :' cannot be read for it. Ask for buckets and a range of whole %ss, or for 'every 1 %s', which is counted back from the end.",
                                bucket.startDate(),
                                bucket.endDate(),
                                step.text(),
                                step.text(),
                                step.text(),
                                step.text()));
    }

    private long estimate(Stretch stretch, Step step) {
        var start = stretch.start();
        if (start == null || !start.isBefore(stretch.end())) {
            return 0;
        }
        return switch (step) {
            case Step.Each(var of) -> calendar.count(new TimeRange(start, stretch.end()), of);
            case Step.Every(var tile) ->
                    Duration.between(start, stretch.end()).toMinutes() / minutes(tile) + 1;
        };
    }

    private static long minutes(Length tile) {
        long most = 1_000_000_000;
        long days =
                switch (tile.unit()) {
                    case MINUTE, HOUR -> 0;
                    case DAY -> 1;
                    case WEEK -> 7;
                    case MONTH -> 28;
                    case QUARTER -> 90;
                    case YEAR -> 365;
                };
        long one =
                switch (tile.unit()) {
                    case MINUTE -> 1;
                    case HOUR -> 60;
                    case DAY, WEEK, MONTH, QUARTER, YEAR -> days * 24 * 60;
                };
        return tile.count() > most / one ? most : tile.count() * one;
    }

    /** Those that begin inside, in order. */
    private List<Bucket> unitsIn(Stretch stretch, Step step) {
        var start = stretch.start();
        if (start == null || !start.isBefore(stretch.end())) {
            return List.of();
        }
        return switch (step) {
            case Step.Each(var of) -> calendar.beginningIn(new TimeRange(start, stretch.end()), of);
            case Step.Every(var tile) -> tiles(start, stretch, new Span(tile.count(), tile.unit()));
        };
    }

    private List<Bucket> tiles(Instant start, Stretch stretch, Span tile) {
        boolean isRunning = !stretch.mustBeOver() && stretch.of().start().isBefore(asOf.at());
        var end = new Edge(stretch.end(), stretch.endDate());
        var last = isRunning ? end.orEarlier(asOf) : end;
        var tiles = new ArrayList<Bucket>();
        end = last;
        try {
            for (long count = 1; ; count++) {
                var begin = before(last, tile.times(-count));
                if (begin.at().isBefore(start)) {
                    break;
                }
                tiles.add(
                        new Bucket(begin.at(), begin.at(), end.at(), begin.on(), end.on(), false));
                end = begin;
            }
        } catch (DateTimeException | ArithmeticException outOfCalendar) {
            return tiles.reversed();
        }
        return tiles.reversed();
    }

    /** The units of each bucket, and of the whole range where there are totals. */
    private final class UnitsOfTime {
        private final List<Bucket> units;
        private final List<List<Bucket>> ofBuckets;
        private final List<Bucket> ofWhole;
        private final Reach reach;
        private final Windows beneath;

        UnitsOfTime(Step step, Reach reach, List<List<Bucket>> ofBuckets, List<Bucket> ofWhole) {
            this.reach = reach;
            this.ofBuckets = ofBuckets;
            this.ofWhole = ofWhole;
            this.units =
                    Stream.concat(ofBuckets.stream().flatMap(List::stream), ofWhole.stream())
                            .distinct()
                            .sorted(Comparator.comparing(Bucket::start).thenComparing(Bucket::end))
                            .toList();
            var inner = new TimeFrame(units, frame.whole(), frame.asOf(), frame.asOfDate());
            this.beneath =
                    switch (step) {
                        case Step.Each(var of) -> new Windows(calendar, inner, of, null, cutting);
                        case Step.Every(var tile) ->
                                new Windows(
                                        calendar,
                                        inner,
                                        null,
                                        new Span(tile.count(), tile.unit()),
                                        cutting);
                    };
        }

        Units units(List<TimeContext> reaches) {
            var indexes = new HashMap<Bucket, Integer>();
            units.forEach(unit -> indexes.put(unit, indexes.size()));
            return new Units(
                    ++cutting.cuts,
                    beneath.timeline(reaches),
                    frame.buckets().isEmpty() || ofBuckets.isEmpty()
                            ? frame.buckets().stream().map(_ -> List.<Integer>of()).toList()
                            : ofBuckets.stream().map(all -> indexes(all, indexes)).toList(),
                    indexes(ofWhole, indexes));
        }

        private static List<Integer> indexes(List<Bucket> units, Map<Bucket, Integer> indexes) {
            return units.stream().map(unit -> Objects.requireNonNull(indexes.get(unit))).toList();
        }

        /** All that is read in the units of each bucket. */
        Reach through(TimeContext inner) {
            var stretches = new HashMap<Bucket, Stretch>();
            var read = beneath.reach(inner);
            for (int at = 0; at < units.size(); at++) {
                stretches.put(units.get(at), read.ofBuckets().get(at));
            }
            boolean fromBeginning = read.ofWhole().isFromBeginning();
            var buckets = new ArrayList<Stretch>();
            for (int at = 0; at < reach.ofBuckets().size(); at++) {
                var all = ofBuckets.isEmpty() ? List.<Bucket>of() : ofBuckets.get(at);
                buckets.add(hull(reach.ofBuckets().get(at), all, stretches, fromBeginning));
            }
            return new Reach(buckets, hull(reach.ofWhole(), ofWhole, stretches, fromBeginning));
        }

        private static Stretch hull(
                Stretch window,
                List<Bucket> units,
                Map<Bucket, Stretch> stretches,
                boolean fromBeginning) {
            var all =
                    units.isEmpty()
                            ? List.of(window)
                            : units.stream()
                                    .map(unit -> Objects.requireNonNull(stretches.get(unit)))
                                    .toList();
            var start =
                    all.stream()
                            .map(Stretch::start)
                            .filter(Objects::nonNull)
                            .min(Comparator.naturalOrder());
            var startDate =
                    all.stream()
                            .map(Stretch::startDate)
                            .filter(Objects::nonNull)
                            .min(Comparator.naturalOrder());
            return new Stretch(
                    window.of(),
                    fromBeginning ? null : start.orElse(null),
                    all.stream().map(Stretch::end).max(Comparator.naturalOrder()).orElseThrow(),
                    fromBeginning ? null : startDate.orElse(null),
                    all.stream().map(Stretch::endDate).max(Comparator.naturalOrder()).orElseThrow(),
                    window.mustBeOver());
        }
    }

    private Reach through(TimeContext time, TimeContext.Beneath beneath) {
        return unitsOfTime(time.withoutUnits(), beneath.step()).through(beneath.time());
    }

    // ---- windows

    private Stretch stretch(@Nullable Window window, Bucket bucket, boolean mustBeOver) {
        var start = Edge.startOf(bucket);
        var end = mustBeOver ? Edge.endOf(bucket) : known(bucket);
        return switch (window) {
            case null -> between(bucket, start, Edge.endOf(bucket), mustBeOver);
            case Window.Last(var length) ->
                    between(bucket, movedInOurEra(end, length), end, mustBeOver);
            case Window.ToDate(var of) -> between(bucket, floor(end, of), end, mustBeOver);
            case Window.Range(boolean toDate) -> {
                var whole = frame.whole();
                yield between(bucket, Edge.startOf(whole), toDate ? end : known(whole), mustBeOver);
            }
            case Window.All(boolean before) ->
                    fromBeginning(bucket, before ? start : end, mustBeOver);
            case Window.Onward _ -> between(bucket, start, asOf, mustBeOver);
            case Window.Ever _ -> fromBeginning(bucket, asOf, mustBeOver);
            case Window.At(var moment) -> {
                var at = edge(moment);
                yield between(bucket, at, at, true);
            }
        };
    }

    private Edge edge(Expr.Literal moment) {
        return switch (moment.value()) {
            case LocalDate date -> new Edge(calendar.startWithinEra(date), date);
            case Instant instant -> new Edge(instant, calendar.dateOf(instant));
            case null, default -> throw new IllegalArgumentException("no time: " + moment);
        };
    }

    /** The bucket's end, or as-of where it is not over then. */
    private Edge known(Bucket bucket) {
        boolean isRunning = bucket.start().isBefore(asOf.at()) && bucket.end().isAfter(asOf.at());
        return isRunning ? Edge.endOf(bucket).orEarlier(asOf) : Edge.endOf(bucket);
    }

    private static Stretch between(Bucket bucket, Edge start, Edge end, boolean mustBeOver) {
        var from = start.orEarlier(end);
        return new Stretch(bucket, from.at(), end.at(), from.on(), end.on(), mustBeOver);
    }

    private static Stretch fromBeginning(Bucket bucket, Edge end, boolean mustBeOver) {
        return new Stretch(bucket, null, end.at(), null, end.on(), mustBeOver);
    }

    /** Windows that reach back beyond the first year begin with it. */
    private Edge movedInOurEra(Edge end, Length back) {
        var first = new Edge(calendar.startWithinEra(FIRST), FIRST);
        try {
            var start = before(end, new Span(-back.count(), back.unit()));
            return start.on().isBefore(FIRST) ? first : start;
        } catch (DateTimeException | ArithmeticException outOfCalendar) {
            return first;
        }
    }

    /** As of a time of day there are as many dates as units: the date of as-of is the last. */
    private Edge before(Edge end, Span back) {
        var start = start(end, back);
        return end.equals(asOf) && !back.isElapsed()
                ? new Edge(start.at(), plus(end.on(), back.count(), back.unit()))
                : start;
    }

    /** The start of the calendar's bucket that the last instant before an edge is in. */
    private Edge floor(Edge end, Grain of) {
        var last = end.at().minusNanos(1);
        if (of == Grain.HOUR) {
            var hour = calendar.startOfHour(last);
            return new Edge(hour, calendar.dateOf(hour));
        }
        var date = of.floor(isStartOfDay(end) ? end.on().minusDays(1) : calendar.dateOf(last));
        return new Edge(calendar.startOf(date), date);
    }

    // ---- shifts

    /** So many of a unit; of none: an elapsed time, in microseconds, which all edges are whole numbers of. */
    private record Span(long count, @Nullable Unit unit) {
        static Span of(Duration elapsed) {
            return new Span(TimeUnit.MICROSECONDS.convert(elapsed), null);
        }

        Span times(long factor) {
            return new Span(Math.multiplyExact(count, factor), unit);
        }

        boolean isElapsed() {
            return unit == null || unit == Unit.HOUR || unit == Unit.MINUTE;
        }

        Duration elapsed() {
            return unit == null
                    ? Duration.of(count, ChronoUnit.MICROS)
                    : unit == Unit.HOUR ? Duration.ofHours(count) : Duration.ofMinutes(count);
        }
    }

    /** A bucket keeps its length in units of the grain or of the range; one that the range cuts is moved at both edges. */
    private Bucket moved(Bucket bucket, Shift shift, @Nullable Span range) {
        return moved(bucket, by(bucket, shift, length(range)), range);
    }

    private Span length(@Nullable Span range) {
        return range != null ? range : new Span(1, unitOf(grain));
    }

    private Bucket moved(Bucket bucket, Span by, @Nullable Span range) {
        var length = length(range);
        var start = start(Edge.startOf(bucket), by);
        boolean keepsLength = range != null || !bucket.cut();
        var end = keepsLength ? end(start, length) : cutEnd(bucket, by);
        var label = start(new Edge(bucket.label(), calendar.dateOf(bucket.label())), by);
        boolean isHour = range == null && grain == Grain.HOUR;
        return new Bucket(
                label.at(),
                start.at(),
                end.at(),
                start.on(),
                isHour ? start.on() : end.on(),
                bucket.cut());
    }

    /** The last day that the range leaves of a bucket is the same of the other bucket, or its last: until 30 March becomes until 28 February. */
    private Edge cutEnd(Bucket bucket, Span by) {
        var end = Edge.endOf(bucket);
        boolean isCut =
                !by.isElapsed()
                        && isStartOfDay(end)
                        && grain != null
                        && !grain.floor(end.on()).equals(end.on());
        return isCut
                ? dayStart(plus(end.on().minusDays(1), by.count(), by.unit()).plusDays(1))
                : end(end, by);
    }

    private static Unit unitOf(@Nullable Grain grain) {
        return grain == null ? Unit.DAY : TimeSpan.unitOf(grain);
    }

    private Span by(Bucket bucket, Shift shift, Span length) {
        int sign = shift.forward() ? 1 : -1;
        var by = shift.by();
        if (by != null) {
            return new Span(by.count(), by.unit()).times(sign);
        }
        return shift.toStartOf() == null
                ? length.times(sign)
                : toStart(bucket, shift.toStartOf(), shift.forward());
    }

    /** From the bucket's start to the start of what it is in, or to the next of these starts. */
    private Span toStart(Bucket bucket, Grain of, boolean forward) {
        if (of == Grain.HOUR) {
            return new Span(forward ? 1 : 0, Unit.HOUR);
        }
        var label = calendar.dateOf(bucket.label());
        var start = forward ? of.plus(of.floor(label), 1) : of.floor(label);
        if (grain == Grain.HOUR) {
            var elapsed = Duration.between(bucket.label(), calendar.startOf(start));
            return Span.of(elapsed);
        }
        boolean byMonths = start.getDayOfMonth() == label.getDayOfMonth();
        return byMonths
                ? new Span(ChronoUnit.MONTHS.between(label, start), Unit.MONTH)
                : new Span(ChronoUnit.DAYS.between(label, start), Unit.DAY);
    }

    private boolean isStartOfDay(Edge edge) {
        return calendar.startOf(edge.on()).equals(edge.at());
    }

    private Edge dayStart(LocalDate date) {
        return new Edge(calendar.startOf(date), date);
    }

    /** An edge moved, as the start of something: its date is the one that it is in. */
    private Edge start(Edge edge, Span by) {
        var at = moved(edge, by);
        return at == null
                ? dayStart(plus(edge.on(), by.count(), by.unit()))
                : new Edge(at, calendar.dateOf(at));
    }

    /** An edge moved, as the end of something: its date is the first that has not begun. */
    private Edge end(Edge edge, Span by) {
        var at = moved(edge, by);
        return at == null
                ? dayStart(plus(edge.on(), by.count(), by.unit()))
                : new Edge(at, calendar.dateEndOf(at));
    }

    /** Null where a day moves by the calendar, to the start of another. */
    private @Nullable Instant moved(Edge edge, Span by) {
        if (by.isElapsed()) {
            return edge.at().plus(by.elapsed());
        }
        return isStartOfDay(edge) ? null : inZone(edge.at(), by);
    }

    /** The local time of an instant moved by the calendar; in a gap the instant after it, in an overlap the earlier. */
    private Instant inZone(Instant instant, Span by) {
        var local = instant.atZone(calendar.zone()).toLocalDateTime();
        var moved = plus(local.toLocalDate(), by.count(), by.unit()).atTime(local.toLocalTime());
        return calendar.instantOf(moved);
    }

    private static LocalDate plus(LocalDate date, long count, @Nullable Unit unit) {
        return switch (unit) {
            case DAY -> date.plusDays(count);
            case WEEK -> date.plusWeeks(count);
            case MONTH -> date.plusMonths(count);
            case QUARTER -> date.plusMonths(Math.multiplyExact(3, count));
            case YEAR -> date.plusYears(count);
            case HOUR, MINUTE -> throw new IllegalArgumentException("no number of days: " + unit);
            case null -> throw new IllegalArgumentException("no number of days");
        };
    }

    /** Of the grain if it is a whole number of it, else of the largest unit of the calendar that it is a whole number of. */
    private Span lengthOfRange() {
        var whole = frame.whole();
        var elapsed = Duration.between(whole.start(), whole.end());
        if (grain == Grain.HOUR
                && elapsed.toHours() > 0
                && elapsed.equals(Duration.ofHours(elapsed.toHours()))) {
            return new Span(elapsed.toHours(), Unit.HOUR);
        }
        boolean isOfDays =
                calendar.startOf(whole.startDate()).equals(whole.start())
                        && calendar.startOf(whole.endDate()).equals(whole.end());
        if (!isOfDays) {
            return Span.of(elapsed);
        }
        return Stream.concat(
                        Stream.ofNullable(grain)
                                .filter(of -> of != Grain.HOUR)
                                .map(Windows::unitOf),
                        Stream.of(Unit.YEAR, Unit.MONTH))
                .map(unit -> new Span(between(whole.startDate(), whole.endDate(), unit), unit))
                .filter(span ->
                        span.count() > 0
                                && plus(whole.startDate(), span.count(), span.unit())
                                        .equals(whole.endDate()))
                .findFirst()
                .orElseGet(() ->
                        new Span(between(whole.startDate(), whole.endDate(), Unit.DAY), Unit.DAY));
    }

    private static long between(LocalDate from, LocalDate to, Unit unit) {
        return switch (unit) {
            case DAY -> ChronoUnit.DAYS.between(from, to);
            case WEEK -> ChronoUnit.WEEKS.between(from, to);
            case MONTH -> ChronoUnit.MONTHS.between(from, to);
            case QUARTER -> ChronoUnit.MONTHS.between(from, to) / 3;
            case YEAR -> ChronoUnit.YEARS.between(from, to);
            case HOUR, MINUTE -> throw new IllegalArgumentException("no number of days: " + unit);
        };
    }
}
