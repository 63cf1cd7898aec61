package dev.cairn.adapters.terminal.command;

import dev.cairn.adapters.terminal.display.CurveRows;
import dev.cairn.application.port.in.AnalyzeUseCase.Outcome;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.SurvivalCurve;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which time of survival is shown as its curve. */
final class CurveOptions {
    private static final Place PLACE = Place.of("curve");

    @Option(
            names = "--curve",
            paramLabel = "COLUMN",
            description = {
                "Shows, in place of a time of survival, what is left of its rows when: a row for each time that rows have lasted,",
                "with how many were at risk, ended, and were last seen then, the share that is left, and its interval of 95 %%."
            })
    private @Nullable String column;

    boolean isAsked() {
        return column != null;
    }

    /**
     * The curves of a page of an answer, where they are asked for; else the answer.
     *
     * @param isFirst whether it is the first page
     */
    Outcome of(Outcome outcome, boolean isFirst) {
        return column != null && outcome instanceof Outcome.Answered(var result)
                ? curves(result, column, isFirst && !result.hasNextPage())
                : outcome;
    }

    /** @param isWhole whether the page is all of the answer: on one of several there may be none */
    private static Outcome curves(AnalysisResult result, String column, boolean isWhole) {
        var found = CurveRows.of(result, column);
        if (found.isEmpty()) {
            return refused(
                    "The answer has no column '%s'; --curve takes one that is a 'survival(...)'.",
                    column);
        }
        var curves = found.get();
        boolean isNone = isWhole && !result.rows().isEmpty() && !curves.isCurve();
        if (isNone || curves.hasOtherValues()) {
            return refused(
                    "'%s' has no curve: it is no 'survival(...)', has no rows that last, or its values are kept back (too few rows, a missing rate).",
                    column);
        }
        return curves.timesTooMany() > 0
                ? refused(
                        "The rows of a value of '%s' have lasted %,d different times, and a curve has at most %,d steps: ask for fewer rows, or cut the times to days by 'date(...)'.",
                        column, curves.timesTooMany(), SurvivalCurve.MOST_STEPS)
                : new Outcome.Answered(curves.rows());
    }

    private static Outcome refused(String message, Object... given) {
        return new Outcome.Rejected(
                List.of(Problem.of(ProblemCode.INCOMPATIBLE, PLACE, message, given)));
    }
}
