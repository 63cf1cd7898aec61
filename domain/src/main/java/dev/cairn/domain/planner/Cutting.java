package dev.cairn.domain.planner;

import dev.cairn.domain.lowering.Step;
import dev.cairn.domain.lowering.TimeContext.Length;
import dev.cairn.domain.plan.Reach;
import dev.cairn.domain.plan.Stretch;
import dev.cairn.domain.problem.Article;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.Bucket;
import dev.cairn.domain.time.TimeRange;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How time is cut into units, for all of a question. */
final class Cutting {
    /** More are no answer but a calculation of hours. */
    private static final long MOST_UNITS = 200_000;

    private final Edges edges;
    private final boolean ofWhole;
    private final Consumer<Problem> problems;
    private int cuts;

    /** @param ofWhole whether the whole range is cut beside the buckets, for totals */
    Cutting(Edges edges, boolean ofWhole, Consumer<Problem> problems) {
        this.edges = edges;
        this.ofWhole = ofWhole;
        this.problems = problems;
    }

    private void problem(ProblemCode code, String message, Object... arguments) {
        problems.accept(Problem.of(code, Place.of("metrics"), message, arguments));
    }

    /** Whether totals are asked for. */
    boolean isOfWhole() {
        return ofWhole;
    }

    /** The number of a cut, by which those of a question are told apart. */
    int nextNumber() {
        return ++cuts;
    }

    /**
     * @param reach what is cut, of each bucket
     * @param beginning where units begin in what is read from the beginning; null where nothing is
     */
    UnitsIn cut(Reach reach, Step step, @Nullable Instant beginning) {
        checkEdges(reach, step);
        return cut(reach, step, beginning, false);
    }

    /** The same, where a member has some of them, whatever the buckets are: tiles may begin on any day. */
    UnitsIn cutForSubjects(Reach reach, Step step, @Nullable Instant beginning) {
        return cut(reach, step, beginning, true);
    }

    private UnitsIn cut(Reach reach, Step step, @Nullable Instant beginning, boolean ofSubjects) {
        var all = new ArrayList<>(reach.ofBuckets());
        if (ofWhole) {
            all.add(reach.ofWhole());
        }
        long estimate =
                all.stream()
                        .mapToLong(stretch -> estimate(stretch, step, beginning, ofSubjects))
                        .sum();
        if (estimate > MOST_UNITS) {
            problem(
                    ProblemCode.LIMIT,
                    "'%s' would be read about %d times, over all buckets; at most %d times is answered. Ask for a coarser unit, a coarser grain, or a shorter range or window.",
                    step.text(),
                    estimate,
                    MOST_UNITS);
            return new UnitsIn(reach, List.of(), List.of());
        }
        var ofBuckets =
                reach.ofBuckets().stream()
                        .map(stretch -> unitsIn(stretch, step, beginning, ofSubjects))
                        .toList();
        return new UnitsIn(
                reach,
                ofBuckets,
                ofWhole ? unitsIn(reach.ofWhole(), step, beginning, ofSubjects) : List.of());
    }

    /**
     * The units that stretches were cut into.
     *
     * @param reach what was cut
     * @param ofBuckets the units of each bucket; none at all where they would be too many
     * @param ofWhole those of the whole range; none where there are no totals
     */
    record UnitsIn(Reach reach, List<List<Bucket>> ofBuckets, List<Bucket> ofWhole) {}

    /** The calendar's units are whole in every bucket, or a value of a bucket would be one of some other time. */
    private void checkEdges(Reach reach, Step step) {
        if (!(step instanceof Step.Each(var of))) {
            return;
        }
        Stream.concat(reach.ofBuckets().stream(), Stream.of(reach.ofWhole()))
                .map(Stretch::of)
                .filter(bucket -> bucket.start().isBefore(bucket.end()))
                .filter(bucket ->
                        !edges.calendar().isStart(bucket.start(), of)
                                || !edges.calendar().isStart(bucket.end(), of))
                .findFirst()
                .ifPresent(bucket ->
                        problem(
                                ProblemCode.INCOMPATIBLE,
                                "The bucket from %s to %s begins or ends inside %s, so '%s :' cannot be read for it. Ask for buckets and a range of whole %ss, or for 'every 1 %s', which is counted back from the end.",
                                said(bucket.start()),
                                said(bucket.end()),
                                Article.a(step.text()),
                                step.text(),
                                step.text(),
                                step.text()));
    }

    /** The date that begins there, else the local time. */
    private Object said(Instant edge) {
        var calendar = edges.calendar();
        var date = calendar.dateOf(edge);
        return calendar.startOf(date).equals(edge)
                ? date
                : edge.atZone(calendar.zone()).toLocalDateTime();
    }

    /** What is said of an instant is not read in a unit that is not over then; at as-of all units are cut. */
    void checkEnds(Reach reach, Step step) {
        if (!(step instanceof Step.Each(var of))) {
            return;
        }
        Stream.concat(reach.ofBuckets().stream(), Stream.of(reach.ofWhole()))
                .map(Stretch::end)
                .filter(end -> end.isBefore(edges.asOf().at()))
                .filter(end -> !edges.calendar().isStart(end, of))
                .findFirst()
                .ifPresent(end ->
                        problem(
                                ProblemCode.INCOMPATIBLE,
                                "The instant %s lies inside %s, so '%s :' cannot be read until then. Ask as of the start of %s.",
                                end,
                                Article.a(step.text()),
                                step.text(),
                                Article.a(step.text())));
    }

    private long estimate(
            Stretch stretch, Step step, @Nullable Instant beginning, boolean ofSubjects) {
        var start = stretch.isFromBeginning() ? beginning : stretch.start();
        if (start == null || !start.isBefore(stretch.end())) {
            return 0;
        }
        return switch (step) {
            case Step.Each(var of) ->
                    edges.calendar().count(new TimeRange(start, stretch.end()), of);
            case Step.Within(var of) -> edges.calendar().count(stretch.of().range(), of);
            case Step.Every _ when ofSubjects ->
                    Duration.between(start, stretch.end()).toDays() + 1;
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
    private List<Bucket> unitsIn(
            Stretch stretch, Step step, @Nullable Instant beginning, boolean ofSubjects) {
        var start = stretch.isFromBeginning() ? beginning : stretch.start();
        if (start == null || !start.isBefore(stretch.end())) {
            return List.of();
        }
        return switch (step) {
            case Step.Each(var of) ->
                    edges.calendar().beginningIn(new TimeRange(start, stretch.end()), of);
            case Step.Within(var of) -> edges.calendar().buckets(stretch.of(), of);
            case Step.Every(var tile) when ofSubjects ->
                    new TilesOfDays(edges, Span.of(tile)).in(start, stretch.end());
            case Step.Every(var tile) -> tiles(start, stretch, Span.of(tile));
        };
    }

    private List<Bucket> tiles(Instant start, Stretch stretch, Span tile) {
        boolean isRunning =
                !stretch.mustBeOver() && stretch.of().start().isBefore(edges.asOf().at());
        var end = new Edge(stretch.end(), stretch.endDate());
        var last = isRunning ? end.orEarlier(edges.asOf()) : end;
        var tiles = new ArrayList<Bucket>();
        end = last;
        try {
            for (long count = 1; ; count++) {
                var begin = edges.before(last, tile.times(-count));
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
}
