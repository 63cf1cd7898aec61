package dev.cairn.adapters.graphql.limit;

import graphql.analysis.QueryTraverser;
import graphql.analysis.QueryVisitorFieldEnvironment;
import graphql.analysis.QueryVisitorStub;
import graphql.execution.CoercedVariables;
import graphql.language.Document;
import graphql.parser.Parser;
import graphql.schema.GraphQLAppliedDirective;
import graphql.schema.GraphQLCompositeType;
import graphql.schema.GraphQLDirectiveContainer;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Estimates what an operation costs, before it is executed, from the {@code @cost} and {@code @listSize} of the schema. A field costs its own
 * weight (0 unless said) and the weight of its type (1 for objects, 0 for others, unless said) for each item that it can give, all of it for
 * each object that it is selected of. Lists among its arguments cost 1 for each {@value #VALUES_PER_UNIT} values. What lies beneath {@code __schema} and {@code __type} has limits of its own and costs nothing.
 */
public final class Cost {
    private static final Document ANALYSIS =
            Parser.parse("query($input: AnalysisInput!) { analyze(input: $input) { records } }");

    private static final int VALUES_PER_UNIT = 100;

    private final Map<QueryVisitorFieldEnvironment, BigDecimal> times = new HashMap<>();
    private final Limits limits;
    private BigDecimal sum = BigDecimal.ZERO;
    private long values;

    private Cost(Limits limits) {
        this.limits = limits;
    }

    /** @throws OverLimit where a list among the arguments is too long */
    static long of(
            GraphQLSchema schema,
            Document document,
            @Nullable String operation,
            CoercedVariables variables,
            Limits limits) {
        var cost = new Cost(limits);
        QueryTraverser.newQueryTraverser()
                .schema(schema)
                .document(document)
                .operationName(operation)
                .coercedVariables(variables)
                .build()
                .visitPreOrder(
                        new QueryVisitorStub() {
                            @Override
                            public void visitField(QueryVisitorFieldEnvironment field) {
                                cost.add(field);
                            }
                        });
        return cost.sum
                .add(BigDecimal.valueOf(cost.values / VALUES_PER_UNIT))
                .setScale(0, RoundingMode.CEILING)
                .longValueExact();
    }

    /** What {@code analyze} costs for a page of this size, asked for in one of its forms: as records, as rows or as series. */
    public static long ofAnalysis(GraphQLSchema schema, int first) {
        return of(
                schema,
                ANALYSIS,
                null,
                CoercedVariables.of(Map.of("input", Map.of("first", first))),
                Limits.STANDARD);
    }

    private void add(QueryVisitorFieldEnvironment field) {
        var parent = field.getParentEnvironment();
        var parents = parent == null ? BigDecimal.ONE : times.getOrDefault(parent, BigDecimal.ZERO);
        if (field.getField().getName().startsWith("__")) {
            parents = BigDecimal.ZERO;
        }
        var items = parents.multiply(BigDecimal.valueOf(items(field)));
        times.put(field, items);
        values += values(field.getArguments());
        sum =
                sum.add(parents.multiply(weight(field.getFieldDefinition(), BigDecimal.ZERO)))
                        .add(items.multiply(weightOfType(field)));
    }

    /** Values in lists, those of inputs within. */
    private long values(@Nullable Object argument) {
        return switch (argument) {
            case Map<?, ?> input -> input.values().stream().mapToLong(this::values).sum();
            case Collection<?> list -> {
                limits.check(Limit.LIST, list.size());
                yield list.size() + list.stream().mapToLong(this::values).sum();
            }
            case null, default -> 0;
        };
    }

    private static BigDecimal weightOfType(QueryVisitorFieldEnvironment field) {
        var type = GraphQLTypeUtil.unwrapAll(field.getFieldDefinition().getType());
        var standard = type instanceof GraphQLCompositeType ? BigDecimal.ONE : BigDecimal.ZERO;
        return type instanceof GraphQLDirectiveContainer container
                ? weight(container, standard)
                : standard;
    }

    private static BigDecimal weight(GraphQLDirectiveContainer element, BigDecimal standard) {
        var cost = element.getAppliedDirective("cost");
        return cost == null
                ? standard
                : new BigDecimal((String) cost.getArgument("weight").getValue());
    }

    /** How many items a field can give: as many as the arguments ask for that the schema names, of its own or of a field above it. */
    private static long items(QueryVisitorFieldEnvironment field) {
        var parent = field.getParentEnvironment();
        var path = field.getField().getName();
        for (var at = parent; at != null; at = at.getParentEnvironment()) {
            var above = ListSize.of(at.getFieldDefinition());
            if (above != null && above.sizedFields().contains(path)) {
                return above.length(at.getArguments());
            }
            path = at.getField().getName() + "." + path;
        }
        var own = ListSize.of(field.getFieldDefinition());
        if (own == null || !own.sizedFields().isEmpty()) {
            return 1;
        }
        return own.valuesOf().isEmpty() ? own.length(field.getArguments()) : own.values(parent);
    }

    /** A {@code @listSize}. */
    private record ListSize(
            long assumed, List<String> arguments, List<String> sizedFields, List<String> valuesOf) {
        private static @Nullable ListSize of(GraphQLDirectiveContainer field) {
            var size = field.getAppliedDirective("listSize");
            if (size == null) {
                return null;
            }
            Integer assumed = size.getArgument("assumedSize").getValue();
            return new ListSize(
                    assumed == null ? 1 : assumed,
                    names(size, "slicingArguments"),
                    names(size, "sizedFields"),
                    names(size, "valuesOf"));
        }

        private static List<String> names(GraphQLAppliedDirective size, String argument) {
            List<String> names = size.getArgument(argument).getValue();
            return names == null ? List.of() : names;
        }

        /** How many values the lists have together, of the nearest field that is given any of them; the assumed length where none is. */
        private long values(@Nullable QueryVisitorFieldEnvironment nearest) {
            for (var field = nearest; field != null; field = field.getParentEnvironment()) {
                var given = field.getArguments();
                var lists =
                        valuesOf.stream()
                                .map(path -> valueAt(path, given))
                                .filter(Collection.class::isInstance)
                                .map(list -> ((Collection<?>) list).size())
                                .toList();
                if (!lists.isEmpty()) {
                    return lists.stream().mapToLong(Integer::longValue).sum();
                }
            }
            return assumed;
        }

        /** The largest that is asked for; the assumed length where none is. A name with a dot is of a field of an input. */
        private long length(Map<String, Object> given) {
            return arguments.stream()
                    .map(path -> valueAt(path, given))
                    .filter(Integer.class::isInstance)
                    .mapToLong(value -> Math.max(0, (Integer) value))
                    .max()
                    .orElse(assumed);
        }

        private static @Nullable Object valueAt(String path, Map<String, Object> given) {
            Object value = given;
            for (String name : path.split("\\.", -1)) {
                value = value instanceof Map<?, ?> map ? map.get(name) : null;
            }
            return value;
        }
    }
}
