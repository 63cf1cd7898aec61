package dev.cairn.adapters.persistence.fact;

import static dev.cairn.adapters.persistence.generated.Tables.SOURCE_STATE;

import dev.cairn.adapters.persistence.account.Members;
import dev.cairn.adapters.persistence.definition.StoredDefinitions;
import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.adapters.persistence.schema.FactTables;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.adapters.persistence.schema.SourceStates;
import dev.cairn.adapters.persistence.staging.RepeatedKeys;
import dev.cairn.adapters.persistence.staging.Staging;
import dev.cairn.application.port.out.FactStore.Ending;
import dev.cairn.application.port.out.FactStore.Loaded;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Source;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.SelectJoinStep;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Merges staged facts into the table of their source: statements over all rows, none row by row. */
final class FactMerge {
    /** So many rows are worth that a table is made for them, or that PostgreSQL looks at it anew, for the first question after the load. */
    private static final long LARGE = 1_000;

    private final DSLContext transaction;
    private final Staging staging;
    private final Source source;
    private final FactStaging staged;
    private final FactTable facts;

    FactMerge(DSLContext transaction, Staging staging, Source source, FactStaging staged) {
        this.transaction = transaction;
        this.staging = staging;
        this.source = source;
        this.staged = staged;
        this.facts = new FactTable(source.name());
    }

    /**
     * While writers are locked.
     *
     * @param locked since when
     * @param withdrawals how many of the staged rows withdraw a fact
     * @param ending closes what is not staged; null: it stays
     */
    Loaded merge(
            Instant locked,
            @Nullable LocalDate completeUntil,
            long withdrawals,
            @Nullable Ending ending) {
        Source declared = StoredDefinitions.inForce(transaction, source);
        var closed =
                ending == null
                        ? ClosedRows.Closed.NONE
                        : new ClosedRows(transaction, staging, declared).close(ending);
        long added = staging.lines() - withdrawals + closed.ended();
        long withdrawn = withdrawals + closed.leftOut();
        var byLink = new AccountsByLink(transaction);
        byLink.ofStaged(staging, declared);
        var settled = settleKeys();
        Instant recorded = recorded(locked);
        if (withdrawn > 0) {
            withdrawn = withdraw(declared, recorded);
        }
        var members = members(declared);
        var change =
                isFirst(added)
                        ? fill(declared, members, recorded)
                        : change(declared, members, recorded);
        boolean changed = change.inserted() > 0 || withdrawn > 0;
        var moved =
                changed
                        ? moveFirstFacts(members, change.replaced() + withdrawn > 0)
                        : new FirstFacts.Moved(0, 0);
        // A fact that is known already may name an account that was purged.
        touchMembers(members.newAccounts() + moved.accounts(), members.newUsers() + moved.users());
        finish(declared, completeUntil, changed, recorded);
        if (changed) {
            byLink.follow(source.name(), recorded);
        }
        var overlaps =
                new OverlappingRows(transaction, declared, facts)
                        .find(staging.table(), staged.values());
        long loaded = change.inserted() + settled.overtaken();
        return new Loaded(
                loaded - closed.ended(),
                change.replaced() + withdrawn + settled.overtaken() - closed.rows(),
                added - loaded - settled.deleted(),
                settled.deleted(),
                members.alike(),
                overlaps,
                closed.rows());
    }

    private Members members(Source declared) {
        var roles = staged.accountRoles(declared);
        return declared.isTimeless()
                ? Members.ofRows(transaction, staging, roles)
                : Members.ofFacts(transaction, staging, staged.time(), roles);
    }

    /** What was done to the facts. */
    private record Change(long inserted, long replaced) {}

    private boolean isFirst(long added) {
        return added >= LARGE && !transaction.fetchExists(DSL.selectOne().from(facts.table()));
    }

    /** Fills a new table, makes its indexes when it is full, and puts it in the place of the empty one: half the work of filling that. */
    private Change fill(Source declared, Members members, Instant recorded) {
        var next = facts.successor();
        FactTables.create(transaction, next, declared);
        long inserted = insert(next, staged(members, recorded));
        transaction.setLocal(DSL.name("maintenance_work_mem"), DSL.val("128MB")).execute();
        FactTables.index(transaction, next, declared);
        Postgres.analyze(transaction, next.name());
        FactTables.replace(transaction, facts, next, declared);
        return new Change(inserted, 0);
    }

    private Change change(Source declared, Members members, Instant recorded) {
        long replaced = supersede(declared, members, recorded);
        var sameInForce = facts.sourceKey().eq(Staging.KEY).and(facts.inForce());
        var unknown = Postgres.notIn(transaction, facts.table(), sameInForce);
        long inserted = insert(facts, staged(members, recorded).where(unknown));
        if (inserted >= LARGE) {
            Postgres.analyze(transaction, facts.name());
        }
        return new Change(inserted, replaced);
    }

    private FirstFacts.Moved moveFirstFacts(Members members, boolean replaced) {
        var firstFacts = FirstFacts.of(transaction);
        var back = firstFacts.moveBack(members);
        return replaced ? back.and(firstFacts.findAnew()) : back;
    }

    /**
     * Staged rows that were taken out.
     *
     * @param overtaken because a later row of their key says something else
     * @param deleted because they are of what was deleted
     */
    private record Settled(long overtaken, long deleted) {}

    private Settled settleKeys() {
        var repeated = new RepeatedKeys(transaction, staging);
        if (source.key().isEmpty()) {
            repeated.number();
            return new Settled(0, takeOutDeleted());
        }
        long deleted = takeOutDeleted();
        return new Settled(repeated.keepLast(FactStaging.OCCURRED.isNotNull()), deleted);
    }

    /** Puts facts in force whose key is withdrawn last out of force, and takes the withdrawals out of the staged rows. */
    private long withdraw(Source declared, Instant recorded) {
        ReplacedFacts.create(transaction);
        long withdrawn =
                ReplacedFacts.note(
                        transaction,
                        facts,
                        declared,
                        DSL.update(facts.table())
                                .set(facts.superseded(), recorded)
                                .from(staging.table())
                                .where(facts.sourceKey().eq(Staging.KEY))
                                .and(facts.inForce())
                                .and(FactStaging.OCCURRED.isNull()));
        transaction.deleteFrom(staging.table()).where(FactStaging.OCCURRED.isNull()).execute();
        return withdrawn;
    }

    private long takeOutDeleted() {
        return Members.takeOutDeleted(transaction, staging)
                + DeletedFacts.takeOut(transaction, staging, source.name());
    }

    /** Later than every change before, whatever the clock does: what is known at a time never changes afterwards. */
    private Instant recorded(Instant locked) {
        Instant last =
                transaction
                        .select(SOURCE_STATE.LAST_RECORDED)
                        .from(SOURCE_STATE)
                        .where(SOURCE_STATE.SOURCE.eq(source.name()))
                        .fetchOne(SOURCE_STATE.LAST_RECORDED);
        return last == null || last.isBefore(locked) ? locked : last.plus(1, ChronoUnit.MICROS);
    }

    /** Puts facts in force whose key is staged with other content, under whatever account, out of force. */
    private long supersede(Source declared, Members members, Instant recorded) {
        ReplacedFacts.create(transaction);
        return ReplacedFacts.note(
                transaction,
                facts,
                declared,
                DSL.update(facts.table())
                        .set(facts.superseded(), recorded)
                        .from(members.staged())
                        .where(facts.sourceKey().eq(Staging.KEY))
                        .and(facts.inForce())
                        .and(contentDiffers()));
    }

    private Condition contentDiffers() {
        var differs = new ArrayList<Condition>();
        differs.add(facts.accountId().ne(Members.ACCOUNT_ID));
        differs.add(facts.userId().isDistinctFrom(Members.USER_ID));
        differs.add(facts.occurred().ne(FactStaging.OCCURRED));
        List<Field<?>> columns = facts.columns(source);
        List<Field<?>> values = staged.values();
        for (int i = 0; i < columns.size(); i++) {
            differs.add(Staging.distinct(columns.get(i), values.get(i)));
        }
        return DSL.or(differs);
    }

    /** Staged rows as facts; they come in the order of the file, which mostly is one of time. */
    private SelectJoinStep<Record> staged(Members members, Instant recorded) {
        var values =
                new ArrayList<Field<?>>(
                        List.of(
                                Members.ACCOUNT_ID,
                                Members.USER_ID,
                                Staging.KEY,
                                FactStaging.OCCURRED,
                                DSL.val(recorded),
                                Postgres.FOREVER));
        values.addAll(staged.values());
        return DSL.select(values).from(members.staged());
    }

    private long insert(FactTable into, Select<Record> rows) {
        var columns =
                new ArrayList<Field<?>>(
                        List.of(
                                into.accountId(),
                                into.userId(),
                                into.sourceKey(),
                                into.occurred(),
                                into.recorded(),
                                into.superseded()));
        columns.addAll(into.columns(source));
        return transaction.insertInto(into.table(), columns).select(rows).execute();
    }

    private void touchMembers(int accounts, int users) {
        if (accounts > 0) {
            SourceStates.touch(transaction, EntityRef.ACCOUNT.name());
        }
        if (users > 0) {
            SourceStates.touch(transaction, EntityRef.USER.name());
        }
    }

    private void finish(
            Source declared, @Nullable LocalDate completeUntil, boolean changed, Instant recorded) {
        if (completeUntil != null) {
            SourceStates.moveUntil(transaction, source.name(), completeUntil);
        }
        boolean covers = SourceStates.refreshCoverage(transaction, declared, recorded);
        if (changed || covers) {
            SourceStates.touch(transaction, source.name());
        }
        if (changed || covers) {
            transaction
                    .update(SOURCE_STATE)
                    .set(SOURCE_STATE.LAST_RECORDED, recorded)
                    .where(SOURCE_STATE.SOURCE.eq(source.name()))
                    .execute();
        }
    }
}
