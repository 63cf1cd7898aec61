package dev.cairn.domain.planner;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.model.Alert;
import dev.cairn.domain.model.Baseline;
import dev.cairn.domain.model.Calendar;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.ConformedDimension;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Question;
import dev.cairn.domain.model.Scope;
import dev.cairn.domain.model.Slice;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.model.Success;
import dev.cairn.domain.model.Target;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The baselines of a metric, and what has been defined anew since each was kept.
 *
 * @param redefined why the metric is another one now, by the name of the baseline; what is not in it may be compared
 * @param declared sources and the like that the metric reads and that were declared anew since, by the name of the baseline
 */
record KeptBaselines(
        List<Baseline> all, Map<String, String> redefined, Map<String, Set<String>> declared) {
    KeptBaselines {
        all = List.copyOf(all);
        redefined = Map.copyOf(redefined);
        declared = Map.copyOf(declared);
    }

    /** Of who is told of none. */
    static final KeptBaselines NONE = new KeptBaselines(List.of(), Map.of(), Map.of());

    static KeptBaselines of(Metric metric, Catalog catalog) {
        var all =
                catalog.all(Baseline.class).stream()
                        .filter(baseline -> baseline.metric().equals(metric.name()))
                        .toList();
        var redefined = new HashMap<String, String>();
        var declared = new HashMap<String, Set<String>>();
        if (!all.isEmpty()) {
            int version = catalog.entry(metric.name()).orElseThrow().version();
            var read = KnownThen.withReferences(Set.of(metric.name()), catalog);
            for (var baseline : all) {
                compare(baseline, version, read, catalog, redefined, declared);
            }
        }
        return new KeptBaselines(all, redefined, declared);
    }

    private static void compare(
            Baseline baseline,
            int version,
            Set<String> read,
            Catalog catalog,
            Map<String, String> redefined,
            Map<String, Set<String>> declared) {
        if (baseline.metricVersion() == null) {
            return;
        }
        if (baseline.metricVersion() != version) {
            redefined.put(
                    baseline.name(),
                    "'%s' was kept of version %d of '%s', which is at version %d"
                            .formatted(
                                    baseline.name(),
                                    baseline.metricVersion(),
                                    baseline.metric(),
                                    version));
            return;
        }
        var since = new TreeSet<String>();
        for (var name : read) {
            if (!name.equals(baseline.metric()) && isSavedAfter(name, baseline.kept(), catalog)) {
                since.add(name);
            }
        }
        var formulas =
                since.stream()
                        .filter(name -> isFormula(name, catalog))
                        .map(name -> "'" + name + "'")
                        .collect(Collectors.joining(", "));
        if (!formulas.isEmpty()) {
            redefined.put(
                    baseline.name(),
                    "Since '%s' was kept (%s), of what '%s' is made of %s has changed"
                            .formatted(
                                    baseline.name(), baseline.kept(), baseline.metric(), formulas));
        } else if (!since.isEmpty()) {
            declared.put(baseline.name(), since);
        }
    }

    private static boolean isSavedAfter(String name, Instant kept, Catalog catalog) {
        return catalog.savedAt(name).filter(saved -> saved.isAfter(kept)).isPresent();
    }

    private static boolean isFormula(String name, Catalog catalog) {
        return catalog.entry(name)
                .filter(entry ->
                        switch (entry.definition()) {
                            case Metric _, Cohort _, Slice _ -> true;
                            case Source _,
                                    Entity _,
                                    Calendar _,
                                    ConformedDimension _,
                                    Target _,
                                    Baseline _,
                                    Success _,
                                    Scope _,
                                    Question _,
                                    Alert _ ->
                                    false;
                        })
                .isPresent();
    }
}
