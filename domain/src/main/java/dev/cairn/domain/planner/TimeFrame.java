package dev.cairn.domain.planner;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.problem.Article;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.AskedGrain;
import dev.cairn.domain.time.Bucket;
import dev.cairn.domain.time.BusinessCalendar;
import dev.cairn.domain.time.Periods;
import dev.cairn.domain.time.TimeRange;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The buckets of a question, and what counts as now.
 *
 * @param grain what the buckets are; null where there is no time axis
 */
record TimeFrame(
        @Nullable Periods grain,
        List<Bucket> buckets,
        Bucket whole,
        Instant asOf,
        LocalDate asOfDate) {
    static final int MOST_BUCKETS = 10_000;
    private static final int MOST_LAST = 100_000;
    private static final String YEARS = "Years are from 1 to 9999.";
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

    /**
     * Empty where the range has a problem, or there is no such grain, which is told.
     *
     * @param periods gives what a grain means
     */
    static Optional<TimeFrame> of(
            AnalysisQuery query, Instant now, PeriodsOf periods, Consumer<Problem> problems) {
        var calendar = new BusinessCalendar(query.zone());
        if (!isOurEra(now)) {
            problems.accept(badRange(Place.of("asOf"), YEARS));
            return Optional.empty();
        }
        var grain =
                query.grain() == null
                        ? Optional.<Periods>empty()
                        : periods.of(query.grain(), Place.of("grain"));
        var whole = range(query.range(), calendar, now, periods, problems);
        if (whole.isEmpty() || (query.grain() != null && grain.isEmpty())) {
            return Optional.empty();
        }
        return buckets(whole.get(), grain.orElse(null), calendar, problems)
                .map(buckets ->
                        new TimeFrame(
                                grain.orElse(null),
                                buckets,
                                whole.get(),
                                now,
                                calendar.dateEndOf(now)));
    }

    /** Gives what a grain means; empty where there is none of it, which is told. */
    interface PeriodsOf {
        Optional<Periods> of(AskedGrain grain, Place place);
    }

    private static Optional<List<Bucket>> buckets(
            Bucket whole,
            @Nullable Periods grain,
            BusinessCalendar calendar,
            Consumer<Problem> problems) {
        if (grain == null) {
            return Optional.of(List.of(whole));
        }
        long count = calendar.count(whole.range(), grain);
        if (count > MOST_BUCKETS) {
            problems.accept(
                    Problem.of(
                            ProblemCode.LIMIT,
                            Place.of("grain"),
                            "The range has about %d buckets of %s; at most %d can be asked for. Ask for a coarser grain, or a shorter range.",
                            count,
                            Article.a(grain.text()),
                            MOST_BUCKETS));
            return Optional.empty();
        }
        return Optional.of(calendar.buckets(whole, grain));
    }

    private static Optional<Bucket> range(
            AskedRange asked,
            BusinessCalendar calendar,
            Instant now,
            PeriodsOf periods,
            Consumer<Problem> problems) {
        return switch (asked) {
            case AskedRange.Between(var from, var to) -> between(from, to, calendar, problems);
            case AskedRange.BetweenInstants(var from, var to) ->
                    between(from, to, calendar, problems);
            case AskedRange.Last(int count, var grainAsked) -> {
                if (count < 1 || count > MOST_LAST) {
                    problems.accept(
                            badRange(
                                    Place.of("timeRange", "last", "count"),
                                    "Between 1 and %d, not %d.",
                                    MOST_LAST,
                                    count));
                    yield Optional.empty();
                }
                var grain = periods.of(grainAsked, Place.of("timeRange", "last", "grain"));
                if (grain.isEmpty()) {
                    yield Optional.empty();
                }
                var range = calendar.last(count, grain.get(), now);
                if (!isOurEra(range.start())) {
                    problems.accept(badRange(Place.of("timeRange", "last", "count"), YEARS));
                }
                yield Optional.of(range)
                        .filter(found -> isOurEra(found.start()))
                        .map(calendar::whole);
            }
        };
    }

    private static Optional<Bucket> between(
            Instant from, Instant to, BusinessCalendar calendar, Consumer<Problem> problems) {
        var place = Place.of("timeRange", "betweenInstants");
        if (!isOurEra(from) || !isOurEra(to)) {
            problems.accept(badRange(place, YEARS));
            return Optional.empty();
        }
        if (!from.isBefore(to)) {
            problems.accept(
                    badRange(
                            place,
                            "The range ends (%s, out) before it starts (%s, in); it must hold at least a microsecond.",
                            to,
                            from));
            return Optional.empty();
        }
        return Optional.of(calendar.whole(new TimeRange(from, to)));
    }

    private static Optional<Bucket> between(
            LocalDate from, LocalDate to, BusinessCalendar calendar, Consumer<Problem> problems) {
        var place = Place.of("timeRange", "between");
        if (from.getYear() < 1
                || from.getYear() > 9999
                || to.getYear() < 1
                || to.getYear() > 9999
                || !isOurEra(calendar.startOf(from))) {
            problems.accept(badRange(place, YEARS));
            return Optional.empty();
        }
        boolean isEmpty = !calendar.startOf(from).isBefore(calendar.startOf(to));
        if (isEmpty) {
            problems.accept(
                    from.isBefore(to)
                            ? badRange(
                                    place,
                                    "In %s the clock passed over all from %s to %s; ask for a day before or after as well.",
                                    calendar.zone(),
                                    from,
                                    to.minusDays(1))
                            : badRange(
                                    place,
                                    "The range ends (%s, out) before it starts (%s, in); it must hold at least one day.",
                                    to,
                                    from));
        }
        return isEmpty ? Optional.empty() : Optional.of(calendar.whole(from, to));
    }

    private static boolean isOurEra(Instant instant) {
        return !instant.isBefore(FIRST) && instant.isBefore(LAST);
    }

    private static Problem badRange(Place place, String message, Object... arguments) {
        return Problem.of(ProblemCode.BAD_RANGE, place, message, arguments);
    }
}
