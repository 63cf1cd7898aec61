package dev.cairn.domain.catalog;

import dev.cairn.domain.model.Definition;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A definition as it is in force.
 *
 * @param version from 1; a changed meaning makes a new one
 * @param bindings how each bare name of its formulas was read when it was saved (see {@link Binding}), so that what is defined later never changes it
 * @param origin the pack that it comes from or stands in the way of; null: of none
 */
public record Entry(
        Definition definition,
        int version,
        Map<String, Binding> bindings,
        @Nullable Origin origin) {
    public Entry {
        bindings = Map.copyOf(bindings);
    }

    /** Of no pack. */
    public Entry(Definition definition, int version, Map<String, Binding> bindings) {
        this(definition, version, bindings, null);
    }

    public String name() {
        return definition.name();
    }

    /** Whether the definition is that of a pack. */
    public boolean isOfPack() {
        return origin != null && origin.standard() == null;
    }

    /** What a pack defines under this name, where a company's own definition is in force in its place. */
    public Optional<Definition> standard() {
        return Optional.ofNullable(origin).map(Origin::standard);
    }

    /** The same with other bindings. */
    public Entry with(Map<String, Binding> newBindings) {
        return new Entry(definition, version, newBindings, origin);
    }
}
