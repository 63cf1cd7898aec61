package dev.cairn.domain.plan;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Mapping;
import dev.cairn.domain.model.Source;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of a source are read that stay in a table of their own.
 *
 * @param formulas of computed fields, in declared order
 * @param where true of the rows that are read; null: all are
 * @param via the source whose rows say the account of these, by the link that the source says; null: a field does, or none
 * @param members whose rows these are, one of each; null: they are facts
 */
public record MappedRows(
        Source source,
        Map<String, Expr> formulas,
        @Nullable Expr where,
        @Nullable Source via,
        @Nullable Entity members) {
    public MappedRows {
        Objects.requireNonNull(source.mapping());
        formulas = Collections.unmodifiableMap(new LinkedHashMap<>(formulas));
    }

    /** Rows that say their account themselves, if they have one. */
    public MappedRows(Source source, Map<String, Expr> formulas, @Nullable Expr where) {
        this(source, formulas, where, null, null);
    }

    public Mapping mapping() {
        return Objects.requireNonNull(source.mapping());
    }
}
