package dev.cairn.domain.check;

import dev.cairn.domain.formula.FormulaNames;
import dev.cairn.domain.formula.FormulaParser;
import dev.cairn.domain.formula.FormulaParser.Parsed;
import dev.cairn.domain.model.Alert;
import dev.cairn.domain.model.Baseline;
import dev.cairn.domain.model.Calendar;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.ConformedDimension;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Question;
import dev.cairn.domain.model.Scope;
import dev.cairn.domain.model.Slice;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.model.Success;
import dev.cairn.domain.model.Target;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names of {@code let} that a definition gives values to and never names. */
final class UnreadNames {
    private UnreadNames() {}

    /** @param place of the definition */
    static List<Problem> of(Definition definition, Place place) {
        return switch (definition) {
            case Metric metric -> in(metric.formula(), place.then("formula"));
            case Success success -> {
                var problems = new ArrayList<>(in(success.rule(), place.then("rule")));
                problems.addAll(in(success.size(), place.then("size")));
                yield problems;
            }
            case Scope scope -> in(scope.where(), place.then("where"));
            case Slice slice -> in(slice.where(), place.then("where"));
            case Cohort cohort ->
                    cohort.members() instanceof Cohort.Members.Rule(var rule)
                            ? in(rule, place.then("rule"))
                            : List.of();
            case Source source -> {
                var problems = in(source.fields(), place.then("fields"));
                problems.addAll(in(source.where(), place.then("where")));
                yield problems;
            }
            case Entity entity ->
                    in(
                            entity.attributes().stream().map(Entity.Attribute::field).toList(),
                            place.then("attributes"));
            case Calendar _, ConformedDimension _, Target _, Baseline _, Question _, Alert _ ->
                    List.of();
        };
    }

    private static List<Problem> in(List<Field> fields, Place place) {
        var problems = new ArrayList<Problem>();
        for (var field : fields) {
            problems.addAll(in(field.compute(), place.then(field.name(), "compute")));
        }
        return problems;
    }

    private static List<Problem> in(@Nullable String text, Place place) {
        if (text == null || !(FormulaParser.parse(text, place) instanceof Parsed.Ok(var formula))) {
            return List.of();
        }
        return FormulaNames.unreadIn(formula).stream()
                .map(binding ->
                        FormulaNames.neverNamed(
                                binding, place.at(binding.span().line(), binding.span().column())))
                .toList();
    }
}
