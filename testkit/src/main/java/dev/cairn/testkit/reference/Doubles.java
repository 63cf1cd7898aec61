package dev.cairn.testkit.reference;

import dev.cairn.application.port.out.AnalysisExecutor.AnalysisFailed;
import dev.cairn.application.port.out.AnalysisExecutor.AnalysisFailed.Reason;

/** Doubles that are numbers: infinity is never said. */
final class Doubles {
    private Doubles() {}

    static double finite(double number) {
        if (!Double.isFinite(number)) {
            throw new AnalysisFailed(
                    Reason.NUMBER_OUT_OF_RANGE, new ArithmeticException("not finite: " + number));
        }
        return number;
    }
}
