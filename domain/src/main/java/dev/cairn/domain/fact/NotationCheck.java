package dev.cairn.domain.fact;

import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Notation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Checks that a notation can be applied and fits its field. */
public final class NotationCheck {
    private static final Pattern SEPARATOR = Pattern.compile("[^0-9A-Za-z+()%-]");
    private static final Pattern STRIPPED = Pattern.compile("[^0-9.,+()%-]{1,10}");
    private static final int MOST_FORMATS = 10;
    private static final Set<String> LANGUAGES =
            Arrays.stream(Locale.getAvailableLocales())
                    .map(Locale::toLanguageTag)
                    .collect(Collectors.toUnmodifiableSet());

    /**
     * What is wrong.
     *
     * @param property as a declaration writes it
     */
    public record Finding(String property, String message) {}

    private final List<Finding> findings = new ArrayList<>();

    private NotationCheck() {}

    /** Of a source or entity, for all its fields. */
    public static List<Finding> ofAll(Notation notation) {
        var check = new NotationCheck();
        check.parts(notation);
        check.formats(notation, DataType.TIMESTAMP, false);
        check.formats(notation, DataType.DATE, false);
        if (notation.percent() != null) {
            check.find("percent", "Percent is of single fields: write it there.");
        }
        return check.findings.stream().distinct().toList();
    }

    /**
     * Of one field.
     *
     * @param around notation of its source or entity
     */
    public static List<Finding> ofField(Field field, Notation around) {
        var check = new NotationCheck();
        var own = field.notation();
        var whole = own.over(around);
        if (!field.isRead()) {
            if (!own.isStandard()) {
                check.find(
                        "compute",
                        "'%s' is computed: how columns are read is no matter of it."
                                .formatted(field.name()));
            }
            return check.findings;
        }
        check.properties(field);
        check.parts(whole);
        if (isTime(field.type())) {
            check.formats(whole, field.type(), !own.formats().isEmpty());
            check.needsFormat("locale", own.locale() != null, field, whole);
            check.needsFormat("pivot", own.pivot() != null, field, whole);
        }
        return check.findings.stream().distinct().toList();
    }

    private void find(String property, String message) {
        findings.add(new Finding(property, message));
    }

    private static boolean isTime(DataType type) {
        return type == DataType.DATE || type == DataType.TIMESTAMP;
    }

    private static boolean isNumber(DataType type) {
        return type == DataType.INTEGER || type == DataType.DECIMAL || type == DataType.MONEY;
    }

    private void properties(Field field) {
        var own = field.notation();
        var of = field.type().name().toLowerCase(Locale.ROOT);
        var times =
                Map.of(
                        "format", !own.formats().isEmpty(),
                        "locale", own.locale() != null,
                        "pivot", own.pivot() != null);
        var numbers =
                Map.of(
                        "decimal", own.decimal() != null,
                        "thousands", own.thousands() != null,
                        "strip", !own.strip().isEmpty(),
                        "negative", own.negative() != null,
                        "percent", own.percent() != null);
        times.forEach((property, said) -> {
            if (said && !isTime(field.type())) {
                find(
                        property,
                        "%s is of dates and timestamps; '%s' is %s."
                                .formatted(property, field.name(), of));
            }
        });
        numbers.forEach((property, said) -> {
            if (said && !isNumber(field.type())) {
                find(
                        property,
                        "%s is of numbers; '%s' is %s.".formatted(property, field.name(), of));
            }
        });
        if (own.letterCase() != null && field.type() != DataType.TEXT) {
            find("case", "case is of texts; '%s' is %s.".formatted(field.name(), of));
        }
        if (own.column() != null && own.column().isBlank()) {
            find("column", "A column has a name; one without is not loaded.");
        }
    }

    private void needsFormat(String property, boolean said, Field field, Notation whole) {
        if (said && whole.formats().isEmpty()) {
            find(
                    property,
                    "%s is of a format, and '%s' has none.".formatted(property, field.name()));
        }
    }

    private void parts(Notation notation) {
        var decimal = notation.decimal();
        var thousands = notation.thousands();
        if (decimal != null && !decimal.equals(".") && !decimal.equals(",")) {
            find("decimal", "Decimals are separated by '.' or ','.");
        }
        if (thousands != null && !SEPARATOR.matcher(thousands).matches()) {
            find(
                    "thousands",
                    "Thousands are separated by one character that is no digit, letter or sign.");
        }
        if (thousands != null && thousands.equals(decimal == null ? "." : decimal)) {
            find(
                    "thousands",
                    decimal == null
                            ? "Thousands by '.' need another separator of decimals: decimal: ','."
                            : "Thousands and decimals are separated by the same character.");
        }
        for (var text : notation.strip()) {
            if (!STRIPPED.matcher(text).matches()) {
                find(
                        "strip",
                        "'%s' cannot be stripped: up to ten characters, none of them part of a number."
                                .formatted(text));
            }
        }
        var pivot = notation.pivot();
        if (pivot != null && (pivot < 0 || pivot > 99)) {
            find("pivot", "A pivot is a year of two digits, 0 to 99.");
        }
        var locale = notation.locale();
        if (locale != null && !LANGUAGES.contains(Locale.forLanguageTag(locale).toLanguageTag())) {
            find(
                    "locale",
                    "'%s' is no known language: write a tag such as en, de or en-GB."
                            .formatted(locale));
        }
    }

    /** @param own whether the formats are the field's own, and not those for all fields, of which it takes what fits its type */
    private void formats(Notation notation, DataType type, boolean own) {
        if (notation.formats().size() > MOST_FORMATS) {
            find("format", "More than %d formats.".formatted(MOST_FORMATS));
            return;
        }
        try {
            var forms = TimeForms.of(type, notation);
            if (own) {
                for (var form : forms.forms()) {
                    var refusal = form.refusal(type);
                    if (refusal != null) {
                        find("format", refusal + ".");
                    }
                }
            }
            if (findings.isEmpty()) {
                forms.fitting().contradiction().ifPresent(text -> find("format", text + "."));
            }
        } catch (IllegalArgumentException wrong) {
            find("format", "Not a format: %s.".formatted(wrong.getMessage()));
        }
    }
}
