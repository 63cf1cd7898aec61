package dev.cairn.adapters.persistence.fact;

import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT;
import static dev.cairn.adapters.persistence.generated.Tables.DELETION;
import static dev.cairn.adapters.persistence.generated.Tables.SOURCE_STATE;

import dev.cairn.adapters.persistence.definition.StoredDefinitions;
import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.adapters.persistence.schema.FactTables;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.adapters.persistence.schema.SourceStates;
import dev.cairn.adapters.persistence.staging.Staging;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Link;
import dev.cairn.domain.model.Source;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Keeps the account of facts that have it by a link: that of the row in force which they point at, and none while there is none. It is stored with them like
 * any account. Where the row that a fact points at comes, goes, or becomes another account's, the fact is superseded by itself under the other account, so that
 * what was known earlier stays known of then.
 */
public final class AccountsByLink {
    private static final Name MOVED = DSL.name("moved");
    private static final Field<UUID> MOVED_KEY =
            DSL.field(MOVED.append("source_key"), SQLDataType.UUID);
    private static final Field<Long> MOVED_FROM =
            DSL.field(MOVED.append("moved_from"), SQLDataType.BIGINT);
    private static final Field<Long> MOVED_TO =
            DSL.field(MOVED.append("moved_to"), SQLDataType.BIGINT);

    /** The row that a fact points at. */
    private static final FactTable PARENT = new FactTable(DSL.name("parent"));

    private final DSLContext transaction;

    public AccountsByLink(DSLContext transaction) {
        this.transaction = transaction;
    }

    /** A link to a source that is stored. */
    private record Way(Link link, Source parent) {
        Table<?> table() {
            return new FactTable(parent.name()).table().as(PARENT.name());
        }

        /** Whether the parent has the key that a row says. */
        Condition isOf(Function<String, Field<?>> child) {
            return DSL.and(
                    IntStream.range(0, link.fields().size())
                            .mapToObj(at -> {
                                var key = parent.field(parent.key().get(at)).orElseThrow();
                                return PARENT.column(key)
                                        .coerce(Object.class)
                                        .eq(
                                                child.apply(link.fields().get(at))
                                                        .coerce(Object.class));
                            })
                            .toList());
        }
    }

    private Optional<Way> way(Source source) {
        return source.accountLink()
                .flatMap(link ->
                        StoredDefinitions.source(transaction, link.to())
                                .map(parent -> new Way(link, parent)));
    }

    /** Gives staged rows their accounts; those of rows that went with their deleted account have that, so that they are taken out as deleted. */
    void ofStaged(Staging staging, Source source) {
        way(source)
                .ifPresent(way -> {
                    var pending =
                            DSL.exists(
                                    DSL.selectOne()
                                            .from(DELETION)
                                            .where(DELETION.DELETION_ID.eq(ACCOUNT.DELETION_ID))
                                            .and(DELETION.DELETED_AT.eq(PARENT.superseded())));
                    transaction
                            .update(staging.table())
                            .set(Staging.ACCOUNT_KEY, Staging.written(ACCOUNT.ACCOUNT_KEY))
                            .from(way.table(), ACCOUNT)
                            .where(way.isOf(field -> staged(source, field)))
                            .and(PARENT.inForce().or(pending))
                            .and(ACCOUNT.ACCOUNT_ID.eq(PARENT.accountId()))
                            .and(ACCOUNT.ACCOUNT_ID.ne(FactTable.NO_ACCOUNT))
                            .execute();
                });
    }

    private static Field<?> staged(Source source, String field) {
        var staged = new FactStaging(source).values();
        return staged.get(
                IntStream.range(0, source.fields().size())
                        .filter(at -> source.fields().get(at).name().equals(field))
                        .findFirst()
                        .orElseThrow());
    }

    /** After rows of a source changed: whatever has its account through them, near or far. */
    public void follow(String changed, Instant at) {
        for (var source : StoredDefinitions.declared(transaction)) {
            if (source.accountLink().filter(link -> link.to().equals(changed)).isPresent()
                    && settle(source, at)) {
                follow(source.name(), at);
            }
        }
    }

    /** After rows of any sources changed. */
    public void settle(Instant at) {
        var byLink =
                StoredDefinitions.declared(transaction).stream()
                        .filter(source -> source.accountLink().isPresent())
                        .toList();
        for (var source : byLink) {
            if (settle(source, at)) {
                follow(source.name(), at);
            }
        }
    }

    /** @return whether some row has another account now */
    private boolean settle(Source source, Instant wanted) {
        var way = way(source);
        if (way.isEmpty()) {
            return false;
        }
        var facts = new FactTable(source.name());
        var account = DSL.coalesce(PARENT.accountId(), DSL.inline(FactTable.NO_ACCOUNT));
        transaction.dropTemporaryTableIfExists(MOVED).execute();
        int moved =
                transaction
                        .createTemporaryTable(MOVED)
                        .as(
                                DSL.select(
                                                facts.sourceKey()
                                                        .as(MOVED_KEY.getUnqualifiedName()),
                                                facts.accountId()
                                                        .as(MOVED_FROM.getUnqualifiedName()),
                                                account.as(MOVED_TO.getUnqualifiedName()))
                                        .from(facts.table())
                                        .leftJoin(way.get().table())
                                        .on(
                                                way.get()
                                                        .isOf(field ->
                                                                facts.column(
                                                                        source.field(field)
                                                                                .orElseThrow())))
                                        .and(PARENT.inForce())
                                        .where(facts.inForce())
                                        .and(facts.accountId().ne(account)))
                        .onCommitDrop()
                        .execute();
        if (moved == 0 && !transaction.fetchExists(DSL.selectOne().from(DSL.table(MOVED)))) {
            return false;
        }
        move(facts, later(source, wanted));
        settleMembers();
        SourceStates.touch(transaction, source.name());
        return true;
    }

    /** Later than every change of the source before, and than what made it move. */
    private Instant later(Source source, Instant wanted) {
        var at = wanted.truncatedTo(ChronoUnit.MICROS).plus(1, ChronoUnit.MICROS);
        var last =
                transaction
                        .select(SOURCE_STATE.LAST_RECORDED)
                        .from(SOURCE_STATE)
                        .where(SOURCE_STATE.SOURCE.eq(source.name()))
                        .fetchOne(SOURCE_STATE.LAST_RECORDED);
        var later = last == null || last.isBefore(at) ? at : last.plus(1, ChronoUnit.MICROS);
        transaction
                .update(SOURCE_STATE)
                .set(SOURCE_STATE.LAST_RECORDED, later)
                .where(SOURCE_STATE.SOURCE.eq(source.name()))
                .execute();
        return later;
    }

    private void move(FactTable facts, Instant at) {
        var values = FactTables.valueColumns(transaction, facts);
        var columns =
                new ArrayList<Field<?>>(
                        List.of(
                                facts.accountId(),
                                facts.userId(),
                                facts.sourceKey(),
                                facts.occurred(),
                                facts.recorded(),
                                facts.superseded()));
        columns.addAll(values);
        var moved =
                new ArrayList<Field<?>>(
                        List.of(
                                MOVED_TO,
                                facts.userId(),
                                facts.sourceKey(),
                                facts.occurred(),
                                DSL.val(at),
                                Postgres.FOREVER));
        moved.addAll(values);
        transaction
                .insertInto(facts.table(), columns)
                .select(
                        DSL.select(moved)
                                .from(facts.table())
                                .join(DSL.table(MOVED))
                                .on(MOVED_KEY.eq(facts.sourceKey()))
                                .where(facts.inForce()))
                .execute();
        transaction
                .update(facts.table())
                .set(facts.superseded(), at)
                .from(DSL.table(MOVED))
                .where(facts.sourceKey().eq(MOVED_KEY))
                .and(facts.accountId().eq(MOVED_FROM))
                .and(facts.inForce())
                .execute();
    }

    /** Both the accounts that lost facts and those that have them now begin with the first of theirs. */
    private void settleMembers() {
        ReplacedFacts.create(transaction);
        for (var account : List.of(MOVED_FROM, MOVED_TO)) {
            transaction
                    .insertInto(ReplacedFacts.table(), ReplacedFacts.ACCOUNT_ID)
                    .select(DSL.selectDistinct(account).from(DSL.table(MOVED)))
                    .execute();
        }
        if (FirstFacts.of(transaction).findAnew().accounts() > 0) {
            SourceStates.touch(transaction, EntityRef.ACCOUNT.name());
        }
    }
}
