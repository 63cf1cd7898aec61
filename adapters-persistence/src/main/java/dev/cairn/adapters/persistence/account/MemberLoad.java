package dev.cairn.adapters.persistence.account;

import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT;
import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT_USER;

import dev.cairn.adapters.persistence.schema.AttributeTable;
import dev.cairn.adapters.persistence.schema.ColumnType;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.adapters.persistence.schema.SourceStates;
import dev.cairn.adapters.persistence.staging.Staging;
import dev.cairn.adapters.persistence.staging.Storable;
import dev.cairn.application.port.out.AccountDirectory.Load;
import dev.cairn.application.port.out.AccountDirectory.Member;
import dev.cairn.application.port.out.FactStore.Loaded;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.EntityKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** One load of accounts or users: streams them into staging and merges them by statements over all of it. */
final class MemberLoad implements Load {
    private static final Field<Instant> START =
            Staging.column("declared_start", ACCOUNT.DECLARED_START.getDataType());
    private static final Field<Instant> REMOVED =
            Staging.column("removed_at", ACCOUNT.REMOVED_AT.getDataType());
    private static final Table<Record> STAGING = Staging.table();

    private final Entity entity;
    private final boolean ofUsers;
    private final AttributeTable attributes;
    private final Staging staging;

    MemberLoad(DataSource dataSource, Entity entity) {
        this.entity = entity;
        this.ofUsers = entity.entity() == EntityKind.USER;
        this.attributes = new AttributeTable(entity.entity());
        this.staging = Staging.open(dataSource, columns());
    }

    private List<Field<?>> columns() {
        var columns =
                new ArrayList<Field<?>>(
                        List.of(Staging.ACCOUNT_KEY, Staging.USER_KEY, START, REMOVED));
        columns.addAll(values());
        return columns;
    }

    /** One per attribute. */
    private List<Field<?>> values() {
        return entity.attributes().stream()
                .map(Entity.Attribute::field)
                .<Field<?>>map(
                        field -> Staging.column("a_" + field.name(), ColumnType.of(field.type())))
                .toList();
    }

    @Override
    public void add(Member member) {
        var row = new ArrayList<@Nullable Object>();
        row.add(Storable.key("account", ofUsers ? member.account() : member.key()));
        row.add(ofUsers ? Storable.key("user", member.key()) : null);
        row.add(Storable.instantOrNull("start", member.start()));
        row.add(Storable.instantOrNull("removed", member.removed()));
        for (int at = 0; at < entity.attributes().size(); at++) {
            var field = entity.attributes().get(at).field();
            row.add(Storable.value(field.name(), field.type(), member.values().get(at)));
        }
        staging.add(row);
    }

    @Override
    public Loaded commit() {
        return staging.merge(this::merge);
    }

    @Override
    public void close() {
        staging.close();
    }

    private Loaded merge(DSLContext transaction) {
        Postgres.lockWriters(transaction);
        long repeated = deleteOvertaken(transaction, true);
        long overtaken = deleteOvertaken(transaction, false);
        Members.createAccounts(transaction);
        if (ofUsers) {
            Members.createUsers(transaction);
        }
        var counts = count(transaction);
        setExistence(transaction);
        setAttributes(transaction);
        if (counts.added() + counts.changed() > 0) {
            SourceStates.touch(transaction, entity.entity().word());
        }
        return new Loaded(
                counts.added() + counts.changed() + overtaken,
                counts.changed() + overtaken,
                counts.same() + repeated);
    }

    /** Of several rows of one member the last one stays. */
    private long deleteOvertaken(DSLContext transaction, boolean equalOnly) {
        var later = STAGING.as("later");
        var isLater =
                DSL.condition(DSL.noCondition())
                        .and(in(later, Staging.LINE).gt(Staging.LINE))
                        .and(
                                DSL.coalesce(in(later, Staging.ACCOUNT_KEY), "")
                                        .eq(DSL.coalesce(Staging.ACCOUNT_KEY, "")))
                        .and(
                                DSL.coalesce(in(later, Staging.USER_KEY), "")
                                        .eq(DSL.coalesce(Staging.USER_KEY, "")));
        var isEqual =
                columns().stream()
                        .map(column -> isSame(column, in(later, column)))
                        .reduce(DSL.noCondition(), Condition::and);
        return transaction
                .deleteFrom(STAGING)
                .whereExists(
                        DSL.selectOne()
                                .from(later)
                                .where(equalOnly ? isLater.and(isEqual) : isLater))
                .execute();
    }

    private static <T> Field<T> in(Table<?> table, Field<T> column) {
        return DSL.field(
                table.getQualifiedName().append(column.getUnqualifiedName()), column.getDataType());
    }

    @SuppressWarnings("unchecked")
    private static Condition isSame(Field<?> one, Field<?> other) {
        return ((Field<Object>) one).isNotDistinctFrom((Field<Object>) other);
    }

    private record Counts(long added, long changed, long same) {}

    /** What the staged rows change, before they do. A member that only facts have named is new here. */
    private Counts count(DSLContext transaction) {
        var known = attributes.accountId().isNotNull();
        var same =
                Stream.concat(
                                existence().entrySet().stream()
                                        .map(pair -> isSame(pair.getKey(), pair.getValue())),
                                pairs().entrySet().stream()
                                        .map(pair -> isSame(pair.getKey(), pair.getValue())))
                        .reduce(known, Condition::and);
        var found =
                transaction
                        .select(
                                DSL.count().filterWhere(DSL.not(known)),
                                DSL.count().filterWhere(known.and(DSL.not(same))),
                                DSL.count().filterWhere(same))
                        .from(withMembers())
                        .leftJoin(attributes.table())
                        .on(isOf(attributes))
                        .fetchSingle();
        return new Counts(found.value1(), found.value2(), found.value3());
    }

    private Table<?> withMembers() {
        return ofUsers
                ? Members.staged()
                : Members.staged()
                        .join(ACCOUNT)
                        .on(ACCOUNT.ACCOUNT_ID.eq(Members.stagedAccountId()));
    }

    private Condition isOf(AttributeTable table) {
        var ofAccount = table.accountId().eq(Members.stagedAccountId());
        return ofUsers ? ofAccount.and(table.userId().eq(Members.stagedUserId())) : ofAccount;
    }

    /** Column of the member's table, and what is staged for it. */
    private Map<Field<Instant>, Field<Instant>> existence() {
        return ofUsers
                ? Map.of(ACCOUNT_USER.DECLARED_START, START, ACCOUNT_USER.REMOVED_AT, REMOVED)
                : Map.of(ACCOUNT.DECLARED_START, START, ACCOUNT.REMOVED_AT, REMOVED);
    }

    /** Column of the attributes' table, and what is staged for it; in the order of the attributes. */
    private Map<Field<?>, Field<?>> pairs() {
        var pairs = new LinkedHashMap<Field<?>, Field<?>>();
        var columns = attributes.columns(entity);
        for (int at = 0; at < columns.size(); at++) {
            pairs.put(columns.get(at), values().get(at));
        }
        return pairs;
    }

    private void setExistence(DSLContext transaction) {
        var members = DSL.select(Members.stagedAccountId().as("account_id"), START, REMOVED);
        if (ofUsers) {
            var staged =
                    DSL.select(
                                    Members.stagedAccountId().as("account_id"),
                                    Members.stagedUserId().as("user_id"),
                                    START,
                                    REMOVED)
                            .from(Members.staged())
                            .asTable("of");
            transaction
                    .update(ACCOUNT_USER)
                    .set(ACCOUNT_USER.DECLARED_START, in(staged, START))
                    .set(ACCOUNT_USER.REMOVED_AT, in(staged, REMOVED))
                    .from(staged)
                    .where(ACCOUNT_USER.ACCOUNT_ID.eq(in(staged, ACCOUNT_USER.ACCOUNT_ID)))
                    .and(ACCOUNT_USER.USER_ID.eq(in(staged, ACCOUNT_USER.USER_ID)))
                    .execute();
        } else {
            var staged = members.from(Members.staged()).asTable("of");
            transaction
                    .update(ACCOUNT)
                    .set(ACCOUNT.DECLARED_START, in(staged, START))
                    .set(ACCOUNT.REMOVED_AT, in(staged, REMOVED))
                    .from(staged)
                    .where(ACCOUNT.ACCOUNT_ID.eq(in(staged, ACCOUNT.ACCOUNT_ID)))
                    .execute();
        }
    }

    private void setAttributes(DSLContext transaction) {
        var columns = new ArrayList<Field<?>>(List.of(attributes.accountId()));
        var staged = new ArrayList<Field<?>>(List.of(Members.stagedAccountId()));
        if (ofUsers) {
            columns.add(attributes.userId());
            staged.add(Members.stagedUserId());
        }
        var key = List.copyOf(columns);
        columns.addAll(pairs().keySet());
        staged.addAll(pairs().values());
        var insert =
                transaction
                        .insertInto(attributes.table(), columns)
                        .select(DSL.select(staged).from(Members.staged()))
                        .onConflict(key);
        var set = new LinkedHashMap<Field<?>, Field<?>>();
        pairs().keySet().forEach(column -> set.put(column, DSL.excluded(column)));
        if (set.isEmpty()) {
            insert.doNothing().execute();
        } else {
            insert.doUpdate().set(set).execute();
        }
    }
}
