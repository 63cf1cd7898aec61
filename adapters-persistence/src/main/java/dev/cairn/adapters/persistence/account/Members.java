package dev.cairn.adapters.persistence.account;

import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT;
import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT_IDENTITY;
import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT_USER;
import static dev.cairn.adapters.persistence.generated.Tables.DELETION;

import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.adapters.persistence.staging.Staging;
import dev.cairn.application.port.out.FactStore.Alike;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * The accounts and users that staged rows name, each pair once, in a table of the transaction; those that nobody knew are created.
 *
 * @param newAccounts how many accounts were created
 * @param newUsers how many users were created
 * @param alike new keys that differ by blanks, case or zeros before a number only from such as were there before
 */
public record Members(Staging staging, int newAccounts, int newUsers, List<Alike> alike) {
    private static final Name MEMBER = DSL.name("member");
    public static final Field<Long> ACCOUNT_ID =
            DSL.field(MEMBER.append("account_id"), SQLDataType.BIGINT);

    /** Null where no user is named. */
    public static final Field<Long> USER_ID =
            DSL.field(MEMBER.append("user_id"), SQLDataType.BIGINT);

    /** The least time of the pair's rows, where it is an instant. */
    public static final Field<Instant> FIRST =
            DSL.field(MEMBER.append("first"), SQLDataType.INSTANT);

    /** The least time of the pair's rows, where it is a date. */
    public static final Field<LocalDate> FIRST_ON =
            DSL.field(MEMBER.append("first_on"), SQLDataType.LOCALDATE);

    private static final Field<String> STAGED_ACCOUNT = text(MEMBER, "staged_account");
    private static final Field<String> STAGED_USER = text(MEMBER, "staged_user");

    private static final Name SAID = DSL.name("said");
    static final Name NAMED = DSL.name("named");
    static final Field<String> ACCOUNT_KEY = text(NAMED, "account_key");
    static final Field<String> USER_KEY = text(NAMED, "user_key");
    private static final Field<Instant> NAMED_FIRST =
            DSL.field(NAMED.append(FIRST.getName()), SQLDataType.INSTANT);
    private static final Field<LocalDate> NAMED_FIRST_ON =
            DSL.field(NAMED.append(FIRST_ON.getName()), SQLDataType.LOCALDATE);

    /** Of rows that are no facts. */
    static Members of(DSLContext transaction, Staging staging) {
        return ofRows(transaction, staging, List.of());
    }

    /**
     * Of rows that are no facts: who is created does not exist before a fact names it.
     *
     * @param roles as of facts
     */
    public static Members ofRows(
            DSLContext transaction, Staging staging, List<Field<String>> roles) {
        return of(
                transaction,
                staging,
                roles,
                DSL.castNull(SQLDataType.INSTANT),
                DSL.castNull(SQLDataType.LOCALDATE));
    }

    /**
     * @param occurred when each row's fact happened, an instant or a date: who is created begins with the first
     * @param roles columns that name accounts beside that which a row is of
     */
    public static Members ofFacts(
            DSLContext transaction, Staging staging, Field<?> occurred, List<Field<String>> roles) {
        boolean byDate = occurred.getType() == LocalDate.class;
        return of(
                transaction,
                staging,
                roles,
                byDate ? DSL.castNull(SQLDataType.INSTANT) : occurred.coerce(SQLDataType.INSTANT),
                byDate
                        ? occurred.coerce(SQLDataType.LOCALDATE)
                        : DSL.castNull(SQLDataType.LOCALDATE));
    }

    private static Members of(
            DSLContext transaction,
            Staging staging,
            List<Field<String>> roles,
            Field<Instant> at,
            Field<LocalDate> on) {
        Select<Record> said =
                said(staging, Staging.ACCOUNT_KEY, Staging.USER_KEY, at, on, DSL.noCondition());
        for (var role : roles) {
            var account = Staging.written(role);
            var named = NamedAccounts.isKey(role);
            said = said.unionAll(said(staging, account, Staging.noKey(), at, on, named));
        }
        var account = text(SAID, STAGED_ACCOUNT.getName());
        var user = text(SAID, STAGED_USER.getName());
        transaction
                .createTemporaryTable(NAMED)
                .as(
                        DSL.select(
                                        account,
                                        user,
                                        Staging.key(account).as(ACCOUNT_KEY.getUnqualifiedName()),
                                        Staging.key(user).as(USER_KEY.getUnqualifiedName()),
                                        DSL.min(
                                                        DSL.field(
                                                                SAID.append(FIRST.getName()),
                                                                SQLDataType.INSTANT))
                                                .as(FIRST.getUnqualifiedName()),
                                        DSL.min(
                                                        DSL.field(
                                                                SAID.append(FIRST_ON.getName()),
                                                                SQLDataType.LOCALDATE))
                                                .as(FIRST_ON.getUnqualifiedName()))
                                .from(said.asTable(SAID))
                                .groupBy(account, user))
                .onCommitDrop()
                .execute();
        Postgres.analyze(transaction, NAMED);
        var alike = new AlikeKeys(transaction).found();
        int accounts = createAccounts(transaction);
        analyzeIf(accounts > 0, transaction, ACCOUNT_IDENTITY, ACCOUNT);
        int users = createUsers(transaction);
        analyzeIf(users > 0, transaction, ACCOUNT_USER);
        transaction
                .createTemporaryTable(MEMBER)
                .as(
                        DSL.select(
                                        text(NAMED, STAGED_ACCOUNT.getName()),
                                        text(NAMED, STAGED_USER.getName()),
                                        accountId().as(ACCOUNT_ID.getUnqualifiedName()),
                                        ACCOUNT_USER.USER_ID,
                                        NAMED_FIRST,
                                        NAMED_FIRST_ON)
                                .from(withAccounts())
                                .leftJoin(ACCOUNT_USER)
                                .on(ACCOUNT_USER.ACCOUNT_ID.eq(accountId()))
                                .and(ACCOUNT_USER.USER_KEY.eq(USER_KEY)))
                .onCommitDrop()
                .execute();
        Postgres.analyze(transaction, MEMBER);
        return new Members(staging, accounts, users, alike);
    }

    private static Select<Record> said(
            Staging staging,
            Field<String> account,
            Field<String> user,
            Field<Instant> at,
            Field<LocalDate> on,
            Condition which) {
        return DSL.select(
                        List.of(
                                account.as(STAGED_ACCOUNT.getUnqualifiedName()),
                                user.as(STAGED_USER.getUnqualifiedName()),
                                at.as(FIRST.getUnqualifiedName()),
                                on.as(FIRST_ON.getUnqualifiedName())))
                .from(staging.table())
                .where(which);
    }

    private static void analyzeIf(boolean filled, DSLContext transaction, Table<?>... tables) {
        if (filled) {
            for (Table<?> table : tables) {
                Postgres.analyze(transaction, table.getUnqualifiedName());
            }
        }
    }

    /** What is named, each with its account where that is known. */
    static Table<Record> withAccounts() {
        return DSL.table(NAMED)
                .leftJoin(ACCOUNT_IDENTITY)
                .on(ACCOUNT_IDENTITY.ACCOUNT_KEY.eq(ACCOUNT_KEY));
    }

    static Field<Long> accountId() {
        return DSL.coalesce(ACCOUNT_IDENTITY.ACCOUNT_ID, DSL.inline(FactTable.NO_ACCOUNT));
    }

    /** Takes out staged rows of accounts that are deleted. @return how many */
    public static long takeOutDeleted(DSLContext transaction, Staging staging) {
        var pending =
                DSL.selectOne()
                        .from(DELETION)
                        .where(DELETION.ACCOUNTS.gt(0L))
                        .and(DELETION.RESTORED_AT.isNull())
                        .and(DELETION.PURGED_AT.isNull());
        if (!transaction.fetchExists(pending)) {
            return 0;
        }
        var deleted =
                DSL.select(ACCOUNT.ACCOUNT_KEY)
                        .from(ACCOUNT)
                        .where(ACCOUNT.DELETION_ID.isNotNull());
        return transaction
                .deleteFrom(staging.table())
                .where(Staging.key(Staging.ACCOUNT_KEY).in(deleted))
                .execute();
    }

    private static int createAccounts(DSLContext transaction) {
        return NamedAccounts.create(
                transaction,
                DSL.select(ACCOUNT_KEY, NAMED_FIRST, NAMED_FIRST_ON).from(DSL.table(NAMED)));
    }

    /** The accounts must be there. */
    private static int createUsers(DSLContext transaction) {
        var known = ACCOUNT_USER.as("known");
        return transaction
                .insertInto(
                        ACCOUNT_USER,
                        ACCOUNT_USER.ACCOUNT_ID,
                        ACCOUNT_USER.USER_KEY,
                        ACCOUNT_USER.FIRST_FACT,
                        ACCOUNT_USER.FIRST_FACT_ON)
                .select(
                        DSL.select(accountId(), USER_KEY, NAMED_FIRST, NAMED_FIRST_ON)
                                .from(withAccounts())
                                .where(USER_KEY.isNotNull())
                                .and(
                                        Postgres.notIn(
                                                transaction,
                                                known,
                                                known.ACCOUNT_ID
                                                        .eq(accountId())
                                                        .and(known.USER_KEY.eq(USER_KEY)))))
                .onConflictDoNothing()
                .execute();
    }

    /** The pairs. */
    public Table<Record> table() {
        return DSL.table(MEMBER);
    }

    /** Staged rows, each with its pair. */
    public Table<Record> staged() {
        return staging.table()
                .join(table())
                .on(STAGED_ACCOUNT.eq(Staging.ACCOUNT_KEY))
                .and(STAGED_USER.eq(Staging.USER_KEY));
    }

    private static Field<String> text(Name table, String column) {
        return DSL.field(table.append(column), SQLDataType.CLOB);
    }
}
