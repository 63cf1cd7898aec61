package dev.cairn.testkit.reference;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.AnalysisFailed.Reason;
import java.math.BigDecimal;

/** Doubles that are numbers: infinity is never said, nor 0 where it is not 0. */
final class Doubles {
    private Doubles() {}

    static double finite(double number) {
        if (!Double.isFinite(number)) {
            throw beyond(number);
        }
        return number;
    }

    static double of(BigDecimal exact) {
        return exact.signum() == 0 ? 0 : notNothing(exact.doubleValue());
    }

    /** Of operands that are not 0. */
    static double notNothing(double number) {
        if (number == 0) {
            throw beyond(number);
        }
        return finite(number);
    }

    private static AnalysisFailed beyond(double number) {
        return new AnalysisFailed(
                Reason.NUMBER_OUT_OF_RANGE, new ArithmeticException("beyond a double: " + number));
    }
}
