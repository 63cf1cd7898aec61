package dev.cairn.domain.standing;

import dev.cairn.domain.analysis.Uncertainty;
import dev.cairn.domain.model.Baseline;
import dev.cairn.domain.statistics.Estimate;
import org.jspecify.annotations.Nullable;

/**
 * Whether a value is other than a baseline beyond chance. Both are taken as samples of their own, by Welch's test where it is known how many observations are under them: of the same accounts twice that is on the safe side.
 *
 * @param difference the value less the baseline; null where it cannot be tested
 * @param lacking what is missing to test it, in words; null: nothing
 */
public record BaselineTest(@Nullable Estimate difference, @Nullable String lacking) {
    private static final double CHANCE = 0.05;

    /** What is to be said of a difference. */
    public enum Verdict {
        /** The value is other than the baseline beyond chance; what moved it is not said. */
        MOVED,
        /** The difference may be chance. */
        NO_EVIDENCE,
        /** It cannot be tested, and a notice says why. */
        NOT_ENOUGH_DATA
    }

    /**
     * @param uncertainty of the value; null: it is not known
     * @param isComplete whether the value will not change
     */
    public static BaselineTest of(
            Baseline baseline, @Nullable Uncertainty uncertainty, boolean isComplete) {
        if (!isComplete) {
            return lacking("a value may still change, or is of broken or missing data");
        }
        if (baseline.standardError() == null) {
            return lacking("no standard error was kept with '%s'".formatted(baseline.name()));
        }
        if (uncertainty == null
                || uncertainty.estimate() == null
                || uncertainty.standardError() == null) {
            return lacking(
                    uncertainty == null || uncertainty.noInterval() == null
                            ? "a value has no standard error"
                            : "a value has no standard error (%s)"
                                    .formatted(uncertainty.noInterval()));
        }
        var difference = difference(baseline, uncertainty);
        return difference.isTestable()
                ? new BaselineTest(difference, null)
                : lacking("neither the value nor the baseline varies");
    }

    /** Of the value of the very days that the baseline was kept of: there is one sample and not two, and facts that came or were corrected since are no chance. */
    public static BaselineTest ofItsOwnDays(Baseline baseline) {
        return lacking(
                "a value is of the very days of '%s', so that what came or was corrected since it was kept is the whole difference"
                        .formatted(baseline.name()));
    }

    private static BaselineTest lacking(String why) {
        return new BaselineTest(null, why);
    }

    private static Estimate difference(Baseline baseline, Uncertainty uncertainty) {
        var kept = baseline.standardError();
        var now = uncertainty.standardError();
        var estimate = uncertainty.estimate();
        double one = kept == null ? Double.NaN : Math.pow(kept.doubleValue(), 2);
        double other = now == null ? Double.NaN : now * now;
        double value = estimate == null ? Double.NaN : estimate;
        double freedom =
                Math.pow(one + other, 2)
                        / (one * one / freedom(baseline, uncertainty)
                                + other * other / uncertainty.freedom());
        return new Estimate(
                value - baseline.value().doubleValue(), Math.sqrt(one + other), freedom);
    }

    /** Of the kept value; infinite where it is not known of how many observations. Of rows of accounts it was of as many accounts as the value is, as far as is known. */
    private static double freedom(Baseline baseline, Uncertainty uncertainty) {
        var size = baseline.sampleSize();
        double ofRows = size == null ? Double.POSITIVE_INFINITY : Math.max(1, size - 1);
        boolean isClustered =
                uncertainty.interval() != null
                        && uncertainty.interval().method() == Uncertainty.Method.CLUSTERED;
        return isClustered ? Math.min(ofRows, uncertainty.freedom()) : ofRows;
    }

    public Verdict verdict() {
        if (difference == null) {
            return Verdict.NOT_ENOUGH_DATA;
        }
        return difference.p() < CHANCE ? Verdict.MOVED : Verdict.NO_EVIDENCE;
    }
}
