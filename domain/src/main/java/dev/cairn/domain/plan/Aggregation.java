package dev.cairn.domain.plan;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.expression.UserKeys;
import dev.cairn.domain.statistics.RankBelow;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** How the rows of a leaf become one value. Empty values are skipped. */
public sealed interface Aggregation {
    /** The value of each row that is aggregated; {@link Expr#TRUE} where rows are counted. */
    Expr value();

    record Count() implements Aggregation {
        @Override
        public Expr value() {
            return Expr.TRUE;
        }
    }

    /**
     * How many different values.
     *
     * @param account that tells users of equal keys apart where the value is made of a user's key; {@link Expr#NONE} where it is not
     */
    record Distinct(Expr value, Expr account) implements Aggregation {
        public static Distinct of(Expr value) {
            return new Distinct(value, UserKeys.accountOf(value));
        }

        /** Whether accounts or users themselves are counted. */
        public boolean isOfMembers() {
            return value instanceof Expr.Key;
        }
    }

    /** Exact, unless the value is double. */
    record Sum(Expr value) implements Aggregation {}

    /** Double. */
    record Average(Expr value) implements Aggregation {}

    record Minimum(Expr value) implements Aggregation {}

    record Maximum(Expr value) implements Aggregation {}

    /** Linear interpolation, double; discrete: the least value at or above the fraction. */
    record Percentile(Expr value, BigDecimal fraction, boolean discrete) implements Aggregation {
        public Percentile {
            if (fraction.signum() < 0 || fraction.compareTo(BigDecimal.ONE) > 0) {
                throw new IllegalArgumentException("a fraction is from 0 to 1: " + fraction);
            }
        }
    }

    /** Of a sample, with n - 1; double; empty for fewer than two values. */
    record StandardDeviation(Expr value) implements Aggregation {}

    /**
     * A percentile or a standard deviation of rows that count for their weight; one without a value or without a weight is skipped. With W for the sum of the
     * weights and Q for that of their squares, n = W² / Q rows of equal weight would say as much (Kish).
     *
     * <p>The deviation is that of a sample with reliability weights, its variance W / (W² - Q) times the weighted sum of squared distances from the weighted mean. A
     * percentile interpolates between ranks as without weights, of n rows (A. Akinshin, "Weighted quantile estimators", 2023, of type 7); the discrete one
     * is the least value up to which the weights come to the fraction of W. Where all weights are equal both are what they are without, and
     * neither depends on the scale of the weights.
     *
     * @param weight above 0
     */
    record Weighted(Aggregation of, Expr weight) implements Aggregation {
        public Weighted {
            if (!(of instanceof Percentile)
                    && !(of instanceof StandardDeviation)
                    && !(of instanceof Survival)
                    && !(of instanceof LifeTable)) {
                throw new IllegalArgumentException("a weighted value is made of sums: " + of);
            }
        }

        @Override
        public Expr value() {
            return of.value();
        }
    }

    /**
     * The standard error of the mean of a value of rows that count for their weight, where rows of one cluster may be alike and clusters are independent; double; empty for fewer than two clusters. With m
     * for the mean, W for the sum of the weights and G clusters its square is G / (G - 1) times the sum, over the clusters, of the square of the sum of w (v - m) in each, through W²: a mean is a ratio of two
     * sums over clusters (W. G. Cochran, "Sampling Techniques", 1977, chapter 6, without the correction for a finite population). Where each row is its own cluster and all weigh alike it is s / sqrt(n).
     *
     * @param weight above 0
     * @param cluster what rows of one cluster have in common; those where it is empty are one cluster together
     */
    record ClusteredError(Expr value, Expr weight, Expr cluster) implements Aggregation {}

    /**
     * The least time by which a share of the rows has ended, by the product limit of E. Kaplan and P. Meier ("Nonparametric estimation from incomplete observations",
     * 1958): of the rows whose time is no shorter than one at which some ended, those did not end whose part is multiplied. A row that has not ended counts
     * up to its time, that time included. Double; empty where so many have not ended.
     *
     * @param value how long a row lasted, or has lasted
     * @param ended whether it has ended; never empty
     * @param share above 0, at most 1
     */
    record Survival(Expr value, Expr ended, BigDecimal share) implements Aggregation {
        /** How far above the part that may be left one counts as it: products of parts are rounded. */
        public static final double ROUNDED = 1e-9;

        public Survival {
            if (share.signum() <= 0 || share.compareTo(BigDecimal.ONE) > 0) {
                throw new IllegalArgumentException("a share of rows that end: " + share);
            }
        }
    }

    /**
     * How many rows have which time, ended or not, from which {@link dev.cairn.domain.analysis.SurvivalCurve} is made; text; empty where no row has a time. It is the number of different times, and of each of the first
     * {@link dev.cairn.domain.analysis.SurvivalCurve#MOST_STEPS} of them the time, the rows that ended and those that did not, or what they weigh: {@code 3;1 1 0;2 0 1;4 1 0}.
     *
     * @param value how long a row lasted, or has lasted
     * @param ended whether it has ended; never empty
     */
    record LifeTable(Expr value, Expr ended) implements Aggregation {}

    /**
     * One end of an interval of 95 % around a percentile or a time of survival; empty where there is none.
     *
     * <p>Of a percentile it is the value at a rank, of those of {@link RankBelow} counted from that end. Of a time by which a share q has ended it is the first at which an end of the interval around the part
     * that is left is no more than 1 - q (R. Brookmeyer and J. Crowley, "A Confidence Interval for the Median Survival Time", Biometrics 38, 1982): the lower end of the time by the lower one of the part, the
     * upper by the upper. That around a part S is exp(-exp(ln(-ln S) ± z s / -ln S)), s² by M. Greenwood (1926) the sum of d / (n (n - d)) over the times so far, d ending of n (J. D. Kalbfleisch and R. L.
     * Prentice, "The Statistical Analysis of Failure Time Data", section 1.4); once none is left there is only the lower.
     *
     * @param of a {@link Percentile} or {@link Survival}
     * @param upper the greater end
     */
    record IntervalEnd(Aggregation of, boolean upper) implements Aggregation {
        public IntervalEnd {
            if (!(of instanceof Percentile) && !(of instanceof Survival)) {
                throw new IllegalArgumentException(
                        "an interval around neither rank nor time: " + of);
            }
        }

        @Override
        public Expr value() {
            return of.value();
        }

        /** The ranks counted from this end. */
        public RankBelow ranks(Percentile percentile) {
            double fraction = percentile.fraction().doubleValue();
            return RankBelow.of(upper ? 1 - fraction : fraction);
        }

        /** What ln(-ln S), its error added or taken away, comes to at the end; infinite where all are to end. */
        public static double reached(Survival survival) {
            return Math.log(-Math.log(BigDecimal.ONE.subtract(survival.share()).doubleValue()));
        }
    }

    /**
     * The value of the first row that has one.
     *
     * @param order the terms that rows are ordered by; what is empty comes last, and of rows that are equal in all of them the least value comes first
     */
    record First(Expr value, List<Expr> order) implements Aggregation {
        public First {
            order = List.copyOf(order);
        }
    }

    /** The value of the last row that has one, in the order of {@link First}. */
    record Last(Expr value, List<Expr> order) implements Aggregation {
        public Last {
            order = List.copyOf(order);
        }
    }

    /** How a window of a row's own stands to what is known: of no rows, but of the window that the scan reads for the row. */
    record OfWindow(Standing standing) implements Aggregation {
        @Override
        public Expr value() {
            return Expr.TRUE;
        }
    }

    /** Of a window with a start and an end; where there is no window nothing is true of it. */
    enum Standing {
        /** It ends after as-of, or after its source is complete. */
        PENDING,
        /** It ends before the coverage of its source begins, or where it does. */
        BEFORE_DATA,
        /** It begins before the coverage of its source does, wherever it ends. */
        BEGINS_BEFORE_DATA
    }

    record Exists() implements Aggregation {
        @Override
        public Expr value() {
            return Expr.TRUE;
        }
    }

    /** Whether there is a value (0, false) over no rows, within the coverage. */
    default boolean hasValueOverNothing() {
        return switch (this) {
            case Count _, Distinct _, Sum _, Exists _, OfWindow _ -> true;
            case Average _,
                    Minimum _,
                    Maximum _,
                    Percentile _,
                    StandardDeviation _,
                    Weighted _,
                    ClusteredError _,
                    Survival _,
                    LifeTable _,
                    IntervalEnd _,
                    First _,
                    Last _ ->
                    false;
        };
    }

    /** What is read of each row besides its value: what tells values apart, what orders them, what they weigh. */
    default List<Expr> besides() {
        return switch (this) {
            case Distinct(_, var account) -> List.of(account);
            case First(_, var order) -> order;
            case Last(_, var order) -> order;
            case Weighted(var of, var weight) ->
                    Stream.concat(Stream.of(weight), of.besides().stream()).toList();
            case ClusteredError(_, var weight, var cluster) -> List.of(weight, cluster);
            case Survival(_, var ended, _) -> List.of(ended);
            case LifeTable(_, var ended) -> List.of(ended);
            case IntervalEnd(var of, _) -> of.besides();
            case Count _,
                    Exists _,
                    Sum _,
                    Average _,
                    Minimum _,
                    Maximum _,
                    Percentile _,
                    StandardDeviation _,
                    OfWindow _ ->
                    List.of();
        };
    }

    /** The same, of another value. */
    default Aggregation of(UnaryOperator<Expr> other) {
        return switch (this) {
            case Count _, Exists _, OfWindow _ -> this;
            case Distinct(var value, var account) ->
                    new Distinct(other.apply(value), other.apply(account));
            case Sum(var value) -> new Sum(other.apply(value));
            case Average(var value) -> new Average(other.apply(value));
            case Minimum(var value) -> new Minimum(other.apply(value));
            case Maximum(var value) -> new Maximum(other.apply(value));
            case Percentile(var value, var fraction, var discrete) ->
                    new Percentile(other.apply(value), fraction, discrete);
            case StandardDeviation(var value) -> new StandardDeviation(other.apply(value));
            case Weighted(var of, var weight) -> new Weighted(of.of(other), other.apply(weight));
            case ClusteredError(var value, var weight, var cluster) ->
                    new ClusteredError(
                            other.apply(value), other.apply(weight), other.apply(cluster));
            case Survival(var value, var ended, var share) ->
                    new Survival(other.apply(value), other.apply(ended), share);
            case LifeTable(var value, var ended) ->
                    new LifeTable(other.apply(value), other.apply(ended));
            case IntervalEnd(var of, var upper) -> new IntervalEnd(of.of(other), upper);
            case First(var value, var order) ->
                    new First(other.apply(value), order.stream().map(other).toList());
            case Last(var value, var order) ->
                    new Last(other.apply(value), order.stream().map(other).toList());
        };
    }

    /** How totals and windows may be made of parts; sums of doubles would depend on the order. */
    default Merge merge() {
        return switch (this) {
            case Count _ -> Merge.SUMS;
            case Sum _, Average _ ->
                    value().type().kind() == Type.Kind.DOUBLE ? Merge.WHOLE : Merge.SUMS;
            case Exists _, Minimum _, Maximum _ -> Merge.EXTREMES;
            case OfWindow _ -> Merge.WHOLE;
            case Distinct _,
                    Percentile _,
                    StandardDeviation _,
                    Weighted _,
                    ClusteredError _,
                    Survival _,
                    LifeTable _,
                    IntervalEnd _,
                    First _,
                    Last _ ->
                    Merge.WHOLE;
        };
    }
}
