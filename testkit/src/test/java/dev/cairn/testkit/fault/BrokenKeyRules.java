package dev.cairn.testkit.fault;

import dev.cairn.domain.model.Source;
import dev.cairn.testkit.reference.Rules;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rules of keys: of several parts, and of what stands in for one. Each with one of them broken. */
final class BrokenKeyRules {
    private BrokenKeyRules() {}

    static class PartsOfAKeyAreNotMarkedOff extends Rules {
        @Override
        public String key(List<?> parts) {
            return parts.stream().map(String::valueOf).collect(Collectors.joining("/"));
        }
    }

    static class PartsOfAKeyAreAsTheyAreWritten extends Rules {
        @Override
        public @Nullable String keyPart(String key, int number) {
            var parts = key.split("/", -1);
            return number > parts.length ? null : parts[number - 1];
        }
    }

    static class RowsWithoutAKeyAreInTheOrderOfLoading extends Rules {
        @Override
        public List<@Nullable Object> placeAmong(Source source, List<@Nullable Object> values) {
            return source.key().isEmpty() ? List.of() : values;
        }
    }
}
