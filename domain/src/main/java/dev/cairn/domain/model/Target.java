package dev.cairn.domain.model;

import dev.cairn.domain.time.Grain;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a metric is to reach in a period.
 *
 * @param metric by name
 * @param from first local date, in
 * @param until last local date, out; null: it has no end
 * @param scope of which rows; empty: of the company
 * @param holds null: an amount where the metric adds up over time, else a level
 * @param each the value is that of each such unit of the period; null: of the period
 * @param baseline where the way to it began; null: there is no such way
 * @param near part of it, above zero and at most 1, from which a value that has not reached it is near
 */
public record Target(
        String name,
        String label,
        String description,
        String metric,
        Goal goal,
        LocalDate from,
        @Nullable LocalDate until,
        List<ScopeKey> scope,
        @Nullable Holds holds,
        @Nullable Grain each,
        @Nullable BigDecimal baseline,
        BigDecimal near)
        implements Definition {
    /** Nine tenths. */
    public static final BigDecimal NEAR = new BigDecimal("0.9");

    public Target {
        scope =
                List.copyOf(
                        scope.stream()
                                .sorted(
                                        Comparator.comparing(ScopeKey::dimension)
                                                .thenComparing(ScopeKey::value))
                                .toList());
    }

    /** What is to be reached. */
    public sealed interface Goal {
        /** At least so much where more is better, at most where less is. */
        record Reach(BigDecimal value) implements Goal {}

        /** Both ends are in. */
        record Between(BigDecimal least, BigDecimal most) implements Goal {}

        /** As people read it, without which side is good. */
        default String text() {
            return switch (this) {
                case Reach(var value) -> value.toPlainString();
                case Between(var least, var most) ->
                        least.toPlainString() + " to " + most.toPlainString();
            };
        }
    }

    /** A dimension by its full name, and its value as text. */
    public record ScopeKey(String dimension, String value) {
        @Override
        public String toString() {
            return dimension + " = " + value;
        }

        /** As people read them: {@code the company}, or the keys. */
        public static String text(List<ScopeKey> scope) {
            return scope.isEmpty()
                    ? "the company"
                    : scope.stream().map(ScopeKey::toString).collect(Collectors.joining(", "));
        }
    }

    /** Of which time it is. */
    public enum Holds {
        /** Of each bucket within the period, however long. */
        LEVEL,
        /** Of the whole period alone, or of each of its units. */
        AMOUNT
    }

    /** As people read it: {@code the company}, or the keys. */
    public String of() {
        return ScopeKey.text(scope);
    }

    /** As people read it: {@code from 2026-01-01 until 2027-01-01, each month}. */
    public String period() {
        return "from "
                + from
                + (until == null ? "" : " until " + until)
                + (each == null ? "" : ", each " + each.text());
    }

    /** Whether a local date is in the periods of both. */
    public boolean overlaps(Target other) {
        return (other.until == null || from.isBefore(other.until))
                && (until == null || other.from.isBefore(until));
    }

    @Override
    public String meaning() {
        return "%s %s of %s %s%s%s near %s"
                .formatted(
                        metric,
                        goal.text(),
                        of(),
                        period(),
                        holds == null ? "" : " " + holds.name().toLowerCase(Locale.ROOT),
                        baseline == null
                                ? ""
                                : " baseline " + baseline.stripTrailingZeros().toPlainString(),
                        near.stripTrailingZeros().toPlainString());
    }
}
