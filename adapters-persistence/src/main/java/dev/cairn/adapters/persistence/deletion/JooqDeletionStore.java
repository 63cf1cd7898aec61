package dev.cairn.adapters.persistence.deletion;

import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT;
import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT_IDENTITY;
import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT_USER;
import static dev.cairn.adapters.persistence.generated.Tables.DELETION;
import static dev.cairn.adapters.persistence.generated.Tables.DELETION_FACT;
import static dev.cairn.adapters.persistence.generated.Tables.SOURCE_STATE;

import dev.cairn.adapters.persistence.account.AccountParents;
import dev.cairn.adapters.persistence.alert.JooqAlertStore;
import dev.cairn.adapters.persistence.definition.StoredDefinitions;
import dev.cairn.adapters.persistence.fact.AccountsByLink;
import dev.cairn.adapters.persistence.fact.FirstFacts;
import dev.cairn.adapters.persistence.fact.ReplacedFacts;
import dev.cairn.adapters.persistence.schema.AttributeTable;
import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.adapters.persistence.schema.HistoryTable;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.adapters.persistence.schema.Recording;
import dev.cairn.adapters.persistence.schema.SourceStates;
import dev.cairn.adapters.persistence.staging.Staging;
import dev.cairn.adapters.persistence.trust.JooqSourceCounts;
import dev.cairn.application.port.Deletion;
import dev.cairn.application.port.Deletion.Counts;
import dev.cairn.application.port.Deletion.Selection;
import dev.cairn.application.port.out.AccountDirectory.CircularParents;
import dev.cairn.application.port.out.DeletionStore;
import dev.cairn.domain.model.EntityRef;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/**
 * Deletions in PostgreSQL. A deleted fact is superseded at the instant of its deletion, which no other change has; a deleted account says
 * which deletion took it. So nothing moves, and whoever reads facts in force and accounts that are there never meets them. A restored fact is
 * recorded once more: in between it was not known.
 */
public final class JooqDeletionStore implements DeletionStore {
    private final DSLContext dsl;

    public JooqDeletionStore(DataSource dataSource) {
        this.dsl = Postgres.dsl(dataSource);
    }

    @Override
    public Set<String> unknownAccounts(Collection<String> keys) {
        var unknown = new HashSet<>(keys);
        dsl.select(ACCOUNT.ACCOUNT_KEY)
                .from(ACCOUNT)
                .where(ChosenRows.isThere(keys))
                .fetch(ACCOUNT.ACCOUNT_KEY)
                .forEach(unknown::remove);
        return unknown;
    }

    @Override
    public Counts count(Selection selection) {
        return dsl.transactionResult(
                transaction -> ChosenRows.of(transaction.dsl(), selection).count());
    }

    @Override
    public Optional<Deletion> delete(Selection selection, String what, InstantSource clock) {
        return dsl.transactionResult(
                transaction -> delete(transaction.dsl(), selection, what, clock));
    }

    private static Optional<Deletion> delete(
            DSLContext transaction, Selection selection, String what, InstantSource clock) {
        var at = laterThanAll(transaction, Recording.lock(transaction, clock));
        var chosen = ChosenRows.of(transaction, selection);
        ReplacedFacts.create(transaction);
        var facts = new TreeMap<String, Long>();
        for (var each : chosen.facts()) {
            long moved =
                    ReplacedFacts.supersede(transaction, each.source(), DSL.val(at), each.which());
            if (moved > 0) {
                facts.put(each.source().name(), moved);
            }
        }
        var counts = new Counts(facts, chosen.accounts().size(), chosen.users());
        if (counts.isNothing()) {
            return Optional.empty();
        }
        long id = write(transaction, what, at, counts);
        transaction
                .update(ACCOUNT)
                .set(ACCOUNT.DELETION_ID, id)
                .where(ACCOUNT.ACCOUNT_ID.eq(ChosenRows.any(chosen.accounts())))
                .execute();
        settle(transaction, counts, at);
        return find(transaction, id);
    }

    private static long write(DSLContext transaction, String what, Instant at, Counts counts) {
        long id =
                transaction
                        .insertInto(DELETION)
                        .set(DELETION.DELETED_AT, at)
                        .set(DELETION.WHAT, what)
                        .set(DELETION.ACCOUNTS, counts.accounts())
                        .set(DELETION.USERS, counts.users())
                        .returningResult(DELETION.DELETION_ID)
                        .fetchSingle()
                        .value1();
        counts.facts()
                .forEach((source, facts) ->
                        transaction.insertInto(DELETION_FACT).values(id, source, facts).execute());
        return id;
    }

    /** What is deleted at an instant is known by it, so no change of any source may have the same. */
    private static Instant laterThanAll(DSLContext transaction, Instant wanted) {
        return transaction
                .select(DSL.max(SOURCE_STATE.LAST_RECORDED).as("last"))
                .from(SOURCE_STATE)
                .unionAll(DSL.select(DSL.max(DELETION.DELETED_AT)).from(DELETION))
                .fetchSet(0, Instant.class)
                .stream()
                .filter(last -> last != null && !last.isBefore(wanted))
                .max(Instant::compareTo)
                .map(last -> last.plus(1, ChronoUnit.MICROS))
                .orElse(wanted);
    }

    /** Finds anew what follows from the facts in force, and counts the change. */
    private static void settle(DSLContext transaction, Counts counts, Instant at) {
        var moved = FirstFacts.of(transaction).findAnew();
        if (counts.accounts() + moved.accounts() > 0) {
            SourceStates.touch(transaction, EntityRef.ACCOUNT.name());
        }
        if (counts.users() + moved.users() > 0) {
            SourceStates.touch(transaction, EntityRef.USER.name());
        }
        for (var source : counts.facts().keySet()) {
            StoredDefinitions.source(transaction, source)
                    .ifPresent(declared -> SourceStates.refreshCoverage(transaction, declared, at));
            SourceStates.touch(transaction, source);
            transaction
                    .update(SOURCE_STATE)
                    .set(SOURCE_STATE.LAST_RECORDED, at)
                    .where(SOURCE_STATE.SOURCE.eq(source))
                    .execute();
        }
        new AccountsByLink(transaction).settle(at);
    }

    @Override
    public List<Deletion> deletions() {
        return fetch(dsl, DSL.noCondition());
    }

    private static Optional<Deletion> find(DSLContext dsl, long id) {
        return fetch(dsl, DELETION.DELETION_ID.eq(id)).stream().findFirst();
    }

    private static List<Deletion> fetch(DSLContext dsl, Condition which) {
        var facts =
                dsl.select(DELETION_FACT.fields())
                        .from(DELETION_FACT)
                        .join(DELETION)
                        .using(DELETION.DELETION_ID)
                        .where(which)
                        .fetchGroups(DELETION_FACT.DELETION_ID);
        return dsl.selectFrom(DELETION)
                .where(which)
                .orderBy(DELETION.DELETION_ID.desc())
                .fetch(row -> {
                    var id = row.get(DELETION.DELETION_ID);
                    var counts = new TreeMap<String, Long>();
                    for (Record fact :
                            facts.getOrDefault(id, dsl.newResult(DELETION_FACT.fields()))) {
                        counts.put(fact.get(DELETION_FACT.SOURCE), fact.get(DELETION_FACT.FACTS));
                    }
                    return new Deletion(
                            id,
                            row.get(DELETION.DELETED_AT),
                            row.get(DELETION.WHAT),
                            new Counts(counts, row.get(DELETION.ACCOUNTS), row.get(DELETION.USERS)),
                            row.get(DELETION.RESTORED_AT),
                            row.get(DELETION.PURGED_AT));
                });
    }

    private static Optional<Deletion> pending(DSLContext transaction, long id) {
        return find(transaction, id).filter(Deletion::isPending);
    }

    @Override
    public Restoration restore(long id, InstantSource clock) {
        try {
            return dsl.transactionResult(transaction -> {
                var locked = Recording.lock(transaction.dsl(), clock);
                return pending(transaction.dsl(), id)
                        .map(deletion -> restore(transaction.dsl(), deletion, locked))
                        .orElseGet(Restoration.NotPending::new);
            });
        } catch (CircularParents circular) {
            return new Restoration.Circular(circular.accounts());
        }
    }

    private static Restoration restore(DSLContext transaction, Deletion deletion, Instant now) {
        var held = heldBy(transaction, deletion);
        if (!held.isEmpty()) {
            return new Restoration.Held(List.copyOf(held));
        }
        var at = laterThanAll(transaction, now);
        ReplacedFacts.create(transaction);
        for (var source : StoredDefinitions.declared(transaction)) {
            if (deletion.counts().facts().containsKey(source.name())) {
                ReplacedFacts.bringBack(transaction, source, deletion.at(), at);
            }
        }
        transaction
                .update(ACCOUNT)
                .setNull(ACCOUNT.DELETION_ID)
                .where(ACCOUNT.DELETION_ID.eq(deletion.id()))
                .execute();
        if (deletion.counts().accounts() > 0) {
            AccountParents.check(transaction);
        }
        settle(transaction, deletion.counts(), at);
        transaction
                .update(DELETION)
                .set(DELETION.RESTORED_AT, at)
                .set(DELETION.WHAT, "")
                .where(DELETION.DELETION_ID.eq(deletion.id()))
                .execute();
        return new Restoration.Restored(find(transaction, deletion.id()).orElseThrow());
    }

    /** Other deletions that hold accounts of the facts. */
    private static Set<Long> heldBy(DSLContext transaction, Deletion deletion) {
        var held = new TreeSet<Long>();
        for (var source : deletion.counts().facts().keySet()) {
            var facts = new FactTable(source);
            held.addAll(
                    transaction
                            .selectDistinct(ACCOUNT.DELETION_ID)
                            .from(facts.table())
                            .join(ACCOUNT)
                            .on(ACCOUNT.ACCOUNT_ID.eq(facts.accountId()))
                            .where(facts.superseded().eq(deletion.at()))
                            .and(ACCOUNT.DELETION_ID.ne(deletion.id()))
                            .fetch(ACCOUNT.DELETION_ID));
        }
        return held;
    }

    @Override
    public Optional<Deletion> purge(long id, Instant at) {
        return dsl.transactionResult(transaction -> {
            Postgres.lockWriters(transaction.dsl());
            return pending(transaction.dsl(), id)
                    .flatMap(deletion -> purge(transaction.dsl(), deletion, at));
        });
    }

    private static Optional<Deletion> purge(DSLContext transaction, Deletion deletion, Instant at) {
        purgeFacts(transaction, deletion);
        purgeAccounts(transaction, deletion);
        JooqSourceCounts.purge(transaction);
        Staging.dropWaiting(transaction);
        touch(transaction, deletion.counts());
        transaction
                .update(DELETION)
                .set(DELETION.PURGED_AT, at.truncatedTo(ChronoUnit.MICROS))
                .set(DELETION.WHAT, "")
                .where(DELETION.DELETION_ID.eq(deletion.id()))
                .execute();
        return find(transaction, deletion.id());
    }

    private static void touch(DSLContext transaction, Counts counts) {
        counts.facts().keySet().forEach(source -> SourceStates.touch(transaction, source));
        SourceStates.touch(transaction, EntityRef.ACCOUNT.name());
        SourceStates.touch(transaction, EntityRef.USER.name());
    }

    /** With every earlier version of them, under whatever account. */
    private static void purgeFacts(DSLContext transaction, Deletion deletion) {
        for (var source : deletion.counts().facts().keySet()) {
            var facts = new FactTable(source);
            transaction
                    .deleteFrom(facts.table())
                    .where(
                            facts.sourceKey()
                                    .in(
                                            DSL.select(facts.sourceKey())
                                                    .from(facts.table())
                                                    .where(facts.superseded().eq(deletion.at()))))
                    .execute();
        }
    }

    private static void purgeAccounts(DSLContext transaction, Deletion deletion) {
        if (deletion.counts().accounts() == 0) {
            return;
        }
        var keys =
                transaction
                        .select(ACCOUNT.ACCOUNT_ID, ACCOUNT.ACCOUNT_KEY)
                        .from(ACCOUNT)
                        .where(ACCOUNT.DELETION_ID.eq(deletion.id()))
                        .fetchMap(ACCOUNT.ACCOUNT_ID, ACCOUNT.ACCOUNT_KEY);
        JooqAlertStore.purge(transaction, Set.copyOf(keys.values()));
        var ids = List.copyOf(keys.keySet());
        for (var source : StoredDefinitions.sources(transaction)) {
            var facts = new FactTable(source);
            transaction
                    .deleteFrom(facts.table())
                    .where(facts.accountId().eq(ChosenRows.any(ids)))
                    .execute();
        }
        for (var entity : List.of(EntityRef.USER, EntityRef.ACCOUNT)) {
            var history = new HistoryTable(entity);
            transaction
                    .deleteFrom(history.table())
                    .where(history.accountId().eq(ChosenRows.any(ids)))
                    .execute();
            var attributes = new AttributeTable(entity);
            transaction
                    .deleteFrom(attributes.table())
                    .where(attributes.accountId().eq(ChosenRows.any(ids)))
                    .execute();
        }
        transaction
                .deleteFrom(ACCOUNT_USER)
                .where(ACCOUNT_USER.ACCOUNT_ID.eq(ChosenRows.any(ids)))
                .execute();
        transaction.deleteFrom(ACCOUNT).where(ACCOUNT.ACCOUNT_ID.eq(ChosenRows.any(ids))).execute();
        transaction
                .deleteFrom(ACCOUNT_IDENTITY)
                .where(ACCOUNT_IDENTITY.ACCOUNT_ID.eq(ChosenRows.any(ids)))
                .execute();
    }
}
