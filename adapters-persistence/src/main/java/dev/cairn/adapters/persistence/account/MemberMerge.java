package dev.cairn.adapters.persistence.account;

import dev.cairn.adapters.persistence.definition.StoredDefinitions;
import dev.cairn.adapters.persistence.schema.AttributeTable;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.adapters.persistence.schema.SourceStates;
import dev.cairn.adapters.persistence.staging.RepeatedKeys;
import dev.cairn.adapters.persistence.staging.Staging;
import dev.cairn.application.port.Closing;
import dev.cairn.application.port.out.AccountDirectory.CircularParents;
import dev.cairn.application.port.out.FactStore.Loaded;
import dev.cairn.application.port.out.FactStore.Overlaps;
import dev.cairn.domain.model.EntityRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Merges staged members. One that was loaded before has a row of attributes: equal to it, the staged row is a duplicate; different, it
 * takes its place. One that facts brought has none yet.
 */
final class MemberMerge {
    private final DSLContext transaction;
    private final Staging staging;
    private final LoadedMembers loaded;
    private final MemberTable members;
    private final AttributeTable attributes;
    private final List<Field<?>> columns;
    private final List<Field<?>> values;

    MemberMerge(DSLContext transaction, Staging staging, LoadedMembers loaded) {
        this.transaction = transaction;
        this.staging = staging;
        this.loaded = loaded;
        this.members = MemberTable.of(loaded.kind());
        this.attributes = new AttributeTable(loaded.kind());
        this.columns = loaded.columns();
        this.values = loaded.staged();
    }

    /** @param closing closes what is not staged, of an entity with a history; null: it stays */
    Loaded merge(@Nullable Closing closing) {
        Postgres.lockWriters(transaction);
        StoredDefinitions.inForce(transaction, loaded.entity());
        long deleted = Members.takeOutDeleted(transaction, staging);
        if (loaded.entity().history() != null) {
            return mergeHistory(deleted, closing);
        }
        long overtaken = new RepeatedKeys(transaction, staging).keepLast(DSL.noCondition());
        var named = Members.of(transaction, staging);
        long replaced = countReplaced(named);
        if (replaced > 0) {
            replaceAttributes(named);
        }
        replaceExistence(named, DSL.noCondition());
        long added = addAttributes(named);
        if (added > 0) {
            Postgres.analyze(transaction, attributes.name());
        }
        if (added + replaced > 0) {
            SourceStates.touch(transaction, loaded.entity().name());
        }
        if (named.newAccounts() > 0 && !loaded.kind().isAccount()) {
            SourceStates.touch(transaction, EntityRef.ACCOUNT.name());
        }
        long taken = added + replaced + overtaken;
        settleParents();
        return new Loaded(
                taken,
                replaced + overtaken,
                staging.lines() - taken - deleted,
                deleted,
                named.alike());
    }

    /** Accounts that are pointed at are there, and none is above itself. */
    private void settleParents() {
        if (!loaded.kind().isAccount()) {
            return;
        }
        var parents = new AccountParents(transaction, loaded.entity());
        if (parents.create() > 0) {
            // Rows that are known already may point at an account that was purged.
            SourceStates.touch(transaction, loaded.entity().name());
        }
        var circle = parents.circle();
        if (!circle.isEmpty()) {
            throw new CircularParents(circle);
        }
    }

    /** What the rows say goes over what is known of their days; what then holds today is what is known now. */
    private Loaded mergeHistory(long deleted, @Nullable Closing closing) {
        var named = Members.of(transaction, staging);
        var history = new HistoryMerge(transaction, loaded);
        history.read(named);
        long changed = replaceExistence(named, history.isLastRow());
        var merged = history.merge(closing);
        changed += new KnownNow(transaction, loaded.kind(), loaded.recordedAt()).refresh();
        if (merged.loaded() + merged.closed() + changed > 0) {
            Postgres.analyze(transaction, attributes.name());
            SourceStates.touch(transaction, loaded.entity().name());
        }
        if (named.newAccounts() > 0 && !loaded.kind().isAccount()) {
            SourceStates.touch(transaction, EntityRef.ACCOUNT.name());
        }
        settleParents();
        return new Loaded(
                merged.loaded(),
                merged.superseded(),
                staging.lines() - merged.loaded() - deleted,
                deleted,
                named.alike(),
                Overlaps.NONE,
                merged.closed());
    }

    /** Members loaded before that the load says something else of. */
    private long countReplaced(Members named) {
        return transaction
                .select(DSL.count())
                .from(named.staged())
                .join(members.table())
                .on(members.isStaged())
                .join(attributes.table())
                .on(members.hasAttributes())
                .where(existenceDiffers().or(attributesDiffer()))
                .fetchSingle()
                .value1();
    }

    private Condition existenceDiffers() {
        if (!loaded.sayExistence()) {
            return DSL.falseCondition();
        }
        return Staging.distinct(members.declaredStart(), MemberStaging.START)
                .or(Staging.distinct(members.declaredStartOn(), MemberStaging.START_ON))
                .or(Staging.distinct(members.removedAt(), MemberStaging.REMOVED))
                .or(Staging.distinct(members.removedOn(), MemberStaging.REMOVED_ON));
    }

    private Condition attributesDiffer() {
        var differs = new ArrayList<Condition>();
        for (int i = 0; i < columns.size(); i++) {
            differs.add(Staging.distinct(columns.get(i), values.get(i)));
        }
        return DSL.or(differs);
    }

    private void replaceAttributes(Members named) {
        if (columns.isEmpty()) {
            return;
        }
        var replacement = new LinkedHashMap<Field<?>, Field<?>>();
        for (int i = 0; i < columns.size(); i++) {
            replacement.put(columns.get(i), values.get(i));
        }
        transaction
                .update(attributes.table())
                .set(replacement)
                .from(named.staged().join(members.table()).on(members.isStaged()))
                .where(members.hasAttributes())
                .and(attributesDiffer())
                .execute();
    }

    /** @return of how many members */
    private long replaceExistence(Members named, Condition rows) {
        return transaction
                .update(members.table())
                .set(members.declaredStart(), MemberStaging.START)
                .set(members.declaredStartOn(), MemberStaging.START_ON)
                .set(members.removedAt(), MemberStaging.REMOVED)
                .set(members.removedOn(), MemberStaging.REMOVED_ON)
                .from(named.staged())
                .where(members.isStaged())
                .and(existenceDiffers())
                .and(rows)
                .execute();
    }

    /** Members that have no attributes yet get theirs. @return how many */
    private long addAttributes(Members named) {
        var into = new ArrayList<Field<?>>(attributes.ids());
        into.addAll(columns);
        var from = new ArrayList<Field<?>>(members.ids());
        from.addAll(values);
        return transaction
                .insertInto(attributes.table(), into)
                .select(
                        DSL.select(from)
                                .from(named.staged())
                                .join(members.table())
                                .on(members.isStaged())
                                .where(
                                        Postgres.notIn(
                                                transaction,
                                                attributes.table(),
                                                members.hasAttributes())))
                .execute();
    }
}
