package dev.cairn.domain.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A key of several parts as one text, {@code AAA/2013J/11391}: no two lists of parts have the same. In a part a {@code /} is written {@code %2F} and a {@code %}
 * is {@code %25}; the empty text is a part like any other.
 */
public final class CompositeKey {
    /** Between parts. */
    public static final String SEPARATOR = "/";

    /** In a part in place of {@link #SEPARATOR}. */
    public static final String WRITTEN_SEPARATOR = "%2F";

    /** What begins what stands for another character. */
    public static final String ESCAPE = "%";

    /** In a part in place of {@link #ESCAPE}. */
    public static final String WRITTEN_ESCAPE = "%25";

    /** Regular expression of the zeros before a key, or a part of one, that is a number; the first group is what stands before them. */
    public static final String ZEROS_BEFORE_NUMBERS = "(^|/)0+(?=[0-9]+(?:/|$))";

    private CompositeKey() {}

    public static String text(List<String> parts) {
        return parts.stream()
                .map(part ->
                        part.replace(ESCAPE, WRITTEN_ESCAPE).replace(SEPARATOR, WRITTEN_SEPARATOR))
                .collect(Collectors.joining(SEPARATOR));
    }

    /**
     * One of the parts; empty where the text has fewer.
     *
     * @param number from 1
     */
    public static Optional<String> part(String text, int number) {
        var parts = text.split(SEPARATOR, -1);
        return number < 1 || number > parts.length
                ? Optional.empty()
                : Optional.of(
                        parts[number - 1]
                                .replace(WRITTEN_SEPARATOR, SEPARATOR)
                                .replace(WRITTEN_ESCAPE, ESCAPE));
    }

    /** The formula of the text of these fields. */
    static String formula(List<String> fields) {
        return fields.stream()
                .map(CompositeKey::quoted)
                .collect(Collectors.joining(", ", "key(", ")"));
    }

    /** What the accounts of such a key have beside it: each part as an attribute. */
    static List<Field> parts(List<String> key) {
        var parts = new ArrayList<Field>();
        IntStream.rangeClosed(1, key.size())
                .forEach(number ->
                        parts.add(
                                new Field(
                                        key.get(number - 1),
                                        key.get(number - 1),
                                        DataType.TEXT,
                                        null,
                                        "key_part(account, %d)".formatted(number),
                                        List.of(),
                                        null,
                                        null)));
        return parts;
    }

    private static String quoted(String field) {
        return "\"%s\"".formatted(field);
    }
}
