package dev.cairn.adapters.graphql;

import static graphql.schema.GraphQLTypeUtil.isList;
import static graphql.schema.GraphQLTypeUtil.isNonNull;
import static graphql.schema.GraphQLTypeUtil.unwrapAll;
import static graphql.schema.GraphQLTypeUtil.unwrapNonNull;
import static graphql.schema.GraphQLTypeUtil.unwrapOne;

import graphql.introspection.Introspection;
import graphql.language.AbstractDescribedNode;
import graphql.schema.GraphQLDirective;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLImplementingType;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLNamedSchemaElement;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.idl.DirectiveInfo;
import graphql.schema.idl.ScalarInfo;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.UnExecutableSchemaGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What holds for every schema of Cairn; gives what breaks it, in the form {@code place: what}. */
final class SchemaConventions {
    private static final Pattern PASCAL = Pattern.compile("[A-Z][A-Za-z0-9]*");
    private static final Pattern CAMEL = Pattern.compile("[a-z][A-Za-z0-9]*");
    private static final Pattern UPPER = Pattern.compile("[A-Z][A-Z0-9]*(_[A-Z0-9]+)*");
    private static final Pattern MONEY =
            Pattern.compile(".*(amount|revenue|price|mrr|arr|clv|cac)", Pattern.CASE_INSENSITIVE);
    private static final Pattern TEMPORAL = Pattern.compile("at|.*(At|On|Date|Time)");
    private static final int MOST_ARGUMENTS = 8;

    private final GraphQLSchema schema;
    private final List<String> broken = new ArrayList<>();

    private SchemaConventions(GraphQLSchema schema) {
        this.schema = schema;
    }

    static List<String> brokenBy(String sdl) {
        var conventions =
                new SchemaConventions(
                        UnExecutableSchemaGenerator.makeUnExecutableSchema(
                                new SchemaParser().parse(sdl)));
        conventions.check();
        return List.copyOf(conventions.broken);
    }

    private void check() {
        schema.getAllTypesAsList().stream()
                .filter(type -> !Introspection.isIntrospectionTypes(type))
                .filter(type -> !ScalarInfo.isGraphqlSpecifiedScalar(type.getName()))
                .forEach(this::type);
        schema.getDirectives().stream()
                .filter(directive -> !DirectiveInfo.isGraphqlSpecifiedDirective(directive))
                .forEach(this::directive);
    }

    private void rule(boolean holds, String place, String otherwise) {
        if (!holds) {
            broken.add(place + ": " + otherwise);
        }
    }

    private void named(String place, GraphQLNamedSchemaElement element, Pattern pattern) {
        rule(pattern.matcher(element.getName()).matches(), place, "is not named as others are");
        rule(
                element.getDefinition() instanceof AbstractDescribedNode<?> node
                        && node.getDescription() != null
                        && node.getDescription().isMultiLine()
                        && !node.getDescription().getContent().isBlank(),
                place,
                "has no description as a block string");
    }

    private void type(GraphQLNamedType type) {
        var name = type.getName();
        named(name, type, PASCAL);
        rule(
                !name.matches("(Enum|Type|Interface|Union).*|.*(Enum|Type|Interface|Union)")
                        || name.equals("ValueType"),
                name,
                "says of what kind it is");
        switch (type) {
            case GraphQLFieldsContainer container -> fields(container);
            case GraphQLInputObjectType input -> input(input);
            case GraphQLEnumType words -> {
                rule(words.getValues().size() > 1, name, "has one value only");
                words.getValues().forEach(word -> named(name + "." + word.getName(), word, UPPER));
            }
            case GraphQLScalarType scalar ->
                    rule(scalar.getSpecifiedByUrl() != null, name, "has no @specifiedBy");
            default -> throw new IllegalStateException("a kind of type without rules: " + name);
        }
    }

    private void fields(GraphQLFieldsContainer container) {
        var name = container.getName();
        if (name.endsWith("Connection")) {
            rule(
                    has(container, "edges") && has(container, "pageInfo"),
                    name,
                    "has no edges or pageInfo");
        }
        if (name.endsWith("Edge")) {
            rule(has(container, "node") && has(container, "cursor"), name, "has no node or cursor");
        }
        if (name.equals("PageInfo")) {
            rule(
                    Set.of("hasNextPage", "hasPreviousPage", "startCursor", "endCursor").stream()
                            .allMatch(field -> has(container, field)),
                    name,
                    "is not that of Relay");
        }
        if (container instanceof GraphQLImplementingType node && has(container, "id")) {
            rule(
                    name.equals("Node")
                            || node.getInterfaces().stream()
                                    .anyMatch(other -> other.getName().equals("Node")),
                    name,
                    "has an id and is no Node");
        }
        container.getFieldDefinitions().forEach(field -> field(container, field));
    }

    private static boolean has(GraphQLFieldsContainer container, String field) {
        return container.getFieldDefinition(field) != null;
    }

    private void field(GraphQLFieldsContainer container, GraphQLFieldDefinition field) {
        var place = container.getName() + "." + field.getName();
        named(place, field, CAMEL);
        deprecated(place, field.isDeprecated(), field.getDeprecationReason());
        field.getArguments()
                .forEach(
                        argument -> named(place + "(" + argument.getName() + ")", argument, CAMEL));
        rule(field.getArguments().size() <= MOST_ARGUMENTS, place, "has too many arguments");
        rule(
                !field.getName()
                        .toLowerCase(java.util.Locale.ROOT)
                        .startsWith(container.getName().toLowerCase(java.util.Locale.ROOT)),
                place,
                "repeats the name of its type");
        var type = unwrapAll(field.getType()).getName();
        var bare = unwrapNonNull(field.getType());
        rule(!isList(bare) || isNonNull(unwrapOne(bare)), place, "may hold null items");
        rule(!isList(bare) || isNonNull(field.getType()), place, "may be null instead of empty");
        rule(
                !TEMPORAL.matcher(field.getName()).matches() || !type.equals("String"),
                place,
                "is a time as text");
        rule(
                !MONEY.matcher(field.getName()).matches() || !Set.of("Float", "Int").contains(type),
                place,
                "is money as a float");
        if (type.endsWith("Connection")) {
            rule(
                    field.getArgument("first") != null && field.getArgument("after") != null,
                    place,
                    "has no first and after");
            rule(field.getAppliedDirective("listSize") != null, place, "has no @listSize");
        }
        var isOfOperation =
                Stream.of(
                                schema.getQueryType(),
                                schema.getMutationType(),
                                schema.getSubscriptionType())
                        .anyMatch(container::equals);
        rule(
                isOfOperation || field.getAppliedDirective("requiresRole") == null,
                place,
                "requires a role where none is looked at");
        if (container == schema.getQueryType()) {
            rule(
                    !field.getName().matches("(get|fetch|query|list)[A-Z].*|.*(Query|List)"),
                    place,
                    "says how rather than what");
            rule(!isList(bare), place, "is a list without pages");
        }
        if (container == schema.getMutationType()) {
            rule(
                    field.getAppliedDirective("requiresRole") != null,
                    place,
                    "does not say which role it requires");
            mutation(place, field);
        }
    }

    private void mutation(String place, GraphQLFieldDefinition field) {
        var name = Character.toUpperCase(field.getName().charAt(0)) + field.getName().substring(1);
        var inputs = field.getArguments();
        rule(
                inputs.size() == 1
                        && inputs.getFirst().getName().equals("input")
                        && isNonNull(inputs.getFirst().getType())
                        && nameOf(inputs.getFirst().getType()).equals(name + "Input"),
                place,
                "does not take one input: " + name + "Input!");
        rule(
                nameOf(field.getType()).equals(name + "Payload")
                        && unwrapAll(field.getType()) instanceof GraphQLObjectType payload
                        && payload.getFieldDefinition("problems") != null,
                place,
                "does not give a " + name + "Payload with problems");
    }

    private static String nameOf(GraphQLType type) {
        return unwrapAll(type).getName();
    }

    private void input(GraphQLInputObjectType input) {
        rule(input.getName().endsWith("Input"), input.getName(), "is an input and not called so");
        input.getFieldDefinitions()
                .forEach(field -> {
                    var place = input.getName() + "." + field.getName();
                    named(place, field, CAMEL);
                    deprecated(place, field.isDeprecated(), field.getDeprecationReason());
                    rule(
                            !input.isOneOf()
                                    || (!isNonNull(field.getType()) && !field.hasSetDefaultValue()),
                            place,
                            "is one of several and cannot be left out");
                });
    }

    private void deprecated(String place, boolean deprecated, String reason) {
        rule(
                !deprecated || (reason != null && !reason.equals("No longer supported")),
                place,
                "is deprecated without a reason");
    }

    private void directive(GraphQLDirective directive) {
        named("@" + directive.getName(), directive, CAMEL);
        directive
                .getArguments()
                .forEach(argument ->
                        named(
                                "@%s(%s)".formatted(directive.getName(), argument.getName()),
                                argument,
                                CAMEL));
    }
}
