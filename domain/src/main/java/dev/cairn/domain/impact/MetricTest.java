package dev.cairn.domain.impact;

import dev.cairn.domain.impact.GroupValues.Group;
import dev.cairn.domain.impact.GroupValues.Weighing;
import dev.cairn.domain.impact.Impact.Estimand;
import dev.cairn.domain.impact.Impact.Side;
import dev.cairn.domain.sample.Sample;
import dev.cairn.domain.statistics.Cuped;
import dev.cairn.domain.statistics.DifferenceInDifferences;
import dev.cairn.domain.statistics.Estimate;
import dev.cairn.domain.statistics.Interval;
import dev.cairn.domain.statistics.Moments;
import dev.cairn.domain.statistics.Proportion;
import dev.cairn.domain.statistics.QuantileDifference;
import org.jspecify.annotations.Nullable;

/**
 * What the values of accounts say of one metric, before anything is made of it.
 *
 * @param effect after less before; with accounts to compare with, less theirs, and where lots were drawn less what is known from before
 * @param interval of the effect, of two shares of rows; null: that which the effect has
 * @param unadjusted the same without what is known from before; null: nothing was taken off
 * @param explained the part of the variance that was taken off; null: nothing was
 * @param trend the same difference a window earlier; null: there is nothing to compare with, or nothing is known of that time
 * @param spread of the effects that are expected: a fifth of the standard deviation of accounts before the change, a small effect (J. Cohen, 1988)
 * @param lossP the chance of accounts lost so unequally by both groups; null: there is nothing to compare with
 * @param incomplete of how many accounts a value may still change
 * @param addsUp whether the values of accounts add up to that of all together
 * @param noTest why nothing can be tested, in words; null: it can, as far as there is enough data
 */
record MetricTest(
        Estimand estimand,
        Side treated,
        @Nullable Side comparison,
        Estimate effect,
        @Nullable Interval interval,
        @Nullable Estimate unadjusted,
        @Nullable Double explained,
        @Nullable Estimate trend,
        double spread,
        @Nullable Double lossP,
        int incomplete,
        boolean addsUp,
        @Nullable String noTest) {
    private static final double SMALL = 0.2;

    /** The values of one metric in the samples; prior null: nothing is known of that time. */
    record Columns(Sample.@Nullable Column prior, Sample.Column before, Sample.Column after) {}

    /** How the values of accounts make that of all together. */
    record Making(Estimand estimand, Weighing weighing, boolean addsUp) {}

    /** @param drawn whether lots decided who had the change: only then is what is known from before alike in both groups, and may be taken off */
    static MetricTest of(
            Making making,
            Group treated,
            @Nullable Group comparison,
            Columns columns,
            boolean drawn) {
        var concerned = values(making, treated, columns);
        var others = comparison == null ? null : values(making, comparison, columns);
        var tested =
                making.estimand() == Estimand.MEDIAN_OF_ACCOUNTS
                        ? ofMedians(concerned, others)
                        : ofMeans(concerned, others, columns.prior() != null, drawn);
        return new MetricTest(
                making.estimand(),
                concerned.side(),
                others == null ? null : others.side(),
                tested.effect,
                null,
                tested.unadjusted,
                tested.explained,
                tested.trend,
                SMALL * tested.deviation,
                comparison == null ? null : loss(treated, comparison, columns),
                columns.before().incomplete() + columns.after().incomplete(),
                making.addsUp(),
                null);
    }

    private static GroupValues values(Making making, Group group, Columns columns) {
        return GroupValues.of(
                making.estimand(),
                making.weighing(),
                group,
                columns.prior(),
                columns.before(),
                columns.after());
    }

    private record Tested(
            Estimate effect,
            @Nullable Estimate unadjusted,
            @Nullable Double explained,
            @Nullable Estimate trend,
            double deviation) {}

    private static Tested ofMeans(
            GroupValues concerned,
            @Nullable GroupValues others,
            boolean priorKnown,
            boolean drawn) {
        var before = concerned.ratioBefore();
        var after = concerned.ratioAfter();
        double deviation = before.deviation();
        if (others == null) {
            return new Tested(after.less(before), null, null, null, deviation);
        }
        double[] changes = after.changes(before).toArray();
        double[] othersChanges = others.ratioAfter().changes(others.ratioBefore()).toArray();
        var plain = DifferenceInDifferences.of(changes, othersChanges);
        boolean known =
                priorKnown
                        && Math.min(concerned.unitsPrior(), others.unitsPrior())
                                >= ImpactVerdicts.FEWEST_UNITS;
        if (!known) {
            return new Tested(plain, null, null, null, deviation);
        }
        double[] earlier = before.changes(concerned.ratioPrior()).toArray();
        double[] othersEarlier = others.ratioBefore().changes(others.ratioPrior()).toArray();
        var trend = DifferenceInDifferences.of(earlier, othersEarlier);
        if (!drawn) {
            return new Tested(plain, null, null, trend, deviation);
        }
        var adjusted = Cuped.of(changes, earlier, othersChanges, othersEarlier);
        return new Tested(adjusted.difference(), plain, adjusted.explained(), trend, deviation);
    }

    private static Tested ofMedians(GroupValues concerned, @Nullable GroupValues others) {
        double deviation = Moments.of(concerned.valuesBefore()).deviation();
        var effect = moved(concerned.valuesBefore(), concerned.valuesAfter());
        if (others == null) {
            return new Tested(effect, null, null, null, deviation);
        }
        boolean known = concerned.unitsPrior() > 0 && others.unitsPrior() > 0;
        return new Tested(
                less(effect, moved(others.valuesBefore(), others.valuesAfter())),
                null,
                null,
                known
                        ? less(
                                moved(concerned.valuesPrior(), concerned.valuesBefore()),
                                moved(others.valuesPrior(), others.valuesBefore()))
                        : null,
                deviation);
    }

    private static Estimate moved(double[] first, double[] second) {
        return QuantileDifference.of(first, second, 0.5);
    }

    private static Estimate less(Estimate one, Estimate other) {
        return Estimate.normal(one.value() - other.value(), Math.hypot(one.error(), other.error()));
    }

    /** Of those with a value before, how many have one after. */
    private static @Nullable Double loss(Group treated, Group comparison, Columns columns) {
        var kept = kept(treated, columns);
        var othersKept = kept(comparison, columns);
        if (kept == null || othersKept == null) {
            return null;
        }
        double p = kept.pooled(othersKept).p();
        return Double.isNaN(p) ? (Double) 1.0 : (Double) p;
    }

    private static @Nullable Proportion kept(Group group, Columns columns) {
        int before = 0;
        int both = 0;
        for (int at = 0; at < group.size(); at++) {
            if (hasValue(columns.before(), group.before(at))) {
                before++;
                both += hasValue(columns.after(), group.after(at)) ? 1 : 0;
            }
        }
        return before == 0 ? null : new Proportion(both, before);
    }

    private static boolean hasValue(Sample.Column column, int account) {
        return account >= 0 && !Double.isNaN(column.value(account));
    }
}
