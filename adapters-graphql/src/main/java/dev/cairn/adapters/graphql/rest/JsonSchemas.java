package dev.cairn.adapters.graphql.rest;

import static dev.cairn.adapters.graphql.rest.OpenApiDocument.ordered;
import static dev.cairn.adapters.graphql.rest.OpenApiDocument.reference;

import graphql.language.ArrayValue;
import graphql.language.BooleanValue;
import graphql.language.EnumValue;
import graphql.language.Field;
import graphql.language.IntValue;
import graphql.language.OperationDefinition;
import graphql.language.SelectionSet;
import graphql.language.StringValue;
import graphql.parser.Parser;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLEnumValueDefinition;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Types of the GraphQL schema as schemas of JSON. */
final class JsonSchemas {
    private static final String TYPE = "type";
    private static final String OBJECT = "object";
    private static final String STRING = "string";
    private static final String PROPERTIES = "properties";
    private static final String REQUIRED = "required";
    private static final String FORMAT = "format";

    private final GraphQLSchema schema;
    private final Map<String, Object> components = new TreeMap<>();

    JsonSchemas(GraphQLSchema schema) {
        this.schema = schema;
    }

    /** The types that what was asked for refers to, by name. */
    Map<String, Object> components() {
        return components;
    }

    Map<String, Object> ofInput(String type) {
        var found = schema.getType(type);
        if (found == null) {
            throw new IllegalArgumentException("no type " + type);
        }
        return present(found, null);
    }

    /** What a document gives for a field of queries; its selections are the members. */
    Map<String, Object> ofAnswer(String document, String field) {
        var operation =
                new Parser()
                        .parseDocument(document)
                        .getDefinitionsOfType(OperationDefinition.class);
        var root =
                operation.getFirst().getSelectionSet().getSelectionsOfType(Field.class).getFirst();
        var type =
                GraphQLTypeUtil.unwrapAll(
                        schema.getQueryType().getFieldDefinition(field).getType());
        return selected((GraphQLObjectType) type, root.getSelectionSet());
    }

    private Map<String, Object> selected(GraphQLObjectType type, SelectionSet selections) {
        var members = new LinkedHashMap<String, Object>();
        for (Field selection : selections.getSelectionsOfType(Field.class)) {
            var field = type.getFieldDefinition(selection.getName());
            var member = new LinkedHashMap<>(given(field.getType(), selection.getSelectionSet()));
            describe(member, field.getDescription());
            members.put(selection.getResultKey(), member);
        }
        return ordered(TYPE, OBJECT, REQUIRED, List.copyOf(members.keySet()), PROPERTIES, members);
    }

    private Map<String, Object> given(GraphQLType type, @Nullable SelectionSet selections) {
        return switch (type) {
            case GraphQLNonNull required -> present(required.getWrappedType(), selections);
            default -> orNull(present(type, selections));
        };
    }

    private Map<String, Object> present(GraphQLType type, @Nullable SelectionSet selections) {
        return switch (type) {
            case GraphQLList list ->
                    ordered(TYPE, "array", "items", given(list.getWrappedType(), selections));
            case GraphQLObjectType object when selections != null -> selected(object, selections);
            case GraphQLScalarType scalar -> scalar(scalar);
            case GraphQLEnumType words -> component(words.getName(), () -> words(words));
            case GraphQLInputObjectType object -> component(object.getName(), () -> object(object));
            default -> throw new IllegalStateException("no JSON stands for " + type);
        };
    }

    /** Once each: types refer to themselves. */
    private Map<String, Object> component(String name, Supplier<Map<String, Object>> type) {
        if (components.putIfAbsent(name, Map.of()) == null) {
            components.put(name, type.get());
        }
        return reference(name);
    }

    private Map<String, Object> object(GraphQLInputObjectType type) {
        var members = new LinkedHashMap<String, Object>();
        var required = new ArrayList<String>();
        for (GraphQLInputObjectField field : type.getFields()) {
            var member =
                    new LinkedHashMap<>(
                            type.isOneOf()
                                    ? present(field.getType(), null)
                                    : given(field.getType(), null));
            describe(member, field.getDescription());
            if (field.hasSetDefaultValue()) {
                member.put("default", literal(field.getInputFieldDefaultValue().getValue()));
            } else if (GraphQLTypeUtil.isNonNull(field.getType())) {
                required.add(field.getName());
            }
            members.put(field.getName(), member);
        }
        var object = ordered(TYPE, OBJECT);
        describe(object, type.getDescription());
        object.put(PROPERTIES, members);
        if (type.isOneOf()) {
            object.put("minProperties", 1);
            object.put("maxProperties", 1);
        } else if (!required.isEmpty()) {
            object.put(REQUIRED, required);
        }
        object.put("additionalProperties", false);
        return object;
    }

    private static Map<String, Object> words(GraphQLEnumType type) {
        var words =
                ordered(
                        TYPE,
                        STRING,
                        "enum",
                        type.getValues().stream()
                                .map(GraphQLEnumValueDefinition::getName)
                                .toList());
        describe(words, type.getDescription());
        return words;
    }

    private static Map<String, Object> scalar(GraphQLScalarType type) {
        return switch (type.getName()) {
            case "Int" -> ordered(TYPE, "integer", FORMAT, "int32");
            case "Float" -> ordered(TYPE, "number", FORMAT, "double");
            case "Boolean" -> ordered(TYPE, "boolean");
            case "Date" -> ordered(TYPE, STRING, FORMAT, "date");
            case "DateTime" -> ordered(TYPE, STRING, FORMAT, "date-time");
            case "String", "ID", "Decimal", "TimeZone" -> ordered(TYPE, STRING);
            case "Record" ->
                    ordered(
                            TYPE,
                            OBJECT,
                            "additionalProperties",
                            ordered(TYPE, List.of(STRING, "number", "boolean", "null")));
            default -> throw new IllegalStateException("no JSON stands for " + type.getName());
        };
    }

    private static Map<String, Object> orNull(Map<String, Object> type) {
        if (type.get(TYPE) instanceof String one) {
            var wider = new LinkedHashMap<>(type);
            wider.put(TYPE, List.of(one, "null"));
            return wider;
        }
        return ordered("anyOf", List.of(type, Map.of(TYPE, "null")));
    }

    private static Object literal(@Nullable Object value) {
        return switch (value) {
            case StringValue text when text.getValue() != null -> text.getValue();
            case EnumValue word -> word.getName();
            case IntValue number -> number.getValue();
            case BooleanValue truth -> truth.isValue();
            case ArrayValue list -> list.getValues().stream().map(JsonSchemas::literal).toList();
            case null, default -> throw new IllegalStateException("no JSON stands for " + value);
        };
    }

    private static void describe(Map<String, Object> type, @Nullable String description) {
        if (description != null) {
            type.put("description", description.strip());
        }
    }
}
