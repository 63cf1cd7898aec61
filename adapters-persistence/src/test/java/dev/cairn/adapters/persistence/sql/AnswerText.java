package dev.cairn.adapters.persistence.sql;

import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.plan.Answer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says where two answers differ: exact numbers by amount, doubles within 1e-12 of their size, all else as it is. */
final class AnswerText {
    private static final double TOLERANCE = 1e-12;

    private AnswerText() {}

    static List<String> differences(Answer expected, Answer actual) {
        var found = new ArrayList<String>();
        if (expected.rows().size() != actual.rows().size()) {
            found.add(
                    "rows: expected %d, actual %d"
                            .formatted(expected.rows().size(), actual.rows().size()));
        }
        for (int i = 0; i < Math.min(expected.rows().size(), actual.rows().size()); i++) {
            addDifferences(found, i, expected.rows().get(i), actual.rows().get(i));
        }
        if (expected.hasMore() != actual.hasMore()) {
            found.add("has more: expected " + expected.hasMore());
        }
        if (!expected.coverage().equals(actual.coverage())) {
            found.add(
                    "coverage: expected %s, actual %s"
                            .formatted(expected.coverage(), actual.coverage()));
        }
        return found;
    }

    private static void addDifferences(
            List<String> found, int index, Answer.Row expected, Answer.Row actual) {
        var place =
                "row %d (%s %d %s)"
                        .formatted(index, expected.kind(), expected.bucket(), expected.keys());
        boolean samePlace =
                expected.kind() == actual.kind() && expected.bucket() == actual.bucket();
        boolean sameKeys = samePlace;
        for (int i = 0; sameKeys && i < expected.keys().size(); i++) {
            var one = expected.keys().get(i);
            var other = actual.keys().get(i);
            sameKeys = one.kind() == other.kind() && same(one.value(), other.value());
        }
        if (!sameKeys) {
            found.add(
                    "%s: actual %s %d %s"
                            .formatted(place, actual.kind(), actual.bucket(), actual.keys()));
            return;
        }
        for (int i = 0; i < expected.values().size(); i++) {
            if (!same(expected.values().get(i), actual.values().get(i))) {
                found.add(
                        "%s value %d: expected %s, actual %s"
                                .formatted(
                                        place,
                                        i,
                                        expected.values().get(i),
                                        actual.values().get(i)));
            }
        }
    }

    private static boolean same(Measured one, Measured other) {
        return same(one.value(), other.value())
                && same(one.numerator(), other.numerator())
                && same(one.denominator(), other.denominator())
                && same(one.sampleSize(), other.sampleSize())
                && one.absence() == other.absence();
    }

    private static boolean same(@Nullable Object one, @Nullable Object other) {
        return switch (one) {
            case BigDecimal a when other instanceof BigDecimal b -> a.compareTo(b) == 0;
            case Double a when other instanceof Double b ->
                    a.equals(b)
                            || Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
            case null -> other == null;
            default -> one.equals(other);
        };
    }
}
