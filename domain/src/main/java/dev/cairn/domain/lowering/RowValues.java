package dev.cairn.domain.lowering;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Field;
import java.util.Optional;

/** What a value of a row is offered as where one of a cell is wanted. */
final class RowValues {
    private RowValues() {}

    /**
     * An aggregate that takes a value of its type.
     *
     * @param relation a source, a slice or an entity
     * @param value what is said of its rows, a field or where a link leads to
     */
    static String aggregated(String relation, String value, Catalog catalog) {
        var type = field(relation, value, catalog).map(Field::type).orElse(DataType.DECIMAL);
        var rows = rows(relation, catalog);
        return switch (type) {
            case INTEGER, DECIMAL, MONEY -> "sum(%s : %s)".formatted(rows, value);
            case TEXT -> "distinct(%s : %s)".formatted(rows, value);
            case BOOLEAN -> "count(%s where %s)".formatted(rows, value);
            case DATE, TIMESTAMP -> "max(%s : %s)".formatted(rows, value);
        };
    }

    /** Of rows that hold for a time and happen at none it must be said which are meant. */
    private static String rows(String relation, Catalog catalog) {
        boolean haveNoTime =
                catalog.sourceUnder(relation)
                        .filter(source -> source.validity() != null && source.timeField() == null)
                        .isPresent();
        return haveNoTime ? relation + " at end" : relation;
    }

    private static Optional<Field> field(String relation, String name, Catalog catalog) {
        var source = catalog.sourceUnder(relation);
        return source.isPresent()
                ? source.get().field(name)
                : catalog.find(relation, Entity.class).flatMap(entity -> entity.attribute(name));
    }
}
