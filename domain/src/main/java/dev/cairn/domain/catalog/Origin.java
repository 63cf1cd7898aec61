package dev.cairn.domain.catalog;

import dev.cairn.domain.model.Definition;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The pack that a definition comes from, or that it stands in the way of.
 *
 * @param pack name of the pack
 * @param version of the pack, when it was applied last
 * @param settings that it was applied with
 * @param standard what the pack defines under this name, where a company's own definition is in force in its place; null where the definition
 *     is the pack's
 */
public record Origin(
        String pack, String version, Map<String, String> settings, @Nullable Definition standard) {
    public Origin {
        settings = Map.copyOf(Objects.requireNonNullElse(settings, Map.of()));
    }

    /** Of the pack's own definition. */
    public Origin(String pack, String version, Map<String, String> settings) {
        this(pack, version, settings, null);
    }

    /** Of a company's own definition that is in force in place of the pack's. */
    public Origin insteadOf(Definition definition) {
        return new Origin(pack, version, settings, standard == null ? definition : standard);
    }
}
