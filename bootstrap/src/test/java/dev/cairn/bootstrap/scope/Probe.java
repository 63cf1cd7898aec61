package dev.cairn.bootstrap.scope;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to each caller of {@link ScopeTest}, of which everything is selected that the schema has.
 *
 * @param name of the test
 * @param operation query, mutation or subscription
 * @param field of the operation
 * @param arguments of it, in parentheses; empty: none
 * @param nested arguments of fields within, by {@code Type.field}; those that take any are selected where they stand here only
 * @param before a document that is asked before, whose value at {@code at} takes the place of KEY in the arguments; null: none
 * @param at JSON pointer
 * @param isSame whether the answer is that of a company without others
 */
record Probe(
        String name,
        String operation,
        String field,
        String arguments,
        Map<String, String> nested,
        @Nullable String before,
        String at,
        boolean isSame) {
    static Probe query(String field, String arguments) {
        return new Probe(field, "query", field, arguments, Map.of(), null, "", true);
    }

    static Probe subscription(String field, String arguments) {
        return new Probe(field, "subscription", field, arguments, Map.of(), null, "", true);
    }

    static Probe mutation(String field, String arguments) {
        return new Probe(field, "mutation", field, arguments, Map.of(), null, "", true);
    }

    Probe as(String other) {
        return new Probe(other, operation, field, arguments, nested, before, at, isSame);
    }

    /** Also with a field within. */
    Probe with(String place, String itsArguments) {
        var all = new HashMap<>(nested);
        all.put(place, itsArguments);
        return new Probe(name, operation, field, arguments, all, before, at, isSame);
    }

    /** Is answered otherwise to who sees some accounts only, whatever others there are; the probe says why. */
    Probe otherwise() {
        return new Probe(name, operation, field, arguments, nested, before, at, false);
    }

    /** Takes a key out of another answer first. */
    Probe after(String document, String pointer) {
        return new Probe(name, operation, field, arguments, nested, document, pointer, isSame);
    }
}
