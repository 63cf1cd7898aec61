package dev.cairn.domain.plan;

import dev.cairn.domain.analysis.SurvivalCurve;
import dev.cairn.domain.analysis.Uncertainty;
import dev.cairn.domain.analysis.Uncertainty.Interval;
import dev.cairn.domain.analysis.Uncertainty.Method;
import dev.cairn.domain.analysis.Uncertainty.NoInterval;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.statistics.Normal;
import dev.cairn.domain.statistics.Student;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the rows under an output are as a sample, and so how far the value may be off. */
public sealed interface Sampling {
    /** Two rows, as a sum of doubles gives them: less says too little of how rows differ. */
    double FEWEST_ROWS = 2 - 1e-9;

    /** What is computed for each cell beside the value, all of it numbers. */
    List<Expr> computed();

    /**
     * @param numbers values of what is computed
     * @return of a cell with a value
     */
    Uncertainty uncertainty(List<? extends @Nullable Number> numbers);

    /**
     * A share p of rows, or constant + factor p. With n rows, or Kish's effective n where they are weighted, the standard error is sqrt(p (1 - p) / n) and the interval
     * Wilson's score interval (E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", JASA 22, 1927; for weighted rows with the effective n,
     * N. Dean and M. Pagano, "Evaluating Confidence Interval Methods for Binomial Proportions in Clustered Surveys", 2015).
     *
     * @param matching rows, or what they weigh
     * @param all rows, or what they weigh
     * @param squares the sum of the squares of the weights; null: nothing is weighted
     */
    record OfShare(Expr matching, Expr all, @Nullable Expr squares, double factor, double constant)
            implements Sampling {
        @Override
        public List<Expr> computed() {
            return Stream.of(matching, all, squares).filter(Objects::nonNull).toList();
        }

        @Override
        public Uncertainty uncertainty(List<? extends @Nullable Number> numbers) {
            double whole = number(numbers, 1);
            double p = number(numbers, 0) / whole;
            double n = squares == null ? whole : effective(whole, number(numbers, 2));
            if (!(n > 0)) {
                return Uncertainty.none(NoInterval.TOO_FEW_ROWS);
            }
            double z = Normal.QUANTILE_975;
            double spread = 1 + z * z / n;
            double centre = (p + z * z / (2 * n)) / spread;
            double half = z / spread * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n));
            double low = p == 0 ? 0 : Math.max(0, centre - half);
            double high = p == 1 ? 1 : Math.min(1, centre + half);
            double one = constant + factor * low;
            double other = constant + factor * high;
            return new Uncertainty(
                    constant + factor * p,
                    Math.abs(factor) * Math.sqrt(p * (1 - p) / n),
                    n,
                    new Interval(Math.min(one, other), Math.max(one, other), Method.WILSON),
                    null);
        }
    }

    /**
     * A mean of one value of each row. With n rows, or Kish's effective n where they are weighted, and s for their standard deviation the standard error is
     * s / sqrt(n), and the interval reaches that times Student's quantile of n - 1 degrees of freedom to either side, where n is two at least (Student, "The Probable Error of a Mean", Biometrika 6,
     * 1908; L. Kish, "Survey Sampling", 1965, section 11.7).
     *
     * @param mean before it is rounded
     * @param deviation of the rows, where they are weighted {@link Aggregation.Weighted}
     * @param all rows, or what they weigh
     * @param squares the sum of the squares of the weights; null: nothing is weighted
     * @param factor that the deviation is of the mean without
     */
    record OfMean(Expr mean, Expr deviation, Expr all, @Nullable Expr squares, double factor)
            implements Sampling {
        @Override
        public List<Expr> computed() {
            return Stream.of(mean, deviation, all, squares).filter(Objects::nonNull).toList();
        }

        @Override
        public Uncertainty uncertainty(List<? extends @Nullable Number> numbers) {
            double whole = number(numbers, 2);
            double n = squares == null ? whole : effective(whole, number(numbers, 3));
            if (numbers.get(1) == null) {
                return new Uncertainty(null, null, n, null, NoInterval.TOO_FEW_ROWS);
            }
            double mean = number(numbers, 0);
            double error = Math.abs(factor) * number(numbers, 1) / Math.sqrt(n);
            if (!(n > FEWEST_ROWS)) {
                return new Uncertainty(mean, error, n, null, NoInterval.TOO_FEW_ROWS);
            }
            double half = Student.quantile975(n - 1) * error;
            return new Uncertainty(
                    mean, error, n, new Interval(mean - half, mean + half, Method.STUDENT), null);
        }
    }

    /**
     * A sum of means over rows that differ, of which some may be of several means. With n_i rows of the mean m_i of values v_i, the covariance of two means is the sum of (v_i - m_i)(v_k - m_k) over the
     * rows that they share, through the root of n_i (n_i - 1) n_k (n_k - 1): of one mean with itself s² / n, of means without common rows 0, and of means of the same rows that of their values
     * through n (S. M. Tam, "On Covariances from Overlapping Samples", The American Statistician 38, 1984). The interval is by Student's distribution with one less degree of freedom than the mean of the
     * fewest rows has rows, which is no fewer than B. L. Welch's would cover. There is no one n.
     *
     * @param value before it is rounded
     * @param means how many there are
     * @param overlaps of each mean with itself and with those after it, in that order
     */
    record OfMeans(Expr value, int means, List<Overlap> overlaps) implements Sampling {
        private static final MathContext DIGITS = MathContext.DECIMAL128;

        public OfMeans {
            overlaps = List.copyOf(overlaps);
        }

        /**
         * Over the rows that two means have in common.
         *
         * @param rows how many they are
         * @param one the sum of the values of the first
         * @param other the sum of the values of the second
         * @param products the sum of the products of both
         */
        public record Overlap(Expr rows, Expr one, Expr other, Expr products) {}

        @Override
        public List<Expr> computed() {
            return Stream.concat(
                            Stream.of(value),
                            overlaps.stream()
                                    .flatMap(of ->
                                            Stream.of(
                                                    of.rows(),
                                                    of.one(),
                                                    of.other(),
                                                    of.products())))
                    .toList();
        }

        @Override
        public Uncertainty uncertainty(List<? extends @Nullable Number> numbers) {
            var sums = numbers.stream().map(OfMeans::exact).toList();
            var rows = new double[means];
            var mean = new BigDecimal[means];
            for (int one = 0, at = 1; one < means; at += 4 * (means - one), one++) {
                rows[one] = sums.get(at).doubleValue();
                if (rows[one] < 2) {
                    return Uncertainty.none(NoInterval.TOO_FEW_ROWS);
                }
                mean[one] = sums.get(at + 1).divide(sums.get(at), DIGITS);
            }
            double variance = 0;
            int at = 1;
            for (int one = 0; one < means; one++) {
                for (int other = one; other < means; other++, at += 4) {
                    var centred =
                            sums.get(at + 3)
                                    .subtract(mean[one].multiply(sums.get(at + 2)))
                                    .subtract(mean[other].multiply(sums.get(at + 1)))
                                    .add(sums.get(at).multiply(mean[one]).multiply(mean[other]));
                    double covariance =
                            centred.doubleValue()
                                    / Math.sqrt(pairs(rows[one]))
                                    / Math.sqrt(pairs(rows[other]));
                    variance += one == other ? covariance : 2 * covariance;
                }
            }
            double fewest = Arrays.stream(rows).min().orElseThrow();
            double error = Math.sqrt(Math.max(0, variance));
            double half = Student.quantile975(fewest - 1) * error;
            double estimate = number(numbers, 0);
            return new Uncertainty(
                    estimate,
                    error,
                    null,
                    new Interval(estimate - half, estimate + half, Method.STUDENT),
                    null);
        }

        private static double pairs(double rows) {
            return rows * (rows - 1);
        }

        private static BigDecimal exact(@Nullable Number number) {
            return switch (number) {
                case null -> BigDecimal.ZERO;
                case BigDecimal decimal -> decimal;
                case Double real -> new BigDecimal(real);
                default -> BigDecimal.valueOf(number.longValue());
            };
        }
    }

    /**
     * A mean, a share or a sum of them, over rows of which those of one cluster may be alike. Its error is that of {@link Aggregation.ClusteredError}; the interval reaches that times Student's quantile of one
     * degree of freedom less than there are clusters to either side, and of a share no further than 0 and 1. There is none for fewer than two clusters, or where no cluster is off the
     * value, which says nothing of how clusters differ. The effective n is that of independent rows with the same error: n through Kish's design effect, which is the variance of the value through
     * that of independent rows (L. Kish, "Survey Sampling", 1965, section 8.2); more than n where rows of one cluster differ more than clusters do.
     *
     * @param value before it is rounded
     * @param error of the value
     * @param clusters how many there are
     * @param least that the value may be; infinite where there is none
     * @param most that the value may be; infinite where there is none
     * @param independent the same value, were its rows independent
     */
    record OfClusters(
            Expr value, Expr error, Expr clusters, double least, double most, Sampling independent)
            implements Sampling {
        private static final int OWN = 3;

        @Override
        public List<Expr> computed() {
            return Stream.concat(Stream.of(value, error, clusters), independent.computed().stream())
                    .toList();
        }

        @Override
        public Uncertainty uncertainty(List<? extends @Nullable Number> numbers) {
            if (numbers.get(1) == null) {
                return Uncertainty.none(NoInterval.TOO_FEW_CLUSTERS);
            }
            double estimate = number(numbers, 0);
            double error = number(numbers, 1);
            if (!(error > 0)) {
                return Uncertainty.none(NoInterval.TOO_FEW_CLUSTERS);
            }
            double half = Student.quantile975(number(numbers, 2) - 1) * error;
            return new Uncertainty(
                    estimate,
                    error,
                    effective(independent.uncertainty(numbers.subList(OWN, numbers.size())), error),
                    new Interval(
                            Math.max(least, estimate - half),
                            Math.min(most, estimate + half),
                            Method.CLUSTERED),
                    null);
        }

        private static @Nullable Double effective(Uncertainty independent, double error) {
            var ofRows = independent.standardError();
            var rows = independent.effectiveN();
            return ofRows == null || rows == null
                    ? null
                    : rows * (ofRows / error) * (ofRows / error);
        }
    }

    /**
     * A percentile of rows that count alike, or a time of survival, or constant + factor times it. Its interval reaches from one of the values of its rows to another ({@link Aggregation.IntervalEnd}); it has no
     * standard error.
     *
     * @param low null where there is none
     * @param high null where there is none
     * @param rows that have a value
     * @param without why there is no interval where an end is missing
     */
    record OfEnds(
            Expr low,
            Expr high,
            Expr rows,
            double factor,
            double constant,
            Method method,
            NoInterval without)
            implements Sampling {
        @Override
        public List<Expr> computed() {
            return List.of(low, high, rows);
        }

        @Override
        public Uncertainty uncertainty(List<? extends @Nullable Number> numbers) {
            double n = number(numbers, 2);
            if (numbers.get(0) == null || numbers.get(1) == null) {
                return new Uncertainty(null, null, n, null, without);
            }
            double one = constant + factor * number(numbers, 0);
            double other = constant + factor * number(numbers, 1);
            return new Uncertainty(
                    null,
                    null,
                    n,
                    new Interval(Math.min(one, other), Math.max(one, other), method),
                    null);
        }
    }

    /**
     * A time of survival, or constant + factor times it: beside what is said of it, what is left when.
     *
     * @param beneath how far it may be off
     * @param table an {@link Aggregation.LifeTable} of its rows
     * @param isSample whether each row counts for itself alone, so that it can be said how sure the curve is
     */
    record OfSurvival(
            Sampling beneath, Expr table, double factor, double constant, boolean isSample)
            implements Sampling {
        @Override
        public List<Expr> computed() {
            return beneath.computed();
        }

        @Override
        public Uncertainty uncertainty(List<? extends @Nullable Number> numbers) {
            return beneath.uncertainty(numbers);
        }

        /**
         * What is left when; null where there are no rows.
         *
         * @param text the value of the table
         */
        @Nullable SurvivalCurve curve(@Nullable String text) {
            if (text == null) {
                return null;
            }
            var parts = text.split(";", -1);
            int times = Integer.parseInt(parts[0]);
            if (times > SurvivalCurve.MOST_STEPS) {
                return new SurvivalCurve(times, List.of());
            }
            var rows = Arrays.stream(parts).skip(1).map(OfSurvival::counted).toList();
            return SurvivalCurve.of(rows, isSample).scaled(factor, constant);
        }

        private static SurvivalCurve.Counted counted(String row) {
            var numbers = row.split(" ", -1);
            return new SurvivalCurve.Counted(
                    Double.parseDouble(numbers[0]),
                    Double.parseDouble(numbers[1]),
                    Double.parseDouble(numbers[2]));
        }
    }

    /** No sample that anything could be said of. */
    record None(NoInterval why) implements Sampling {
        @Override
        public List<Expr> computed() {
            return List.of();
        }

        @Override
        public Uncertainty uncertainty(List<? extends @Nullable Number> numbers) {
            return Uncertainty.none(why);
        }
    }

    /** Rows of equal weight that say as much as these do. */
    private static double effective(double weights, double squares) {
        return weights * weights / squares;
    }

    private static double number(List<? extends @Nullable Number> numbers, int at) {
        var number = numbers.get(at);
        return number == null ? Double.NaN : number.doubleValue();
    }
}
