package dev.cairn.adapters.files.definition;

import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Entity.Mark;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.History;
import dev.cairn.domain.model.Notation;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.problem.ProblemCode;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A declared entity as written: {@code entity: listing}, with a key of one column or several, attributes, and links of its own. */
record EntityForm(String name, Keys keys) {
    private static final Set<String> OF_EXISTENCE =
            Set.of(Source.EXISTS_FROM.name(), Source.EXISTS_UNTIL.name());

    /** However the file writes dates. */
    private static final Notation AS_IMPORTS_SAY_IT =
            new Notation(
                    null,
                    List.of("yyyy-MM-dd"),
                    null,
                    null,
                    null,
                    null,
                    List.of(),
                    null,
                    null,
                    null,
                    null,
                    null);

    private static final Set<String> OF_LINK = Set.of("field", "fields");

    Source read() {
        var label = keys.text("label", name);
        var description = keys.text("description", "");
        var key = key();
        var marked = new EnumMap<Mark, String>(Mark.class);
        var fields = fields(key, marked);
        if (keys.value("links") instanceof MappingNode links) {
            links.getValue().forEach(link -> addColumns(link.getValueNode(), fields));
        }
        var notation = NotationForm.ofAll(keys);
        var history = history(fields);
        var links = new LinkForm(name, fields.keySet(), keys.findings()).read(keys);
        var attributes = List.copyOf(fields.values());
        return Source.entity(name, label, description, key, attributes, notation, links, history)
                .existing(marked.get(Mark.START), marked.get(Mark.REMOVED))
                .withMapping(new MappingForm(keys).read(null));
    }

    /** The days that a history begins and ends by are columns of their own, and dates. */
    private @Nullable History history(Map<String, Field> fields) {
        var history = new HistoryForm(keys).read();
        if (history == null) {
            return null;
        }
        for (var column :
                Stream.concat(Stream.of(history.begins()), history.ends().stream()).toList()) {
            if (!Words.isName(column, "history", keys.keyNode("history"), keys.findings())) {
                return null;
            }
            if (fields.containsKey(column)) {
                report(
                        ProblemCode.CONFLICT,
                        "'%s' says when the attributes of a row hold; it is no attribute and no part of the key.",
                        column);
                return null;
            }
        }
        fields.values().stream()
                .filter(field -> field.currencyField() != null)
                .forEach(field ->
                        report(
                                ProblemCode.INCOMPATIBLE,
                                "'%s' is in the currency of its row, and with a history a member has several rows, of which each attribute is read as of its own time: an amount and its currency could be of two. Declare one currency (currency: EUR), or a source with a validity that has each amount beside its currency.",
                                field.name()));
        var missing =
                history instanceof History.Intervals(_, _, var codes) ? codes : List.<String>of();
        var begins = day(history.begins(), List.of());
        fields.put(
                begins.name(),
                history instanceof History.OfFiles ? begins.with(AS_IMPORTS_SAY_IT) : begins);
        history.ends().ifPresent(column -> fields.put(column, day(column, missing)));
        return history;
    }

    private static Field day(String column, List<String> missing) {
        return new Field(column, column, DataType.DATE, null, null, missing, null, null);
    }

    private void report(ProblemCode code, String message, Object... arguments) {
        keys.findings().report(code, "history", keys.keyNode("history"), message, arguments);
    }

    /** One column, or several. */
    private List<String> key() {
        var key = new LinkedHashSet<String>();
        for (var scalar : keys.list("key")) {
            if (Words.isName(scalar.getValue(), "key", scalar, keys.findings())
                    && !key.add(scalar.getValue())) {
                keys.findings()
                        .report(
                                ProblemCode.CONFLICT,
                                "key",
                                scalar,
                                "'%s' stands in the key twice.",
                                scalar.getValue());
            }
        }
        return key.isEmpty() ? List.of(name + "_key") : List.copyOf(key);
    }

    /**
     * The columns of the key that are no attributes of another type are texts.
     *
     * @param marked gets the attributes that say when a member exists
     */
    private Map<String, Field> fields(List<String> key, Map<Mark, String> marked) {
        var fields = new LinkedHashMap<String, Field>();
        key.forEach(column -> fields.put(column, Field.of(column, DataType.TEXT)));
        var written = keys.mapping("attributes");
        if (written == null) {
            return fields;
        }
        var form = new FieldForm(written);
        for (var attribute : written.names()) {
            var read = form.attribute(attribute, "a date");
            if (OF_EXISTENCE.contains(attribute)) {
                keys.findings()
                        .report(
                                ProblemCode.CONFLICT,
                                written.path(attribute),
                                written.keyNode(attribute),
                                "'%s' says when a member exists; give the attribute another name.",
                                attribute);
            } else if (read != null) {
                fields.put(attribute, read.field());
                mark(read, marked, written);
            }
        }
        return fields;
    }

    /** A member exists from and until the days that its attributes say; shown by a name, or left out as a test, are accounts alone. */
    private void mark(FieldForm.MarkedField read, Map<Mark, String> marked, Keys written) {
        var attribute = read.field().name();
        switch (read.mark()) {
            case NONE -> {}
            case TEST, NAME ->
                    refuse(
                            ProblemCode.INCOMPATIBLE,
                            written,
                            attribute,
                            "Marks of this kind are of accounts and users. Members of '%s' are shown by their key, and are left out by a condition (count(%s where not %s)): leave out 'marks'.",
                            name,
                            name,
                            attribute);
            case START, REMOVED -> {
                if (!read.field().isRead()) {
                    refuse(
                            ProblemCode.INCOMPATIBLE,
                            written,
                            attribute,
                            "When a member of '%s' exists is kept with it as it is imported, and '%s' is computed: mark a column of the file.",
                            name,
                            attribute);
                } else if (read.field().type() == DataType.TIMESTAMP) {
                    refuse(
                            ProblemCode.TYPE_MISMATCH,
                            written,
                            attribute,
                            "A member of '%s' exists by the day: '%s' is to be a date ({type: date, marks: %s}).",
                            name,
                            attribute,
                            Words.of(read.mark()));
                } else if (marked.putIfAbsent(read.mark(), attribute) != null) {
                    refuse(
                            ProblemCode.CONFLICT,
                            written,
                            attribute,
                            "'%s' marks %s already.",
                            marked.get(read.mark()),
                            Words.of(read.mark()));
                }
            }
        }
    }

    private void refuse(
            ProblemCode code,
            Keys written,
            String attribute,
            String message,
            @Nullable Object... arguments) {
        keys.findings()
                .report(
                        code,
                        written.path(attribute),
                        written.keyNode(attribute),
                        message,
                        arguments);
    }

    /** The columns with the keys of what a member points at; they are texts unless they are attributes of another type. */
    static void addColumns(Node written, Map<String, Field> fields) {
        switch (written) {
            case ScalarNode column ->
                    fields.computeIfAbsent(
                            column.getValue(), name -> Field.of(name, DataType.TEXT));
            case SequenceNode columns ->
                    columns.getValue().forEach(column -> addColumns(column, fields));
            case MappingNode link ->
                    link.getValue().stream()
                            .filter(part ->
                                    part.getKeyNode() instanceof ScalarNode key
                                            && OF_LINK.contains(key.getValue()))
                            .forEach(part -> addColumns(part.getValueNode(), fields));
            default -> {}
        }
    }
}
