package dev.cairn.adapters.persistence.catalog;

import dev.cairn.adapters.persistence.schema.ColumnType;
import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.adapters.persistence.staging.RowCopy;
import dev.cairn.adapters.persistence.staging.Storable;
import dev.cairn.domain.change.Rereading;
import dev.cairn.domain.change.Rereading.Row;
import dev.cairn.domain.model.Field;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a table again, row by row as an import does, and keeps those that come out otherwise in a table of the transaction. The
 * rows themselves stay as they are.
 */
final class RowsAgain {
    private static final int FETCH = 1_000;

    private final DSLContext transaction;
    private final Name name;
    private final List<Field> fields;
    private final Map<String, Long> impossible = new TreeMap<>();
    private long changed;
    private long leftOut;

    /** @param of the table; the rows that change are kept under a name made of its name */
    RowsAgain(DSLContext transaction, Name of, List<Field> fields) {
        this.transaction = transaction;
        this.name = DSL.name("again_" + of.last());
        this.fields = fields;
    }

    /**
     * @param columns of the rows: ids, times that follow from the values, and the values, one per field
     * @param ids how many ids
     * @param times what follows from values: instants and dates
     */
    void read(
            ResultQuery<Record> rows,
            List<org.jooq.Field<?>> columns,
            int ids,
            Rereading rereading,
            Function<List<@Nullable Object>, List<@Nullable Object>> times) {
        int values = columns.size() - fields.size();
        create(columns, ids, values);
        var copy = new RowCopy(transaction, name);
        try (var cursor = rows.fetchSize(FETCH).fetchLazy()) {
            for (Record row : cursor) {
                var before = new ArrayList<@Nullable Object>(row.intoList());
                switch (rereading.read(before.subList(values, before.size()))) {
                    case Row.Impossible(var reason) -> impossible.merge(reason, 1L, Long::sum);
                    case Row.LeftOut() -> {
                        var gone = new ArrayList<@Nullable Object>(before.subList(0, ids));
                        gone.addAll(Collections.nCopies(before.size() - ids, null));
                        gone.addAll(List.of(true, true));
                        copy.add(gone);
                        leftOut++;
                    }
                    case Row.Read(var read) -> {
                        var after = new ArrayList<@Nullable Object>(before.subList(0, ids));
                        try {
                            times.apply(read).forEach(time -> after.add(storable(time)));
                            addStorable(read, after);
                        } catch (IllegalArgumentException e) {
                            impossible.merge(String.valueOf(e.getMessage()), 1L, Long::sum);
                            continue;
                        }
                        if (!same(before, after)) {
                            boolean moved =
                                    !same(before.subList(ids, values), after.subList(ids, values));
                            after.addAll(List.of(moved, false));
                            copy.add(after);
                            changed++;
                        }
                    }
                }
            }
        }
        copy.flush();
        if (isNeeded()) {
            Postgres.analyze(transaction, name);
        }
    }

    private static @Nullable Object storable(@Nullable Object time) {
        return switch (time) {
            case null -> null;
            case LocalDate day -> Storable.value("time", dev.cairn.domain.model.DataType.DATE, day);
            default -> Storable.instant("time", (Instant) time);
        };
    }

    private void addStorable(List<@Nullable Object> read, List<@Nullable Object> after) {
        for (int i = 0; i < fields.size(); i++) {
            var field = fields.get(i);
            after.add(Storable.value(field.name(), field.type(), read.get(i)));
        }
    }

    private static boolean same(List<@Nullable Object> before, List<@Nullable Object> after) {
        for (int i = 0; i < before.size(); i++) {
            var one = before.get(i);
            var other = after.get(i);
            boolean same =
                    (one instanceof BigDecimal number && other instanceof BigDecimal number2)
                            ? number.compareTo(number2) == 0
                            : Objects.equals(one, other);
            if (!same) {
                return false;
            }
        }
        return true;
    }

    private void create(List<org.jooq.Field<?>> read, int ids, int values) {
        var columns = new ArrayList<org.jooq.Field<?>>();
        for (int i = 0; i < values; i++) {
            columns.add(column(i < ids ? id(i) : time(i - ids), read.get(i).getDataType()));
        }
        for (var field : fields) {
            columns.add(column(value(field), ColumnType.of(field.type())));
        }
        columns.add(column("moved", SQLDataType.BOOLEAN));
        columns.add(column("left_out", SQLDataType.BOOLEAN));
        transaction.createTemporaryTable(name).columns(columns).onCommitDrop().execute();
    }

    private static org.jooq.Field<?> column(String name, DataType<?> type) {
        return DSL.field(DSL.name(name), type.nullable(true));
    }

    private static String id(int number) {
        return "id" + number;
    }

    private static String time(int number) {
        return "time" + number;
    }

    private static String value(Field field) {
        return FactTable.columnOf(field.name()).last();
    }

    Table<Record> table() {
        return DSL.table(name);
    }

    <T> org.jooq.Field<T> id(int number, org.jooq.Field<T> of) {
        return DSL.field(name.append(id(number)), of.getDataType());
    }

    /** A time that follows from the values, of the type that another column has. */
    <T> org.jooq.Field<T> time(int number, org.jooq.Field<T> of) {
        return DSL.field(name.append(time(number)), of.getDataType());
    }

    /** What a field holds now. */
    org.jooq.Field<?> valueOf(Field field) {
        return DSL.field(name.append(value(field)), ColumnType.of(field.type()));
    }

    /** Whether another time follows from its values. */
    org.jooq.Field<Boolean> moved() {
        return DSL.field(name.append("moved"), SQLDataType.BOOLEAN);
    }

    /** Whether it is to stay in the table: also where it is not among these. */
    Condition isTakenIn() {
        return DSL.coalesce(DSL.field(name.append("left_out"), SQLDataType.BOOLEAN), false)
                .isFalse();
    }

    /** Whether any row is to be another, or to go. */
    boolean isNeeded() {
        return changed > 0 || leftOut > 0;
    }

    long changed() {
        return changed;
    }

    /** How many rows the source does not take in. */
    long leftOut() {
        return leftOut;
    }

    /** Why rows cannot be read again, and how many. */
    Map<String, Long> impossible() {
        return impossible;
    }
}
