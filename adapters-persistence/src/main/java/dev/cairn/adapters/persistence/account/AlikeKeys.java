package dev.cairn.adapters.persistence.account;

import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT;
import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT_USER;

import dev.cairn.application.port.out.FactStore.Alike;
import dev.cairn.domain.fact.Blanks;
import dev.cairn.domain.model.EntityKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** Finds keys that a load names, and that differ by blanks or case only from others that are there, before it creates its own. */
record AlikeKeys(DSLContext transaction) {
    private static final String BLANKS = Blanks.all();

    /** At most one for accounts and one for users. */
    List<Alike> found() {
        return Stream.of(accounts(), users()).flatMap(Optional::stream).toList();
    }

    private Optional<Alike> accounts() {
        var named = DSL.table(Members.NAMED);
        return found(
                EntityKind.ACCOUNT,
                named.join(ACCOUNT).on(alike(Members.ACCOUNT_KEY, ACCOUNT.ACCOUNT_KEY)),
                ACCOUNT.DELETION_ID.isNull(),
                Members.ACCOUNT_KEY,
                ACCOUNT.ACCOUNT_KEY);
    }

    /** A key is of one account: another account may have a user of the same. */
    private Optional<Alike> users() {
        return found(
                EntityKind.USER,
                Members.withAccounts()
                        .join(ACCOUNT_USER)
                        .on(ACCOUNT_USER.ACCOUNT_ID.eq(Members.accountId()))
                        .and(alike(Members.USER_KEY, ACCOUNT_USER.USER_KEY)),
                DSL.noCondition(),
                Members.USER_KEY,
                ACCOUNT_USER.USER_KEY);
    }

    private static Condition alike(Field<String> one, Field<String> other) {
        return plain(one).eq(plain(other)).and(one.ne(other));
    }

    private static Field<String> plain(Field<String> key) {
        var unicode = DSL.collation("und-x-icu");
        return DSL.lower(DSL.trim(key, DSL.val(BLANKS)).collate(unicode));
    }

    private Optional<Alike> found(
            EntityKind entity,
            Table<? extends Record> pairs,
            Condition which,
            Field<String> key,
            Field<String> known) {
        var example = DSL.min(known);
        var keys = DSL.count().over();
        return transaction
                .select(key, example, keys)
                .from(pairs)
                .where(which)
                .groupBy(key)
                .orderBy(key)
                .limit(1)
                .fetchOptional(
                        row -> new Alike(entity, row.get(keys), row.get(example), row.get(key)));
    }
}
