package dev.cairn.adapters.files.definition;

import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Entity.Attribute;
import dev.cairn.domain.model.Entity.Mark;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.problem.ProblemCode;
import java.util.LinkedHashSet;
import java.util.List;

/** The key of accounts or users as written: {@code key: account_key}, or {@code key: [module, presentation, student]}. */
record KeyForm(Keys keys) {
    /** One column, or several. */
    List<String> read(String entity) {
        var key = new LinkedHashSet<String>();
        for (var scalar : keys.list("key")) {
            if (!key.add(scalar.getValue())) {
                keys.findings()
                        .report(
                                ProblemCode.CONFLICT,
                                "key",
                                scalar,
                                "'%s' stands in the key twice.",
                                scalar.getValue());
            }
        }
        if (key.size() > 1) {
            keys.list("key")
                    .forEach(scalar ->
                            Words.isName(scalar.getValue(), "key", scalar, keys.findings()));
        }
        return key.isEmpty() ? List.of(entity + "_key") : List.copyOf(key);
    }

    /** An attribute that is a part of the key, as the key says; it may have a label. */
    static Attribute part(Attribute part, FieldForm.MarkedField read, Keys written) {
        var field = read.field();
        var named = part.field().labelled(field.label());
        if (!field.equals(Field.of(field.name(), DataType.TEXT).labelled(field.label()))
                || read.mark() != Mark.NONE) {
            written.findings()
                    .report(
                            ProblemCode.INCOMPATIBLE,
                            written.path(field.name()),
                            written.keyNode(field.name()),
                            "'%1$s' is a part of the key: a text, of which nothing can be said but its label: %1$s: {type: text, label: ...}. How the columns of the key are read stands under 'read'.",
                            field.name());
        }
        return new Attribute(named, Mark.NONE);
    }
}
