package dev.cairn.testkit.differential;

import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.formula.FormulaParser;
import dev.cairn.domain.formula.FormulaParser.Parsed;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Slice;
import dev.cairn.domain.problem.Place;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parsed formulas and definitions that cases are made of. */
final class Formulas {
    private Formulas() {}

    static List<Object> of(Case one) {
        var all = new ArrayList<Object>();
        for (var asked : one.query().metrics()) {
            switch (asked.metric()) {
                case MetricReference.Inline(var text) -> add(text, all);
                case MetricReference.ByKey _, MetricReference.Pinned _ -> {}
            }
        }
        for (String key : one.query().groupBy()) {
            if (FormulaParser.parseDimension(key, Place.NOWHERE)
                    instanceof FormulaParser.ParsedDimension.Ok(var dimension)) {
                all.add(dimension);
            }
        }
        add(one.query().where(), all);
        if (one.caller().access() != null) {
            one.caller().access().formulas().forEach(formula -> add(formula, all));
        }
        if (one.query().cohort() instanceof CohortReference.Rule(var rule)) {
            add(rule, all);
        }
        return all;
    }

    static List<Object> of(Catalog catalog) {
        var all = new ArrayList<Object>();
        catalog.entries().stream()
                .map(Entry::definition)
                .forEach(definition -> {
                    all.add(definition);
                    switch (definition) {
                        case Metric metric -> add(metric.formula(), all);
                        case Slice slice -> add(slice.where(), all);
                        case Cohort(_, _, _, Cohort.Members.Rule(var rule)) -> add(rule, all);
                        default -> {}
                    }
                });
        return all;
    }

    private static void add(@Nullable String text, List<Object> all) {
        if (text != null
                && FormulaParser.parse(text, Place.NOWHERE) instanceof Parsed.Ok(var formula)) {
            all.add(formula);
        }
    }
}
