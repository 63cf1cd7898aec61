package dev.cairn.application.service;

import dev.cairn.application.port.Deadline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.PointValuePair;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.hipparchus.optim.nonlinear.scalar.noderiv.SimplexOptimizer;

/**
 * Finds the parameters, all above 0, at which a log-likelihood is greatest: by Nelder and Mead's simplex over their logarithms, begun anew where it ended until that
 * gains nothing. Standard errors come from the inverse of the negated matrix of second derivatives there.
 */
final class MaximumLikelihood {
    private static final int MOST_EVALUATIONS = 5_000;
    private static final int MOST_STARTS = 6;

    /** A gain of the log-likelihood that is none. */
    private static final double GAIN = 1e-9;

    private static final double PRECISION = 1e-13;

    /** Where more is to be had, the search has stopped on its way. */
    private static final double MOST_EXPECTED_GAIN = 1e-4;

    /** Of the first simplex, in logarithms. */
    private static final double SIDE = 0.5;

    /** Step of the derivatives, in logarithms. */
    private static final double STEP = 1e-3;

    /** Beyond e to this power, and its inverse, a parameter runs away: there is no maximum. */
    private static final double FURTHEST = 12;

    private MaximumLikelihood() {}

    /**
     * @param standardErrors one for each parameter; empty: no maximum was found that they could be told at
     */
    record Maximum(List<Double> parameters, double logLikelihood, List<Double> standardErrors) {
        Maximum {
            parameters = List.copyOf(parameters);
            standardErrors = List.copyOf(standardErrors);
        }
    }

    /**
     * @param start parameters to begin at
     * @throws dev.cairn.domain.plan.Cancellation.Cancelled where the deadline passes before it is done
     */
    static Maximum of(
            ToDoubleFunction<List<Double>> logLikelihood, List<Double> start, Deadline deadline) {
        ToDoubleFunction<double[]> ofLogarithms =
                point -> {
                    deadline.check();
                    return Arrays.stream(point).anyMatch(x -> Math.abs(x) > FURTHEST)
                            ? Double.NEGATIVE_INFINITY
                            : logLikelihood.applyAsDouble(exponentials(point));
                };
        double[] from = start.stream().mapToDouble(Math::log).toArray();
        var best = climbed(ofLogarithms, from);
        for (int again = 1; again < MOST_STARTS; again++) {
            var next = climbed(ofLogarithms, best.getPoint());
            boolean gained = next.getValue() - best.getValue() > GAIN;
            best = next.getValue() > best.getValue() ? next : best;
            if (!gained) {
                break;
            }
        }
        return new Maximum(
                exponentials(best.getPoint()),
                best.getValue(),
                standardErrors(ofLogarithms, best.getPoint()));
    }

    private static PointValuePair climbed(ToDoubleFunction<double[]> logLikelihood, double[] from) {
        try {
            return new SimplexOptimizer(PRECISION, GAIN / 10)
                    .optimize(
                            new MaxEval(MOST_EVALUATIONS),
                            new ObjectiveFunction(logLikelihood::applyAsDouble),
                            GoalType.MAXIMIZE,
                            new InitialGuess(from),
                            new NelderMeadSimplex(from.length, SIDE));
        } catch (MathIllegalStateException tooManyEvaluations) {
            return new PointValuePair(from, logLikelihood.applyAsDouble(from));
        }
    }

    private static List<Double> exponentials(double[] point) {
        return Arrays.stream(point).map(Math::exp).boxed().toList();
    }

    /** Of a parameter: that of its logarithm, times the parameter (the delta method). Empty where that is not the top of a hill. */
    private static List<Double> standardErrors(
            ToDoubleFunction<double[]> logLikelihood, double[] at) {
        if (Arrays.stream(at).anyMatch(x -> Math.abs(x) > FURTHEST - 1)) {
            return List.of();
        }
        try {
            var inverse =
                    new CholeskyDecomposition(information(logLikelihood, at))
                            .getSolver()
                            .getInverse();
            if (expectedGain(logLikelihood, at, inverse) > MOST_EXPECTED_GAIN) {
                return List.of();
            }
            var errors = new ArrayList<Double>();
            for (int i = 0; i < at.length; i++) {
                errors.add(Math.exp(at[i]) * Math.sqrt(inverse.getEntry(i, i)));
            }
            return errors;
        } catch (MathRuntimeException noHill) {
            return List.of();
        }
    }

    /** By how much the log-likelihood would still grow, if it were a parabola: half of g' I^-1 g, of the slope g. */
    private static double expectedGain(
            ToDoubleFunction<double[]> logLikelihood, double[] at, RealMatrix inverse) {
        double[] slope = new double[at.length];
        for (int i = 0; i < at.length; i++) {
            slope[i] =
                    (moved(logLikelihood, at, i, i, 1, 0) - moved(logLikelihood, at, i, i, -1, 0))
                            / (2 * STEP);
        }
        var gradient = new ArrayRealVector(slope);
        return gradient.dotProduct(inverse.operate(gradient)) / 2;
    }

    /** The negated second derivatives, by central differences. */
    private static RealMatrix information(ToDoubleFunction<double[]> logLikelihood, double[] at) {
        int n = at.length;
        var matrix = new Array2DRowRealMatrix(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double second =
                        (moved(logLikelihood, at, i, j, 1, 1)
                                        - moved(logLikelihood, at, i, j, 1, -1)
                                        - moved(logLikelihood, at, i, j, -1, 1)
                                        + moved(logLikelihood, at, i, j, -1, -1))
                                / (4 * STEP * STEP);
                matrix.setEntry(i, j, -second);
                matrix.setEntry(j, i, -second);
            }
        }
        return matrix;
    }

    private static double moved(
            ToDoubleFunction<double[]> logLikelihood,
            double[] at,
            int i,
            int j,
            int ofFirst,
            int ofSecond) {
        double[] point = at.clone();
        point[i] += ofFirst * STEP;
        point[j] += ofSecond * STEP;
        return logLikelihood.applyAsDouble(point);
    }
}
