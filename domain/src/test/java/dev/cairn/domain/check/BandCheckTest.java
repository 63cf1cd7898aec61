package dev.cairn.domain.check;

import static dev.cairn.domain.catalog.Shop.shop;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.model.Band;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.problem.Place;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BandCheckTest {
    private static Band band(String name, @Nullable String below) {
        return new Band(name, below == null ? null : new BigDecimal(below));
    }

    private static List<String> told(String formula, Band... bands) {
        var metric =
                new Metric(
                                "m",
                                "m",
                                "",
                                Metric.Level.CELL,
                                null,
                                formula,
                                null,
                                Metric.Direction.HIGHER,
                                null,
                                null,
                                null,
                                false,
                                Metric.Status.PUBLISHED)
                        .withBands(List.of(bands));
        return DefinitionChecker.check(
                        shop().define(metric).build(),
                        new Entry(metric, 1, Map.of()),
                        Place.of("m"))
                .problems()
                .stream()
                .map(problem ->
                        "%s %s: %s"
                                .formatted(
                                        problem.code(),
                                        String.join(".", problem.place().path()),
                                        problem.message()))
                .toList();
    }

    @Test
    void bands_go_from_the_least_to_the_greatest_and_the_last_takes_the_rest() {
        assertThat(
                        told(
                                "count(event)",
                                band("red", "50"),
                                band("yellow", "75"),
                                band("green", null)))
                .isEmpty();
        assertThat(told("count(event)", band("red", "50"), band("yellow", "50"), band("g", null)))
                .containsExactly(
                        "BAD_VALUE m.bands.yellow: Band 'yellow' begins at 50, where the one before it ends, and would end at 50: bands go from the least values to the greatest.");
        assertThat(told("count(event)", band("green", null), band("red", "50")))
                .containsExactly(
                        "MISSING m.bands.green: Band 'green' says below what it ends; only the last one takes all that is left. Bands go from the least values to the greatest.",
                        "CONFLICT m.bands.red: The last band, 'red', takes all that is left: it has no 'below'.");
    }

    @Test
    void bands_have_names_of_their_own_and_are_of_numbers() {
        assertThat(told("count(event)", band("red", "50"), band("red", null)))
                .containsExactly("CONFLICT m.bands.red: Two bands are called 'red'.");
        assertThat(told("last(event.name)", band("red", "50"), band("green", null)))
                .containsExactly(
                        "TYPE_MISMATCH m.bands: Bands are of numbers; the formula gives text.");
    }
}
