package dev.cairn.adapters.graphql.rest;

import dev.cairn.domain.model.TextRule;
import dev.cairn.domain.problem.NearestNames;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.problem.Problems;
import graphql.GraphQLContext;
import graphql.schema.CoercingParseValueException;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLEnumValueDefinition;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares JSON with an input type of the schema and finds everything that is wrong with its form, each at its place. GraphQL itself stops at the first and
 * knows no near names.
 */
final class InputCheck {
    /** More than any number that is taken has; to write one out takes minutes. */
    private static final int MOST_DIGITS = 1_000;

    private final Problems problems = new Problems();

    private InputCheck() {}

    /** Empty where it is of this form; where there are very many, not all of them. */
    static List<Problem> problems(GraphQLInputObjectType type, Map<String, ?> given) {
        var check = new InputCheck();
        check.object(type, given, Place.NOWHERE);
        return check.problems.all();
    }

    private void value(GraphQLType type, @Nullable Object given, Place place) {
        if (problems.all().size() > Problems.MOST_LISTED) {
            return;
        }
        if (given == null) {
            if (GraphQLTypeUtil.isNonNull(type)) {
                add(ProblemCode.MISSING, place, "'%s' must not be null.", last(place));
            }
            return;
        }
        switch (type) {
            case GraphQLNonNull required -> value(required.getWrappedType(), given, place);
            case GraphQLList list -> list(list, given, place);
            case GraphQLInputObjectType object -> {
                if (given instanceof Map<?, ?> map) {
                    object(object, map, place);
                } else {
                    add(ProblemCode.BAD_VALUE, place, "'%s' is an object.", last(place));
                }
            }
            case GraphQLEnumType words -> word(words, given, place);
            case GraphQLScalarType scalar -> scalar(scalar, given, place);
            default -> throw new IllegalStateException("no type of an input: " + type);
        }
    }

    private void list(GraphQLList type, Object given, Place place) {
        if (given instanceof List<?> items) {
            for (int at = 0; at < items.size(); at++) {
                value(type.getWrappedType(), items.get(at), place.then(String.valueOf(at)));
            }
        } else {
            add(ProblemCode.BAD_VALUE, place, "'%s' is a list.", last(place));
        }
    }

    private void object(GraphQLInputObjectType type, Map<?, ?> given, Place place) {
        var names = type.getFields().stream().map(GraphQLInputObjectField::getName).toList();
        given.forEach((key, value) -> {
            var name = String.valueOf(key);
            var field = type.getField(name);
            if (field == null) {
                unknown(name, names, place);
            } else if (value != null || !type.isOneOf()) {
                value(field.getType(), value, place.then(name));
            }
        });
        if (type.isOneOf()) {
            oneOf(names, given, place);
        } else {
            type.getFields().stream()
                    .filter(field -> !given.containsKey(field.getName()) && isRequired(field))
                    .forEach(field ->
                            add(
                                    ProblemCode.MISSING,
                                    place.then(field.getName()),
                                    "'%s' is required.",
                                    field.getName()));
        }
    }

    private void unknown(String name, List<String> names, Place place) {
        if (problems.all().size() <= Problems.MOST_LISTED) {
            problems.add(
                    Problem.of(
                                    ProblemCode.UNKNOWN_KEY,
                                    place.then(name),
                                    "There is no field '%s' here; there are %s.",
                                    name,
                                    String.join(", ", names))
                            .suggesting(NearestNames.nearest(name, names)));
        }
    }

    private void oneOf(List<String> names, Map<?, ?> given, Place place) {
        long present = names.stream().filter(given::containsKey).count();
        boolean isNull = names.stream().anyMatch(name -> isGivenNull(given, name));
        if (present != 1 || isNull) {
            add(
                    present == 0 ? ProblemCode.MISSING : ProblemCode.CONFLICT,
                    place,
                    "Give exactly one of %s%s, and not null.",
                    String.join(", ", names),
                    place.path().isEmpty() ? "" : " in '%s'".formatted(last(place)));
        }
    }

    private static boolean isGivenNull(Map<?, ?> given, String name) {
        return given.containsKey(name) && given.get(name) == null;
    }

    private static boolean isRequired(GraphQLInputObjectField field) {
        return GraphQLTypeUtil.isNonNull(field.getType()) && !field.hasSetDefaultValue();
    }

    private void word(GraphQLEnumType type, Object given, Place place) {
        var words = type.getValues().stream().map(GraphQLEnumValueDefinition::getName).toList();
        if (!(given instanceof String text) || !words.contains(text)) {
            problems.add(
                    Problem.of(
                                    ProblemCode.BAD_VALUE,
                                    place,
                                    "'%s' is one of %s.",
                                    last(place),
                                    String.join(", ", words))
                            .suggesting(NearestNames.nearest(String.valueOf(given), words)));
        }
    }

    private void scalar(GraphQLScalarType type, Object given, Place place) {
        if (given instanceof BigDecimal number && Math.abs((long) number.scale()) > MOST_DIGITS) {
            add(ProblemCode.BAD_VALUE, place, "A number has at most %d digits.", MOST_DIGITS);
            return;
        }
        try {
            type.getCoercing().parseValue(given, GraphQLContext.getDefault(), Locale.ROOT);
        } catch (CoercingParseValueException bad) {
            add(ProblemCode.BAD_VALUE, place, "%s", String.valueOf(bad.getMessage()));
            return;
        }
        if (given instanceof String text) {
            TextRule.objection(text)
                    .ifPresent(objection ->
                            add(
                                    ProblemCode.BAD_VALUE,
                                    place,
                                    "There is %s of '%s'.",
                                    objection,
                                    last(place)));
        }
    }

    private void add(ProblemCode code, Place place, String message, Object... arguments) {
        problems.add(Problem.of(code, place, message, arguments));
    }

    /** The name of what is there; items of a list by the name of the list. */
    private static String last(Place place) {
        for (String step : place.path().reversed()) {
            if (!step.isEmpty() && !Character.isDigit(step.charAt(0))) {
                return step;
            }
        }
        return "";
    }
}
