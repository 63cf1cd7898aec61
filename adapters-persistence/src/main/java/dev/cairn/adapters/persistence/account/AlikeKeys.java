package dev.cairn.adapters.persistence.account;

import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT;
import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT_IDENTITY;
import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT_USER;

import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.application.port.out.FactStore.Alike;
import dev.cairn.domain.fact.Blanks;
import dev.cairn.domain.model.CompositeKey;
import dev.cairn.domain.model.EntityRef;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Finds keys that a load is about to create, and that differ by blanks, case or zeros before a number only from others that are there. */
record AlikeKeys(DSLContext transaction) {
    private static final Name FRESH = DSL.name("fresh");
    private static final Field<Long> ACCOUNT_ID =
            DSL.field(FRESH.append("account_id"), SQLDataType.BIGINT);
    private static final Field<String> KEY = DSL.field(FRESH.append("key"), SQLDataType.CLOB);
    private static final org.jooq.Collation BY_CODE_POINT = DSL.collation("C");
    private static final org.jooq.Collation UNICODE = DSL.collation("und-x-icu");
    private static final String BLANKS = Blanks.all();
    private static final String ASCII_BLANKS =
            BLANKS.chars()
                    .filter(c -> c < 128)
                    .collect(
                            StringBuilder::new,
                            StringBuilder::appendCodePoint,
                            StringBuilder::append)
                    .toString();

    /** At most one for accounts and one for users. */
    List<Alike> found() {
        return Stream.of(accounts(), users()).flatMap(Optional::stream).toList();
    }

    private Optional<Alike> accounts() {
        var fresh =
                fresh(Members.ACCOUNT_KEY)
                        .from(Members.withAccounts())
                        .where(Members.ACCOUNT_KEY.isNotNull())
                        .and(ACCOUNT_IDENTITY.ACCOUNT_ID.isNull());
        return found(EntityRef.ACCOUNT, fresh, ACCOUNT, ACCOUNT.ACCOUNT_KEY, isThere());
    }

    /** Not the reserved account, nor one that is deleted. */
    private static Condition isThere() {
        return ACCOUNT.ACCOUNT_ID.ne(FactTable.NO_ACCOUNT).and(ACCOUNT.DELETION_ID.isNull());
    }

    /** A key is of one account: another account may have a user of the same. */
    private Optional<Alike> users() {
        var same = ACCOUNT_USER.as("same");
        var fresh =
                fresh(Members.USER_KEY)
                        .from(Members.withAccounts())
                        .leftJoin(same)
                        .on(same.ACCOUNT_ID.eq(Members.accountId()))
                        .and(same.USER_KEY.eq(Members.USER_KEY))
                        .where(Members.USER_KEY.isNotNull())
                        .and(same.USER_ID.isNull());
        return found(
                EntityRef.USER,
                fresh,
                ACCOUNT_USER,
                ACCOUNT_USER.USER_KEY,
                ACCOUNT_USER.ACCOUNT_ID.eq(ACCOUNT_ID));
    }

    private static org.jooq.SelectSelectStep<?> fresh(Field<String> key) {
        return DSL.selectDistinct(
                Members.accountId().as(ACCOUNT_ID.getUnqualifiedName()),
                key.as(KEY.getUnqualifiedName()));
    }

    private Optional<Alike> found(
            EntityRef entity,
            Select<? extends Record> fresh,
            Table<?> stored,
            Field<String> storedKey,
            Condition comparable) {
        var example = DSL.min(storedKey);
        var keys = DSL.count().over();
        // Where none is new, PostgreSQL does not look at those that are stored.
        return transaction
                .with(FRESH)
                .asMaterialized(fresh)
                .select(KEY, example, keys)
                .from(FRESH)
                .join(stored)
                .on(plain(storedKey).eq(plain(KEY)))
                .and(comparable)
                .groupBy(KEY)
                .orderBy(KEY)
                .limit(1)
                .fetchOptional(
                        row -> new Alike(entity, row.get(keys), row.get(example), row.get(KEY)));
    }

    private static Field<String> plain(Field<String> key) {
        var stripped = stripped(key);
        return DSL.when(
                        stripped.startsWith("0").or(stripped.contains("/0")),
                        DSL.regexpReplaceAll(stripped, CompositeKey.ZEROS_BEFORE_NUMBERS, "\\1"))
                .otherwise(stripped);
    }

    /** The rules of Unicode cost much, and most keys are of ASCII. */
    private static Field<String> stripped(Field<String> key) {
        return DSL.when(
                        DSL.octetLength(key).eq(DSL.length(key)),
                        DSL.lower(DSL.trim(key, DSL.val(ASCII_BLANKS))).collate(BY_CODE_POINT))
                .otherwise(
                        DSL.lower(DSL.trim(key, DSL.val(BLANKS)).collate(UNICODE))
                                .collate(BY_CODE_POINT));
    }
}
