package dev.cairn.adapters.persistence.fact;

import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT;
import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT_USER;

import dev.cairn.adapters.persistence.account.Members;
import dev.cairn.adapters.persistence.schema.FactTable;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
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
 * Keeps the first fact of accounts and users: the least occurred time of their facts in force, in all sources. The reserved account has
 * none.
 *
 * @param sources names of all sources that have a table
 */
public record FirstFacts(DSLContext transaction, List<String> sources) {
    private static final Name FIRSTS = DSL.name("firsts");
    private static final Field<Long> ACCOUNT_ID =
            DSL.field(FIRSTS.append("account_id"), SQLDataType.BIGINT);
    private static final Field<Long> USER_ID =
            DSL.field(FIRSTS.append("user_id"), SQLDataType.BIGINT);
    private static final Field<Instant> FIRST =
            DSL.field(FIRSTS.append("first"), SQLDataType.INSTANT);

    /** How many members exist from another time on. */
    public record Moved(int accounts, int users) {
        Moved and(Moved more) {
            return new Moved(accounts + more.accounts, users + more.users);
        }
    }

    /** Moves first facts back to the first ones of staged rows. */
    Moved moveBack(Members members) {
        var accounts =
                DSL.select(Members.ACCOUNT_ID.as("account_id"), DSL.min(Members.FIRST).as("first"))
                        .from(members.table())
                        .groupBy(Members.ACCOUNT_ID)
                        .asTable(FIRSTS);
        var users =
                DSL.select(
                                Members.ACCOUNT_ID.as("account_id"),
                                Members.USER_ID.as("user_id"),
                                Members.FIRST.as("first"))
                        .from(members.table())
                        .where(Members.USER_ID.isNotNull())
                        .asTable(FIRSTS);
        return new Moved(
                move(accounts, ACCOUNT.FIRST_FACT.isNull().or(ACCOUNT.FIRST_FACT.gt(FIRST))),
                moveUsers(
                        users,
                        ACCOUNT_USER.FIRST_FACT.isNull().or(ACCOUNT_USER.FIRST_FACT.gt(FIRST))));
    }

    /** Finds first facts anew for members of {@link ReplacedFacts}; those who have none left get none. */
    public Moved findAnew() {
        var accounts =
                firstsLeft(List.of(ReplacedFacts.ACCOUNT_ID), facts -> List.of(facts.accountId()));
        var users =
                firstsLeft(
                        List.of(ReplacedFacts.ACCOUNT_ID, ReplacedFacts.USER_ID),
                        facts -> List.of(facts.accountId(), facts.userId()));
        return new Moved(
                move(accounts, ACCOUNT.FIRST_FACT.isDistinctFrom(FIRST)),
                moveUsers(users, ACCOUNT_USER.FIRST_FACT.isDistinctFrom(FIRST)));
    }

    /**
     * Members that lost a fact, each with the first one that is left: all lost ones with none, stacked on the first of each source.
     *
     * @param member what identifies a member among the lost facts
     * @param owner the same among the facts of a source
     */
    private Table<?> firstsLeft(List<Field<?>> member, Function<FactTable, List<Field<?>>> owner) {
        Select<Record> stacked =
                DSL.selectDistinct(member)
                        .select(DSL.castNull(SQLDataType.INSTANT).as("first"))
                        .from(ReplacedFacts.table());
        for (String source : sources) {
            var facts = new FactTable(source);
            stacked =
                    stacked.unionAll(
                            DSL.select(owner.apply(facts))
                                    .select(DSL.min(facts.occurred()))
                                    .from(facts.table())
                                    .where(facts.inForce())
                                    .and(
                                            DSL.row(owner.apply(facts))
                                                    .in(
                                                            DSL.select(member)
                                                                    .from(ReplacedFacts.table())))
                                    .groupBy(owner.apply(facts)));
        }
        Name stack = DSL.name("stacked");
        List<Field<?>> keys =
                member.stream()
                        .<Field<?>>map(id ->
                                DSL.field(stack.append(id.getUnqualifiedName()), id.getDataType()))
                        .toList();
        return DSL.select(keys)
                .select(DSL.min(DSL.field(stack.append("first"), SQLDataType.INSTANT)).as("first"))
                .from(stacked.asTable(stack))
                .where(DSL.and(keys.stream().map(Field::isNotNull).toList()))
                .groupBy(keys)
                .asTable(FIRSTS);
    }

    private int move(Table<?> firsts, Condition needed) {
        return transaction
                .update(ACCOUNT)
                .set(ACCOUNT.FIRST_FACT, FIRST)
                .from(firsts)
                .where(ACCOUNT.ACCOUNT_ID.eq(ACCOUNT_ID))
                .and(ACCOUNT.ACCOUNT_ID.ne(Members.NO_ACCOUNT))
                .and(needed)
                .execute();
    }

    private int moveUsers(Table<?> firsts, Condition needed) {
        return transaction
                .update(ACCOUNT_USER)
                .set(ACCOUNT_USER.FIRST_FACT, FIRST)
                .from(firsts)
                .where(ACCOUNT_USER.ACCOUNT_ID.eq(ACCOUNT_ID))
                .and(ACCOUNT_USER.USER_ID.eq(USER_ID))
                .and(needed)
                .execute();
    }
}
