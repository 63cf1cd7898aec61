package dev.cairn.domain.plan;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.Bucket;
import dev.cairn.domain.time.BusinessCalendar;
import dev.cairn.domain.time.Grain;
import dev.cairn.domain.time.TimeRange;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The buckets of a question, and what counts as now. */
record TimeFrame(List<Bucket> buckets, Bucket whole, Instant asOf, LocalDate asOfDate) {
    static final int MOST_BUCKETS = 10_000;
    private static final int MOST_LAST = 100_000;

    /** Empty where the range has a problem, which is told. */
    static Optional<TimeFrame> of(AnalysisQuery query, Instant now, Consumer<Problem> problems) {
        var calendar = new BusinessCalendar(query.zone());
        return range(query.range(), calendar, now, problems)
                .flatMap(range -> {
                    var whole = calendar.whole(range);
                    if (query.grain() == null) {
                        return Optional.of(
                                new TimeFrame(List.of(whole), whole, now, calendar.dateEndOf(now)));
                    }
                    long count = calendar.count(range, query.grain());
                    if (count > MOST_BUCKETS) {
                        problems.accept(
                                Problem.of(
                                        ProblemCode.LIMIT,
                                        Place.of("grain"),
                                        "The range has about %d buckets of a %s; at most %d can be asked for.",
                                        count,
                                        query.grain(),
                                        MOST_BUCKETS));
                        return Optional.empty();
                    }
                    return Optional.of(
                            new TimeFrame(
                                    calendar.buckets(range, query.grain()),
                                    whole,
                                    now,
                                    calendar.dateEndOf(now)));
                });
    }

    private static Optional<TimeRange> range(
            AskedRange asked, BusinessCalendar calendar, Instant now, Consumer<Problem> problems) {
        return switch (asked) {
            case AskedRange.Between(var from, var to) -> {
                if (!from.isBefore(to)) {
                    problems.accept(
                            Problem.of(
                                    ProblemCode.BAD_RANGE,
                                    Place.of("timeRange", "between"),
                                    "The range ends (%s, out) before it starts (%s, in); it must hold at least one day.",
                                    to,
                                    from));
                    yield Optional.empty();
                }
                boolean ourEra = from.getYear() >= 1 && to.getYear() <= 9999;
                if (!ourEra) {
                    problems.accept(
                            Problem.of(
                                    ProblemCode.BAD_RANGE,
                                    Place.of("timeRange", "between"),
                                    "Years are from 1 to 9999."));
                }
                yield ourEra ? Optional.of(calendar.between(from, to)) : Optional.empty();
            }
            case AskedRange.Last(int count, Grain grain) -> {
                if (count < 1 || count > MOST_LAST) {
                    problems.accept(
                            Problem.of(
                                    ProblemCode.BAD_RANGE,
                                    Place.of("timeRange", "last", "count"),
                                    "Between 1 and %d, not %d.",
                                    MOST_LAST,
                                    count));
                    yield Optional.empty();
                }
                yield Optional.of(calendar.last(count, grain, now));
            }
        };
    }
}
