package dev.cairn.domain.sample;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.Incomplete;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Values of accounts, by column and place. The accounts are in the order of their keys as the database orders them; none comes twice. */
public final class Sample {
    private final List<String> accounts;
    private final List<Column> columns;
    private final List<List<String>> labels;
    private final Instant asOf;

    private Sample(Builder from, Instant asOf) {
        this.accounts = List.copyOf(from.accounts);
        this.columns = from.columns.stream().map(Gathered::column).toList();
        this.labels = from.labels.stream().map(List::copyOf).toList();
        this.asOf = asOf;
    }

    /** How many accounts there are. */
    public int size() {
        return accounts.size();
    }

    /** Keys of the accounts. */
    public List<String> accounts() {
        return accounts;
    }

    /** In the order in which they were asked for. */
    public List<Column> columns() {
        return columns;
    }

    /** @throws IllegalArgumentException where there is none of that key */
    public Column column(String key) {
        return columns.stream()
                .filter(column -> column.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no column " + key));
    }

    /** Of a segment that was asked for, by place of the accounts, as text; {@code ""} where an account has none. */
    public List<String> labels(int segment) {
        return labels.get(segment);
    }

    /** What counted as now. */
    public Instant asOf() {
        return asOf;
    }

    /** The values of a column, by place of the accounts. */
    public static final class Column {
        private final String key;
        private final double[] values;
        private final double[] numerators;
        private final double[] denominators;
        private final double[] rows;
        private final Map<Absence, Integer> absences;
        private final int incomplete;
        private final Map<Incomplete, Integer> reasons;
        private final BitSet beforeData;
        private final BitSet mayChange;

        private Column(Gathered from) {
            this.key = from.key;
            this.values = Arrays.copyOf(from.values, from.size);
            this.numerators =
                    from.ratio ? Arrays.copyOf(from.numerators, from.size) : new double[0];
            this.denominators =
                    from.ratio ? Arrays.copyOf(from.denominators, from.size) : new double[0];
            this.rows = from.rows.length == 0 ? new double[0] : Arrays.copyOf(from.rows, from.size);
            this.absences = Collections.unmodifiableMap(new EnumMap<>(from.absences));
            this.incomplete = from.incomplete;
            this.reasons = Collections.unmodifiableMap(new EnumMap<>(from.reasons));
            this.beforeData = (BitSet) from.beforeData.clone();
            this.mayChange = (BitSet) from.mayChange.clone();
        }

        public String key() {
            return key;
        }

        /** A number; of a condition 1 or 0; of a date its days and of an instant its seconds since 1970; NaN: there is none. */
        public double value(int account) {
            return values[account];
        }

        /** What was divided, where the value is a ratio; NaN: it is none, or has none. */
        public double numerator(int account) {
            return numerators.length == 0 ? Double.NaN : numerators[account];
        }

        /** By what, where the value is a ratio; NaN: it is none, or has none. */
        public double denominator(int account) {
            return denominators.length == 0 ? Double.NaN : denominators[account];
        }

        /** Observations under the value, as {@link dev.cairn.domain.analysis.Measured#sampleSize}; NaN: it has none. */
        public double rows(int account) {
            return rows.length == 0 ? Double.NaN : rows[account];
        }

        /** Of how many accounts there is no value, by the reason; without those that are no reason. */
        public Map<Absence, Integer> absences() {
            return absences;
        }

        /** Of how many accounts the value may still change. */
        public int incomplete() {
            return incomplete;
        }

        /** Of how many accounts it is of data that is broken, or not complete in the time that is read; windows that are not over are no such reason. */
        public int unsound() {
            return Stream.of(
                            Incomplete.BROKEN_DATA,
                            Incomplete.BEYOND_COVERAGE,
                            Incomplete.BEFORE_COVERAGE)
                    .mapToInt(this::of)
                    .max()
                    .orElse(0);
        }

        /** Whether the value of an account may still change. */
        public boolean mayChange(int account) {
            return mayChange.get(account);
        }

        /** Whether the value of an account is of a time that begins before the data does. */
        public boolean beginsBeforeData(int account) {
            return beforeData.get(account);
        }

        /** Of how many accounts the value may still change, or is of less than all, for this reason. */
        public int of(Incomplete reason) {
            return reasons.getOrDefault(reason, 0);
        }
    }

    /** Takes accounts one by one. Of one thread at a time. */
    public static final class Builder {
        private final List<String> accounts = new ArrayList<>();
        private final List<Gathered> columns;
        private final List<List<String>> labels;

        /**
         * @param columns keys
         * @param segments how many labels each account has
         */
        public Builder(List<String> columns, int segments) {
            this.columns = columns.stream().map(Gathered::new).toList();
            this.labels = new ArrayList<>();
            for (int segment = 0; segment < segments; segment++) {
                labels.add(new ArrayList<>());
            }
        }

        /** Takes another account, whose values are taken next, column by column. */
        public void account(String key, List<String> segments) {
            accounts.add(key);
            for (int segment = 0; segment < segments.size(); segment++) {
                labels.get(segment).add(segments.get(segment));
            }
        }

        /**
         * Takes the last account's value of a column.
         *
         * @param value NaN: there is none
         * @param numerator NaN: the value is no ratio
         * @param absence why there is no value; null: there is one
         * @param isComplete whether the value will not change
         */
        public void value(
                int column,
                double value,
                double numerator,
                double denominator,
                @Nullable Absence absence,
                boolean isComplete) {
            columns.get(column).add(value, numerator, denominator, absence, isComplete);
        }

        /** Takes why the value that was taken last of a column may still change, or is of less than all. */
        public void because(int column, Set<Incomplete> reasons) {
            columns.get(column).because(reasons);
        }

        /** Takes how many observations are under the value that was taken last of a column. */
        public void rows(int column, double count) {
            columns.get(column).add(count);
        }

        public int size() {
            return accounts.size();
        }

        /** @param asOf what counted as now */
        public Sample sample(Instant asOf) {
            return new Sample(this, asOf);
        }
    }

    /** A column as far as it was taken. */
    private static final class Gathered {
        private static final int FIRST = 1024;

        private final String key;
        private final Map<Absence, Integer> absences = new EnumMap<>(Absence.class);
        private final Map<Incomplete, Integer> reasons = new EnumMap<>(Incomplete.class);
        private final BitSet beforeData = new BitSet();
        private final BitSet mayChange = new BitSet();
        private double[] values = new double[FIRST];
        private double[] numerators = new double[0];
        private double[] denominators = new double[0];
        private double[] rows = new double[0];
        private boolean ratio;
        private int incomplete;
        private int size;

        Gathered(String key) {
            this.key = key;
        }

        void add(
                double value,
                double numerator,
                double denominator,
                @Nullable Absence absence,
                boolean isComplete) {
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
            }
            values[size] = value;
            if (!Double.isNaN(denominator)) {
                ratio = true;
            }
            if (ratio) {
                numerators = grown(numerators);
                denominators = grown(denominators);
                numerators[size] = numerator;
                denominators[size] = denominator;
            }
            if (absence != null) {
                absences.merge(absence, 1, Integer::sum);
            }
            incomplete += isComplete ? 0 : 1;
            mayChange.set(size, !isComplete);
            size++;
        }

        void because(Set<Incomplete> why) {
            why.forEach(reason -> reasons.merge(reason, 1, Integer::sum));
            beforeData.set(size - 1, why.contains(Incomplete.BEFORE_COVERAGE));
        }

        void add(double count) {
            rows = grown(rows);
            rows[size - 1] = count;
        }

        /** As long as the values; what no row had before is NaN. */
        private double[] grown(double[] numbers) {
            if (numbers.length == values.length) {
                return numbers;
            }
            var longer = Arrays.copyOf(numbers, values.length);
            Arrays.fill(longer, numbers.length, longer.length, Double.NaN);
            return longer;
        }

        Column column() {
            if (rows.length > 0) {
                rows = grown(rows);
            }
            return new Column(this);
        }
    }
}
