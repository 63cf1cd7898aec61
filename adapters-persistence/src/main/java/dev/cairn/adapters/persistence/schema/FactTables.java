package dev.cairn.adapters.persistence.schema;

import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jooq.DSLContext;
import org.jooq.Name;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** Makes tables of facts. */
public final class FactTables {
    private static final String KEY = "key_of_";
    private static final String TIME = "time_of_";
    private static final String VALIDITY = "validity_of_";
    private static final String ACCOUNT = "account_of_";
    private static final String ROLE = "role%d_of_";

    private FactTables() {}

    /** Makes a table without its indexes: once it is filled they are made faster. */
    public static void create(DSLContext transaction, FactTable facts, Source declared) {
        var forever = Postgres.FOREVER.coerce(Instant.class);
        var table =
                transaction
                        .createTable(facts.name())
                        .column(facts.accountId())
                        .column(facts.userId())
                        .column(facts.sourceKey())
                        .column(facts.occurred())
                        .column(facts.recorded())
                        .column(
                                facts.superseded().getUnqualifiedName(),
                                facts.superseded().getDataType().defaultValue(forever));
        for (Field field : declared.fields()) {
            table =
                    table.column(
                            facts.column(field).getUnqualifiedName(),
                            ColumnType.declared(field.type()));
        }
        table.execute();
    }

    /** Gives a table its primary key and its indexes. */
    public static void index(DSLContext transaction, FactTable facts, Source declared) {
        transaction
                .alterTable(facts.name())
                .add(
                        DSL.constraint(beside(KEY, facts))
                                .primaryKey(
                                        facts.sourceKey().getUnqualifiedName(),
                                        facts.accountId().getUnqualifiedName(),
                                        facts.superseded().getUnqualifiedName()))
                .execute();
        indexTimes(transaction, facts, declared);
        indexRoles(transaction, facts, declared);
        transaction
                .createIndex(beside(ACCOUNT, facts))
                .on(facts.name(), facts.accountId().getUnqualifiedName())
                .execute();
    }

    /** By these the facts are found that name an account in another role, as its first one left is looked for. */
    private static void indexRoles(DSLContext transaction, FactTable facts, Source declared) {
        int number = 0;
        for (var role : facts.accountRoles(declared)) {
            transaction
                    .createIndex(roleIndex(++number, facts))
                    .on(facts.name(), role.getUnqualifiedName())
                    .where(facts.inForce())
                    .execute();
        }
    }

    private static Name roleIndex(int number, FactTable facts) {
        return beside(ROLE.formatted(number), facts);
    }

    /** Whether the same indexes serve both. */
    public static boolean indexesAlike(Source one, Source other) {
        return Objects.equals(one.timeField(), other.timeField())
                && (one.validity() == null
                        ? other.validity() == null
                        : one.validity().readsAs(other.validity()))
                && times(one).equals(times(other))
                && one.accountRoles().equals(other.accountRoles());
    }

    /** The columns of times that are indexed, with their types: a column of another type was made anew, without its index. */
    private static List<Field> times(Source declared) {
        var names = new ArrayList<>(declared.timesOfEveryRow());
        if (declared.validity() != null) {
            names.add(declared.validity().until());
        }
        return names.stream().flatMap(name -> declared.field(name).stream()).toList();
    }

    /**
     * Makes the indexes of times and roles as declared, in place of those that were.
     *
     * @param before what they were made for; null: for nothing
     */
    public static void indexAnew(
            DSLContext transaction, FactTable facts, @Nullable Source before, Source declared) {
        int roles = before == null ? 0 : before.accountRoles().size();
        for (int number = 1; number <= roles; number++) {
            transaction.dropIndexIfExists(roleIndex(number, facts)).execute();
        }
        indexRoles(transaction, facts, declared);
        transaction.dropIndexIfExists(beside(TIME, facts)).execute();
        transaction.dropIndexIfExists(beside(VALIDITY, facts)).execute();
        indexTimes(transaction, facts, declared);
    }

    private static void indexTimes(DSLContext transaction, FactTable facts, Source declared) {
        if (declared.timeField() != null) {
            indexTimes(transaction, facts, beside(TIME, facts), List.of(declared.timeField()));
        }
        var validity = declared.validity();
        if (validity != null) {
            indexTimes(
                    transaction,
                    facts,
                    beside(VALIDITY, facts),
                    List.of(validity.from(), validity.until()));
        }
    }

    private static void indexTimes(
            DSLContext transaction, FactTable facts, Name index, List<String> fields) {
        // A btree, not BRIN: over half a million facts in order of time a day takes 1 ms (1.7 ms),
        // a month 35 ms (27 ms), the first and the last fact 0.3 ms (120 ms: it cannot), for 4 MB
        // more; and a btree does not mind facts that come late. Who and when of the facts in force
        // are read from it alone: active users of half a year in a quarter of the buffers.
        transaction
                .createIndex(index)
                .on(facts.name(), fields.stream().map(FactTable::columnOf).toArray(Name[]::new))
                .include(
                        facts.accountId().getUnqualifiedName(), facts.userId().getUnqualifiedName())
                .where(facts.inForce())
                .execute();
    }

    /** Adds columns of fields that are not declared any more. */
    public static void addColumns(
            DSLContext transaction,
            FactTable facts,
            Map<String, dev.cairn.domain.model.DataType> columns) {
        columns.forEach((column, type) ->
                transaction
                        .alterTable(facts.name())
                        .addColumn(DSL.field(DSL.name(column), ColumnType.declared(type)))
                        .execute());
    }

    /** The columns of values that a table has, of fields that are declared or once were. */
    public static List<org.jooq.Field<?>> valueColumns(DSLContext transaction, FactTable facts) {
        var columns = DSL.name("information_schema", "columns");
        var column = DSL.field(columns.append("column_name"), SQLDataType.VARCHAR);
        return transaction
                .select(column)
                .from(DSL.table(columns))
                .where(
                        DSL.field(columns.append("table_schema"), SQLDataType.VARCHAR)
                                .eq(DSL.currentSchema()))
                .and(
                        DSL.field(columns.append("table_name"), SQLDataType.VARCHAR)
                                .eq(facts.name().last()))
                .orderBy(column)
                .fetch(column)
                .stream()
                .filter(FactTable::isColumnOfField)
                .<org.jooq.Field<?>>map(name -> DSL.field(facts.name().append(name), Object.class))
                .toList();
    }

    /** Puts a table in the place of another one, which is dropped. */
    public static void replace(
            DSLContext transaction, FactTable old, FactTable successor, Source declared) {
        transaction.dropTable(old.name()).execute();
        transaction.alterTable(successor.name()).renameTo(old.name()).execute();
        var indexes = new ArrayList<>(List.of(KEY, TIME, VALIDITY, ACCOUNT));
        for (int number = 1; number <= declared.accountRoles().size(); number++) {
            indexes.add(ROLE.formatted(number));
        }
        for (String what : indexes) {
            transaction
                    .alterIndexIfExists(beside(what, successor))
                    .renameTo(beside(what, old))
                    .execute();
        }
    }

    private static Name beside(String what, FactTable facts) {
        return DSL.name(what + facts.name().last());
    }
}
