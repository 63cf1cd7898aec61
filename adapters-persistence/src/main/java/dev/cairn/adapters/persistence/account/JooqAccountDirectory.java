package dev.cairn.adapters.persistence.account;

import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT;

import dev.cairn.adapters.persistence.schema.AttributeTable;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.adapters.persistence.sql.AccountFilter;
import dev.cairn.application.port.out.AccountDirectory;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Entity.Mark;
import dev.cairn.domain.plan.Expr;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
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
 * Keeps accounts and users in PostgreSQL. A load counts a member without attributes until then as loaded, one whose attributes or existence
 * change as loaded and superseded, one that is as it was as a duplicate. Of several rows of one member in a load the last one stays.
 */
public final class JooqAccountDirectory implements AccountDirectory {
    private static final Field<Instant> SINCE =
            DSL.coalesce(ACCOUNT.DECLARED_START, ACCOUNT.FIRST_FACT).as("since");

    private final DataSource dataSource;
    private final DSLContext dsl;

    public JooqAccountDirectory(DataSource dataSource) {
        this.dataSource = dataSource;
        this.dsl = Postgres.dsl(dataSource);
    }

    @Override
    public Load begin(Entity entity, Instant recordedAt) {
        return new MemberLoad(dataSource, entity);
    }

    @Override
    public List<Account> page(Entity entity, Expr where, @Nullable String afterKey, int first) {
        var after = afterKey == null ? DSL.noCondition() : ACCOUNT.ACCOUNT_KEY.gt(afterKey);
        return accounts(entity, where, after, first);
    }

    @Override
    public Optional<Account> find(Entity entity, String key, Expr where) {
        return accounts(entity, where, ACCOUNT.ACCOUNT_KEY.eq(key), 1).stream().findFirst();
    }

    private List<Account> accounts(Entity entity, Expr where, Condition wanted, int first) {
        var attributes = new AttributeTable(entity.entity());
        var filter = new AccountFilter(where);
        var columns = new ArrayList<Field<?>>(List.of(ACCOUNT.ACCOUNT_KEY, SINCE));
        columns.addAll(attributes.columns(entity));
        return dsl.select(columns)
                .from(ACCOUNT)
                .leftJoin(attributes.table())
                .on(attributes.accountId().eq(ACCOUNT.ACCOUNT_ID))
                .where(wanted)
                .and(
                        ACCOUNT.ACCOUNT_ID.in(
                                DSL.select(ACCOUNT.ACCOUNT_ID)
                                        .from(filter.accounts())
                                        .where(filter.condition())))
                .orderBy(ACCOUNT.ACCOUNT_KEY)
                .limit(first)
                .fetch(found -> account(entity, attributes, found));
    }

    private static Account account(Entity entity, AttributeTable attributes, Record found) {
        var values = new LinkedHashMap<String, Object>();
        for (var attribute : entity.attributes()) {
            var value = found.get(attributes.column(attribute.field()));
            if (value != null) {
                values.put(
                        attribute.field().name(),
                        value instanceof Long whole ? BigDecimal.valueOf(whole) : value);
            }
        }
        String key = found.get(ACCOUNT.ACCOUNT_KEY);
        var name = entity.marked(Mark.NAME).map(field -> (String) values.get(field.name()));
        return new Account(key, name.orElse(key), found.get(SINCE), values);
    }
}
