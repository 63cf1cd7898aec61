package dev.cairn.domain.check;

import dev.cairn.domain.formula.FormulaNames;
import dev.cairn.domain.formula.FormulaParser;
import dev.cairn.domain.formula.FormulaParser.Parsed;
import dev.cairn.domain.lowering.ParameterValues;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Parameter;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/** Checks the parameters that a metric declares. */
final class ParameterCheck {
    private ParameterCheck() {}

    /** @param place of the metric */
    static List<Problem> of(Metric metric, Place place) {
        var problems = new ArrayList<Problem>();
        var names = new HashSet<String>();
        for (var parameter : metric.parameters()) {
            var at = place.then("params", parameter.name());
            DefinitionChecker.badName(parameter.name(), place.then("params"))
                    .ifPresent(problems::add);
            if (!names.add(parameter.name())) {
                problems.add(
                        Problem.of(
                                ProblemCode.CONFLICT,
                                at,
                                "The parameter '%s' is declared twice.",
                                parameter.name()));
            }
            String type = parameter.type().name().toLowerCase(Locale.ROOT);
            boolean hasType = ParameterValues.types().contains(type);
            if (!hasType) {
                problems.add(
                        Problem.of(
                                ProblemCode.BAD_VALUE,
                                at.then("type"),
                                "A parameter is of type %s: a plain number takes the unit of what it is compared with.",
                                String.join(", ", ParameterValues.types())));
            } else if (ParameterValues.read(parameter.type(), parameter.defaultValue()).isEmpty()) {
                problems.add(
                        Problem.of(
                                ProblemCode.TYPE_MISMATCH,
                                at.then("default"),
                                "'%s' is not of type %s.",
                                parameter.defaultValue(),
                                type));
            }
        }
        return problems;
    }

    /** A value given to such a parameter would change nothing but the column's label. */
    static List<Problem> neverNamed(Metric metric, Place place) {
        return switch (FormulaParser.parse(metric.formula(), place)) {
            case Parsed.Failed _ -> List.of();
            case Parsed.Ok(var formula) -> {
                var named = FormulaNames.of(formula);
                yield metric.parameters().stream()
                        .map(Parameter::name)
                        .distinct()
                        .filter(parameter -> !named.contains(parameter))
                        .map(parameter ->
                                Problem.of(
                                        ProblemCode.MISSING,
                                        place.then("params", parameter),
                                        "Parameter '%s' is never named in the formula.",
                                        parameter))
                        .toList();
            }
        };
    }
}
