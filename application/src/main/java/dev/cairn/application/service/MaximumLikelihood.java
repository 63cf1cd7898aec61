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
import org.hipparchus.linear.RealVector;
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
        return maximum(ofLogarithms, best);
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

    /**
     * What is there: with one step of Newton's, which gives the digits that a simplex leaves open, and standard errors, those of the logarithm times the parameter
     * (the delta method). Without them where that is not the top of a hill.
     */
    private static Maximum maximum(
            ToDoubleFunction<double[]> logLikelihood, PointValuePair climbed) {
        double[] at = climbed.getPoint();
        var found = new Maximum(exponentials(at), climbed.getValue(), List.of());
        if (Arrays.stream(at).anyMatch(x -> Math.abs(x) > FURTHEST - 1)) {
            return found;
        }
        try {
            var inverse =
                    new CholeskyDecomposition(information(logLikelihood, at))
                            .getSolver()
                            .getInverse();
            var slope = slope(logLikelihood, at);
            var step = inverse.operate(slope);
            if (slope.dotProduct(step) / 2 > MOST_EXPECTED_GAIN) {
                return found;
            }
            double[] top = step.add(new ArrayRealVector(at)).toArray();
            double value = logLikelihood.applyAsDouble(top);
            var parameters = exponentials(value < climbed.getValue() ? at : top);
            return new Maximum(
                    parameters,
                    Math.max(value, climbed.getValue()),
                    standardErrors(parameters, inverse));
        } catch (MathRuntimeException noHill) {
            return found;
        }
    }

    private static List<Double> standardErrors(List<Double> parameters, RealMatrix inverse) {
        var errors = new ArrayList<Double>();
        for (int i = 0; i < parameters.size(); i++) {
            errors.add(parameters.get(i) * Math.sqrt(inverse.getEntry(i, i)));
        }
        return errors;
    }

    private static RealVector slope(ToDoubleFunction<double[]> logLikelihood, double[] at) {
        double[] slope = new double[at.length];
        for (int i = 0; i < at.length; i++) {
            slope[i] =
                    (moved(logLikelihood, at, i, i, 1, 0) - moved(logLikelihood, at, i, i, -1, 0))
                            / (2 * STEP);
        }
        return new ArrayRealVector(slope);
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
