package dev.cairn.domain.analysis;

import dev.cairn.domain.statistics.Normal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is left of rows at each time that some of them have lasted: the product limit of E. Kaplan and P. Meier ("Nonparametric estimation from incomplete observations", 1958) with the variance of M. Greenwood
 * (1926). docs/statistics.md has the formulas.
 *
 * @param times how many different times there are
 * @param steps one for each time, in order; none where there are more times than {@link #MOST_STEPS}
 */
public record SurvivalCurve(int times, List<Step> steps) {
    /** Days of about eleven years. */
    public static final int MOST_STEPS = 4000;

    public SurvivalCurve {
        steps = List.copyOf(steps);
    }

    /**
     * Rows of one time, counted, or what they weigh.
     *
     * @param time in days
     * @param ended those that ended then
     * @param censored those of which it is not known that they lasted longer
     */
    public record Counted(double time, double ended, double censored) {}

    /**
     * A time that rows have.
     *
     * @param time in the unit of the value
     * @param atRisk rows that lasted so long at least
     * @param ended those of them that ended then
     * @param censored those of them of which it is not known that they lasted longer
     * @param left the part that is left after it, from 1 to 0
     * @param standardError of the part that is left; null where none is said, or nothing is left
     * @param low the lower end of the interval of 95 % around the part that is left; null where none is said, while all are left, and once nothing is
     * @param high the upper end
     */
    public record Step(
            double time,
            double atRisk,
            double ended,
            double censored,
            double left,
            @Nullable Double standardError,
            @Nullable Double low,
            @Nullable Double high) {}

    /**
     * The curve of rows.
     *
     * @param rows in the order of their times
     * @param isSample whether each row counts for itself alone, so that it can be said how sure the curve is
     */
    public static SurvivalCurve of(List<Counted> rows, boolean isSample) {
        double atRisk = rows.stream().mapToDouble(one -> one.ended() + one.censored()).sum();
        double left = 1;
        double spread = 0;
        var steps = new ArrayList<Step>();
        for (int at = 0; at < rows.size(); at++) {
            var row = rows.get(at);
            // What weighs is summed anew at the end: nothing may be left over of what was taken
            // away.
            double here = at == rows.size() - 1 ? row.ended() + row.censored() : atRisk;
            left *= (here - row.ended()) / here;
            spread += row.ended() / (here * (here - row.ended()));
            steps.add(step(row, here, left, isSample ? spread : Double.NaN));
            atRisk -= row.ended() + row.censored();
        }
        return new SurvivalCurve(rows.size(), steps);
    }

    /** By the logarithm of the logarithm: the interval stays between 0 and 1. */
    private static Step step(Counted row, double atRisk, double left, double spread) {
        boolean isSaid = !Double.isNaN(spread) && left > 0;
        boolean hasInterval = isSaid && left < 1;
        double hazard = -Math.log(left);
        double half = Normal.QUANTILE_975 * Math.sqrt(spread) / hazard;
        return new Step(
                row.time(),
                atRisk,
                row.ended(),
                row.censored(),
                left,
                isSaid ? left * Math.sqrt(spread) : null,
                hasInterval ? Math.exp(-hazard * Math.exp(half)) : null,
                hasInterval ? Math.exp(-hazard * Math.exp(-half)) : null);
    }

    /** The same with its times times a factor, and a constant later. */
    public SurvivalCurve scaled(double factor, double constant) {
        return new SurvivalCurve(
                times,
                steps.stream()
                        .map(step ->
                                new Step(
                                        constant + factor * step.time(),
                                        step.atRisk(),
                                        step.ended(),
                                        step.censored(),
                                        step.left(),
                                        step.standardError(),
                                        step.low(),
                                        step.high()))
                        .toList());
    }
}
