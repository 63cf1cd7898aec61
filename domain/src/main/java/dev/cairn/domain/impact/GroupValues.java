package dev.cairn.domain.impact;

import dev.cairn.domain.impact.Impact.Estimand;
import dev.cairn.domain.impact.Impact.Side;
import dev.cairn.domain.sample.Sample;
import dev.cairn.domain.statistics.ClusteredRatio;
import dev.cairn.domain.statistics.QuantileDifference;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The values of one metric of one group of accounts in three times: of each account what it adds above and below, the value of the group being the sum of the one through that of the other. Where an
 * account has no value both are 0. A mean has 1 below.
 */
final class GroupValues {
    private final Estimand estimand;
    private final Of prior;
    private final Of before;
    private final Of after;

    private GroupValues(Estimand estimand, Of prior, Of before, Of after) {
        this.estimand = estimand;
        this.prior = prior;
        this.before = before;
        this.after = after;
    }

    /** Accounts that have a value neither before nor after say nothing; of a mean, those that have none in one of both are left out of the other too: others are others, not changed. */
    static GroupValues of(
            Estimand estimand,
            Weighing weighing,
            Group group,
            Sample.@Nullable Column prior,
            Sample.Column before,
            Sample.Column after) {
        var earlier = Of.of(weighing, prior, group.prior);
        var first = Of.of(weighing, before, group.before);
        var second = Of.of(weighing, after, group.after);
        int[] taken =
                IntStream.range(0, group.size())
                        .filter(at ->
                                weighing == Weighing.ACCOUNTS
                                        ? first.below[at] != 0 && second.below[at] != 0
                                        : first.below[at] != 0 || second.below[at] != 0)
                        .toArray();
        return new GroupValues(
                estimand, earlier.only(taken), first.only(taken), second.only(taken));
    }

    /** What an account counts for. */
    enum Weighing {
        /** Each once. */
        ACCOUNTS,
        /** By what its value was divided by. */
        DENOMINATORS,
        /** By its rows. */
        ROWS
    }

    /** The places of the accounts of a group in the samples of three times, in one order; -1: not there. */
    static final class Group {
        private final int[] prior;
        private final int[] before;
        private final int[] after;

        Group(IntStream prior, IntStream before, IntStream after) {
            this.prior = prior.toArray();
            this.before = before.toArray();
            this.after = after.toArray();
        }

        int size() {
            return before.length;
        }

        int before(int at) {
            return before[at];
        }

        int after(int at) {
            return after[at];
        }

        IntStream before() {
            return Arrays.stream(before);
        }
    }

    /** What accounts add in one time. */
    private static final class Of {
        private final double[] above;
        private final double[] below;

        Of(double[] above, double[] below) {
            this.above = above;
            this.below = below;
        }

        static Of of(Weighing weighing, Sample.@Nullable Column column, int[] places) {
            double[] above = new double[places.length];
            double[] below = new double[places.length];
            if (column == null) {
                return new Of(above, below);
            }
            double factor = weighing == Weighing.DENOMINATORS ? factor(column, places) : 1;
            for (int at = 0; at < places.length; at++) {
                int account = places[at];
                if (account < 0) {
                    continue;
                }
                switch (weighing) {
                    case ACCOUNTS -> set(above, below, at, column.value(account), 1);
                    case DENOMINATORS ->
                            set(
                                    above,
                                    below,
                                    at,
                                    factor * column.numerator(account),
                                    column.denominator(account));
                    case ROWS ->
                            set(
                                    above,
                                    below,
                                    at,
                                    column.value(account) * column.rows(account),
                                    column.rows(account));
                }
            }
            return new Of(above, below);
        }

        private static void set(double[] above, double[] below, int at, double top, double bottom) {
            if (!Double.isNaN(top) && !Double.isNaN(bottom)) {
                above[at] = top;
                below[at] = bottom;
            }
        }

        /** What the quotient is multiplied by to be the value, 100 of percents: of the account with the greatest numerator, as values may be rounded. */
        private static double factor(Sample.Column column, int[] places) {
            double most = 0;
            double factor = 1;
            for (int account : places) {
                if (account >= 0 && Math.abs(column.numerator(account)) > most) {
                    double quotient = column.numerator(account) / column.denominator(account);
                    if (Double.isFinite(column.value(account) / quotient)) {
                        most = Math.abs(column.numerator(account));
                        factor = column.value(account) / quotient;
                    }
                }
            }
            return factor;
        }

        Of only(int[] places) {
            return new Of(
                    Arrays.stream(places).mapToDouble(at -> above[at]).toArray(),
                    Arrays.stream(places).mapToDouble(at -> below[at]).toArray());
        }

        double[] values() {
            return IntStream.range(0, below.length)
                    .filter(at -> below[at] != 0)
                    .mapToDouble(at -> above[at] / below[at])
                    .toArray();
        }

        long units() {
            return Arrays.stream(below).filter(one -> one != 0).count();
        }

        ClusteredRatio ratio() {
            return ClusteredRatio.of(above, below);
        }
    }

    long unitsPrior() {
        return prior.units();
    }

    ClusteredRatio ratioPrior() {
        return prior.ratio();
    }

    ClusteredRatio ratioBefore() {
        return before.ratio();
    }

    ClusteredRatio ratioAfter() {
        return after.ratio();
    }

    double[] valuesPrior() {
        return prior.values();
    }

    double[] valuesBefore() {
        return before.values();
    }

    double[] valuesAfter() {
        return after.values();
    }

    Side side() {
        return new Side(
                shown(before, valuesBefore()),
                shown(after, valuesAfter()),
                before.units(),
                after.units());
    }

    private @Nullable Double shown(Of of, double[] values) {
        double value =
                switch (estimand) {
                    case MEDIAN_OF_ACCOUNTS -> QuantileDifference.quantile(values, 0.5);
                    case MEAN_OF_ACCOUNTS, RATIO_OF_SUMS, ROWS -> of.ratio().value();
                };
        return Double.isFinite(value) ? (Double) value : null;
    }
}
