package dev.cairn.domain.analysis;

import dev.cairn.domain.model.Metric.Direction;
import dev.cairn.domain.model.Metric.MetricUnit;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a question.
 *
 * @param rows cells in the order asked for, then totals
 * @param cursor of the last cell row; null where there is none
 * @param asOf what counted as now
 * @param knownAt instant by which the facts had been recorded that were read; null: all that are in force
 * @param sources that it reads
 */
public record AnalysisResult(
        List<Column> columns,
        List<Row> rows,
        boolean hasNextPage,
        @Nullable String cursor,
        Instant asOf,
        @Nullable Instant knownAt,
        List<Notice> notices,
        Set<String> sources) {
    public AnalysisResult {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        notices = List.copyOf(notices);
        sources = Set.copyOf(sources);
    }

    /** Of which is not said what it reads. */
    public AnalysisResult(
            List<Column> columns,
            List<Row> rows,
            boolean hasNextPage,
            @Nullable String cursor,
            Instant asOf,
            @Nullable Instant knownAt,
            List<Notice> notices) {
        this(columns, rows, hasNextPage, cursor, asOf, knownAt, notices, Set.of());
    }

    /** The same with the last row told otherwise. */
    public AnalysisResult withCursor(String other) {
        return new AnalysisResult(
                columns, rows, hasNextPage, other, asOf, knownAt, notices, sources);
    }

    /** Whether another says the same but for when it counted as now, and for its cursor, which has that in it. */
    public boolean saysTheSame(AnalysisResult other) {
        return other.equals(
                new AnalysisResult(
                        columns,
                        rows,
                        hasNextPage,
                        other.cursor,
                        other.asOf,
                        knownAt,
                        notices,
                        sources));
    }

    /** The same with other remarks. */
    public AnalysisResult withNotices(List<Notice> others) {
        return new AnalysisResult(
                columns, rows, hasNextPage, cursor, asOf, knownAt, others, sources);
    }

    /** Of what is known now. */
    public AnalysisResult(
            List<Column> columns,
            List<Row> rows,
            boolean hasNextPage,
            @Nullable String cursor,
            Instant asOf,
            List<Notice> notices) {
        this(columns, rows, hasNextPage, cursor, asOf, null, notices);
    }

    /**
     * A column.
     *
     * @param key unique; what records are keyed by
     * @param unit of a measure; null for others
     * @param currency ISO 4217, for money; null for others, and where a key of each group says it
     * @param metric catalogue metric of a measure; null for an inline one and for others
     * @param attributesAsOf as of when a measure reads attributes that have a history, in words of the language ("fact", "end"); of what has none, and for
     *     others, nothing
     */
    public record Column(
            String key,
            String label,
            Role role,
            ValueType valueType,
            @Nullable MetricUnit unit,
            @Nullable String currency,
            @Nullable String metric,
            @Nullable Direction direction,
            List<String> attributesAsOf) {
        public Column {
            attributesAsOf = List.copyOf(attributesAsOf);
        }

        /** One that reads no attribute with a history. */
        public Column(
                String key,
                String label,
                Role role,
                ValueType valueType,
                @Nullable MetricUnit unit,
                @Nullable String currency,
                @Nullable String metric,
                @Nullable Direction direction) {
            this(key, label, role, valueType, unit, currency, metric, direction, List.of());
        }

        /** The same, of money in a currency. */
        public Column in(String other) {
            return new Column(
                    key, label, role, valueType, unit, other, metric, direction, attributesAsOf);
        }

        /** The same, where it reads attributes with a history. */
        public Column asOf(Collection<String> moments) {
            return new Column(
                    key,
                    label,
                    role,
                    valueType,
                    unit,
                    currency,
                    metric,
                    direction,
                    List.copyOf(moments));
        }
    }

    /** What a column is. */
    public enum Role {
        TIME,
        DIMENSION,
        /** What the key of the dimension before it is, where no value of it may be one or the other: a {@link GroupValue.Kind}. */
        KEY_KIND,
        MEASURE,
        /** How the measure before it stands to what it was to be. */
        STANDARD
    }

    /** Type of a column's values. */
    public enum ValueType {
        TEXT,
        NUMBER,
        DATE,
        TIMESTAMP,
        BOOLEAN
    }

    /**
     * A row.
     *
     * @param cells in the order of columns
     * @param group all that tells its group from others: the group keys shown, and the account of a user
     * @param key by which its cells are opened; null: they are what a cell is made of, or keys were not asked for
     */
    public record Row(
            RowKind kind, List<Cell> cells, List<GroupValue> group, @Nullable String key) {
        public Row {
            cells = List.copyOf(cells);
            group = List.copyOf(group);
        }

        /** One that is not opened. */
        public Row(RowKind kind, List<Cell> cells, List<GroupValue> group) {
            this(kind, cells, group, null);
        }
    }

    /** One cell of a row. */
    public sealed interface Cell {
        /**
         * A bucket.
         *
         * @param label start of the bucket: a LocalDate, or an Instant for hours; null in a total over time
         * @param name what people call the period of a calendar; null for grains of the language, and in a total over time
         */
        record Time(
                @Nullable Object label,
                @Nullable Instant start,
                Set<Incomplete> incomplete,
                @Nullable String name)
                implements Cell {
            /** Of a grain of the language. */
            public Time(
                    @Nullable Object label, @Nullable Instant start, Set<Incomplete> incomplete) {
                this(label, start, incomplete, null);
            }

            public Time {
                incomplete = Incomplete.copyOf(incomplete);
            }
        }

        record Group(GroupValue value) implements Cell {}

        record KeyKind(GroupValue.Kind kind) implements Cell {}

        /**
         * How the value before it stands to what it was to be.
         *
         * @param value BigDecimal, Double or String; null where nothing is to be said of it
         */
        record Standing(@Nullable Object value) implements Cell {}

        /** @param incomplete why the value may still change; empty: it is complete */
        record Value(Measured value, Set<Incomplete> incomplete) implements Cell {
            public Value {
                incomplete = Incomplete.copyOf(incomplete);
            }
        }
    }

    /**
     * A remark about the result.
     *
     * @param column that it is about; null: the whole result
     */
    public record Notice(String code, String message, @Nullable String column) {}
}
