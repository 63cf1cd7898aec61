package dev.cairn.adapters.persistence.account;

import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT;
import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT_IDENTITY;
import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT_USER;

import dev.cairn.adapters.persistence.staging.Staging;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** The accounts and users that staged rows name. */
public final class Members {
    /** Id of the reserved account, of what names none. */
    public static final long NO_ACCOUNT = 0;

    private Members() {}

    /** Staged rows with the accounts they name. */
    static Table<Record> stagedWithAccounts(Staging staging) {
        return staging.table()
                .leftJoin(ACCOUNT_IDENTITY)
                .on(ACCOUNT_IDENTITY.ACCOUNT_KEY.eq(Staging.ACCOUNT_KEY));
    }

    /** Staged rows with the accounts and users they name; all of them must have been created. */
    public static Table<Record> staged(Staging staging) {
        return stagedWithAccounts(staging)
                .leftJoin(ACCOUNT_USER)
                .on(
                        ACCOUNT_USER
                                .ACCOUNT_ID
                                .eq(stagedAccountId())
                                .and(ACCOUNT_USER.USER_KEY.eq(Staging.USER_KEY)));
    }

    public static Field<Long> stagedAccountId() {
        return DSL.coalesce(ACCOUNT_IDENTITY.ACCOUNT_ID, DSL.inline(NO_ACCOUNT));
    }

    /** Null where the row names no user. */
    public static Field<Long> stagedUserId() {
        return ACCOUNT_USER.USER_ID;
    }

    /** Creates the accounts that staged rows name and nobody knows. @return how many */
    public static int createAccounts(DSLContext transaction, Staging staging) {
        var created =
                DSL.name("created")
                        .as(
                                DSL.insertInto(ACCOUNT_IDENTITY, ACCOUNT_IDENTITY.ACCOUNT_KEY)
                                        .select(
                                                DSL.selectDistinct(Staging.ACCOUNT_KEY)
                                                        .from(staging.table())
                                                        .where(Staging.ACCOUNT_KEY.isNotNull())
                                                        .andNotExists(
                                                                DSL.selectOne()
                                                                        .from(ACCOUNT_IDENTITY)
                                                                        .where(
                                                                                ACCOUNT_IDENTITY
                                                                                        .ACCOUNT_KEY
                                                                                        .eq(
                                                                                                Staging
                                                                                                        .ACCOUNT_KEY))))
                                        .onConflictDoNothing()
                                        .returning(
                                                ACCOUNT_IDENTITY.ACCOUNT_ID,
                                                ACCOUNT_IDENTITY.ACCOUNT_KEY));
        return transaction
                .with(created)
                .insertInto(ACCOUNT, ACCOUNT.ACCOUNT_ID, ACCOUNT.ACCOUNT_KEY)
                .select(
                        DSL.select(
                                        DSL.field(
                                                DSL.name("created", "account_id"),
                                                SQLDataType.BIGINT),
                                        DSL.field(
                                                DSL.name("created", "account_key"),
                                                SQLDataType.CLOB))
                                .from(created))
                .execute();
    }

    /** Creates the users that staged rows name and nobody knows; their accounts must be there. @return how many */
    public static int createUsers(DSLContext transaction, Staging staging) {
        var known = ACCOUNT_USER.as("known");
        return transaction
                .insertInto(ACCOUNT_USER, ACCOUNT_USER.ACCOUNT_ID, ACCOUNT_USER.USER_KEY)
                .select(
                        DSL.selectDistinct(stagedAccountId(), Staging.USER_KEY)
                                .from(stagedWithAccounts(staging))
                                .where(Staging.USER_KEY.isNotNull())
                                .andNotExists(
                                        DSL.selectOne()
                                                .from(known)
                                                .where(known.ACCOUNT_ID.eq(stagedAccountId()))
                                                .and(known.USER_KEY.eq(Staging.USER_KEY))))
                .onConflictDoNothing()
                .execute();
    }
}
