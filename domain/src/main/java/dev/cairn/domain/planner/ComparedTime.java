package dev.cairn.domain.planner;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.Comparison;
import dev.cairn.domain.lowering.TimeContext.Length;
import dev.cairn.domain.planner.TimeFrame.PeriodsOf;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds the time that a question compares with, bucket by bucket. */
final class ComparedTime {
    private static final Place PLACE = Place.of("compareTo");
    private static final int MOST_EARLIER = 100_000;

    private ComparedTime() {}

    /**
     * @param frame the time of the question, as it is where nothing is compared with
     * @return empty where it has a problem, which is told
     */
    static Optional<TimeFrame> of(
            AnalysisQuery query, TimeFrame frame, PeriodsOf periods, Consumer<Problem> problems) {
        var shifts = new Shifts(Edges.of(query, frame), frame);
        return switch (query.compareTo()) {
            case null -> Optional.of(frame);
            case Comparison.Previous _ -> Optional.of(shifts.earlier(null));
            case Comparison.Earlier(int count, var grain) -> {
                if (count < 1 || count > MOST_EARLIER) {
                    problems.accept(
                            Problem.of(
                                    ProblemCode.BAD_RANGE,
                                    PLACE.then("earlier", "count"),
                                    "What it is compared with is 1 to %d units earlier, not %d.",
                                    MOST_EARLIER,
                                    count));
                    yield Optional.empty();
                }
                yield periods.of(grain, PLACE.then("earlier", "grain"))
                        .map(found -> Length.of(count, found))
                        .map(shifts::earlier);
            }
            case Comparison.Other(var range) ->
                    TimeFrame.of(
                                    query.withRange(range),
                                    frame.asOf(),
                                    periods,
                                    problem ->
                                            problems.accept(problem.in(beneath(problem.place()))))
                            .filter(other -> isAlike(other, frame, problems));
        };
    }

    private static Place beneath(Place place) {
        return PLACE.then(place.path().toArray(String[]::new));
    }

    private static boolean isAlike(TimeFrame other, TimeFrame frame, Consumer<Problem> problems) {
        boolean isAlike = other.buckets().size() == frame.buckets().size();
        if (!isAlike) {
            problems.accept(
                    Problem.of(
                            ProblemCode.BAD_RANGE,
                            PLACE.then("timeRange"),
                            "Buckets are compared one by one: this range has %d, that of the question %d.",
                            other.buckets().size(),
                            frame.buckets().size()));
        }
        return isAlike;
    }
}
