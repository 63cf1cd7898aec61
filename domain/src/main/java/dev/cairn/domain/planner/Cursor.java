package dev.cairn.domain.planner;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.model.TextRule;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Answer;
import dev.cairn.domain.plan.Ordering;
import dev.cairn.domain.plan.Page.Position;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a page ended, as an opaque text. It names the question it is of, and what counted as now, so that all pages of a chain are of one moment. A
 * digest tells one that was changed by mistake; one that was made up can say no more than a question can, which {@link #fits} sees to.
 *
 * @param fingerprint of the question without its page
 */
record Cursor(String fingerprint, Instant asOf, Position position) {
    private static final String VERSION = "c1";
    private static final char SEPARATOR = '\u001f';
    private static final int DIGEST_BYTES = 12;
    private static final int LONGEST_NUMBER = 2_000;

    /** Some 5,000 years from 1970: what any engine holds. */
    private static final long FURTHEST_DAY = 2_000_000;

    private static final long FURTHEST_SECOND = FURTHEST_DAY * 86_400;

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
        String signed = text + String.valueOf(SEPARATOR) + digest(text.toString());
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(signed.getBytes(StandardCharsets.UTF_8));
    }

    /** The cursor that a text stands for; empty where it is none of ours. */
    static Optional<Cursor> decode(String text) {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            int end = plain.lastIndexOf(SEPARATOR);
            if (end < 0
                    || TextRule.objection(plain).isPresent()
                    || !digest(plain.substring(0, end)).equals(plain.substring(end + 1))) {
                return Optional.empty();
            }
            var parts = List.of(plain.substring(0, end).split(String.valueOf(SEPARATOR), -1));
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

    /** Of everything that decides which rows there are and their order. */
    static String fingerprint(AnalysisQuery query, Caller caller) {
        // Pages of one question may differ in whether they say how far values may be off.
        var unpaged = query.page(1, null).withUncertainty(false);
        return digest(unpaged + "|" + caller.scope());
    }

    private static String digest(String text) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The cursor after a row of an answer. */
    static String after(Planned.Ready ready, Answer.Row row) {
        var values = new ArrayList<@Nullable Object>();
        for (var term : ready.plan().page().order()) {
            values.add(
                    switch (term.by()) {
                        case Ordering.By.Time _ -> (Object) row.bucket();
                        case Ordering.By.Key(int index) -> row.keys().get(index);
                        case Ordering.By.Value(int output) -> row.values().get(output).value();
                    });
        }
        return new Cursor(ready.fingerprint(), ready.plan().time().asOf(), new Position(values))
                .encode();
    }

    /** Whether a plan's position is one that a row of it can have. */
    static boolean fits(AnalysisPlan plan) {
        var position = plan.page().after();
        if (position == null || position.values().size() != plan.page().order().size()) {
            return position == null;
        }
        for (int at = 0; at < plan.page().order().size(); at++) {
            var value = position.values().get(at);
            boolean fits =
                    switch (plan.page().order().get(at).by()) {
                        case Ordering.By.Time _ ->
                                value instanceof Integer bucket
                                        && bucket >= 0
                                        && bucket < plan.time().buckets().size();
                        case Ordering.By.Key(int index) ->
                                value instanceof GroupValue(var kind, var key)
                                        && (kind == GroupValue.Kind.VALUE
                                                ? isOf(plan.keys().get(index).type(), key)
                                                : key == null && kind != GroupValue.Kind.TOTAL);
                        case Ordering.By.Value(int output) ->
                                value == null
                                        || isOf(plan.outputs().get(output).value().type(), value);
                    };
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOf(Type type, @Nullable Object value) {
        return switch (type.kind()) {
            case TEXT -> value instanceof String text && text.indexOf('\0') < 0;
            case BOOLEAN -> value instanceof Boolean;
            case INTEGER, DECIMAL, DOUBLE ->
                    (value instanceof Double real && Double.isFinite(real))
                            || (value instanceof BigDecimal exact
                                    && exact.precision() <= LONGEST_NUMBER
                                    && Math.abs((long) exact.scale()) <= LONGEST_NUMBER);
            case DATE ->
                    value instanceof LocalDate date && Math.abs(date.toEpochDay()) < FURTHEST_DAY;
            case TIMESTAMP ->
                    value instanceof Instant instant
                            && Math.abs(instant.getEpochSecond()) < FURTHEST_SECOND;
            case NONE, BROKEN -> false;
        };
    }

    private static String tagged(@Nullable Object value) {
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

    private static @Nullable Object untagged(String text) {
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
