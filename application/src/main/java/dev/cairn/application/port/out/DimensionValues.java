package dev.cairn.application.port.out;

import dev.cairn.domain.expression.Expr;
import java.util.List;

/** Knows which values a dimension has. */
public interface DimensionValues {
    /**
     * What the values are of.
     *
     * @param dimension a field of a source's facts in force, or an attribute or key of an entity
     * @param scope over attributes and the key of the account; true keeps a fact or member
     */
    record Asked(Expr dimension, Expr scope) {}

    /**
     * Distinct values as text, in order, that start with a prefix; no empty ones.
     *
     * @param asked one at least, all of one type; their values together
     */
    List<String> values(List<Asked> asked, String startsWith, int first);

    /** Rows that are expected to be read for its values; 0 where nothing is known. */
    default long cost(Expr dimension) {
        return 0;
    }
}
