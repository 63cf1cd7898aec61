package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.systemName;

import dev.cairn.adapters.persistence.definition.StoredDefinitions;
import dev.cairn.application.port.out.DimensionValues;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type.Kind;
import dev.cairn.domain.model.EntityRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Reads the values of a dimension: from the facts in force, or from the members. */
public final class JooqDimensionValues implements DimensionValues {
    private static final Field<String> TEXT = DSL.field(name("text"), SQLDataType.CLOB);
    private static final Field<Object> VALUE = DSL.field(name("value"), SQLDataType.OTHER);

    private final DSLContext dsl;
    private final RowCounts rows;

    public JooqDimensionValues(DSLContext dsl, RowCounts rows) {
        this.dsl = dsl;
        this.rows = rows;
    }

    @Override
    public long cost(Expr dimension) {
        return CostEstimate.ofValues(dimension, rows.sizes());
    }

    /** What the values are read from. */
    private record Rows(Table<?> from, Condition where, RowColumns columns) {}

    @Override
    public List<String> values(List<Asked> asked, String startsWith, int first) {
        var read =
                asked.stream()
                        .<Select<Record>>map(JooqDimensionValues::read)
                        .reduce(Select::unionAll)
                        .orElseThrow();
        var kind = asked.getFirst().dimension().type().kind();
        var values =
                select(List.of(TEXT))
                        .from(read.asTable("r"))
                        .where(startsWith(startsWith))
                        .groupBy(TEXT)
                        .orderBy(kind == Kind.BOOLEAN ? TEXT : min(VALUE))
                        .limit(first);
        return MappedTables.fetch(dsl, StoredDefinitions.mapped(dsl), values)
                .map(row -> row.get(0, String.class));
    }

    private static Select<Record> read(Asked asked) {
        var dimension = asked.dimension();
        var both = List.of(dimension, asked.scope());
        var rows = rows(dimension, Reads.of(both.stream()));
        var common = CommonValues.beside(rows.from(), rows.columns(), both);
        var exprs = common.exprs();
        var value = exprs.field(dimension);
        return select(List.of(value.as(VALUE), text(value, dimension.type().kind()).as(TEXT)))
                .from(common.from())
                .where(rows.where(), value.isNotNull(), exprs.condition(asked.scope()));
    }

    private static Rows rows(Expr dimension, Reads reads) {
        return switch (dimension) {
            case Expr.Field(var source, var _, var _) -> ofFacts(source, reads);
            case Expr.Attribute(var entity, var _, var _, var _) -> ofMembers(entity, reads);
            case Expr.Key(var entity) -> ofMembers(entity, reads);
            default ->
                    sourceOf(dimension)
                            .map(source -> ofFacts(source, reads))
                            .orElseGet(() -> ofMembers(readBy(dimension), reads));
        };
    }

    /** The source of whose facts a value is computed; empty where it is of members. */
    static Optional<String> sourceOf(Expr computed) {
        var sources = new ArrayList<String>();
        Exprs.any(
                computed, part -> part instanceof Expr.Field field && sources.add(field.source()));
        return sources.stream().findFirst();
    }

    /** Whose computed attribute it is: those of users read users, and those of accounts never do. */
    private static EntityRef readBy(Expr computed) {
        return Exprs.any(computed, new Expr.Key(EntityRef.USER)::equals)
                ? EntityRef.USER
                : EntityRef.ACCOUNT;
    }

    private static Rows ofFacts(String source, Reads reads) {
        return new Rows(
                FactRows.from(source, reads), FactRows.inForce(), new FactRows.Columns(source));
    }

    private static Rows ofMembers(EntityRef entity, Reads reads) {
        return new Rows(
                MemberTables.of(entity, reads),
                MemberTables.isMember(entity),
                new MemberTables.Columns(entity));
    }

    private static Condition startsWith(String prefix) {
        return prefix.isEmpty()
                ? DSL.noCondition()
                : DSL.condition(
                        function(
                                systemName("starts_with"),
                                SQLDataType.BOOLEAN,
                                TEXT,
                                DSL.val(prefix)));
    }

    /** As a question's filter would write it. */
    private static Field<String> text(Field<?> value, Kind kind) {
        return switch (kind) {
            case TEXT -> SqlTypes.typed(value);
            case INTEGER, BOOLEAN -> value.cast(SQLDataType.CLOB);
            case DECIMAL, DOUBLE ->
                    function(systemName("trim_scale"), SQLDataType.NUMERIC, SqlTypes.exact(value))
                            .cast(SQLDataType.CLOB);
            case DATE -> formatted(value, "YYYY-MM-DD");
            case TIMESTAMP ->
                    formatted(
                            function(
                                    systemName("timezone"),
                                    SQLDataType.LOCALDATETIME,
                                    inline("UTC"),
                                    value),
                            "YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"");
            case NONE, BROKEN -> throw SqlTypes.broken();
        };
    }

    private static Field<String> formatted(Field<?> time, String pattern) {
        return function(systemName("to_char"), SQLDataType.CLOB, time, inline(pattern));
    }
}
