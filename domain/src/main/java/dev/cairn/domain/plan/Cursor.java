package dev.cairn.domain.plan;

import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.plan.AnalysisPlan.Position;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a page ended, as an opaque text. It names the question it is of, and what counted as now, so that all pages of a chain are of one moment.
 *
 * @param fingerprint of the question without its page
 */
record Cursor(String fingerprint, Instant asOf, Position position) {
    private static final String VERSION = "c1";
    private static final char SEPARATOR = '\u001f';

    String encode() {
        var text =
                new StringBuilder(VERSION)
                        .append(SEPARATOR)
                        .append(fingerprint)
                        .append(SEPARATOR)
                        .append(asOf);
        for (var value : position.values()) {
            text.append(SEPARATOR).append(tagged(value));
        }
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The cursor that a text stands for; empty where it is none of ours. */
    static Optional<Cursor> decode(String text) {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            var parts = List.of(plain.split(String.valueOf(SEPARATOR), -1));
            if (parts.size() < 3 || !parts.getFirst().equals(VERSION)) {
                return Optional.empty();
            }
            var values = new ArrayList<@Nullable Object>();
            for (String part : parts.subList(3, parts.size())) {
                values.add(untagged(part));
            }
            return Optional.of(
                    new Cursor(parts.get(1), Instant.parse(parts.get(2)), new Position(values)));
        } catch (IllegalArgumentException | DateTimeException foreign) {
            return Optional.empty();
        }
    }

    private static String tagged(@Nullable Object value) {
        return switch (value) {
            case null -> "0";
            case Integer bucket -> "i" + bucket;
            case GroupValue(var kind, var key) ->
                    "g" + kind.name().charAt(0) + kind.name().length() + tagged(key);
            case String string ->
                    "s"
                            + Base64.getUrlEncoder()
                                    .encodeToString(string.getBytes(StandardCharsets.UTF_8));
            case BigDecimal number -> "n" + number;
            case Double number -> "d" + number;
            case Boolean bool -> "b" + bool;
            case LocalDate date -> "l" + date;
            case Instant instant -> "t" + instant;
            default -> throw new IllegalStateException("not a value of a row: " + value.getClass());
        };
    }

    private static @Nullable Object untagged(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("empty");
        }
        String rest = text.substring(1);
        return switch (text.charAt(0)) {
            case '0' -> null;
            case 'i' -> Integer.valueOf(rest);
            case 'g' -> group(rest);
            case 's' -> new String(Base64.getUrlDecoder().decode(rest), StandardCharsets.UTF_8);
            case 'n' -> new BigDecimal(rest);
            case 'd' -> Double.valueOf(rest);
            case 'b' -> Boolean.valueOf(rest);
            case 'l' -> LocalDate.parse(rest);
            case 't' -> Instant.parse(rest);
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static GroupValue group(String text) {
        for (var kind : GroupValue.Kind.values()) {
            String tag = kind.name().charAt(0) + Integer.toString(kind.name().length());
            if (text.startsWith(tag)) {
                return new GroupValue(kind, untagged(text.substring(tag.length())));
            }
        }
        throw new IllegalArgumentException(text);
    }
}
