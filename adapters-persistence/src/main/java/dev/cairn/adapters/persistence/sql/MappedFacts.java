package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.rowNumber;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.systemName;

import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.MappedRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Objects;
import java.util.UUID;
import org.jooq.CommonTableExpression;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** The facts of a source whose rows stay in a table of their own, as its table of facts would hold them: all in force, and recorded from ever. */
final class MappedFacts {
    static final Field<Instant> ALWAYS =
            inline("-infinity").cast(SQLDataType.TIMESTAMPWITHTIMEZONE).coerce(Instant.class);

    private static final FactTable ROW = new FactTable(name("own_row"));
    private static final Table<?> ACCOUNT =
            StoreTables.members(EntityRef.ACCOUNT).as("own_account");
    private static final Table<?> USER = StoreTables.members(EntityRef.USER).as("own_user");

    private final MappedRows rows;
    private final Source source;

    MappedFacts(MappedRows rows) {
        this.rows = rows;
        this.source = rows.source();
    }

    /**
     * @param apart whether the statement tells rows apart; those without a key are numbered then, all of them
     */
    CommonTableExpression<Record> table(boolean apart) {
        var facts = name(new FactTable(source.name()).table().getName());
        boolean numbered = apart && source.key().isEmpty();
        var select = select(apart);
        return numbered ? facts.asMaterialized(select) : facts.asNotMaterialized(select);
    }

    private Select<Record> select(boolean apart) {
        var account = StoreTables.id(ACCOUNT, "account_id");
        var ofAccount = coalesce(account, inline(FactTable.NO_ACCOUNT));
        var columns = new ArrayList<Field<?>>();
        columns.add(ofAccount.as(ROW.accountId().getName()));
        columns.add(
                (source.userField() == null
                                ? DSL.castNull(SQLDataType.BIGINT)
                                : StoreTables.id(USER, "user_id"))
                        .as(ROW.userId().getName()));
        columns.add(
                (apart ? identity() : DSL.castNull(SQLDataType.UUID))
                        .as(ROW.sourceKey().getName()));
        columns.add(ALWAYS.as(ROW.recorded().getName()));
        columns.add(Postgres.FOREVER.as(ROW.superseded().getName()));
        columns.addAll(ROW.columns(source));
        var values = new MappedValues(rows).select();
        Table<?> from = values.asTable(ROW.name());
        from = from.leftJoin(ACCOUNT).on(isAccount(ACCOUNT, key(source.accountField())));
        if (source.userField() != null) {
            from =
                    from.leftJoin(USER)
                            .on(StoreTables.id(USER, "account_id").eq(ofAccount))
                            .and(StoreTables.text(USER, "user_key").eq(key(source.userField())));
        }
        Condition sound =
                source.key().isEmpty()
                        ? DSL.noCondition()
                        : MappedColumns.haveOneKeyEach(source, rows.mapping(), values);
        return DSL.select(columns).from(from).where(sound);
    }

    /** Whether an account has a key; what is deleted is none, nor is the reserved account. */
    static Condition isAccount(Table<?> account, Field<String> key) {
        return StoreTables.text(account, StoreTables.keyColumn(EntityRef.ACCOUNT))
                .eq(key)
                .and(StoreTables.id(account, "deletion_id").isNull())
                .and(StoreTables.id(account, "account_id").ne(inline(FactTable.NO_ACCOUNT)));
    }

    /** Null where no field says it. */
    private Field<String> key(@Nullable String field) {
        return field == null
                ? DSL.castNull(SQLDataType.CLOB)
                : key(ROW.column(source.field(field).orElseThrow()));
    }

    /** As keys of accounts and users are stored. */
    static Field<String> key(Field<?> value) {
        return value.getType() == String.class
                ? SqlTypes.typed(value)
                : value.cast(SQLDataType.CLOB);
    }

    /** What tells a row from others: its key, else its number. */
    private Field<UUID> identity() {
        if (source.key().isEmpty()) {
            return digest(rowNumber().over().cast(SQLDataType.CLOB));
        }
        Field<String> all = null;
        for (var part : source.key()) {
            var text = ROW.column(source.field(part).orElseThrow()).cast(SQLDataType.CLOB);
            all = all == null ? text : all.concat(inline("\u001f")).concat(text);
        }
        return digest(Objects.requireNonNull(all));
    }

    private static Field<UUID> digest(Field<String> text) {
        return function(systemName("md5"), SQLDataType.CLOB, text).cast(SQLDataType.UUID);
    }
}
