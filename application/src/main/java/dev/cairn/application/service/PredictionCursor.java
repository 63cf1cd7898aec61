package dev.cairn.application.service;

import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.planner.OpaqueText;
import dev.cairn.domain.prediction.PredictionQuery;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Where a page of predictions ended; all pages of a chain are of one moment and one calibration.
 *
 * @param order what the last account is ordered by; 0 where that is its key
 * @param position key of the last account or, where that is the order, the cursor of the answer it was in
 */
record PredictionCursor(
        String fingerprint,
        Instant asOf,
        LocalDate calibratedUntil,
        double order,
        String position) {
    private static final String KIND = "p1";

    String encode() {
        return OpaqueText.of(
                List.of(
                        KIND,
                        fingerprint,
                        asOf.toString(),
                        calibratedUntil.toString(),
                        Double.toString(order),
                        position));
    }

    /** Empty where the text is no cursor of this question. */
    static Optional<PredictionCursor> decode(String text, String fingerprint) {
        try {
            return OpaqueText.parts(text, KIND)
                    .filter(parts -> parts.size() == 6 && parts.get(1).equals(fingerprint))
                    .map(parts ->
                            new PredictionCursor(
                                    fingerprint,
                                    Instant.parse(parts.get(2)),
                                    LocalDate.parse(parts.get(3)),
                                    Double.parseDouble(parts.get(4)),
                                    parts.get(5)));
        } catch (IllegalArgumentException | DateTimeException foreign) {
            return Optional.empty();
        }
    }

    /** Of everything that decides which accounts there are, and their order. */
    static String fingerprint(PredictionQuery query, Caller caller) {
        return OpaqueText.digest(query.page(1, null).withHoldout(false) + "|" + caller.access());
    }
}
