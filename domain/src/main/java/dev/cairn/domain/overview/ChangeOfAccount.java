package dev.cairn.domain.overview;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.impact.ChangeMarker;
import dev.cairn.domain.impact.ImpactQuery;
import dev.cairn.domain.impact.ImpactQuestion;
import dev.cairn.domain.problem.Problem;
import java.util.List;

/**
 * Whether a change concerned an account, as it was on the day of the change.
 *
 * @param problems with what the marker says of the accounts; only of {@link State#UNKNOWN}
 */
public record ChangeOfAccount(ChangeMarker change, State state, List<Problem> problems) {
    /** How many changes of an account are looked at, the latest first. */
    public static final int MOST = 20;

    /** Whether it was concerned. */
    public enum State {
        CONCERNED,
        NOT_CONCERNED,
        /** The account did not exist yet. */
        NOT_THERE,
        /** What the marker says of the accounts cannot be read, or data is broken, or not complete until then. */
        UNKNOWN
    }

    public ChangeOfAccount {
        problems = List.copyOf(problems);
    }

    /** The same days before the change as an impact reads where none are given. The last column says whether the account was there. */
    public static AnalysisQuery question(
            Subject subject, ChangeMarker change, CohortReference concerned) {
        return subject.about(
                        List.of(
                                ImpactQuestion.membership(concerned, "concerned"),
                                new AskedMetric(
                                        new MetricReference.Inline("count(account)"), "is_there")),
                        new AskedRange.Between(
                                change.changedOn().minusDays(ImpactQuery.WINDOW_DAYS),
                                change.changedOn()))
                .withKeys(false);
    }

    /** @param answer to the question */
    public static ChangeOfAccount of(ChangeMarker change, AnalysisResult answer) {
        if (answer.rows().isEmpty()) {
            return new ChangeOfAccount(change, State.NOT_THERE, List.of());
        }
        var cells = answer.rows().getFirst().cells();
        State state;
        if (!isPositive(cells.getLast())) {
            state = State.NOT_THERE;
        } else if (!isSettled(cells.getFirst())) {
            state = State.UNKNOWN;
        } else {
            state = isPositive(cells.getFirst()) ? State.CONCERNED : State.NOT_CONCERNED;
        }
        return new ChangeOfAccount(change, state, List.of());
    }

    private static boolean isPositive(Cell cell) {
        return cell instanceof Cell.Value(var value, _)
                && value.value() instanceof Number number
                && number.doubleValue() > 0;
    }

    private static boolean isSettled(Cell cell) {
        return cell instanceof Cell.Value(var value, var reasons)
                && value.value() != null
                && !reasons.contains(Incomplete.BROKEN_DATA)
                && reasons.stream().noneMatch(Incomplete.MAY_CHANGE::contains);
    }
}
