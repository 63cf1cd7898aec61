package dev.cairn.adapters.graphql.analysis;

import dev.cairn.application.port.in.AnalyzeUseCase.Outcome;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult;
import graphql.TrivialDataFetcher;
import graphql.execution.ExecutionContext;
import graphql.execution.FieldCollector;
import graphql.execution.FieldCollectorParameters;
import graphql.execution.MergedField;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLCompositeType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One answer of a response that is kept.
 *
 * @param asOf names in its data of what counted as now, which is told anew each time
 * @param pages names of its pages, with those of their cursors, which have that in them
 */
record KeptAnalysis(
        AnalysisQuery question,
        AnalysisResult result,
        List<String> asOf,
        Map<String, List<String>> pages) {
    private static final String TYPE_NAME = "__typename";
    private static final long BYTES_OF_ANY = 2_000;
    private static final long BYTES_OF_ROW = 150;
    private static final long BYTES_OF_CELL = 250;
    private static final FieldCollector COLLECTOR = new FieldCollector();

    /** Null where a field beneath is read from anywhere but the answer: such fields have a fetcher of their own. */
    static @Nullable KeptAnalysis of(
            MergedField field,
            AskedQuestions.@Nullable Answered answered,
            ExecutionContext context) {
        var schema = context.getGraphQLSchema();
        var analysis = Objects.requireNonNull(schema.getObjectType("Analysis"));
        if (answered == null || !isOfAnswer(analysis, field, context)) {
            return null;
        }
        var asOf = new ArrayList<String>();
        var pages = new LinkedHashMap<String, List<String>>();
        for (var part : beneath(analysis, field, context)) {
            switch (part.getName()) {
                case "asOf" -> asOf.add(part.getResultKey());
                case "pageInfo" ->
                        pages.put(
                                part.getResultKey(),
                                beneath(
                                                Objects.requireNonNull(
                                                        schema.getObjectType("PageInfo")),
                                                part,
                                                context)
                                        .stream()
                                        .filter(of -> of.getName().equals("endCursor"))
                                        .map(MergedField::getResultKey)
                                        .toList());
                default -> {
                    // The same as long as the answer is.
                }
            }
        }
        return new KeptAnalysis(answered.question(), answered.result(), asOf, pages);
    }

    private static boolean isOfAnswer(
            GraphQLObjectType type, MergedField field, ExecutionContext context) {
        var schema = context.getGraphQLSchema();
        for (var part : beneath(type, field, context)) {
            if (part.getName().equals(TYPE_NAME)) {
                continue;
            }
            var definition = type.getFieldDefinition(part.getName());
            var fetcher =
                    schema.getCodeRegistry()
                            .getDataFetcher(
                                    FieldCoordinates.coordinates(type, definition), definition);
            if (!(fetcher instanceof TrivialDataFetcher<?>)
                    || !types(definition, schema).stream()
                            .allMatch(each -> isOfAnswer(each, part, context))) {
                return false;
            }
        }
        return true;
    }

    /** Objects that a field may give. */
    private static List<GraphQLObjectType> types(
            GraphQLFieldDefinition definition, GraphQLSchema schema) {
        return GraphQLTypeUtil.unwrapAll(definition.getType())
                        instanceof GraphQLCompositeType composite
                ? switch (composite) {
                    case GraphQLObjectType object -> List.of(object);
                    case GraphQLInterfaceType all -> schema.getImplementations(all);
                    default -> throw new IllegalStateException("a union: " + composite.getName());
                }
                : List.of();
    }

    private static List<MergedField> beneath(
            GraphQLObjectType type, MergedField field, ExecutionContext context) {
        return COLLECTOR
                .collectFields(
                        FieldCollectorParameters.newParameters()
                                .schema(context.getGraphQLSchema())
                                .objectType(type)
                                .fragments(context.getFragmentsByName())
                                .variables(context.getCoercedVariables().toMap())
                                .graphQLContext(context.getGraphQLContext())
                                .build(),
                        field)
                .getSubFieldsList();
    }

    /**
     * The data for an answer of now; null where it is another one.
     *
     * @param data that was made for the answer of then
     */
    @Nullable Object of(Outcome outcome, @Nullable Object data, ExecutionContext context) {
        return outcome instanceof Outcome.Answered(var now)
                        && now.saysTheSame(result)
                        && data instanceof Map<?, ?> told
                ? of(now, told, context)
                : null;
    }

    private Map<Object, @Nullable Object> of(
            AnalysisResult now, Map<?, ?> told, ExecutionContext context) {
        var all = new LinkedHashMap<Object, @Nullable Object>(told);
        asOf.forEach(name -> all.put(name, written(now.asOf(), context)));
        pages.forEach((name, cursors) -> {
            var page =
                    new LinkedHashMap<Object, @Nullable Object>(
                            (Map<?, ?>) Objects.requireNonNull(all.get(name)));
            cursors.forEach(cursor -> page.put(cursor, now.cursor()));
            all.put(name, page);
        });
        return all;
    }

    private static Object written(Instant instant, ExecutionContext context) {
        var scalar =
                (GraphQLScalarType)
                        Objects.requireNonNull(context.getGraphQLSchema().getType("DateTime"));
        return Objects.requireNonNull(
                scalar.getCoercing()
                        .serialize(instant, context.getGraphQLContext(), context.getLocale()));
    }

    long bytes() {
        return BYTES_OF_ANY
                + result.rows().size() * (BYTES_OF_ROW + BYTES_OF_CELL * result.columns().size());
    }
}
