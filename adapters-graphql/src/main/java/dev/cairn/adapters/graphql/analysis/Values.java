package dev.cairn.adapters.graphql.analysis;

import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.GroupValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** The forms of a value: JSON, text, number. */
public final class Values {
    private Values() {}

    /** What a cell holds; null where it has no value. */
    public static @Nullable Object in(Cell cell) {
        return switch (cell) {
            case Cell.Time time -> time.label();
            case Cell.Group(GroupValue group) -> group.value();
            case Cell.KeyKind(GroupValue.Kind kind) -> kind.name();
            case Cell.Standing standing -> standing.value();
            case Cell.Value value -> value.value().value();
        };
    }

    /** A JSON scalar: numbers stay numbers, dates become ISO text. */
    static @Nullable Object json(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case LocalDate date -> date.toString();
            case Instant instant -> instant.toString();
            case Double number -> finite(number);
            default -> value;
        };
    }

    public static @Nullable String text(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case BigDecimal number -> number.toPlainString();
            case Double number ->
                    BigDecimal.valueOf(finite(number)).stripTrailingZeros().toPlainString();
            default -> value.toString();
        };
    }

    /** Null also where a double cannot hold it. */
    static @Nullable Double number(@Nullable Object value) {
        return value instanceof Number number && Double.isFinite(number.doubleValue())
                ? number.doubleValue()
                : null;
    }

    static @Nullable BigDecimal decimal(@Nullable Number number) {
        return switch (number) {
            case null -> null;
            case BigDecimal decimal -> decimal;
            case Double value -> BigDecimal.valueOf(finite(value));
            default -> new BigDecimal(number.toString());
        };
    }

    private static double finite(double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalStateException("not a number that can be given: " + number);
        }
        return number;
    }
}
