package dev.cairn.application.service;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.check.DefinitionChecker.Checked;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Metric.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says which definitions are made of metrics that are deprecated. It is no problem: what is phased out is in use until it is not. */
final class Deprecations {
    private Deprecations() {}

    /**
     * Of a definition: which it names; and where it is deprecated itself, what names it.
     *
     * @param proposed what names it and is among them says so itself
     */
    static List<String> of(
            String name, Catalog catalog, Map<String, Checked> checked, Set<String> proposed) {
        var said = new ArrayList<String>();
        var own = checked.get(name);
        if (own != null) {
            own.references().stream()
                    .filter(reference -> isDeprecated(reference, catalog))
                    .sorted()
                    .map(reference -> sentence(name, reference))
                    .forEach(said::add);
        }
        if (isDeprecated(name, catalog)) {
            checked.forEach((reader, found) -> {
                if (!proposed.contains(reader) && found.references().contains(name)) {
                    said.add(sentence(reader, name));
                }
            });
        }
        return said;
    }

    private static String sentence(String reader, String deprecated) {
        return "'%s' is made of '%s', which is deprecated".formatted(reader, deprecated);
    }

    private static boolean isDeprecated(String name, Catalog catalog) {
        return catalog.metric(name)
                .map(Metric::status)
                .filter(status -> status == Status.DEPRECATED)
                .isPresent();
    }
}
