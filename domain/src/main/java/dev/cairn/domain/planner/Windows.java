package dev.cairn.domain.planner;

import dev.cairn.domain.lowering.Clock;
import dev.cairn.domain.lowering.Step;
import dev.cairn.domain.lowering.TimeContext;
import dev.cairn.domain.lowering.TimeContext.Length;
import dev.cairn.domain.lowering.TimeContext.Point;
import dev.cairn.domain.lowering.TimeContext.Shift;
import dev.cairn.domain.lowering.TimeContext.Window;
import dev.cairn.domain.plan.Reach;
import dev.cairn.domain.plan.Stretch;
import dev.cairn.domain.plan.Timeline;
import dev.cairn.domain.time.Bucket;
import dev.cairn.domain.time.Grain;
import dev.cairn.domain.time.OutsideCalendar;
import dev.cairn.domain.time.Periods;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the stretches of time that {@code over}, {@code prior} and {@code next} mean for the buckets of a question. */
final class Windows implements Clock {
    private final Edges edges;
    private final TimeFrame frame;
    private final @Nullable Periods grain;
    private final Shifts shifts;
    private final Cutting cutting;

    /** What was cut, so that it is done and told once. */
    private final Map<Cuts, UnitsOfTime> cuts = new HashMap<>();

    /** @param ofEach whether those of each bucket are units of their own */
    private record Cuts(TimeContext units, boolean ofEach) {}

    /** How long a bucket is; null where the grain says it. */
    private final @Nullable Span length;

    /** Around which buckets of the question units of time are that take the place of buckets; null: there are none. */
    private final @Nullable Around around;

    /**
     * @param buckets of the question
     * @param ofUnits the index of the bucket of each unit; negative: the whole range
     */
    private record Around(Windows buckets, List<Integer> ofUnits) {
        Reach reach(TimeContext time) {
            var reach = buckets.reach(time.ofQuestion());
            return new Reach(ofUnits.stream().map(reach::of).toList(), reach.ofWhole());
        }
    }

    /** How the buckets were moved before they were cut into those at hand, in which the rest of the time is read. */
    private final List<Shift> moved;

    Windows(Edges edges, TimeFrame frame, Cutting cutting) {
        this(edges, frame, null, List.of(), cutting, null);
    }

    /** @param tile how long the buckets are; null where the grain says it, or the range */
    private Windows(
            Edges edges,
            TimeFrame frame,
            @Nullable Span tile,
            List<Shift> moved,
            Cutting cutting,
            @Nullable Around around) {
        this.around = around;
        this.moved = moved;
        this.edges = edges;
        this.frame = frame;
        this.grain = frame.grain();
        this.shifts = new Shifts(edges, frame);
        this.cutting = cutting;
        this.length = tile != null || grain != null ? tile : shifts.lengthOfRange();
    }

    Timeline timeline(List<TimeContext> reaches) {
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
                null,
                reaches.stream().map(found).toList());
    }

    Reach reach(TimeContext asked) {
        if (asked.around() && around != null) {
            return around.reach(asked);
        }
        var time = asked.after(moved);
        if (time.equals(TimeContext.BUCKET)) {
            return Reach.ofBuckets(frame.buckets(), frame.whole());
        }
        if (time.beneath() != null) {
            return through(time, time.beneath());
        }
        return new Reach(
                frame.buckets().stream().map(bucket -> stretch(time, bucket, length)).toList(),
                ofWhole(time));
    }

    /** Where nothing is asked of the whole range, it does not matter that a calendar ends before what is read for it. */
    private Stretch ofWhole(TimeContext time) {
        try {
            return stretch(time, frame.whole(), shifts.lengthOfRange());
        } catch (OutsideCalendar outside) {
            if (cutting.isOfWhole() || grain == null) {
                throw outside;
            }
            return Stretch.of(frame.whole());
        }
    }

    /** @param range the length of the whole range, where the bucket is the range */
    private Stretch stretch(TimeContext time, Bucket bucket, @Nullable Span range) {
        boolean forward =
                Stream.concat(moved.stream(), time.shifts().stream()).anyMatch(Shift::forward);
        var other = shifts.moved(time.shifts(), bucket, range);
        var stretch =
                time.point() == null
                        ? stretch(time.window(), other, forward)
                        : stretch(time.window(), time.point(), other, forward);
        return grain == Grain.HOUR && range == null ? withDatesOfInstants(stretch) : stretch;
    }

    /** Of a bucket that shrinks to an instant. */
    private Stretch stretch(@Nullable Window window, Point point, Bucket bucket, boolean forward) {
        var at =
                switch (point) {
                    case Point.At(var moment) -> edges.endOf(moment);
                    case Point.Now _ -> edges.asOf();
                    case Point.Edge(var of, boolean end) -> {
                        var stretch = stretch(of, bucket, forward);
                        yield end ? Edge.endOf(stretch) : edges.startOf(stretch);
                    }
                    case Point.OfRows _ ->
                            throw new IllegalArgumentException("it is not known of which rows");
                };
        var left = new Bucket(at.at(), at.at(), at.at(), at.on(), at.on(), bucket.cut());
        var stretch = stretch(window, left, forward || point instanceof Point.At);
        return new Stretch(
                bucket,
                stretch.start(),
                stretch.end(),
                stretch.startDate(),
                stretch.endDate(),
                stretch.mustBeOver());
    }

    /** Facts of dates are not asked by the hour; whether a member exists by a date is decided by the instants of its edges. */
    private Stretch withDatesOfInstants(Stretch stretch) {
        return new Stretch(
                stretch.of(),
                stretch.start(),
                stretch.end(),
                stretch.start() == null ? null : edges.calendar().dateOf(stretch.start()),
                edges.calendar().dateEndOf(stretch.end()),
                stretch.mustBeOver());
    }

    @Override
    public Cut cut(TimeContext time, Step step, boolean ofEach) {
        var units = unitsOfTime(time.after(moved).withoutUnits(), step, ofEach);
        return new Cut(reaches -> units.units(cutting.nextNumber(), reaches), units.beneath());
    }

    private UnitsOfTime unitsOfTime(TimeContext time, Step step, boolean ofEach) {
        var key = new Cuts(time.through(step, TimeContext.BUCKET), ofEach);
        var known = cuts.get(key);
        if (known == null) {
            var reach = reach(time);
            if (time.point() != null) {
                cutting.checkEnds(reach, step);
            }
            known =
                    new UnitsOfTime(
                            time.isOfSubjects()
                                    ? cutting.cutForSubjects(reach, step, beginning(time))
                                    : cutting.cut(reach, step, beginning(time)),
                            ofEach ? this::ofQuestion : _ -> 0,
                            (units, ofUnits) ->
                                    of(
                                            units,
                                            step,
                                            time.shifts(),
                                            ofEach ? new Around(question(), ofUnits) : null));
            cuts.put(key, known);
        }
        return known;
    }

    private static @Nullable Instant beginning(TimeContext time) {
        var begins = time.window() == null ? null : time.window().begins();
        return begins == null ? null : begins.at();
    }

    /** The bucket of the question that a bucket here is of, by index. */
    private int ofQuestion(int bucket) {
        return around == null || bucket < 0 ? bucket : around.ofUnits().get(bucket);
    }

    private Windows question() {
        return around == null ? this : around.buckets();
    }

    private Windows of(
            List<Bucket> units, Step step, List<Shift> shifted, @Nullable Around ofUnits) {
        return switch (step) {
            case Step.Each(var of) ->
                    new Windows(edges, frame(units, of), null, List.of(), cutting, ofUnits);
            case Step.Within(var of) ->
                    new Windows(edges, frame(units, of), null, shifted, cutting, ofUnits);
            case Step.Every(var tile) ->
                    new Windows(
                            edges, frame(units, null), Span.of(tile), List.of(), cutting, ofUnits);
        };
    }

    private TimeFrame frame(List<Bucket> units, @Nullable Periods of) {
        return new TimeFrame(of, units, frame.whole(), frame.asOf(), frame.asOfDate());
    }

    private Reach through(TimeContext time, TimeContext.Beneath beneath) {
        return unitsOfTime(time.withoutUnits(), beneath.step(), false).through(beneath.time());
    }

    private Stretch stretch(@Nullable Window window, Bucket bucket, boolean mustBeOver) {
        var start = Edge.startOf(bucket);
        var end = mustBeOver ? Edge.endOf(bucket) : edges.known(bucket);
        return switch (window) {
            case null -> between(bucket, start, Edge.endOf(bucket), mustBeOver);
            case Window.Last(var length) ->
                    between(bucket, edges.movedInOurEra(end, length), end, mustBeOver);
            case Window.ToDate(var of) -> between(bucket, edges.floor(end, of), end, mustBeOver);
            case Window.Range(boolean toDate) -> {
                var whole = frame.whole();
                yield between(
                        bucket, Edge.startOf(whole), toDate ? end : edges.known(whole), mustBeOver);
            }
            case Window.All(boolean before, _) ->
                    fromBeginning(bucket, before ? start : end, mustBeOver);
            case Window.Onward _ -> between(bucket, start, edges.asOf(), mustBeOver);
            case Window.Ever _ -> fromBeginning(bucket, edges.asOf(), mustBeOver);
            case Window.OfSubject of -> {
                if (of.begins() == null) {
                    throw new IllegalArgumentException("no window of buckets: " + window);
                }
                yield fromBeginning(bucket, edges.asOf(), mustBeOver);
            }
            case Window.Reaching(var of, var length, boolean forward) ->
                    reaching(stretch(of, bucket, mustBeOver), length, forward);
            case Window.At(var moment) -> {
                var at = edges.of(moment);
                yield between(bucket, at, at, true);
            }
        };
    }

    /** With what follows it, up to as-of where there is no length; or with what precedes it. */
    private Stretch reaching(Stretch of, @Nullable Length length, boolean forward) {
        if (!forward) {
            return length == null || of.start() == null
                    ? fromBeginning(of.of(), Edge.endOf(of), of.mustBeOver())
                    : between(
                            of.of(),
                            edges.movedInOurEra(edges.startOf(of), length),
                            Edge.endOf(of),
                            of.mustBeOver());
        }
        var end = length == null ? edges.asOf() : edges.movedOnInOurEra(Edge.endOf(of), length);
        return of.start() == null
                ? fromBeginning(of.of(), end, of.mustBeOver())
                : between(of.of(), edges.startOf(of), end, of.mustBeOver());
    }

    private static Stretch between(Bucket bucket, Edge start, Edge end, boolean mustBeOver) {
        var from = start.orEarlier(end);
        return new Stretch(bucket, from.at(), end.at(), from.on(), end.on(), mustBeOver);
    }

    private static Stretch fromBeginning(Bucket bucket, Edge end, boolean mustBeOver) {
        return new Stretch(bucket, null, end.at(), null, end.on(), mustBeOver);
    }
}
