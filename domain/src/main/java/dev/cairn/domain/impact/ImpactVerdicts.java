package dev.cairn.domain.impact;

import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.impact.Impact.Effect;
import dev.cairn.domain.impact.Impact.OfMetric;
import dev.cairn.domain.impact.Impact.Placebos;
import dev.cairn.domain.impact.Impact.Reason;
import dev.cairn.domain.impact.Impact.Reason.Code;
import dev.cairn.domain.impact.Impact.Step;
import dev.cairn.domain.impact.Impact.Trend;
import dev.cairn.domain.impact.Impact.Verdict;
import dev.cairn.domain.model.Metric.Direction;
import dev.cairn.domain.statistics.AlwaysValid;
import dev.cairn.domain.statistics.ChanceToWin;
import dev.cairn.domain.statistics.Estimate;
import dev.cairn.domain.statistics.Interval;
import dev.cairn.domain.statistics.SampleRatio;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes of what was tested what is to be said of it. */
final class ImpactVerdicts {
    /** In a group and a time; of fewer nothing is said. */
    static final int FEWEST_UNITS = 10;

    /** With fewer the chance of the greatest move of all is not below 5 %. */
    static final int FEWEST_PLACEBOS = 20;

    /** Below it is not taken for chance. */
    static final double CHANCE = 0.05;

    /** Below it something is called better or worse (D. J. Benjamin and others, 2018). */
    static final double SELDOM = 0.005;

    private final boolean daily;
    private final boolean compared;
    private final @Nullable Double sampleRatioP;

    ImpactVerdicts(boolean daily, boolean compared, @Nullable Double sampleRatioP) {
        this.daily = daily;
        this.compared = compared;
        this.sampleRatioP = sampleRatioP;
    }

    /** The chance that decides; NaN where nothing can be tested. */
    double p(MetricTest test) {
        if (lacking(test) != null) {
            return Double.NaN;
        }
        return daily ? AlwaysValid.p(test.effect(), test.spread()) : test.effect().p();
    }

    /**
     * @param adjustedP of the chance that decides
     * @param placebos null: they were not looked at, or are not known
     */
    OfMetric of(
            Column column,
            MetricTest test,
            double adjustedP,
            @Nullable Placebos placebos,
            List<Step> course) {
        var direction = column.direction() == null ? Direction.NEUTRAL : column.direction();
        var reasons = new ArrayList<Reason>();
        var lacking = lacking(test);
        var verdict =
                lacking == null
                        ? verdict(test, direction, adjustedP, placebos, reasons)
                        : Verdict.NOT_ENOUGH_DATA;
        if (lacking != null) {
            reasons.add(lacking);
        }
        return new OfMetric(
                column.key(),
                column.label(),
                column.unit(),
                column.currency(),
                direction,
                test.estimand(),
                test.treated(),
                test.comparison(),
                lacking == null ? effect(test, direction, adjustedP, placebos) : null,
                verdict,
                reasons,
                course);
    }

    private @Nullable Reason lacking(MetricTest test) {
        if (test.noTest() != null) {
            return Reason.of(Code.NO_TEST, "%s", test.noTest());
        }
        if (test.incomplete() > 0) {
            return Reason.of(
                    Code.INCOMPLETE_DATA,
                    "Of %,d values the data is not complete or broken, or they may still change: what they say is not compared.",
                    test.incomplete());
        }
        var sides =
                test.comparison() == null
                        ? List.of(test.treated())
                        : List.of(test.treated(), test.comparison());
        for (var side : sides) {
            if (Math.min(side.unitsBefore(), side.unitsAfter()) < FEWEST_UNITS) {
                return Reason.of(
                        Code.TOO_FEW_UNITS,
                        "%s have a value: %,d before and %,d after. At least %d are needed in each.",
                        side.equals(test.treated())
                                ? "Too few"
                                : "Too few of those to compare with",
                        side.unitsBefore(),
                        side.unitsAfter(),
                        FEWEST_UNITS);
            }
        }
        return test.effect().isTestable() && (!daily || test.spread() > 0)
                ? null
                : Reason.of(
                        Code.NOTHING_VARIES,
                        "The changes do not vary, or too few do: how far the effect may be off is not known.");
    }

    private Verdict verdict(
            MetricTest test,
            Direction direction,
            double adjustedP,
            @Nullable Placebos placebos,
            List<Reason> reasons) {
        if (!(adjustedP < CHANCE)) {
            reasons.add(
                    daily
                            ? Reason.of(
                                    Code.WITHIN_CHANCE,
                                    "What was seen may be chance (p %.2g): go on looking.",
                                    adjustedP)
                            : Reason.of(
                                    Code.WITHIN_CHANCE,
                                    "What was seen may be chance (p %.2g). An effect of %.3g or more would have been seen in four of five such samples; a smaller one may be there.",
                                    adjustedP,
                                    test.effect().detectable()));
            return Verdict.NO_EVIDENCE;
        }
        boolean seldom = adjustedP < SELDOM;
        reasons.add(
                Reason.of(
                        Code.BEYOND_CHANCE,
                        "Chance alone would do this in fewer than 1 of %d such comparisons (p %.2g).",
                        seldom ? 200 : 20,
                        adjustedP));
        boolean byTheChange = compared ? isLikeBefore(test, reasons) : isUnlike(placebos, reasons);
        if (direction == Direction.NEUTRAL) {
            reasons.add(
                    Reason.of(
                            Code.NO_DIRECTION,
                            "The metric does not say which way is good: say it in its definition, or with 'direction' in the question."));
            return Verdict.MOVED;
        }
        if (!seldom) {
            reasons.add(
                    Reason.of(
                            Code.SUGGESTIVE,
                            "It suggests an effect and is too little to call it better or worse: of many changes that do nothing some look like this. For that p must be below %s.",
                            SELDOM));
        }
        if (!seldom || !byTheChange) {
            return Verdict.MOVED;
        }
        return direction == Direction.HIGHER == test.effect().value() > 0
                ? Verdict.IMPROVED
                : Verdict.WORSENED;
    }

    /** Whether both groups went the same way before, and are still those they were. */
    private boolean isLikeBefore(MetricTest test, List<Reason> reasons) {
        boolean alike = true;
        var trend = test.trend();
        if (trend == null || !trend.isTestable()) {
            reasons.add(
                    Reason.of(
                            Code.TREND_UNKNOWN,
                            "Whether both groups went the same way before the change is not known: of the window before the window before there is not enough."));
            alike = false;
        } else if (trend.p() < CHANCE) {
            reasons.add(
                    Reason.of(
                            Code.TRENDS_DIFFER,
                            "Both groups went different ways before the change already (p %.2g): the difference may go on without it.",
                            trend.p()));
            alike = false;
        } else {
            reasons.add(
                    Reason.of(
                            Code.TRENDS_ALIKE,
                            "Before the change both groups went the same way, as far as can be seen (p %.2g).",
                            trend.p()));
        }
        if (sampleRatioP != null && sampleRatioP < SampleRatio.ALARM) {
            reasons.add(
                    Reason.of(
                            Code.SAMPLE_RATIO,
                            "The groups are not of the sizes that were to be drawn (p %.2g): something other than lots decided.",
                            sampleRatioP));
            alike = false;
        }
        if (test.lossP() != null && test.lossP() < SampleRatio.ALARM) {
            reasons.add(
                    Reason.of(
                            Code.UNEQUAL_LOSS,
                            "One group lost more of its accounts than the other (p %.2g): those that are left are others.",
                            test.lossP()));
            alike = false;
        }
        return alike;
    }

    /** Whether the metric did not move so far at other days. */
    private static boolean isUnlike(@Nullable Placebos placebos, List<Reason> reasons) {
        reasons.add(
                Reason.of(
                        Code.NO_COMPARISON,
                        "There are no accounts to compare with: what else happened at that time counts as the change."));
        if (placebos == null || placebos.dates() < FEWEST_PLACEBOS) {
            reasons.add(
                    Reason.of(
                            Code.NO_PLACEBOS,
                            "Moves at earlier days cannot be set beside it: %d can be looked at, and %d are needed.",
                            placebos == null ? 0 : placebos.dates(),
                            FEWEST_PLACEBOS));
            return false;
        }
        boolean unlike = placebos.p() < CHANCE;
        reasons.add(
                Reason.of(
                        unlike ? Code.PLACEBOS_DO_NOT_MOVE : Code.PLACEBOS_MOVE,
                        "At %d of %d earlier days without the change it moved as far (p %.2g).",
                        placebos.asLarge(),
                        placebos.dates(),
                        placebos.p()));
        return unlike;
    }

    private Effect effect(
            MetricTest test, Direction direction, double adjustedP, @Nullable Placebos placebos) {
        var effect = test.effect();
        var before = test.treated().before();
        double base = before == null ? 0 : Math.abs(before);
        var interval = test.interval() == null ? effect.interval() : test.interval();
        return new Effect(
                effect.value(),
                interval,
                base == 0 ? null : (Double) (effect.value() / base),
                base == 0 ? null : new Interval(interval.low() / base, interval.high() / base),
                daily ? AlwaysValid.p(effect, test.spread()) : effect.p(),
                adjustedP,
                effect.detectable(),
                test.unadjusted() == null ? null : (Double) test.unadjusted().value(),
                test.explained(),
                daily ? AlwaysValid.interval(effect, test.spread()) : null,
                trend(test.trend()),
                placebos,
                switch (direction) {
                    case HIGHER -> ChanceToWin.of(effect);
                    case LOWER -> ChanceToWin.of(effect.negated());
                    case NEUTRAL -> null;
                });
    }

    private static @Nullable Trend trend(@Nullable Estimate trend) {
        return trend == null || !trend.isTestable()
                ? null
                : new Trend(trend.value(), trend.interval(), trend.p());
    }
}
