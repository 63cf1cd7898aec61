package dev.cairn.adapters.persistence.fact;

import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.adapters.persistence.schema.Postgres;
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

    private ReplacedFacts() {}

    static Table<Record> table() {
        return DSL.table(NAME);
    }

    public static void create(DSLContext transaction) {
        transaction
                .createTemporaryTableIfNotExists(NAME)
                .column(ACCOUNT_ID.getUnqualifiedName(), ACCOUNT_ID.getDataType())
                .column(USER_ID.getUnqualifiedName(), USER_ID.getDataType())
                .onCommitDrop()
                .execute();
    }

    /**
     * Lets facts be superseded at a time, and notes whose they are.
     *
     * @return how many
     */
    public static long supersede(
            DSLContext transaction, FactTable facts, Field<Instant> at, Condition which) {
        return note(
                transaction,
                facts,
                DSL.update(facts.table()).set(facts.superseded(), at).where(which));
    }

    /** Puts copies of facts that were superseded at an instant in force from another one on, and notes whose they are. */
    public static void bringBack(
            DSLContext transaction, FactTable facts, Instant superseded, Instant recorded) {
        var which = facts.superseded().eq(superseded);
        note(transaction, facts, which);
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

    /** Notes whose facts these are. */
    public static void note(DSLContext transaction, FactTable facts, Condition which) {
        transaction
                .insertInto(table(), ACCOUNT_ID, USER_ID)
                .select(
                        DSL.select(facts.accountId(), facts.userId())
                                .from(facts.table())
                                .where(which))
                .execute();
    }

    /** Carries out a change of facts, and notes whose they are. @return how many */
    static long note(DSLContext transaction, FactTable facts, UpdateConditionStep<Record> change) {
        var changed = DSL.name("changed").as(change.returning(facts.accountId(), facts.userId()));
        return transaction
                .with(changed)
                .insertInto(table(), ACCOUNT_ID, USER_ID)
                .select(
                        DSL.select(
                                        DSL.field(
                                                DSL.name("changed", "account_id"),
                                                facts.accountId().getDataType()),
                                        DSL.field(
                                                DSL.name("changed", "user_id"),
                                                facts.userId().getDataType()))
                                .from(changed))
                .execute();
    }
}
