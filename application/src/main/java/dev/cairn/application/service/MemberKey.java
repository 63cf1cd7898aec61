package dev.cairn.application.service;

import dev.cairn.domain.fact.FieldReader;
import dev.cairn.domain.fact.Reading;
import dev.cairn.domain.model.CompositeKey;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Notation;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The key of an account or user in a file of members: of one column, or of several that together are one. */
final class MemberKey {
    private record Column(int at, FieldReader reader) {}

    private final List<String> names;
    private final List<Column> columns;

    MemberKey(List<String> names, Notation notation, ImportHeader header) {
        this.names = names;
        this.columns =
                names.stream()
                        .map(name ->
                                new Column(
                                        header.at(name),
                                        new FieldReader(
                                                Field.of(name, DataType.TEXT).with(notation),
                                                ZoneOffset.UTC)))
                        .toList();
    }

    /** What the columns are called in messages. */
    String name() {
        return String.join(", ", names);
    }

    /** The key of a record; the empty text where it names nobody: the column is empty, or one of several has no value. */
    String read(List<@Nullable String> cells) {
        if (columns.size() == 1) {
            var column = columns.getFirst();
            return column.reader().asText(RowReader.text(cells, column.at()));
        }
        var parts = new ArrayList<String>();
        for (var column : columns) {
            var cell = column.at() < cells.size() ? cells.get(column.at()) : null;
            if (!(column.reader().read(cell) instanceof Reading.Value(String part))) {
                return "";
            }
            parts.add(part);
        }
        return CompositeKey.text(parts);
    }
}
