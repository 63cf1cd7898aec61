package dev.cairn.application.service;

import dev.cairn.domain.expression.Type;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Values of dimensions as texts. */
final class DimensionTexts {
    /** As the database orders texts. */
    private static final Comparator<String> BY_CODE_POINT =
            (one, other) ->
                    Arrays.compare(one.codePoints().toArray(), other.codePoints().toArray());

    private DimensionTexts() {}

    /** What several dimensions of one type have, each once, in the order of their values; so many of them at most. */
    static List<String> union(Type type, List<List<String>> values, int first) {
        return values.stream()
                .flatMap(List::stream)
                .distinct()
                .sorted(order(type))
                .limit(first)
                .toList();
    }

    private static Comparator<String> order(Type type) {
        return switch (type.kind()) {
            case INTEGER, DECIMAL, DOUBLE -> Comparator.comparing(BigDecimal::new);
            // Dates and instants are written so that their texts are in their order.
            case TEXT, BOOLEAN, DATE, TIMESTAMP, NONE, BROKEN -> BY_CODE_POINT;
        };
    }
}
