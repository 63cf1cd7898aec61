package dev.cairn.adapters.files.definition;

import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Entity.Mark;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.problem.ProblemCode;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** A field as written: {@code plan: text}, or {@code score: {type: integer, min: 0}}. */
final class FieldForm {
    /** Digits on both sides of a point: no exponent, which may stand for more digits than there is memory for. */
    static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,40}(\\.[0-9]{1,40})?");

    private final Keys around;
    private final Findings findings;

    FieldForm(Keys around) {
        this.around = around;
        this.findings = around.findings();
    }

    /** A column, or a computed field, of a source; null where that cannot be told. */
    @Nullable Field field(String name) {
        var value = named(name);
        if (value == null) {
            return null;
        }
        if (value instanceof ScalarNode) {
            return ofType(name);
        }
        var keys = around.mapping(name);
        if (keys == null) {
            return null;
        }
        var field = readOrComputed(name, keys);
        keys.finish("field");
        return field;
    }

    /**
     * An attribute of an entity; null where that cannot be told.
     *
     * @param existence what may say when one of its members exists, for messages
     */
    @Nullable MarkedField attribute(String name, String existence) {
        var value = named(name);
        if (value == null) {
            return null;
        }
        if (value instanceof ScalarNode) {
            var field = ofType(name);
            return field == null ? null : new MarkedField(field, Mark.NONE);
        }
        var keys = around.mapping(name);
        if (keys == null) {
            return null;
        }
        var field = readOrComputed(name, keys);
        var mark = keys.choice("marks", Mark.NONE);
        if (field != null && !field.isRead()) {
            noBound("min", name, keys);
            noBound("max", name, keys);
        }
        keys.finish("attribute");
        if (field == null) {
            return null;
        }
        if (!fits(mark, field.type())) {
            findings.report(
                    ProblemCode.TYPE_MISMATCH,
                    keys.path("marks"),
                    keys.keyNode("marks"),
                    "'%s' is marked by %s.",
                    Words.of(mark),
                    markedBy(mark, existence));
        }
        return new MarkedField(field, mark);
    }

    private @Nullable Field readOrComputed(String name, Keys keys) {
        var compute = keys.text("compute");
        var field = read(name, keys, compute);
        if (compute != null && !keys.list("missing").isEmpty()) {
            findings.report(
                    ProblemCode.BAD_VALUE,
                    keys.path("missing"),
                    keys.keyNode("missing"),
                    "Missing codes are of columns; '%s' is computed.",
                    name);
        }
        return field;
    }

    /** A field is held to its bounds as it is stored; a computed attribute is not stored. */
    private void noBound(String bound, String name, Keys keys) {
        if (keys.value(bound) != null) {
            findings.report(
                    ProblemCode.BAD_VALUE,
                    keys.path(bound),
                    keys.keyNode(bound),
                    "Bounds are of columns; '%s' is computed.",
                    name);
        }
    }

    record MarkedField(Field field, Mark mark) {}

    private @Nullable Node named(String name) {
        var value = around.value(name);
        if (!Words.isName(name, around.path(name), around.keyNode(name), findings)) {
            return null;
        }
        if (value == null) {
            findings.report(
                    ProblemCode.MISSING,
                    around.path(name),
                    around.keyNode(name),
                    "'%s' has no type: write %s: text.",
                    name,
                    name);
        }
        return value;
    }

    private @Nullable Field ofType(String name) {
        var type = around.choice(name, DataType.class);
        if (type == DataType.MONEY) {
            noCurrency(name, around.path(name), around.keyNode(name));
        }
        return type == null ? null : Field.of(name, type);
    }

    private @Nullable Field read(String name, Keys keys, @Nullable String compute) {
        int before = findings.count();
        var type = keys.choice("type", DataType.class);
        if (type == null && findings.count() == before) {
            findings.report(
                    ProblemCode.MISSING,
                    keys.path("type"),
                    around.keyNode(name),
                    "'%s' has no type.",
                    name);
        }
        var label = keys.text("label", name);
        var currency = currency(name, type, keys);
        var missing = keys.list("missing").stream().map(ScalarNode::getValue).toList();
        var min = bound("min", type, keys);
        var max = bound("max", type, keys);
        if (min != null && max != null && min.compareTo(max) > 0) {
            findings.report(
                    ProblemCode.BAD_RANGE,
                    keys.path("min"),
                    keys.keyNode("min"),
                    "min is greater than max.");
        }
        var notation = NotationForm.ofField(keys);
        return type == null
                ? null
                : new Field(
                        name,
                        label,
                        type,
                        currency == null ? null : currency.code(),
                        compute,
                        missing,
                        min,
                        max,
                        notation,
                        currency == null ? null : currency.field());
    }

    /** Of money: one currency, or the field that holds that of each row. */
    private record MoneyOf(@Nullable String code, @Nullable String field) {}

    /** {@code currency: EUR}, or {@code currency: {field: currency}}. */
    private @Nullable MoneyOf currency(String name, @Nullable DataType type, Keys keys) {
        var value = keys.value("currency");
        if (value == null) {
            if (type == DataType.MONEY) {
                noCurrency(name, keys.path("currency"), around.keyNode(name));
            }
            return null;
        }
        if (type != null && type != DataType.MONEY) {
            findings.report(
                    ProblemCode.BAD_VALUE,
                    keys.path("currency"),
                    value,
                    "A currency is for money; '%s' is %s.",
                    name,
                    Words.of(type));
            return null;
        }
        if (value instanceof MappingNode) {
            var written = keys.mapping("currency");
            var field = written == null ? null : written.required("field");
            if (written != null) {
                written.finish("currency");
            }
            return field == null ? null : new MoneyOf(null, field);
        }
        var scalar = keys.scalar("currency");
        return scalar == null ? null : oneCurrency(scalar, keys);
    }

    private @Nullable MoneyOf oneCurrency(ScalarNode scalar, Keys keys) {
        try {
            return new MoneyOf(Currency.getInstance(scalar.getValue()).getCurrencyCode(), null);
        } catch (IllegalArgumentException _) {
            findings.report(
                    ProblemCode.BAD_VALUE,
                    keys.path("currency"),
                    scalar,
                    "'%s' is no currency: write its three letters, for example EUR.",
                    scalar.getValue());
            return null;
        }
    }

    private void noCurrency(String name, String part, Node node) {
        findings.report(
                ProblemCode.MISSING,
                part,
                node,
                "'%s' is money and has no currency: write %s: {type: money, currency: EUR}.",
                name,
                name);
    }

    private @Nullable BigDecimal bound(String key, @Nullable DataType type, Keys keys) {
        var scalar = keys.scalar(key);
        if (scalar == null) {
            return null;
        }
        if (type != null
                && !List.of(DataType.INTEGER, DataType.DECIMAL, DataType.MONEY).contains(type)) {
            findings.report(
                    ProblemCode.BAD_VALUE,
                    keys.path(key),
                    scalar,
                    "%s is for numbers; the field is %s.",
                    key,
                    Words.of(type));
            return null;
        }
        if (!NUMBER.matcher(scalar.getValue()).matches()) {
            findings.report(
                    ProblemCode.BAD_VALUE,
                    keys.path(key),
                    scalar,
                    "'%s' is no number.",
                    scalar.getValue());
            return null;
        }
        return new BigDecimal(scalar.getValue());
    }

    private static boolean fits(Mark mark, DataType type) {
        return switch (mark) {
            case NONE -> true;
            case TEST -> type == DataType.BOOLEAN;
            case START, REMOVED -> type == DataType.DATE || type == DataType.TIMESTAMP;
            case NAME -> type == DataType.TEXT;
        };
    }

    private static String markedBy(Mark mark, String existence) {
        return switch (mark) {
            case NONE -> "anything";
            case TEST -> "a boolean";
            case START, REMOVED -> existence;
            case NAME -> "a text";
        };
    }
}
