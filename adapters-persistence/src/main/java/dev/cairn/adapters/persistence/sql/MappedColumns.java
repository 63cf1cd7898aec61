package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectCount;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.systemName;
import static org.jooq.impl.DSL.when;

import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Mapping;
import dev.cairn.domain.model.Source;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Name;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * What a table must be like that a source is mapped on. A statement over it looks at that itself, as the table may have been changed since the source was declared:
 * where it is not so, the statement fails ({@link #FAILURE}) and gives no answer.
 */
final class MappedColumns {
    /** What the database says of a statement whose table is not as declared. */
    static final String FAILURE = "22012";

    private static final Table<?> ATTRIBUTE = DSL.table(name("pg_catalog", "pg_attribute")).as("a");
    private static final Table<?> INDEX = DSL.table(name("pg_catalog", "pg_index")).as("i");
    private static final List<String> WHOLE = List.of("smallint", "integer", "bigint");

    private MappedColumns() {}

    /** Types of a table's column, as PostgreSQL writes them, that a field can have its values from; empty: any, as text. */
    static List<String> types(Field field) {
        return switch (field.type()) {
            case TEXT -> List.of();
            case INTEGER -> WHOLE;
            case DECIMAL, MONEY ->
                    List.of("numeric", "smallint", "integer", "bigint", "real", "double precision");
            case BOOLEAN -> List.of("boolean");
            case DATE -> List.of("date", "timestamp without time zone");
            case TIMESTAMP ->
                    List.of(
                            field.notation().isLocal()
                                    ? "timestamp without time zone"
                                    : "timestamp with time zone");
        };
    }

    /** Of each column that is read the fields that read it. */
    static Map<String, List<Field>> read(Source source) {
        var columns = new LinkedHashMap<String, List<Field>>();
        source.fields().stream()
                .filter(Field::isRead)
                .forEach(field ->
                        columns.merge(
                                field.column(),
                                List.of(field),
                                (one, other) ->
                                        Stream.concat(one.stream(), other.stream()).toList()));
        return columns;
    }

    /** True, or the statement fails: whether each column is of a type that its fields are read from. */
    static Condition areAsDeclared(Source source, Mapping mapping) {
        var columns = read(source);
        var fit =
                columns.entrySet().stream()
                        .map(column -> fits(column.getKey(), column.getValue()))
                        .reduce(DSL.falseCondition(), Condition::or);
        var fitting =
                selectCount().from(ATTRIBUTE).where(id("a", "attrelid").eq(idOf(mapping))).and(fit);
        return orFails(field(fitting).eq(inline(columns.size())));
    }

    private static Condition fits(String column, List<Field> fields) {
        var is = text("a", "attname").eq(inline(column));
        for (var field : fields) {
            var types = types(field);
            if (!types.isEmpty()) {
                is = is.and(typeName().in(types.stream().map(DSL::inline).toList()));
            }
        }
        return is;
    }

    /** As PostgreSQL writes the type of {@code a}. */
    private static org.jooq.Field<String> typeName() {
        return function(
                systemName("format_type"),
                SQLDataType.CLOB,
                id("a", "atttypid"),
                DSL.castNull(SQLDataType.INTEGER));
    }

    /**
     * True, or the statement fails: whether no two rows have one key. The rows are looked at only where no index of the table says so.
     *
     * @param values those of the source, with its fields
     */
    static Condition haveOneKeyEach(Source source, Mapping mapping, Select<?> values) {
        var keys =
                source.key().stream()
                        .<org.jooq.Field<?>>map(key -> field(name("v", "f_" + key), Object.class))
                        .toList();
        var twice =
                select(keys)
                        .from(values.asTable("v"))
                        .groupBy(keys)
                        .having(DSL.count().gt(inline(1)));
        return orFails(
                DSL.condition(
                        when(exists(uniqueIndex(source, mapping)), inline(true))
                                .otherwise(field(notExists(twice)))));
    }

    /** An index by which no two rows have one key; where a field reads its column as it is. */
    private static Select<?> uniqueIndex(Source source, Mapping mapping) {
        var key = source.key().stream().map(part -> source.field(part).orElseThrow()).toList();
        boolean asTheyAre =
                key.stream()
                        .allMatch(field ->
                                field.isRead()
                                        && field.missing().isEmpty()
                                        && field.min() == null
                                        && field.max() == null
                                        && !field.notation().isLocal());
        var isOfKey =
                key.stream()
                        .map(MappedColumns::isReadAsItIs)
                        .reduce(DSL.falseCondition(), Condition::or);
        var other =
                selectOne()
                        .from(ATTRIBUTE)
                        .where(id("a", "attrelid").eq(id("i", "indrelid")))
                        .and(
                                field(name("a", "attnum"), SQLDataType.SMALLINT)
                                        .eq(DSL.any(field(name("i", "indkey"), Short[].class))))
                        .andNot(isOfKey);
        var noExpressions = field(name("i", "indexprs"), Object.class).isNull();
        var all = field(name("i", "indpred"), Object.class).isNull();
        return selectOne()
                .from(INDEX)
                .where(asTheyAre ? DSL.trueCondition() : DSL.falseCondition())
                .and(id("i", "indrelid").eq(idOf(mapping)))
                .and(flag("indisunique"))
                .and(flag("indisvalid"))
                .and(flag("indimmediate"))
                .and(noExpressions)
                .and(all)
                .and(notExists(other));
    }

    /** Whether two values of the column are two of the field: days are not of times, nor numbers of others that are rounded. */
    private static Condition isReadAsItIs(Field field) {
        var is = text("a", "attname").eq(inline(field.column()));
        return switch (field.type()) {
            case DATE -> is.and(typeName().eq(inline("date")));
            case DECIMAL, MONEY ->
                    is.and(typeName().notIn(inline("real"), inline("double precision")));
            case TEXT, INTEGER, BOOLEAN, TIMESTAMP -> is;
        };
    }

    private static Condition flag(String column) {
        return DSL.condition(field(name("i", column), SQLDataType.BOOLEAN));
    }

    /** A division by zero is the one failure that SQL has for an expression of one's own. */
    private static Condition orFails(Condition expected) {
        var divisor = when(expected, inline(1)).otherwise(inline(0));
        return inline(1).eq(field(select(inline(1).div(divisor))));
    }

    private static org.jooq.Field<Long> idOf(Mapping mapping) {
        return function(systemName("to_regclass"), SQLDataType.OTHER, inline(quoted(mapping)))
                .cast(SQLDataType.BIGINT);
    }

    private static String quoted(Mapping mapping) {
        return quoted(mapping.schema()) + "." + quoted(mapping.table());
    }

    private static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private static org.jooq.Field<Long> id(String table, String column) {
        return field(name(table, column), SQLDataType.BIGINT);
    }

    private static org.jooq.Field<String> text(String table, String column) {
        Name of = name(table, column);
        return field(of, SQLDataType.CLOB);
    }
}
