package dev.cairn.domain.planner;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.TopGroups;
import dev.cairn.domain.lowering.Leaves;
import dev.cairn.domain.plan.AnalysisPlan.Top;
import dev.cairn.domain.plan.Scan;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.problem.Problems;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which groups a question shows: those with the greatest values, and all others as one. */
final class Tops {
    private static final int MOST_GROUPS = 1_000;
    private static final Place PLACE = Place.of("top");

    private final AnalysisQuery query;
    private final List<Outputs.Shown> shown;
    private final Problems problems;

    Tops(AnalysisQuery query, List<Outputs.Shown> shown, Problems problems) {
        this.query = query;
        this.shown = shown;
        this.problems = problems;
    }

    /** Null where all groups are shown, or where there is a problem, which is told. */
    @Nullable Top of(Leaves leaves) {
        var asked = query.top();
        if (asked == null) {
            return null;
        }
        check(asked, leaves);
        int output = output(asked);
        return output < 0 || asked.groups() < 1
                ? null
                : new Top(asked.groups(), output, asked.other());
    }

    private void check(TopGroups asked, Leaves leaves) {
        if (asked.groups() < 1 || asked.groups() > MOST_GROUPS) {
            problem(
                    ProblemCode.LIMIT,
                    PLACE.then("groups"),
                    "Ask for 1 to %d groups, not %d.",
                    MOST_GROUPS,
                    asked.groups());
        }
        if (query.groupBy().isEmpty()) {
            problem(
                    ProblemCode.INCOMPATIBLE,
                    PLACE,
                    "There are no groups to choose from: the question groups by nothing.");
        }
        if (asked.other() && query.having() != null) {
            problem(
                    ProblemCode.INCOMPATIBLE,
                    PLACE.then("other"),
                    "A group that 'having' leaves out would neither be shown nor be one of the others; ask without one of the two.");
        }
        if (leaves.scans().stream().anyMatch(Tops::keepsSomeKeys)) {
            problem(
                    ProblemCode.INCOMPATIBLE,
                    PLACE,
                    "A total by some of the keys has no meaning for all other groups, which have no keys of their own.");
        }
    }

    private static boolean keepsSomeKeys(Scan scan) {
        return !scan.dropped().isEmpty() && !scan.kept().isEmpty();
    }

    /** Negative where there is none, which is told. */
    private int output(TopGroups asked) {
        if (asked.by() == null) {
            return shown.isEmpty() ? -1 : 0;
        }
        for (int at = 0; at < shown.size(); at++) {
            if (shown.get(at).column().key().equals(asked.by())) {
                return at;
            }
        }
        if (query.metrics().size() * (query.compareTo() == null ? 1 : 2) == shown.size()) {
            var known = shown.stream().map(one -> one.column().key()).toList();
            problems.add(
                    Problem.of(
                            ProblemCode.UNKNOWN_COLUMN,
                            PLACE.then("by"),
                            "No metric '%s' in the answer; it has %s.",
                            asked.by(),
                            String.join(", ", known)),
                    asked.by(),
                    () -> known);
        }
        return -1;
    }

    private void problem(ProblemCode code, Place place, String message, Object... arguments) {
        problems.add(Problem.of(code, place, message, arguments));
    }
}
