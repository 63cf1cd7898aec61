package dev.cairn.application.service;

import dev.cairn.application.port.Deadline;
import dev.cairn.domain.prediction.BetaGeometric;
import dev.cairn.domain.prediction.Fit;
import dev.cairn.domain.prediction.GammaGamma;
import dev.cairn.domain.prediction.PurchaseHistory;
import dev.cairn.domain.prediction.Spending;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The latest fits, by the counts they were made of. The counts are read anew for each prediction, so that a fit is made again as soon as facts, definitions, attributes
 * or scopes change them, and never when they do not.
 */
final class KeptFits {
    private static final int MOST = 16;

    private final Map<List<PurchaseHistory.Counted>, Fit<BetaGeometric>> buying = latest();
    private final Map<List<Spending.Counted>, Fit<GammaGamma>> spending = latest();

    Fit<BetaGeometric> buying(List<PurchaseHistory.Counted> histories, Deadline deadline) {
        return kept(buying, histories, () -> PredictionFits.buying(histories, deadline));
    }

    Fit<GammaGamma> spending(List<Spending.Counted> spendings, Deadline deadline) {
        return kept(spending, spendings, () -> PredictionFits.spending(spendings, deadline));
    }

    /** Two that ask at once may both make it: neither waits for the other's deadline. */
    private static <C, M> Fit<M> kept(Map<C, Fit<M>> fits, C counts, Supplier<Fit<M>> made) {
        synchronized (fits) {
            var known = fits.get(counts);
            if (known != null) {
                return known;
            }
        }
        var fit = made.get();
        synchronized (fits) {
            fits.put(counts, fit);
        }
        return fit;
    }

    private static <K, V> Map<K, V> latest() {
        return new LinkedHashMap<>(MOST, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > MOST;
            }
        };
    }
}
