package dev.cairn.domain.check;

import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.FormulaParser;
import dev.cairn.domain.formula.FormulaPieces;
import dev.cairn.domain.formula.Function;
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
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.Grain;
import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Weeks of what is computed by a declaration begin on Monday, whatever is configured: they are stored, and another setting would leave values of two
 * meanings in one column. Where weeks begin on another day the same formula would say something else in a question, so there it is not declared.
 */
public final class StoredWeeks {
    private StoredWeeks() {}

    /** What is refused of a definition that is new or revised, where weeks begin on a day unless a question says another. */
    public static List<Problem> refused(Definition definition, DayOfWeek weekStarts, Place place) {
        if (weekStarts == DayOfWeek.MONDAY) {
            return List.of();
        }
        return switch (definition) {
            case Source source ->
                    refused(source.fields().stream(), weekStarts, place.then("fields"));
            case Entity entity ->
                    refused(
                            entity.attributes().stream().map(Entity.Attribute::field),
                            weekStarts,
                            place.then("attributes"));
            case Slice _,
                    Metric _,
                    Cohort _,
                    Calendar _,
                    ConformedDimension _,
                    Target _,
                    Baseline _,
                    Success _,
                    Scope _,
                    Question _,
                    Alert _ ->
                    List.of();
        };
    }

    private static List<Problem> refused(Stream<Field> fields, DayOfWeek weekStarts, Place place) {
        return fields.filter(field -> field.compute() != null && hasWeeks(field.compute()))
                .map(field -> refused(field, weekStarts, place.then(field.name(), "compute")))
                .toList();
    }

    private static Problem refused(Field field, DayOfWeek weekStarts, Place place) {
        return Problem.of(
                ProblemCode.INCOMPATIBLE,
                place,
                "What is computed by a declaration has weeks from Monday, and weeks begin on %s here (cairn.week-starts), so that '%s' would not say what its formula says in a question. Leave the week out, and have it in the question: a key 'FIELD by week', or trunc(FIELD, week) in a formula.",
                weekStarts.getDisplayName(TextStyle.FULL, Locale.ENGLISH),
                field.name());
    }

    private static boolean hasWeeks(String formula) {
        return FormulaParser.parse(formula, Place.NOWHERE)
                        instanceof FormulaParser.Parsed.Ok(var sound)
                && hasWeeks(sound);
    }

    private static boolean hasWeeks(Formula formula) {
        boolean isWeek =
                formula instanceof Formula.Call call
                        && call.name().equals(Function.TRUNC.word())
                        && call.arguments().stream()
                                .anyMatch(argument ->
                                        argument.value() instanceof Formula.GrainName(var grain, _)
                                                && grain == Grain.WEEK);
        return isWeek || FormulaPieces.of(formula).stream().anyMatch(StoredWeeks::hasWeeks);
    }
}
