package dev.cairn.adapters.files.definition;

import dev.cairn.domain.model.Notation;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** How values stand in a file, as a field says it among its keys, or a source or entity under {@code read}. */
final class NotationForm {
    private final Keys keys;

    private NotationForm(Keys keys) {
        this.keys = keys;
    }

    /** Of one field. */
    static Notation ofField(Keys field) {
        return new NotationForm(field).read(field.text("column"));
    }

    /** Of all fields of a definition. */
    static Notation ofAll(Keys definition) {
        var read = definition.mapping("read");
        if (read == null) {
            return Notation.STANDARD;
        }
        var notation = new NotationForm(read).read(null);
        read.finish("read");
        return notation;
    }

    private Notation read(@Nullable String column) {
        return new Notation(
                column,
                texts("format"),
                keys.text("locale"),
                pivot(),
                keys.text("decimal"),
                keys.text("thousands"),
                texts("strip"),
                keys.choice("negative", Notation.Negative.class),
                keys.choice("percent", Notation.Percent.class),
                truth("trim"),
                keys.choice("case", Notation.LetterCase.class),
                truth("optional"));
    }

    private List<String> texts(String key) {
        return keys.list(key).stream().map(ScalarNode::getValue).toList();
    }

    private @Nullable Integer pivot() {
        var scalar = keys.scalar("pivot");
        if (scalar == null) {
            return null;
        }
        if (scalar.getValue().matches("[0-9]{1,2}")) {
            return Integer.valueOf(scalar.getValue());
        }
        wrong("pivot", scalar, "a year of two digits, 0 to 99");
        return null;
    }

    private @Nullable Boolean truth(String key) {
        var scalar = keys.scalar(key);
        return switch (scalar == null ? "" : scalar.getValue()) {
            case "" -> null;
            case "true" -> true;
            case "false" -> false;
            default -> {
                if (scalar != null) {
                    wrong(key, scalar, "true or false");
                }
                yield null;
            }
        };
    }

    private void wrong(String key, ScalarNode scalar, String allowed) {
        keys.findings()
                .report(
                        ProblemCode.BAD_VALUE,
                        keys.path(key),
                        scalar,
                        "'%s' is none: %s is %s.",
                        scalar.getValue(),
                        key,
                        allowed);
    }
}
