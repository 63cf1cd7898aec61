package dev.cairn.adapters.persistence.account;

import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT;

import dev.cairn.adapters.persistence.catalog.StoredDefinitions;
import dev.cairn.adapters.persistence.schema.AttributeTable;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.adapters.persistence.sql.AccountFilter;
import dev.cairn.adapters.persistence.staging.Staging;
import dev.cairn.application.port.out.AccountDirectory;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.EntityKind;
import dev.cairn.domain.plan.Expr;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Accounts, users and their attributes in PostgreSQL. Attributes have no history yet: a load replaces what was known of the members it
 * names, and leaves the others alone.
 */
public final class JooqAccountDirectory implements AccountDirectory {
    private static final AttributeTable ATTRIBUTES = new AttributeTable(EntityKind.ACCOUNT);

    private final DataSource dataSource;
    private final int batchBytes;
    private final DSLContext dsl;

    public JooqAccountDirectory(DataSource dataSource) {
        this(dataSource, Staging.BATCH_BYTES);
    }

    /** @param batchBytes rows of so many bytes are stored together while a load goes on */
    public JooqAccountDirectory(DataSource dataSource, int batchBytes) {
        this.dataSource = dataSource;
        this.batchBytes = batchBytes;
        this.dsl = Postgres.dsl(dataSource);
    }

    @Override
    public Load begin(Entity entity, Instant recordedAt) {
        return new MemberLoad(dataSource, entity, batchBytes);
    }

    @Override
    public List<Account> page(Expr where, @Nullable String afterKey, int first) {
        return accounts(
                where,
                afterKey == null ? DSL.noCondition() : ACCOUNT.ACCOUNT_KEY.gt(afterKey),
                first);
    }

    @Override
    public Optional<Account> find(String key, Expr where) {
        return accounts(where, ACCOUNT.ACCOUNT_KEY.eq(key), 1).stream().findFirst();
    }

    /** By code point: the column says so. */
    private List<Account> accounts(Expr where, Condition keys, int first) {
        Entity entity = StoredDefinitions.entity(dsl, EntityKind.ACCOUNT);
        Field<Instant> since = DSL.coalesce(ACCOUNT.DECLARED_START, ACCOUNT.FIRST_FACT).as("since");
        return dsl.select(ACCOUNT.ACCOUNT_KEY, since)
                .select(ATTRIBUTES.columns(entity))
                .from(ACCOUNT)
                .leftJoin(ATTRIBUTES.table())
                .on(ATTRIBUTES.accountId().eq(ACCOUNT.ACCOUNT_ID))
                .where(new AccountFilter(where).condition())
                .and(keys)
                .orderBy(ACCOUNT.ACCOUNT_KEY)
                .limit(first)
                .fetch(row -> account(entity, row, row.get(since)));
    }

    private static Account account(Entity entity, Record row, @Nullable Instant since) {
        String key = row.get(ACCOUNT.ACCOUNT_KEY);
        var attributes = new LinkedHashMap<String, Object>();
        for (Entity.Attribute attribute : entity.attributes()) {
            Object value = row.get(ATTRIBUTES.column(attribute.field()));
            if (value != null) {
                attributes.put(attribute.field().name(), value);
            }
        }
        String name =
                entity.marked(Entity.Mark.NAME)
                        .map(field -> attributes.get(field.name()))
                        .map(Object::toString)
                        .orElse(key);
        return new Account(key, name, since, attributes);
    }
}
