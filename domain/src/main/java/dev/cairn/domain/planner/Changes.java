package dev.cairn.domain.planner;

import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.analysis.Uncertainty.Change;
import dev.cairn.domain.plan.Output;
import dev.cairn.domain.statistics.Normal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How sure it is that a value differs from the one of the time that it is compared with, the rows of both taken as independent samples: z is the difference through its
 * standard error. Of means that is the square root of the sum of both squared (B. L. Welch, Biometrika 29, 1938). Of shares it is of the share p of both
 * together, sqrt(p (1 - p) (1/n + 1/m)), so that one of 0 or 1 is not taken for certain (G. W. Snedecor and W. G. Cochran, "Statistical Methods", section 7.4).
 */
final class Changes {
    private Changes() {}

    /** The values of a row, each that is compared with another with what is said of their difference. */
    static List<Measured> in(List<Measured> values, List<Output> outputs) {
        var changed = new ArrayList<>(values);
        for (int at = 0; at + 1 < values.size(); at++) {
            var compared = outputs.get(at).column() + Outputs.COMPARED;
            if (outputs.get(at + 1).column().equals(compared)) {
                changed.set(at, changed(values.get(at), values.get(at + 1)));
            }
        }
        return changed;
    }

    private static Measured changed(Measured value, Measured other) {
        var change = change(value, other);
        return value.uncertainty() == null || change == null
                ? value
                : value.with(value.uncertainty().with(change));
    }

    private static @Nullable Change change(Measured value, Measured other) {
        var one = value.uncertainty();
        var another = other.uncertainty();
        if (one == null
                || another == null
                || one.estimate() == null
                || another.estimate() == null
                || one.standardError() == null
                || another.standardError() == null) {
            return null;
        }
        double difference = one.estimate() - another.estimate();
        double error =
                one.isOfShare() && another.isOfShare()
                        ? one.pooledError(another)
                        : Math.hypot(one.standardError(), another.standardError());
        double z = difference / error;
        return error > 0 ? new Change(z, Normal.twoSided(z)) : null;
    }
}
