package dev.cairn.domain.planner;

import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.analysis.MembersQuery.Part;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.plan.Answer;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A row of an answer as an opaque text, by which its cells are opened. It names the question it is of and what counted as now, and says what the values were. It
 * carries no right to see anything: the caller's scope is put beneath what is opened as beneath the question.
 *
 * @param fingerprint of the question without its page, and of the caller's scope
 * @param bucket index of its bucket; negative: the whole range
 * @param group one for each key of the question
 * @param values three for each column: its value, numerator and denominator
 */
record RowKey(
        String fingerprint,
        Instant asOf,
        RowKind kind,
        int bucket,
        List<GroupValue> group,
        List<@Nullable Object> values) {
    RowKey {
        group = List.copyOf(group);
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    private static final String KIND = "k1";
    private static final int FIRST_GROUP = 6;
    private static final List<Part> PARTS = List.of(Part.VALUE, Part.NUMERATOR, Part.DENOMINATOR);

    /** Of a row of an answer. */
    static String of(Planned.Ready ready, Answer.Row row) {
        var parts =
                new ArrayList<>(
                        List.of(
                                KIND,
                                ready.fingerprint(),
                                ready.plan().time().asOf().toString(),
                                row.kind().name(),
                                Integer.toString(row.bucket()),
                                Integer.toString(row.keys().size())));
        row.keys().forEach(key -> parts.add(OpaqueText.tagged(key)));
        for (var value : row.values()) {
            for (var part : PARTS) {
                parts.add(OpaqueText.tagged(plain(in(value, part))));
            }
        }
        return OpaqueText.of(parts);
    }

    private static @Nullable Object in(Measured value, Part part) {
        return switch (part) {
            case VALUE -> value.value();
            case NUMERATOR -> value.numerator();
            case DENOMINATOR -> value.denominator();
        };
    }

    /** Numbers of any kind are one. */
    private static @Nullable Object plain(@Nullable Object value) {
        return value instanceof Number number && !(number instanceof Double)
                ? new BigDecimal(number.toString())
                : value;
    }

    /** The row that a text stands for; empty where it is none of ours. */
    static Optional<RowKey> decode(String text) {
        try {
            return OpaqueText.parts(text, KIND).map(RowKey::read);
        } catch (IllegalArgumentException
                | IndexOutOfBoundsException
                | ClassCastException
                | DateTimeException foreign) {
            return Optional.empty();
        }
    }

    private static RowKey read(List<String> parts) {
        int firstValue = FIRST_GROUP + Integer.parseInt(parts.get(5));
        var group = new ArrayList<GroupValue>();
        for (String part : parts.subList(FIRST_GROUP, firstValue)) {
            if (!(OpaqueText.untagged(part) instanceof GroupValue value)) {
                throw new IllegalArgumentException(part);
            }
            group.add(value);
        }
        var values = new ArrayList<@Nullable Object>();
        for (String part : parts.subList(firstValue, parts.size())) {
            values.add(OpaqueText.untagged(part));
        }
        return new RowKey(
                parts.get(1),
                Instant.parse(parts.get(2)),
                RowKind.valueOf(parts.get(3)),
                Integer.parseInt(parts.get(4)),
                group,
                values);
    }

    /** What a part of a column's value was; null: there was none. */
    @Nullable Object value(int output, Part part) {
        return values.get(output * PARTS.size() + PARTS.indexOf(part));
    }
}
