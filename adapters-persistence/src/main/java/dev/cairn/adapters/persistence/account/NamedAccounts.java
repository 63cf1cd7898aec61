package dev.cairn.adapters.persistence.account;

import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT;
import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT_IDENTITY;

import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.adapters.persistence.staging.Storable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Record3;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Accounts that come to be because something names them. */
public final class NamedAccounts {
    private static final Name SAID = DSL.name("said");
    private static final Name SAID_KEY = DSL.name("account_key");
    private static final Name SAID_FIRST = DSL.name("first");
    private static final Name SAID_FIRST_ON = DSL.name("first_on");
    private static final Name CREATED = DSL.name("created");

    private NamedAccounts() {}

    /** Whether a value is the key of an account at all: not the empty text, which is that of the reserved account, nor what is too long for one. */
    public static Condition isKey(Field<String> value) {
        return value.isNotNull()
                .and(value.ne(""))
                .and(DSL.octetLength(value).le(Storable.KEY_BYTES));
    }

    /** Creates those that stored facts name in some roles. @return how many */
    public static int create(DSLContext transaction, FactTable facts, List<Field<String>> roles) {
        return roles.stream()
                .mapToInt(role ->
                        create(
                                transaction,
                                DSL.select(
                                                role,
                                                DSL.castNull(SQLDataType.INSTANT),
                                                DSL.castNull(SQLDataType.LOCALDATE))
                                        .from(facts.table())
                                        .where(isKey(role))))
                .sum();
    }

    /**
     * Creates those that nobody knew, each with the first fact said of it.
     *
     * @param named keys, each with the instant or date of a fact, or neither; a key may be null, and come several times
     * @return how many
     */
    static int create(DSLContext transaction, Select<Record3<String, Instant, LocalDate>> named) {
        var said = named.asTable(SAID, SAID_KEY, SAID_FIRST, SAID_FIRST_ON);
        var saidKey = DSL.field(SAID.append(SAID_KEY), SQLDataType.CLOB);
        var first = DSL.field(SAID.append(SAID_FIRST), SQLDataType.INSTANT);
        var firstOn = DSL.field(SAID.append(SAID_FIRST_ON), SQLDataType.LOCALDATE);
        var created =
                CREATED.as(
                        DSL.insertInto(ACCOUNT_IDENTITY, ACCOUNT_IDENTITY.ACCOUNT_KEY)
                                .select(
                                        DSL.selectDistinct(saidKey)
                                                .from(said)
                                                .leftJoin(ACCOUNT_IDENTITY)
                                                .on(ACCOUNT_IDENTITY.ACCOUNT_KEY.eq(saidKey))
                                                .where(saidKey.isNotNull())
                                                .and(ACCOUNT_IDENTITY.ACCOUNT_ID.isNull()))
                                .onConflictDoNothing()
                                .returning(
                                        ACCOUNT_IDENTITY.ACCOUNT_ID, ACCOUNT_IDENTITY.ACCOUNT_KEY));
        var id = DSL.field(CREATED.append("account_id"), SQLDataType.BIGINT);
        var key = DSL.field(CREATED.append("account_key"), SQLDataType.CLOB);
        return transaction
                .with(created)
                .insertInto(
                        ACCOUNT,
                        ACCOUNT.ACCOUNT_ID,
                        ACCOUNT.ACCOUNT_KEY,
                        ACCOUNT.FIRST_FACT,
                        ACCOUNT.FIRST_FACT_ON)
                .select(
                        DSL.select(id, key, DSL.min(first), DSL.min(firstOn))
                                .from(DSL.table(CREATED))
                                .join(said)
                                .on(saidKey.eq(key))
                                .groupBy(id, key))
                .execute();
    }
}
