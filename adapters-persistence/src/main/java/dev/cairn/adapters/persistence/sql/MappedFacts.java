package dev.cairn.adapters.persistence.sql;

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
import java.util.List;
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

/** The facts of a source whose rows stay in a table of their own, as its table of facts would hold them: all in force, and recorded from ever. */
final class MappedFacts {
    static final Field<Instant> ALWAYS =
            inline("-infinity").cast(SQLDataType.TIMESTAMPWITHTIMEZONE).coerce(Instant.class);

    private static final FactTable ROW = new FactTable(name("own_row"));
    private static final Table<?> USER = StoreTables.members(EntityRef.USER).as("own_user");

    private final MappedRows rows;
    private final Source source;
    private final List<MappedRows> all;

    /** @param all sources whose rows stay in tables of their own */
    MappedFacts(MappedRows rows, List<MappedRows> all) {
        this.rows = rows;
        this.source = rows.source();
        this.all = all;
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
        var values = new MappedValues(rows).select();
        var account = MappedAccount.beside(values.asTable(ROW.name()), rows, ROW.name(), all);
        var columns = new ArrayList<Field<?>>();
        columns.add(account.id().as(ROW.accountId().getName()));
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
        Table<?> from = account.from();
        if (source.userField() != null) {
            var key = ROW.column(source.field(source.userField()).orElseThrow());
            from =
                    from.leftJoin(USER)
                            .on(StoreTables.id(USER, "account_id").eq(account.id()))
                            .and(StoreTables.text(USER, "user_key").eq(MappedAccount.key(key)));
        }
        Condition sound =
                source.key().isEmpty()
                        ? DSL.noCondition()
                        : MappedColumns.haveOneKeyEach(source, rows.mapping(), values);
        return DSL.select(columns).from(from).where(sound.and(account.sound()));
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
