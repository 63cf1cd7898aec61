package dev.cairn.adapters.persistence.account;

import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT;

import dev.cairn.adapters.persistence.definition.StoredDefinitions;
import dev.cairn.adapters.persistence.schema.AttributeTable;
import dev.cairn.adapters.persistence.schema.ColumnType;
import dev.cairn.adapters.persistence.schema.HistoryTable;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.adapters.persistence.sql.AccountFilter;
import dev.cairn.adapters.persistence.sql.AccountValue;
import dev.cairn.adapters.persistence.sql.MappedTables;
import dev.cairn.adapters.persistence.staging.Staging;
import dev.cairn.application.port.Account;
import dev.cairn.application.port.KeyRange;
import dev.cairn.application.port.out.AccountDirectory;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.lowering.ComputedAttributes;
import dev.cairn.domain.lowering.RowFormulas;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Entity.Attribute;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.overview.AttributeOfAccount;
import dev.cairn.domain.plan.MappedRows;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.time.PointInTime;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.SortField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Accounts, users and their attributes in PostgreSQL. A load replaces what was known of the members and attributes it names, of entities with a history on
 * the days it names, and leaves the others alone. Accounts are listed with what is known now.
 */
public final class JooqAccountDirectory implements AccountDirectory {
    private static final AttributeTable ATTRIBUTES = new AttributeTable(EntityRef.ACCOUNT);

    private final DataSource dataSource;
    private final int batchBytes;
    private final DSLContext dsl;

    public JooqAccountDirectory(DataSource dataSource) {
        this(dataSource, Staging.BATCH_BYTES);
    }

    /** @param batchBytes rows of so many bytes are stored together while a load goes on */
    public JooqAccountDirectory(DataSource dataSource, int batchBytes) {
        this(dataSource, batchBytes, Postgres.dsl(dataSource));
    }

    /** @param dsl that lists are read by, which may read tables of one's own */
    public JooqAccountDirectory(DataSource dataSource, DSLContext dsl) {
        this(dataSource, Staging.BATCH_BYTES, dsl);
    }

    private JooqAccountDirectory(DataSource dataSource, int batchBytes, DSLContext dsl) {
        this.dataSource = dataSource;
        this.batchBytes = batchBytes;
        this.dsl = dsl;
    }

    @Override
    public Load begin(Entity entity, List<Attribute> attributes, Instant recordedAt) {
        return new MemberLoad(
                dataSource, new LoadedMembers(entity, attributes, recordedAt), batchBytes);
    }

    @Override
    public List<Account> page(Expr where, KeyRange range) {
        var after = range.after();
        var before = range.before();
        var found =
                accounts(
                        where,
                        DSL.and(
                                after == null ? DSL.noCondition() : ACCOUNT.ACCOUNT_KEY.gt(after),
                                before == null
                                        ? DSL.noCondition()
                                        : ACCOUNT.ACCOUNT_KEY.lt(before)),
                        range.fromEnd() ? ACCOUNT.ACCOUNT_KEY.desc() : ACCOUNT.ACCOUNT_KEY.asc(),
                        range.most());
        return range.fromEnd() ? found.reversed() : found;
    }

    @Override
    public Optional<Account> find(String key, Expr where) {
        return accounts(where, ACCOUNT.ACCOUNT_KEY.eq(key), ACCOUNT.ACCOUNT_KEY.asc(), 1).stream()
                .findFirst();
    }

    @Override
    public List<AttributeOfAccount.Interval> history(String key) {
        Entity entity = StoredDefinitions.entity(dsl, EntityRef.ACCOUNT);
        if (entity.history() == null || entity.mapping() != null) {
            return List.of();
        }
        var history = new HistoryTable(EntityRef.ACCOUNT);
        return dsl.select(history.from(), history.until())
                .select(history.columns(entity))
                .from(history.table())
                .join(ACCOUNT)
                .on(ACCOUNT.ACCOUNT_ID.eq(history.accountId()))
                .where(ACCOUNT.ACCOUNT_KEY.eq(key))
                .orderBy(history.from())
                .fetch(row -> interval(entity, history, row));
    }

    private static AttributeOfAccount.Interval interval(
            Entity entity, HistoryTable history, Record row) {
        var values = new HashMap<String, Object>();
        for (Entity.Attribute attribute : entity.stored().attributes()) {
            Object value = row.get(history.column(attribute.field()));
            if (value != null) {
                values.put(attribute.field().name(), value);
            }
        }
        return new AttributeOfAccount.Interval(
                finite(row.get(history.from())), finite(row.get(history.until())), values);
    }

    /** Null for a day that is infinite. */
    private static @Nullable LocalDate finite(LocalDate day) {
        return day.equals(LocalDate.MIN) || day.equals(LocalDate.MAX) ? null : day;
    }

    /** By code point: the column says so. */
    private List<Account> accounts(Expr where, Condition keys, SortField<String> order, int first) {
        Entity entity = StoredDefinitions.entity(dsl, EntityRef.ACCOUNT);
        var filter = new AccountFilter(where);
        Select<Record> read =
                dsl.select(
                                ACCOUNT.ACCOUNT_KEY,
                                ACCOUNT.DECLARED_START,
                                ACCOUNT.DECLARED_START_ON,
                                ACCOUNT.FIRST_FACT,
                                ACCOUNT.FIRST_FACT_ON,
                                ACCOUNT.REMOVED_AT,
                                ACCOUNT.REMOVED_ON)
                        .select(attributes(entity))
                        .from(
                                filter.beside(
                                        ACCOUNT.leftJoin(ATTRIBUTES.table())
                                                .on(ATTRIBUTES.accountId().eq(ACCOUNT.ACCOUNT_ID))))
                        .where(filter.condition())
                        .and(keys)
                        .orderBy(order)
                        .limit(first);
        var mapped =
                filter.readsRows()
                        ? StoredDefinitions.mapped(dsl)
                        : entity.mapping() == null
                                ? List.<MappedRows>of()
                                : List.of(RowFormulas.mapped(entity));
        return MappedTables.fetch(dsl, mapped, read).map(row -> account(entity, row, since(row)));
    }

    /** One column for each, by its name; the computed ones are computed here. */
    private static List<Field<?>> attributes(Entity entity) {
        var formulas = ComputedAttributes.of(entity, Place.NOWHERE).formulas();
        return entity.attributes().stream()
                .map(Attribute::field)
                .<Field<?>>map(attribute -> {
                    var formula = formulas.get(attribute.name());
                    return formula == null
                            ? ATTRIBUTES.column(attribute)
                            : AccountValue.of(formula)
                                    .coerce(ColumnType.of(attribute.type()))
                                    .as(ATTRIBUTES.column(attribute));
                })
                .toList();
    }

    private static @Nullable PointInTime since(Record row) {
        var declared = earlier(row.get(ACCOUNT.DECLARED_START), row.get(ACCOUNT.DECLARED_START_ON));
        return declared != null
                ? declared
                : earlier(row.get(ACCOUNT.FIRST_FACT), row.get(ACCOUNT.FIRST_FACT_ON));
    }

    /** The date where it depends on the zone which of them is earlier. */
    private static @Nullable PointInTime earlier(@Nullable Instant at, @Nullable LocalDate on) {
        if (at == null || on == null) {
            return at != null ? PointInTime.at(at) : on == null ? null : PointInTime.on(on);
        }
        boolean isBefore = PointInTime.at(at).isBeforeEverywhere(PointInTime.on(on));
        return isBefore ? PointInTime.at(at) : PointInTime.on(on);
    }

    private static Account account(Entity entity, Record row, @Nullable PointInTime since) {
        String key = row.get(ACCOUNT.ACCOUNT_KEY);
        var attributes = new LinkedHashMap<String, Object>();
        for (Entity.Attribute attribute : entity.attributes()) {
            Object value = row.get(ATTRIBUTES.column(attribute.field()).getName());
            if (value != null) {
                attributes.put(attribute.field().name(), value);
            }
        }
        String name =
                entity.marked(Entity.Mark.NAME)
                        .map(field -> attributes.get(field.name()))
                        .map(Object::toString)
                        .filter(text -> !text.isEmpty())
                        .orElse(key);
        return new Account(
                key,
                name,
                since,
                earlier(row.get(ACCOUNT.REMOVED_AT), row.get(ACCOUNT.REMOVED_ON)),
                attributes);
    }
}
