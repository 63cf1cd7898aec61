package dev.cairn.adapters.graphql.scalar;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;
import java.util.Locale;

/** A scalar that travels as a JSON string. */
final class TextCoercing<T> implements Coercing<T, String> {
    /** Reads a scalar's text. */
    interface Reader<T> {
        /** @throws BadText where it is not of the form */
        T read(String text);
    }

    /** Writes a scalar as text. */
    interface Writer<T> {
        String write(T value);
    }

    /** The text is not of the form; the message says which form. */
    static final class BadText extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        BadText(String message) {
            super(message);
        }
    }

    private final String name;
    private final Class<T> type;
    private final Reader<T> reader;
    private final Writer<T> writer;

    TextCoercing(String name, Class<T> type, Reader<T> reader, Writer<T> writer) {
        this.name = name;
        this.type = type;
        this.reader = reader;
        this.writer = writer;
    }

    @Override
    public String serialize(Object value, GraphQLContext context, Locale locale) {
        if (!type.isInstance(value)) {
            throw new CoercingSerializeException(
                    "%s cannot be given from %s".formatted(name, value.getClass().getName()));
        }
        return writer.write(type.cast(value));
    }

    @Override
    public T parseValue(Object input, GraphQLContext context, Locale locale) {
        if (!(input instanceof String text)) {
            throw new CoercingParseValueException("%s is written as a string.".formatted(name));
        }
        try {
            return reader.read(text);
        } catch (BadText bad) {
            throw new CoercingParseValueException(bad.getMessage(), bad);
        }
    }

    @Override
    public T parseLiteral(
            Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
        var text = input instanceof StringValue literal ? literal.getValue() : null;
        if (text == null) {
            throw new CoercingParseLiteralException("%s is written as a string.".formatted(name));
        }
        try {
            return reader.read(text);
        } catch (BadText bad) {
            throw new CoercingParseLiteralException(bad.getMessage(), bad);
        }
    }

    @Override
    public Value<?> valueToLiteral(Object input, GraphQLContext context, Locale locale) {
        return StringValue.of(
                input instanceof String text ? text : serialize(input, context, locale));
    }
}
