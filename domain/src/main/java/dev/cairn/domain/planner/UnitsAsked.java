package dev.cairn.domain.planner;

import dev.cairn.domain.lowering.Leaves;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;

/** What a question cannot ask of units of time, and of totals beneath members. */
final class UnitsAsked {
    private static final String METRICS = "metrics";

    private UnitsAsked() {}

    static List<Problem> problems(Leaves leaves) {
        var problems = new ArrayList<Problem>();
        if (leaves.keepUnsettledKeysBeneath()) {
            problems.add(
                    problem(
                            METRICS,
                            "A total by keys beneath members is by what each of them has one value of: an age of members, an amount that is converted and what is read in windows of their own are none. Say the other keys in 'by', or the total outside of the members."));
        }
        if (leaves.readWindowsInUnits()) {
            problems.add(
                    problem(
                                    METRICS,
                                    "Who is pending in a key or condition that reads a window of each member may come to be of any group, and a unit of time ('day :') has no place to count them. Ask by the time axis for what is read in each unit, or leave the window out of the key.")
                            .offering("grain: DAY"));
        } else if (leaves.totalInUnits()) {
            problems.add(
                    problem(
                                    METRICS,
                                    "Units of time ('day :') are of each group, and have no total of all groups in them. Read the members in the unit, which do: their shares add up to that of the group. A total of the units themselves is their value in a question without these keys.")
                            .offering("avg(day : sum(account : x / total(x)))"));
        }
        if (leaves.readAgesInUnits()) {
            problems.add(
                    problem(
                                    "groupBy",
                                    "What is at no one time has an age in units of its own, and not in those of 'day :'. Ask by the time axis for what is read in each unit, or count facts, which have the age of their own time.")
                            .offering("avg(day : count(event))"));
        }
        return problems;
    }

    private static Problem problem(String place, String message) {
        return Problem.of(ProblemCode.INCOMPATIBLE, Place.of(place), message);
    }
}
