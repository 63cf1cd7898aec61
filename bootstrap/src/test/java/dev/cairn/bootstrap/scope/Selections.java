package dev.cairn.bootstrap.scope;

import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.GraphQLUnionType;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Selects all that a field of an operation gives, as the schema has it: what is added to it is selected too. */
final class Selections {
    /** Have probes of their own: within others only their values are selected. */
    private static final Set<String> OF_THEIR_OWN =
            Set.of("Metric", "Dimension", "Account", "Cohort");

    private final GraphQLSchema schema;
    private final Set<String> selected = new TreeSet<>();

    Selections(GraphQLSchema schema) {
        this.schema = schema;
    }

    /** Fields that were selected so far, as {@code Type.field}. */
    Set<String> selected() {
        return selected;
    }

    /** Fields of all objects that an operation can give, as {@code Type.field}. */
    Set<String> selectable() {
        return schema.getAllTypesAsList().stream()
                .filter(GraphQLObjectType.class::isInstance)
                .map(GraphQLObjectType.class::cast)
                .filter(type -> !type.getName().startsWith("__"))
                .flatMap(type ->
                        type.getFieldDefinitions().stream()
                                .map(field -> type.getName() + "." + field.getName()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The document of a probe. */
    String document(Probe probe) {
        var operation =
                switch (probe.operation()) {
                    case "query" -> schema.getQueryType();
                    case "mutation" -> schema.getMutationType();
                    case "subscription" -> schema.getSubscriptionType();
                    default -> throw new IllegalArgumentException(probe.operation());
                };
        var field = operation.getFieldDefinition(probe.field());
        selected.add(operation.getName() + "." + probe.field());
        return "%s { answer: %s%s%s }"
                .formatted(
                        probe.operation(),
                        probe.field(),
                        probe.arguments(),
                        selection(field, probe.nested(), Set.of(), true));
    }

    private String selection(
            GraphQLFieldDefinition field,
            Map<String, String> nested,
            Set<String> path,
            boolean isWhole) {
        return switch (GraphQLTypeUtil.unwrapAll(field.getType())) {
            case GraphQLInterfaceType type ->
                    schema.getImplementations(type).stream()
                            .map(each ->
                                    "... on %s %s"
                                            .formatted(
                                                    each.getName(),
                                                    fields(each, nested, path, false)))
                            .collect(Collectors.joining(" ", " { ", " }"));
            case GraphQLUnionType union -> throw new IllegalStateException(union.getName());
            case GraphQLFieldsContainer type -> " " + fields(type, nested, path, isWhole);
            default -> "";
        };
    }

    private String fields(
            GraphQLFieldsContainer type,
            Map<String, String> nested,
            Set<String> path,
            boolean isWhole) {
        var within = new HashSet<>(path);
        within.add(type.getName());
        boolean isShort = !isWhole && OF_THEIR_OWN.contains(type.getName());
        return type.getFieldDefinitions().stream()
                .filter(field -> isTaken(type, field, nested, within, isShort))
                .map(field -> {
                    var place = type.getName() + "." + field.getName();
                    selected.add(place);
                    return field.getName()
                            + nested.getOrDefault(place, "")
                            + selection(field, nested, within, false);
                })
                .collect(Collectors.joining(" ", "{ ", " }"));
    }

    private static boolean isTaken(
            GraphQLFieldsContainer type,
            GraphQLFieldDefinition field,
            Map<String, String> nested,
            Set<String> path,
            boolean isShort) {
        if (nested.containsKey(type.getName() + "." + field.getName())) {
            return true;
        }
        var of = GraphQLTypeUtil.unwrapAll(field.getType());
        boolean isValue = !(of instanceof GraphQLFieldsContainer);
        return field.getArguments().isEmpty()
                && (isValue
                        || !isShort
                                && (!path.contains(of.getName())
                                        || OF_THEIR_OWN.contains(of.getName())));
    }
}
