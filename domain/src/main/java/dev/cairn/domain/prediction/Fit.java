package dev.cairn.domain.prediction;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model whose parameters are those under which what was seen is most probable.
 *
 * @param logLikelihood at these parameters
 * @param customers that it rests on
 * @param converged whether the search has found a maximum at which standard errors can be told
 */
public record Fit<M>(
        M model,
        List<Estimate> estimates,
        double logLikelihood,
        long customers,
        boolean converged) {
    public Fit {
        estimates = List.copyOf(estimates);
    }

    /**
     * A parameter.
     *
     * @param standardError from the curvature of the log-likelihood; null: the search has not converged
     */
    public record Estimate(String name, double value, @Nullable Double standardError) {}
}
