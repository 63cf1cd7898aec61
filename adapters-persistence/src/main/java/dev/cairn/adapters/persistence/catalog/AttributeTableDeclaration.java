package dev.cairn.adapters.persistence.catalog;

import dev.cairn.adapters.persistence.schema.AttributeTable;
import dev.cairn.domain.model.Entity;
import java.util.Optional;
import org.jooq.DSLContext;

/** Gives the table of an entity's attributes a column for each of them. */
final class AttributeTableDeclaration implements TableDeclaration {
    private final Entity after;
    private final AttributeTable attributes;
    private final ExistingColumns existing;

    AttributeTableDeclaration(DSLContext transaction, Entity after) {
        this.after = after;
        this.attributes = new AttributeTable(after.entity());
        this.existing = ExistingColumns.of(transaction, attributes.name());
    }

    @Override
    public Optional<String> refusal() {
        return after.attributes().stream()
                .map(Entity.Attribute::field)
                .filter(field -> existing.differs(attributes.column(field), field.type()))
                .filter(field -> existing.anyValue(attributes.column(field)))
                .map(field ->
                        "Attribute %s is now of type %s and has values of another. Declare it under another name."
                                .formatted(field.name(), field.type()))
                .findFirst();
    }

    @Override
    public void carryOut() {
        after.attributes()
                .forEach(attribute ->
                        existing.add(
                                attributes.column(attribute.field()), attribute.field().type()));
    }
}
