package dev.cairn.domain.statistics;

/**
 * Answers to how likely one is to recommend.
 *
 * @param promoters how many are counted as 100
 * @param passives as 0
 * @param detractors as -100
 */
public record Promoters(long promoters, long passives, long detractors) {
    public long answers() {
        return promoters + passives + detractors;
    }

    /** The net promoter score, from -100 to 100; NaN of no answer. */
    public double score() {
        return 100.0 * (promoters - detractors) / answers();
    }

    /** The squared standard error of the score: that of the mean of 100, 0 and -100, (P + D - (P - D)²) / n for their shares (B. Rocks, "Interval Estimation for the 'Net Promoter Score'", The American Statistician 70, 2016). */
    public double squaredError() {
        double promoting = (double) promoters / answers();
        double detracting = (double) detractors / answers();
        double net = promoting - detracting;
        return 10_000 * (promoting + detracting - net * net) / answers();
    }

    /** Of these less the others, every answer one of its own: taken as normal. */
    public Estimate less(Promoters others) {
        return Estimate.normal(
                score() - others.score(), Math.sqrt(squaredError() + others.squaredError()));
    }
}
