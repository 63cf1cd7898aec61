package dev.cairn.adapters.graphql.scalar;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;
import java.util.Locale;
import java.util.Map;

/** A flat row as a JSON object; output only. */
final class RecordCoercing implements Coercing<Map<?, ?>, Map<?, ?>> {
    private static final String OUTPUT_ONLY = "Record is given, never taken.";

    @Override
    public Map<?, ?> serialize(Object value, GraphQLContext context, Locale locale) {
        if (value instanceof Map<?, ?> row) {
            return row;
        }
        throw new CoercingSerializeException(
                "Record cannot be given from " + value.getClass().getName());
    }

    @Override
    public Map<?, ?> parseValue(Object input, GraphQLContext context, Locale locale) {
        throw new CoercingParseValueException(OUTPUT_ONLY);
    }

    @Override
    public Map<?, ?> parseLiteral(
            Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
        throw new CoercingParseLiteralException(OUTPUT_ONLY);
    }
}
