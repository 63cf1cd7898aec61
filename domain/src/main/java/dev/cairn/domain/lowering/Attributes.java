package dev.cairn.domain.lowering;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.TypeRules;
import dev.cairn.domain.model.EntityKind;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.problem.Place;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** What attributes of accounts and users are read as. */
public final class Attributes {
    private final Catalog catalog;

    /** Formulas of computed attributes, of the entities that were asked for one. */
    private final Map<EntityKind, Map<String, Expr>> computed = new EnumMap<>(EntityKind.class);

    Attributes(Catalog catalog) {
        this.catalog = catalog;
    }

    /** An attribute of the account or user at hand; of a computed one its formula, whose problems are told where it is declared. */
    public Expr of(EntityKind kind, Field field) {
        return field.isRead()
                ? new Expr.Attribute(kind, field.name(), TypeRules.of(field))
                : Objects.requireNonNull(
                        computed.computeIfAbsent(kind, this::formulas).get(field.name()));
    }

    private Map<String, Expr> formulas(EntityKind kind) {
        return ComputedAttributes.of(catalog.entity(kind), Place.NOWHERE).formulas();
    }

    /** Whether it is what a computed attribute that was asked for stands for. */
    public boolean isComputed(Expr expr) {
        return computed.values().stream().anyMatch(formulas -> formulas.containsValue(expr));
    }

    /** Tells the formulas of computed attributes beforehand. */
    void computed(EntityKind kind, Map<String, Expr> formulas) {
        computed.put(kind, formulas);
    }
}
