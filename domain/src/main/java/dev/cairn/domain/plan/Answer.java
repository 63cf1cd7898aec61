package dev.cairn.domain.plan;

import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.analysis.RowKind;
import java.util.List;
import java.util.Map;

/**
 * What an executor gives for a plan.
 *
 * @param rows cells in the plan's order, then totals by kind, bucket and keys
 * @param hasMore there are cell rows after the last one
 * @param coverage of each source read; a source without facts and without declared coverage is not in it
 * @param tallies one per leaf of the plan's tallies, with the first page; empty with others
 * @param engine name and version of what computed it
 * @param catalogVersion of the definitions that were in force in the moment the rows are of
 */
public record Answer(
        List<Row> rows,
        boolean hasMore,
        Map<String, Coverage> coverage,
        List<Long> tallies,
        String engine,
        long catalogVersion) {
    public Answer {
        tallies = List.copyOf(tallies);
        rows = List.copyOf(rows);
        coverage = Map.copyOf(coverage);
    }

    /**
     * One row.
     *
     * @param bucket index into the plan's buckets; -1 for the whole range
     * @param keys one per group key
     * @param values one per output
     */
    public record Row(RowKind kind, int bucket, List<GroupValue> keys, List<Measured> values) {
        private static final long BYTES_OF_ANY = 80;
        private static final long BYTES_OF_VALUE = 240;
        private static final long BYTES_OF_KEY = 80;
        private static final long BYTES_OF_CHARACTER = 2;

        public Row {
            keys = List.copyOf(keys);
            values = List.copyOf(values);
        }

        /** What it takes in memory, about. */
        public long bytes() {
            return BYTES_OF_ANY
                    + BYTES_OF_VALUE * values.size()
                    + keys.stream().mapToLong(Row::bytes).sum();
        }

        /** What any row of so many keys and values takes at least. */
        public static long leastBytes(int keys, int values) {
            return BYTES_OF_ANY + BYTES_OF_VALUE * values + BYTES_OF_KEY * keys;
        }

        private static long bytes(GroupValue key) {
            return BYTES_OF_KEY
                    + (key.value() instanceof String text ? BYTES_OF_CHARACTER * text.length() : 0);
        }
    }
}
