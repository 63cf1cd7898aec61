package dev.cairn.domain.inference;

import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Notation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the values of a column say.
 *
 * @param values that are neither empty nor a code for "no value"
 * @param blank of blanks alone
 * @param padded with blanks around them
 * @param missing codes that mean "no value", it seems, with their counts
 * @param key whether it has a value in every row, and no value twice
 * @param zerosFirst whether digits with zeros before them stand in it, which a number would lose
 * @param readings each way to read all values, but as text; more than one: they differ
 * @param disputed a value that the readings differ in
 * @param odd the value that makes a column text which without it might be none
 */
public record ColumnReport(
        String name,
        long values,
        long empty,
        long blank,
        long padded,
        Map<String, Long> missing,
        List<String> examples,
        boolean key,
        boolean zerosFirst,
        List<As> readings,
        Optional<Example> disputed,
        Optional<Odd> odd) {
    public ColumnReport {
        missing = Map.copyOf(missing);
        examples = List.copyOf(examples);
        readings = List.copyOf(readings);
    }

    /** Whether it has a value in every row. */
    public boolean isFull() {
        return values > 0 && empty + blank == 0 && missing.isEmpty();
    }

    /** One way to read the column. */
    public record As(DataType type, Notation notation) {
        /** Whether numbers are days, seconds or milliseconds since a day. */
        boolean isCounted() {
            return Candidate.COUNTED.containsAll(notation.formats())
                    && !notation.formats().isEmpty();
        }
    }

    /**
     * A value that no way to read the column fits.
     *
     * @param before how many values stand before it
     * @param readings that fit all of those, at least one
     */
    public record Odd(String text, long before, List<As> readings) {
        public Odd {
            readings = List.copyOf(readings);
        }
    }

    /**
     * A value with what it is by each reading.
     *
     * @param meanings in the order of the readings
     */
    public record Example(String text, List<String> meanings) {
        public Example {
            meanings = List.copyOf(meanings);
        }
    }
}
