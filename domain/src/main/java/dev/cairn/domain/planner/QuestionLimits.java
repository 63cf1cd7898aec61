package dev.cairn.domain.planner;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.lowering.Leaves;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Block;
import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.plan.Reach;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Timeline;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;
import java.util.function.Consumer;

/** How large a question may be, and what is computed for it. */
public final class QuestionLimits {
    private static final int MOST_METRICS = 150;
    private static final int MOST_DIMENSIONS = 5;

    /** Of one page. */
    public static final int MOST_ROWS = 10_000;

    /** Each column once: no answer has more. */
    private static final int MOST_ORDERS = MOST_METRICS + MOST_DIMENSIONS + 1;

    private static final int MOST_LEAVES = 300;

    /** Buckets that an instant is read for. */
    private static final int MOST_OVERLAPS = 2_000;

    /** Pieces of the statement, {@link StatementSize}: its text stays below some megabytes. */
    private static final int MOST_PIECES = 100_000;

    private final Consumer<Problem> problems;

    QuestionLimits(Consumer<Problem> problems) {
        this.problems = problems;
    }

    /** The question as far as it may be asked: of longer lists the beginning. */
    static AnalysisQuery shortened(AnalysisQuery asked) {
        return asked.withMetrics(first(MOST_METRICS, asked.metrics()))
                .withGroupBy(first(MOST_DIMENSIONS, asked.groupBy()))
                .withOrderBy(first(MOST_ORDERS, asked.orderBy()));
    }

    private static <T> List<T> first(int most, List<T> list) {
        return list.subList(0, Math.min(most, list.size()));
    }

    void checkSizes(AnalysisQuery asked) {
        if (asked.metrics().isEmpty() || asked.metrics().size() > MOST_METRICS) {
            problem(
                    ProblemCode.LIMIT,
                    Place.of("metrics"),
                    "Ask for 1 to %d metrics, not %d.",
                    MOST_METRICS,
                    asked.metrics().size());
        }
        if (asked.groupBy().size() > MOST_DIMENSIONS) {
            problem(
                    ProblemCode.LIMIT,
                    Place.of("groupBy"),
                    "Group by at most %d dimensions, not %d.",
                    MOST_DIMENSIONS,
                    asked.groupBy().size());
        }
        if (asked.orderBy().size() > MOST_ORDERS) {
            problem(
                    ProblemCode.LIMIT,
                    Place.of("orderBy"),
                    "Order by at most %d columns, not %d.",
                    MOST_ORDERS,
                    asked.orderBy().size());
        }
        if (asked.first() < 1 || asked.first() > MOST_ROWS) {
            problems.accept(badPage(asked.first()));
        }
    }

    static Problem badPage(int rows) {
        return Problem.of(
                ProblemCode.BAD_PAGE,
                Place.of("first"),
                "Ask for a page of 1 to %d rows, not %d.",
                MOST_ROWS,
                rows);
    }

    void checkLeaves(Leaves leaves) {
        if (leaves.size() > MOST_LEAVES) {
            problem(
                    ProblemCode.LIMIT,
                    Place.of("metrics"),
                    "The question needs %d aggregates; at most %d are computed at once.",
                    leaves.size(),
                    MOST_LEAVES);
        }
    }

    void checkPieces(AnalysisPlan plan) {
        long pieces = StatementSize.of(plan);
        if (pieces > MOST_PIECES) {
            problem(
                    ProblemCode.LIMIT,
                    Place.of("metrics"),
                    "The statement for this question would have %d pieces; at most %d are computed at once. Ask for fewer metrics, or without totals.",
                    pieces,
                    MOST_PIECES);
        }
    }

    /** What is read for a bucket is read for each bucket whose window it is in, and a row that holds for long for each bucket. */
    void checkOverlaps(AnalysisPlan plan) {
        checkOverlaps(plan.time(), plan.cells(), Place.of("grain"), "buckets");
        checkUnits(plan.cells());
    }

    /** Units of time stand in the place of buckets. */
    private void checkUnits(Block block) {
        for (var scan : block.scans()) {
            if (scan.relation() instanceof Relation.Ticks(var units, var own)) {
                checkOverlaps(units.time(), own, Place.of("metrics"), "units of time");
            }
            checkUnits(scan.relation().own());
        }
    }

    private void checkOverlaps(Timeline time, Block read, Place ofGrain, String buckets) {
        int count = time.buckets().size();
        if (count > MOST_OVERLAPS && readsValidity(read)) {
            problem(
                    ProblemCode.LIMIT,
                    ofGrain,
                    "Rows that hold for a time would be read for %d %s; at most %d are computed. Ask for a coarser grain or a shorter range.",
                    count,
                    buckets,
                    MOST_OVERLAPS);
        }
        int most = time.reaches().stream().mapToInt(Reach::largestOverlap).max().orElse(1);
        if (most > MOST_OVERLAPS) {
            problem(
                    ProblemCode.LIMIT,
                    Place.of("metrics"),
                    "A window of this question is so long that the same time would be read for %d %s; at most %d are computed. Ask for a coarser grain, a shorter range or a shorter window.",
                    most,
                    buckets,
                    MOST_OVERLAPS);
        }
    }

    private static boolean readsValidity(Block block) {
        return block.scans().stream()
                .anyMatch(scan ->
                        (scan.relation() instanceof Relation.Facts facts
                                        && !(facts.placing() instanceof Placing.At))
                                || (!scan.relation().areUnits()
                                        && readsValidity(scan.relation().own())));
    }

    private void problem(ProblemCode code, Place place, String message, Object... arguments) {
        problems.accept(Problem.of(code, place, message, arguments));
    }
}
