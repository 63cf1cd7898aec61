package dev.cairn.domain.planner;

import dev.cairn.domain.plan.Block;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;

/** Where windows relative to members are not answered: what is pending there could not be counted apart. */
final class WindowsOfSubjects {
    private WindowsOfSubjects() {}

    /** What cannot be answered of what a question reads. */
    static List<Problem> notAnswered(Block cells) {
        var problems = new ArrayList<Problem>();
        for (var scan : cells.scans()) {
            if (scan.relation().own().scans().stream()
                    .anyMatch(inner ->
                            inner.window() != null && !inner.relation().own().scans().isEmpty())) {
                problems.add(
                        notYet("metrics", "Where the rows read more of their account, a window"));
            }
        }
        return problems.stream().distinct().toList();
    }

    private static Problem notYet(String place, String what) {
        return Problem.of(
                ProblemCode.NOT_YET_AVAILABLE,
                Place.of(place),
                "%s relative to a member is not yet available in this version.",
                what);
    }
}
