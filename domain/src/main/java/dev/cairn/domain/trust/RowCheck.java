package dev.cairn.domain.trust;

import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Expectations.OfField;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Source;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A check of which each fact is right or wrong: wrong ones are counted by the period.
 *
 * @param field null: of the fact as such
 * @param condition true for facts that are wrong, in the formula language
 * @param allowed greatest share of wrong ones
 * @param what is wrong with them, in words
 */
record RowCheck(
        String name,
        Check.Kind kind,
        @Nullable String field,
        String condition,
        BigDecimal allowed,
        String what) {
    /** Texts that stand for a missing value unless a field says which do. */
    static final List<String> USUAL_SENTINELS =
            List.of(
                    "",
                    "-",
                    "?",
                    "blank",
                    "missing",
                    "n/a",
                    "na",
                    "nan",
                    "none",
                    "null",
                    "undefined",
                    "unknown");

    /** All of a source, always in the same order. */
    static List<RowCheck> of(Source source) {
        var checks = new ArrayList<RowCheck>();
        var expected = source.expectations();
        for (var field : expected.fields()) {
            source.field(field.field())
                    .ifPresent(
                            of -> ofField(of, Literals.name(source, field.field()), field, checks));
        }
        if (expected.orphans() != null) {
            checks.add(
                    new RowCheck(
                            "orphans",
                            Check.Kind.ORPHANS,
                            null,
                            "account is none",
                            expected.orphans(),
                            "of no account"));
        }
        return checks;
    }

    /** @param name of the field as formulas write it */
    private static void ofField(Field field, String name, OfField expected, List<RowCheck> into) {
        if (expected.empty() != null) {
            into.add(
                    new RowCheck(
                            "empty:" + field.name(),
                            Check.Kind.EMPTY,
                            field.name(),
                            name + " is none",
                            expected.empty(),
                            "without a value"));
        }
        if (!expected.values().isEmpty()) {
            into.add(
                    of(
                            field,
                            "values",
                            Check.Kind.RANGE,
                            "%s is not none and not (%s in (%s))"
                                    .formatted(name, name, listed(expected.values(), field.type())),
                            "none of " + String.join(", ", expected.values())));
        }
        if (expected.min() != null || expected.max() != null) {
            var beyond =
                    Stream.of(
                                    expected.min() == null
                                            ? null
                                            : name + " < " + expected.min().toPlainString(),
                                    expected.max() == null
                                            ? null
                                            : name + " > " + expected.max().toPlainString())
                            .filter(text -> text != null)
                            .collect(Collectors.joining(" or "));
            into.add(
                    of(
                            field,
                            "range",
                            Check.Kind.RANGE,
                            "%s is not none and (%s)".formatted(name, beyond),
                            "beyond " + bounds(expected)));
        }
        for (var code : sentinels(field, expected)) {
            var value = field.type() == DataType.TEXT ? "lower(trim(%s))".formatted(name) : name;
            into.add(
                    of(
                            field,
                            "sentinel:" + code,
                            Check.Kind.SENTINEL,
                            "%s is not none and %s = %s"
                                    .formatted(
                                            name,
                                            value,
                                            Literals.of(code, field.type()).orElseThrow()),
                            "that say '%s'".formatted(code)));
        }
        if (expected.sentinels().isEmpty() && field.type() == DataType.TEXT) {
            var usual =
                    USUAL_SENTINELS.stream()
                            .filter(code ->
                                    expected.values().stream()
                                            .noneMatch(value ->
                                                    value.strip()
                                                            .toLowerCase(Locale.ROOT)
                                                            .equals(code)))
                            .toList();
            into.add(
                    of(
                            field,
                            "sentinel",
                            Check.Kind.SENTINEL,
                            "%s is not none and lower(trim(%s)) in (%s)"
                                    .formatted(name, name, listed(usual, field.type())),
                            "that stand for a missing one (blank, n/a, null and the like)"));
        }
    }

    /** Of texts as they are compared. */
    private static List<String> sentinels(Field field, OfField expected) {
        return expected.sentinels().stream()
                .map(code ->
                        field.type() == DataType.TEXT
                                ? code.strip().toLowerCase(Locale.ROOT)
                                : code)
                .distinct()
                .toList();
    }

    private static RowCheck of(
            Field field, String name, Check.Kind kind, String condition, String what) {
        return new RowCheck(
                name + ":" + field.name(), kind, field.name(), condition, BigDecimal.ZERO, what);
    }

    private static String bounds(OfField expected) {
        if (expected.max() == null) {
            return "at least " + expected.min();
        }
        return expected.min() == null
                ? "at most " + expected.max()
                : expected.min() + ".." + expected.max();
    }

    private static String listed(List<String> values, DataType type) {
        return values.stream()
                .map(value -> Literals.of(value, type).orElseThrow())
                .collect(Collectors.joining(", "));
    }
}
