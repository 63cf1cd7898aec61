package dev.cairn.adapters.persistence.account;

import dev.cairn.adapters.persistence.schema.AttributeTable;
import dev.cairn.adapters.persistence.schema.ColumnType;
import dev.cairn.adapters.persistence.staging.Staging;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Entity.Attribute;
import dev.cairn.domain.model.Entity.Mark;
import dev.cairn.domain.model.EntityRef;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Field;

/**
 * What a load says of members.
 *
 * @param entity as it is declared
 * @param attributes those of it that the load has values for
 * @param recordedAt when it is loaded
 */
record LoadedMembers(Entity entity, List<Attribute> attributes, Instant recordedAt) {
    LoadedMembers {
        attributes = List.copyOf(attributes);
    }

    EntityRef kind() {
        return entity.entity();
    }

    List<dev.cairn.domain.model.Field> fields() {
        return attributes.stream().map(Attribute::field).toList();
    }

    /** Whether it says from and until when members exist: it has all attributes that are marked so. */
    boolean sayExistence() {
        var marks = Set.of(Mark.START, Mark.REMOVED);
        return names(attributes, marks).containsAll(names(entity.attributes(), marks));
    }

    private static Set<String> names(List<Attribute> attributes, Set<Mark> marks) {
        return attributes.stream()
                .filter(attribute -> marks.contains(attribute.mark()))
                .map(attribute -> attribute.field().name())
                .collect(Collectors.toSet());
    }

    /** Columns of the table of attributes, one per attribute. */
    List<Field<?>> columns() {
        var table = new AttributeTable(kind());
        return fields().stream().<Field<?>>map(table::column).toList();
    }

    /** Columns of the staged rows, one per attribute. */
    List<Field<?>> staged() {
        return fields().stream()
                .<Field<?>>map(field ->
                        Staging.column(
                                AttributeTable.columnOf(field.name()).last(),
                                ColumnType.of(field.type())))
                .toList();
    }
}
