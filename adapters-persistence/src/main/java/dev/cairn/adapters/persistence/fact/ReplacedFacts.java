package dev.cairn.adapters.persistence.fact;

import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT;

import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.domain.model.Source;
import java.time.Instant;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.UpdateConditionStep;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** A table of one transaction: the account and user of each fact that it put out of force, or back in. */
public final class ReplacedFacts {
    private static final Name NAME = DSL.name("replaced");
    static final Field<Long> ACCOUNT_ID = DSL.field(NAME.append("account_id"), SQLDataType.BIGINT);
    static final Field<Long> USER_ID = DSL.field(NAME.append("user_id"), SQLDataType.BIGINT);

    /** Keys of the accounts that the fact names in other roles; null: none, or nobody asks. */
    private static final Field<String[]> NAMED =
            DSL.field(NAME.append("named"), SQLDataType.CLOB.getArrayDataType());

    private static final Name CHANGED = DSL.name("changed");

    private ReplacedFacts() {}

    static Table<Record> table() {
        return DSL.table(NAME);
    }

    public static void create(DSLContext transaction) {
        transaction
                .createTemporaryTableIfNotExists(NAME)
                .column(ACCOUNT_ID.getUnqualifiedName(), ACCOUNT_ID.getDataType())
                .column(USER_ID.getUnqualifiedName(), USER_ID.getDataType())
                .column(NAMED.getUnqualifiedName(), NAMED.getDataType())
                .onCommitDrop()
                .execute();
    }

    /**
     * Lets facts be superseded at a time, and notes whose they are.
     *
     * @return how many
     */
    public static long supersede(
            DSLContext transaction, Source of, Field<Instant> at, Condition which) {
        var facts = new FactTable(of.name());
        return note(
                transaction,
                facts,
                of,
                DSL.update(facts.table()).set(facts.superseded(), at).where(which));
    }

    /** Puts copies of facts that were superseded at an instant in force from another one on, and notes whose they are. */
    public static void bringBack(
            DSLContext transaction, Source of, Instant superseded, Instant recorded) {
        var facts = new FactTable(of.name());
        var which = facts.superseded().eq(superseded);
        note(transaction, facts, of, which);
        var columns = facts.stored(transaction);
        transaction
                .insertInto(facts.table(), columns)
                .select(
                        transaction
                                .select(
                                        columns.stream()
                                                .<Field<?>>map(
                                                        column -> again(column, facts, recorded))
                                                .toList())
                                .from(facts.table())
                                .where(which))
                .execute();
    }

    private static Field<?> again(Field<?> column, FactTable facts, Instant recorded) {
        if (column.getUnqualifiedName().equals(facts.recorded().getUnqualifiedName())) {
            return DSL.val(recorded);
        }
        return column.getUnqualifiedName().equals(facts.superseded().getUnqualifiedName())
                ? Postgres.FOREVER
                : column;
    }

    /**
     * Notes whose facts these are.
     *
     * @param of their source, as it was declared when its table was made
     */
    public static void note(DSLContext transaction, FactTable facts, Source of, Condition which) {
        transaction
                .insertInto(table(), ACCOUNT_ID, USER_ID, NAMED)
                .select(
                        DSL.select(facts.accountId(), facts.userId(), named(facts, of))
                                .from(facts.table())
                                .where(which))
                .execute();
    }

    /** Carries out a change of facts, and notes whose they are. @return how many */
    static long note(
            DSLContext transaction,
            FactTable facts,
            Source of,
            UpdateConditionStep<Record> change) {
        var named = named(facts, of).as(NAMED.getUnqualifiedName());
        var changed = CHANGED.as(change.returning(facts.accountId(), facts.userId(), named));
        return transaction
                .with(changed)
                .insertInto(table(), ACCOUNT_ID, USER_ID, NAMED)
                .select(
                        DSL.select(
                                        ofChanged(facts.accountId()),
                                        ofChanged(facts.userId()),
                                        ofChanged(named))
                                .from(changed))
                .execute();
    }

    private static <T> Field<T> ofChanged(Field<T> column) {
        return DSL.field(CHANGED.append(column.getUnqualifiedName()), column.getDataType());
    }

    private static Field<String[]> named(FactTable facts, Source of) {
        var roles = facts.accountRoles(of);
        return roles.isEmpty() ? DSL.castNull(NAMED.getDataType()) : DSL.array(roles);
    }

    /** Adds the accounts that the facts name in other roles to those whose they are. */
    static void addNamed(DSLContext transaction) {
        var role = DSL.name("role");
        var key = DSL.name("key");
        transaction
                .insertInto(table(), ACCOUNT_ID)
                .select(
                        DSL.selectDistinct(ACCOUNT.ACCOUNT_ID)
                                .from(table())
                                .crossJoin(DSL.unnest(NAMED).as(role, key))
                                .join(ACCOUNT)
                                .on(
                                        ACCOUNT.ACCOUNT_KEY.eq(
                                                DSL.field(role.append(key), SQLDataType.CLOB))))
                .execute();
    }
}
