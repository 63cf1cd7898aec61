package dev.cairn.testkit.fault;

import dev.cairn.testkit.reference.Rules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules of members that are split by values, each of them broken. */
final class BrokenPairRules {
    private BrokenPairRules() {}

    static class AllRowsAreReadBeneathAPair extends Rules {
        @Override
        public boolean isReadForPair(@Nullable Object value, Object ofPair) {
            return true;
        }
    }

    static class EachRowIsAPair extends Rules {
        @Override
        public boolean isSamePair(@Nullable Object value, Object ofPair) {
            return false;
        }
    }

    static class RowsWithoutTheValueMakeAPair extends Rules {
        @Override
        public @Nullable List<Object> pair(List<?> values) {
            return values.stream().<Object>map(value -> value == null ? "" : value).toList();
        }
    }
}
