package dev.cairn.domain.statistics;

/** The difference of two means, the second less the first. */
public final class MeanDifference {
    private MeanDifference() {}

    /**
     * Of two samples whose spreads may differ: B. L. Welch, "The Generalization of 'Student's' Problem when Several Different Population Variances are Involved", Biometrika 34 (1947), with the degrees
     * of freedom of F. E. Satterthwaite, "An Approximate Distribution of Estimates of Variance Components", Biometrics Bulletin 2 (1946).
     */
    public static Estimate welch(Moments first, Moments second) {
        double one = first.squaredError();
        double other = second.squaredError();
        double both = one + other;
        double freedom =
                both
                        * both
                        / (one * one / (first.size() - 1) + other * other / (second.size() - 1));
        return new Estimate(second.mean() - first.mean(), Math.sqrt(both), freedom);
    }

    /** Of the same units twice: Student's test of the differences of each (Student, "The Probable Error of a Mean", Biometrika 6, 1908). */
    public static Estimate paired(Moments differences) {
        return new Estimate(
                differences.mean(),
                Math.sqrt(differences.squaredError()),
                differences.size() - 1.0);
    }
}
