package dev.cairn.adapters.graphql.analysis;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Memory that the data of a response takes, about. */
final class DataBytes {
    private static final long OF_ANY = 32;
    private static final long OF_CHARACTER = 2;
    private static final long OF_ENTRY = 48;

    private DataBytes() {}

    static long of(@Nullable Object value) {
        return OF_ANY
                + switch (value) {
                    case Map<?, ?> members ->
                            members.values().stream().mapToLong(each -> OF_ENTRY + of(each)).sum();
                    case Iterable<?> all -> {
                        long sum = 0;
                        for (var each : all) {
                            sum += of(each);
                        }
                        yield sum;
                    }
                    case String text -> OF_CHARACTER * text.length();
                    case null, default -> OF_ANY;
                };
    }
}
