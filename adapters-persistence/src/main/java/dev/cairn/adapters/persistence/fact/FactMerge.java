package dev.cairn.adapters.persistence.fact;

import static dev.cairn.adapters.persistence.generated.Tables.SOURCE_STATE;

import dev.cairn.adapters.persistence.account.Members;
import dev.cairn.adapters.persistence.catalog.StoredDefinitions;
import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.adapters.persistence.schema.SourceStates;
import dev.cairn.adapters.persistence.staging.RepeatedKeys;
import dev.cairn.adapters.persistence.staging.Staging;
import dev.cairn.application.port.out.FactStore.Loaded;
import dev.cairn.domain.model.EntityKind;
import dev.cairn.domain.model.Source;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Merges staged facts into the table of their source: statements over all rows, none row by row. */
final class FactMerge {
    /** A table that grew by so much is looked at anew, so that the first question after the load is planned for what is there. */
    private static final long WORTH_ANALYZING = 1_000;

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

    Loaded merge(Instant recordedAt, @Nullable LocalDate completeUntil) {
        Postgres.lockWriters(transaction);
        Source declared = StoredDefinitions.inForce(transaction, source);
        long overtaken = settleRepeatedKeys();
        int newAccounts = Members.createAccounts(transaction, staging);
        int newUsers = Members.createUsers(transaction, staging);
        Instant recorded = recorded(recordedAt);
        long replaced = supersede(recorded);
        long inserted = insert(recorded);
        if (inserted > 0) {
            var first = firstFacts(replaced);
            touchMembers(newAccounts + first.accounts(), newUsers + first.users());
        }
        if (inserted >= WORTH_ANALYZING) {
            Postgres.analyze(transaction, facts.name());
        }
        finish(declared, completeUntil, inserted > 0, recorded);
        long loaded = inserted + overtaken;
        return new Loaded(loaded, replaced + overtaken, staging.lines() - loaded);
    }

    /** @return how many rows were taken out because a later row of their key says something else */
    private long settleRepeatedKeys() {
        var repeated = new RepeatedKeys(transaction, staging);
        if (source.key().isEmpty()) {
            repeated.number();
            return 0;
        }
        return repeated.keepLast();
    }

    /** Later than every change before, whatever the clock does: what is known at a time never changes afterwards. */
    private Instant recorded(Instant recordedAt) {
        Instant last =
                transaction
                        .select(SOURCE_STATE.LAST_RECORDED)
                        .from(SOURCE_STATE)
                        .where(SOURCE_STATE.SOURCE.eq(source.name()))
                        .fetchOne(SOURCE_STATE.LAST_RECORDED);
        Instant wanted = recordedAt.truncatedTo(ChronoUnit.MICROS);
        return last == null || last.isBefore(wanted) ? wanted : last.plus(1, ChronoUnit.MICROS);
    }

    /** Puts facts in force whose key is staged with other content, under whatever account, out of force. */
    private long supersede(Instant recorded) {
        ReplacedFacts.create(transaction);
        var gone =
                DSL.name("gone")
                        .as(
                                DSL.update(facts.table())
                                        .set(facts.superseded(), recorded)
                                        .from(Members.staged(staging))
                                        .where(facts.sourceKey().eq(Staging.KEY))
                                        .and(facts.inForce())
                                        .and(contentDiffers())
                                        .returning(facts.accountId(), facts.userId()));
        return transaction
                .with(gone)
                .insertInto(ReplacedFacts.table(), ReplacedFacts.ACCOUNT_ID, ReplacedFacts.USER_ID)
                .select(
                        DSL.select(
                                        DSL.field(
                                                DSL.name("gone", "account_id"),
                                                facts.accountId().getDataType()),
                                        DSL.field(
                                                DSL.name("gone", "user_id"),
                                                facts.userId().getDataType()))
                                .from(gone))
                .execute();
    }

    private Condition contentDiffers() {
        var differs = new ArrayList<Condition>();
        differs.add(facts.accountId().ne(Members.stagedAccountId()));
        differs.add(facts.userId().isDistinctFrom(Members.stagedUserId()));
        differs.add(facts.occurred().ne(FactStaging.OCCURRED));
        List<Field<?>> columns = facts.columns(source);
        List<Field<?>> values = staged.values();
        for (int i = 0; i < columns.size(); i++) {
            differs.add(Staging.distinct(columns.get(i), values.get(i)));
        }
        return DSL.or(differs);
    }

    /** Inserts what is staged and not in force now: what is new, and what has just been replaced; in the order of the file, which mostly is one of time. */
    private long insert(Instant recorded) {
        var columns =
                new ArrayList<Field<?>>(
                        List.of(
                                facts.accountId(),
                                facts.userId(),
                                facts.sourceKey(),
                                facts.occurred(),
                                facts.recorded(),
                                facts.superseded()));
        columns.addAll(facts.columns(source));
        var values =
                new ArrayList<Field<?>>(
                        List.of(
                                Members.stagedAccountId(),
                                Members.stagedUserId(),
                                Staging.KEY,
                                FactStaging.OCCURRED,
                                DSL.val(recorded),
                                Postgres.FOREVER));
        values.addAll(staged.values());
        return transaction
                .insertInto(facts.table(), columns)
                .select(
                        DSL.select(values)
                                .from(Members.staged(staging))
                                .whereNotExists(
                                        DSL.selectOne()
                                                .from(facts.table())
                                                .where(facts.sourceKey().eq(Staging.KEY))
                                                .and(facts.inForce()))
                                .orderBy(Staging.LINE))
                .execute();
    }

    private FirstFacts.Moved firstFacts(long replaced) {
        var firstFacts =
                new FirstFacts(transaction, staging, StoredDefinitions.sources(transaction));
        var back = firstFacts.moveBack();
        if (replaced == 0) {
            return back;
        }
        var anew = firstFacts.findAnew();
        return new FirstFacts.Moved(back.accounts() + anew.accounts(), back.users() + anew.users());
    }

    private void touchMembers(int accounts, int users) {
        if (accounts > 0) {
            SourceStates.touch(transaction, EntityKind.ACCOUNT.word());
        }
        if (users > 0) {
            SourceStates.touch(transaction, EntityKind.USER.word());
        }
    }

    private void finish(
            Source declared, @Nullable LocalDate completeUntil, boolean changed, Instant recorded) {
        if (completeUntil != null) {
            SourceStates.moveUntil(transaction, source.name(), completeUntil);
        }
        boolean covers = SourceStates.refreshCoverage(transaction, declared);
        if (changed || covers) {
            SourceStates.touch(transaction, source.name());
        }
        if (changed) {
            transaction
                    .update(SOURCE_STATE)
                    .set(SOURCE_STATE.LAST_RECORDED, recorded)
                    .where(SOURCE_STATE.SOURCE.eq(source.name()))
                    .execute();
        }
    }
}
