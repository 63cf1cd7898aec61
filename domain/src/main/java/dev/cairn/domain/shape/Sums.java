package dev.cairn.domain.shape;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.analysis.Measured;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sums of values of an answer, of parts that have no member in common. */
final class Sums {
    /** What no later answer changes, and no time that is cut: a value of it is told, marked. */
    private static final Set<Incomplete> MARKS_ONLY = Set.of(Incomplete.BROKEN_DATA);

    private Sums() {}

    /** Of those that have a value; where none has one, the reason of the first. */
    static Cell.Value of(Collection<Cell.Value> cells) {
        var numbers =
                cells.stream()
                        .flatMap(cell -> decimal((Number) cell.value().value()).stream())
                        .toList();
        if (unknown(cells).isPresent()) {
            return none(unknown(cells).get());
        }
        return numbers.isEmpty()
                ? none(cells)
                : new Cell.Value(
                        new Measured(sum(numbers), null, null, null, null), incomplete(cells));
    }

    /**
     * The ratio of the sums of what was divided and of what it was divided by; a cell without a value is left out. Where none has one, the reason of the first.
     *
     * @param complete only of cells that are; broken data marks the ratio and leaves nothing out
     */
    static Cell.Value ratio(Collection<Cell.Value> cells, boolean complete) {
        var counted =
                cells.stream()
                        .filter(Sums::isReached)
                        .filter(cell -> !complete || MARKS_ONLY.containsAll(cell.incomplete()))
                        .toList();
        if (unknown(cells).isPresent()) {
            return none(unknown(cells).get());
        }
        if (counted.isEmpty()) {
            return none(cells);
        }
        var numerator = sum(parts(counted, Measured::numerator));
        var denominator = sum(parts(counted, Measured::denominator));
        var measured =
                denominator.signum() == 0
                        ? new Measured(null, numerator, denominator, null, Absence.ZERO_BASE)
                        : new Measured(
                                numerator.doubleValue() / denominator.doubleValue(),
                                numerator,
                                denominator,
                                sampleSize(counted),
                                null);
        return new Cell.Value(measured, incomplete(counted));
    }

    /** Divided by nothing is something that is known: what was divided counts. */
    private static boolean isReached(Cell.Value cell) {
        return cell.value().denominator() != null
                && (cell.value().absence() == null || cell.value().absence() == Absence.ZERO_BASE);
    }

    private static List<BigDecimal> parts(
            List<Cell.Value> cells, Function<Measured, @Nullable Number> part) {
        return cells.stream().flatMap(cell -> decimal(part.apply(cell.value())).stream()).toList();
    }

    private static @Nullable Long sampleSize(List<Cell.Value> cells) {
        return cells.stream().anyMatch(cell -> cell.value().sampleSize() == null)
                ? null
                : cells.stream()
                        .mapToLong(cell -> Objects.requireNonNull(cell.value().sampleSize()))
                        .sum();
    }

    /** Where some cell has a value and is left out, time has not reached it wholly. */
    private static Cell.Value none(Collection<Cell.Value> cells) {
        var absences = absences(cells);
        return none(
                absences.size() < cells.size() || absences.contains(Absence.NOT_YET)
                        ? Absence.NOT_YET
                        : absences.stream().findFirst().orElse(Absence.NO_DATA));
    }

    private static List<Absence> absences(Collection<Cell.Value> cells) {
        return cells.stream().flatMap(cell -> Stream.ofNullable(cell.value().absence())).toList();
    }

    private static Cell.Value none(Absence absence) {
        return new Cell.Value(new Measured(null, null, null, null, absence), Set.of());
    }

    private static Set<Incomplete> incomplete(Collection<Cell.Value> cells) {
        var reasons = EnumSet.noneOf(Incomplete.class);
        cells.forEach(cell -> reasons.addAll(cell.incomplete()));
        return reasons;
    }

    private static BigDecimal sum(Collection<BigDecimal> numbers) {
        return numbers.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** What is not known of one is not known of all: it is no member that is left out. */
    private static Optional<Absence> unknown(Collection<Cell.Value> cells) {
        return absences(cells).stream()
                .filter(absence -> absence == Absence.NO_RATE || absence == Absence.UNTRUSTED)
                .findFirst();
    }

    static Optional<BigDecimal> decimal(@Nullable Number number) {
        return switch (number) {
            case null -> Optional.empty();
            case BigDecimal decimal -> Optional.of(decimal);
            case Long whole -> Optional.of(BigDecimal.valueOf(whole));
            case Integer whole -> Optional.of(BigDecimal.valueOf(whole));
            default -> Optional.of(BigDecimal.valueOf(number.doubleValue()));
        };
    }
}
