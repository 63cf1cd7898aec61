package dev.cairn.domain.calibration;

import dev.cairn.domain.model.Band;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

/**
 * The parts of a score's values.
 *
 * @param bands from the least; two or more, the last without an end
 * @param isHigherBetter whether the last of them is the best
 */
public record ScoreBands(List<Band> bands, boolean isHigherBetter) {
    public ScoreBands {
        bands = List.copyOf(bands);
        if (bands.size() < 2) {
            throw new IllegalArgumentException("fewer than two bands");
        }
    }

    /** What is below, and the rest. */
    public static ScoreBands at(double edge, boolean isHigherBetter) {
        var below = BigDecimal.valueOf(edge);
        return new ScoreBands(
                List.of(
                        new Band("below " + below.toPlainString(), below),
                        new Band("from " + below.toPlainString(), null)),
                isHigherBetter);
    }

    public List<String> names() {
        return bands.stream().map(Band::name).toList();
    }

    public List<Double> edges() {
        return bands.stream()
                .map(Band::below)
                .filter(Objects::nonNull)
                .map(BigDecimal::doubleValue)
                .toList();
    }

    /** @param score a number */
    public String of(double score) {
        return bands.stream()
                .filter(band -> band.below() == null || score < band.below().doubleValue())
                .findFirst()
                .orElseGet(bands::getLast)
                .name();
    }

    public String best() {
        return (isHigherBetter ? bands.getLast() : bands.getFirst()).name();
    }

    public String worst() {
        return (isHigherBetter ? bands.getFirst() : bands.getLast()).name();
    }
}
