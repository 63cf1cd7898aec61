package dev.cairn.adapters.persistence.fact;

import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT;
import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT_USER;

import dev.cairn.adapters.persistence.account.Members;
import dev.cairn.adapters.persistence.definition.StoredDefinitions;
import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Source;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
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

/**
 * Keeps the first fact of accounts and users: the least instant and the least date of their facts in force, in all sources. The reserved account
 * has none.
 *
 * @param sources all that have a table
 */
public record FirstFacts(DSLContext transaction, List<Source> sources) {
    private static final Name FIRSTS = DSL.name("firsts");
    private static final Field<Long> ACCOUNT_ID =
            DSL.field(FIRSTS.append("account_id"), SQLDataType.BIGINT);
    private static final Field<Long> USER_ID =
            DSL.field(FIRSTS.append("user_id"), SQLDataType.BIGINT);
    private static final Field<Instant> FIRST =
            DSL.field(FIRSTS.append("first"), SQLDataType.INSTANT);
    private static final Field<LocalDate> FIRST_ON =
            DSL.field(FIRSTS.append("first_on"), SQLDataType.LOCALDATE);
    private static final Field<Instant> NO_INSTANT = DSL.castNull(SQLDataType.INSTANT);
    private static final Field<LocalDate> NO_DATE = DSL.castNull(SQLDataType.LOCALDATE);

    public static FirstFacts of(DSLContext transaction) {
        return new FirstFacts(transaction, StoredDefinitions.declared(transaction));
    }

    /** How many members exist from another time on. */
    public record Moved(int accounts, int users) {
        Moved and(Moved more) {
            return new Moved(accounts + more.accounts, users + more.users);
        }
    }

    /** Moves first facts back to the first ones of staged rows. */
    Moved moveBack(Members members) {
        var accounts =
                DSL.select(
                                Members.ACCOUNT_ID.as("account_id"),
                                DSL.min(Members.FIRST).as("first"),
                                DSL.min(Members.FIRST_ON).as("first_on"))
                        .from(members.table())
                        .groupBy(Members.ACCOUNT_ID)
                        .asTable(FIRSTS);
        var users =
                DSL.select(
                                Members.ACCOUNT_ID.as("account_id"),
                                Members.USER_ID.as("user_id"),
                                Members.FIRST.as("first"),
                                Members.FIRST_ON.as("first_on"))
                        .from(members.table())
                        .where(Members.USER_ID.isNotNull())
                        .asTable(FIRSTS);
        return new Moved(
                moveAccounts(
                        accounts,
                        DSL.least(ACCOUNT.FIRST_FACT, FIRST),
                        DSL.least(ACCOUNT.FIRST_FACT_ON, FIRST_ON)),
                moveUsers(
                        users,
                        DSL.least(ACCOUNT_USER.FIRST_FACT, FIRST),
                        DSL.least(ACCOUNT_USER.FIRST_FACT_ON, FIRST_ON)));
    }

    /** Finds first facts anew for members of {@link ReplacedFacts}; those who have none left get none. */
    public Moved findAnew() {
        ReplacedFacts.addNamed(transaction);
        var accounts = firstsLeft(List.of(ReplacedFacts.ACCOUNT_ID), this::ofAccounts);
        var users =
                firstsLeft(
                        List.of(ReplacedFacts.ACCOUNT_ID, ReplacedFacts.USER_ID),
                        source ->
                                source.isTimeless() ? Stream.empty() : Stream.of(ofUsers(source)));
        return new Moved(
                moveAccounts(accounts, FIRST, FIRST_ON), moveUsers(users, FIRST, FIRST_ON));
    }

    /**
     * Members that lost a fact, each with the first one that is left: all lost ones with none, stacked on the first of each source.
     *
     * @param member what identifies a member among the lost facts
     * @param left the first of such members in a source: what identifies it, an instant and a date
     */
    private Table<?> firstsLeft(
            List<Field<?>> member, Function<Source, Stream<Select<Record>>> left) {
        Select<Record> stacked =
                DSL.selectDistinct(member)
                        .select(NO_INSTANT.as("first"), NO_DATE.as("first_on"))
                        .from(ReplacedFacts.table());
        for (var firsts : sources.stream().flatMap(left).toList()) {
            stacked = stacked.unionAll(firsts);
        }
        Name stack = DSL.name("stacked");
        List<Field<?>> keys =
                member.stream()
                        .<Field<?>>map(id ->
                                DSL.field(stack.append(id.getUnqualifiedName()), id.getDataType()))
                        .toList();
        return DSL.select(keys)
                .select(DSL.min(DSL.field(stack.append("first"), SQLDataType.INSTANT)).as("first"))
                .select(
                        DSL.min(DSL.field(stack.append("first_on"), SQLDataType.LOCALDATE))
                                .as("first_on"))
                .from(stacked.asTable(stack))
                .where(DSL.and(keys.stream().map(Field::isNotNull).toList()))
                .groupBy(keys)
                .asTable(FIRSTS);
    }

    /** Of the accounts that lost a fact: the first of their facts, and of those that name them in another role. Rows that are of no time say nothing of it. */
    private Stream<Select<Record>> ofAccounts(Source source) {
        if (source.isTimeless()) {
            return Stream.empty();
        }
        var facts = new FactTable(source.name());
        List<Field<?>> own = List.of(facts.accountId());
        var lost = DSL.select(ReplacedFacts.ACCOUNT_ID).from(ReplacedFacts.table());
        var firsts = Stream.of(first(source, facts.table(), own, facts.accountId().in(lost)));
        List<Field<?>> named = List.of(ACCOUNT.ACCOUNT_ID);
        return Stream.concat(
                firsts,
                facts.accountRoles(source).stream()
                        .map(role ->
                                first(
                                        source,
                                        facts.table()
                                                .join(ACCOUNT)
                                                .on(ACCOUNT.ACCOUNT_KEY.eq(role)),
                                        named,
                                        ACCOUNT.ACCOUNT_ID.in(lost))));
    }

    private Select<Record> ofUsers(Source source) {
        var facts = new FactTable(source.name());
        return first(
                source,
                facts.table(),
                List.of(facts.accountId(), facts.userId()),
                DSL.row(facts.accountId(), facts.userId())
                        .in(
                                DSL.select(ReplacedFacts.ACCOUNT_ID, ReplacedFacts.USER_ID)
                                        .from(ReplacedFacts.table())));
    }

    private static Select<Record> first(
            Source source, Table<?> from, List<Field<?>> member, Condition which) {
        var facts = new FactTable(source.name());
        boolean byDate = source.placedBy().type() == DataType.DATE;
        return DSL.select(member)
                .select(
                        byDate ? NO_INSTANT : DSL.min(facts.occurred()),
                        byDate ? DSL.min(facts.column(source.placedBy())) : NO_DATE)
                .from(from)
                .where(facts.inForce())
                .and(which)
                .groupBy(member);
    }

    private int moveAccounts(Table<?> firsts, Field<Instant> at, Field<LocalDate> on) {
        return transaction
                .update(ACCOUNT)
                .set(ACCOUNT.FIRST_FACT, at)
                .set(ACCOUNT.FIRST_FACT_ON, on)
                .from(firsts)
                .where(ACCOUNT.ACCOUNT_ID.eq(ACCOUNT_ID))
                .and(ACCOUNT.ACCOUNT_ID.ne(FactTable.NO_ACCOUNT))
                .and(
                        ACCOUNT.FIRST_FACT
                                .isDistinctFrom(at)
                                .or(ACCOUNT.FIRST_FACT_ON.isDistinctFrom(on)))
                .execute();
    }

    private int moveUsers(Table<?> firsts, Field<Instant> at, Field<LocalDate> on) {
        return transaction
                .update(ACCOUNT_USER)
                .set(ACCOUNT_USER.FIRST_FACT, at)
                .set(ACCOUNT_USER.FIRST_FACT_ON, on)
                .from(firsts)
                .where(ACCOUNT_USER.ACCOUNT_ID.eq(ACCOUNT_ID))
                .and(ACCOUNT_USER.USER_ID.eq(USER_ID))
                .and(
                        ACCOUNT_USER
                                .FIRST_FACT
                                .isDistinctFrom(at)
                                .or(ACCOUNT_USER.FIRST_FACT_ON.isDistinctFrom(on)))
                .execute();
    }
}
