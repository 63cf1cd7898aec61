package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;

import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.plan.MappedRows;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.Name;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * The account of rows that stay in a table of their own, beside them: that whose key a field says, or that of the row which a link leads to, imported or in a table
 * of its own again.
 *
 * @param from the rows, with what says their account
 * @param id of the account; the reserved one where a row has none
 * @param sound true, or the statement fails: whether no two rows that links lead to have one key
 */
record MappedAccount(Table<?> from, org.jooq.Field<Long> id, Condition sound) {
    private static final org.jooq.Field<Long> NOBODY = inline(FactTable.NO_ACCOUNT);

    /**
     * @param from with the rows, under a name
     * @param all sources whose rows stay in tables of their own, so that those which links lead to are found
     */
    static MappedAccount beside(Table<?> from, MappedRows rows, Name name, List<MappedRows> all) {
        var source = rows.source();
        var row = new FactTable(name);
        if (source.accountField() != null) {
            var account = MappedAccounts.all(all).as(DSL.name(name.last() + "_account"));
            var key = row.column(source.field(source.accountField()).orElseThrow());
            return new MappedAccount(
                    from.leftJoin(account).on(isAccount(account, key(key))),
                    coalesce(StoreTables.id(account, "account_id"), NOBODY),
                    DSL.noCondition());
        }
        return rows.via() == null
                ? new MappedAccount(from, NOBODY, DSL.noCondition())
                : byLink(from, rows, row, all);
    }

    private static MappedAccount byLink(
            Table<?> from, MappedRows rows, FactTable row, List<MappedRows> all) {
        var link = rows.source().accountLink().orElseThrow();
        var to = Objects.requireNonNull(rows.via());
        var parent = new FactTable(DSL.name(row.name().last() + "_" + link.name()));
        var isOf =
                IntStream.range(0, link.fields().size())
                        .mapToObj(part ->
                                LinkedRows.equal(
                                        row.column(field(rows, link.fields().get(part))),
                                        parent.column(to.field(to.key().get(part)).orElseThrow())))
                        .reduce(DSL.noCondition(), Condition::and);
        var mapped =
                all.stream().filter(other -> other.source().name().equals(to.name())).findFirst();
        if (mapped.isEmpty()) {
            return new MappedAccount(
                    from.leftJoin(new FactTable(to.name()).table().as(parent.name()))
                            .on(isOf)
                            .and(parent.inForce()),
                    coalesce(parent.accountId(), NOBODY),
                    DSL.noCondition());
        }
        var values = new MappedValues(mapped.get()).select();
        var further =
                beside(
                        from.leftJoin(values.asTable(parent.name())).on(isOf),
                        mapped.get(),
                        parent.name(),
                        all);
        return new MappedAccount(
                further.from(),
                further.id(),
                further.sound()
                        .and(MappedColumns.haveOneKeyEach(to, mapped.get().mapping(), values)));
    }

    private static Field field(MappedRows rows, String name) {
        return rows.source().field(name).orElseThrow();
    }

    /** Whether an account has a key; what is deleted is none, nor is the reserved account. */
    static Condition isAccount(Table<?> account, org.jooq.Field<String> key) {
        return StoreTables.text(account, StoreTables.keyColumn(EntityRef.ACCOUNT))
                .eq(key)
                .and(StoreTables.id(account, "deletion_id").isNull())
                .and(StoreTables.id(account, "account_id").ne(NOBODY));
    }

    /** As keys of accounts and users are stored. */
    static org.jooq.Field<String> key(org.jooq.Field<?> value) {
        return value.getType() == String.class
                ? SqlTypes.typed(value)
                : value.cast(SQLDataType.CLOB);
    }
}
