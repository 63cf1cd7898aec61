package dev.cairn.domain.catalog;

import dev.cairn.domain.model.Definition;
import java.util.Map;

/**
 * A definition as it is in force.
 *
 * @param version from 1; a changed meaning makes a new one
 * @param bindings how each bare name of its formulas was read when it was saved (see {@link Binding}), so that what is defined later never changes it
 */
public record Entry(Definition definition, int version, Map<String, Binding> bindings) {
    public Entry {
        bindings = Map.copyOf(bindings);
    }

    public String name() {
        return definition.name();
    }
}
