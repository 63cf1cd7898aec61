package dev.cairn.domain.planner;

import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.model.TextRule;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Texts that an answer gives and that are sent back as they are. A digest tells one that was changed by mistake; who makes one up knows how, so that it must
 * be able to say no more than a question can.
 */
public final class OpaqueText {
    private static final String SEPARATOR = "\u001f";
    private static final int DIGEST_BYTES = 12;

    private OpaqueText() {}

    /** @param parts of what kind it is first; no part has the separator in it */
    public static String of(List<String> parts) {
        var text = String.join(SEPARATOR, parts);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((text + SEPARATOR + digest(text)).getBytes(StandardCharsets.UTF_8));
    }

    /** The parts of a text of a kind; empty where it is none of ours. */
    public static Optional<List<String>> parts(String text, String kind) {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            int end = plain.lastIndexOf(SEPARATOR);
            if (end < 0
                    || TextRule.objection(plain).isPresent()
                    || !digest(plain.substring(0, end)).equals(plain.substring(end + 1))) {
                return Optional.empty();
            }
            var parts = List.of(plain.substring(0, end).split(SEPARATOR, -1));
            return Optional.of(parts).filter(found -> found.getFirst().equals(kind));
        } catch (IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }

    /** Of a text, in hexadecimal digits; for telling texts apart, not for secrets. */
    public static String digest(String text) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A value of a row as a part; which type it has is kept. */
    static String tagged(@Nullable Object value) {
        return value instanceof GroupValue(var kind, var key)
                ? "g" + letter(kind) + scalar(key)
                : scalar(value);
    }

    private static String scalar(@Nullable Object value) {
        return switch (value) {
            case null -> "0";
            case Integer bucket -> "i" + bucket;
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

    /**
     * The value that a part is.
     *
     * @throws IllegalArgumentException where it is none
     * @throws java.time.DateTimeException likewise
     */
    static @Nullable Object untagged(String text) {
        if (!text.startsWith("g")) {
            return untaggedScalar(text);
        }
        var kind =
                Arrays.stream(GroupValue.Kind.values())
                        .filter(found -> text.startsWith("g" + letter(found)))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(text));
        return new GroupValue(kind, untaggedScalar(text.substring(2)));
    }

    private static char letter(GroupValue.Kind kind) {
        return switch (kind) {
            case VALUE -> 'v';
            case NONE -> 'n';
            case NO_ACCOUNT -> 'a';
            case TOTAL -> 't';
            case OTHER -> 'o';
        };
    }

    private static @Nullable Object untaggedScalar(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("empty");
        }
        String rest = text.substring(1);
        return switch (text.charAt(0)) {
            case '0' -> null;
            case 'i' -> Integer.valueOf(rest);
            case 's' -> new String(Base64.getUrlDecoder().decode(rest), StandardCharsets.UTF_8);
            case 'n' -> new BigDecimal(rest);
            case 'd' -> Double.valueOf(rest);
            case 'b' -> Boolean.valueOf(rest);
            case 'l' -> LocalDate.parse(rest);
            case 't' -> Instant.parse(rest);
            default -> throw new IllegalArgumentException(text);
        };
    }
}
