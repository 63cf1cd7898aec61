package dev.cairn.adapters.persistence.catalog;

import dev.cairn.adapters.persistence.account.NamedAccounts;
import dev.cairn.adapters.persistence.fact.FirstFacts;
import dev.cairn.adapters.persistence.fact.ReplacedFacts;
import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.adapters.persistence.schema.FactTables;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.adapters.persistence.schema.SourceStates;
import dev.cairn.application.port.out.DefinitionStore.Redone;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.change.DeclarationChange;
import dev.cairn.domain.change.Rereading;
import dev.cairn.domain.lowering.RowFormulas;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.problem.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Makes the table of a source as declared. Facts that are in it are read again where that follows from what is stored; else the declaration is
 * refused, and so is one by which they would count again when they are imported again.
 */
final class FactTableDeclaration implements TableDeclaration {
    private static final int IDS = 3;

    private final DSLContext transaction;
    private final @Nullable Source before;
    private final Source after;
    private final Entry entry;
    private final FactTable facts;
    private final ExistingColumns existing;
    private final boolean empty;
    private final DeclarationChange change;
    private final RowsAgain again;

    /**
     * @param before the declaration that the table was made for, in force or retired; null where there is none
     * @param earlier fields of declarations before that
     */
    FactTableDeclaration(
            DSLContext transaction,
            @Nullable Source before,
            Map<String, Field> earlier,
            Source after,
            Entry entry) {
        this.transaction = transaction;
        this.before = before;
        this.after = after;
        this.entry = entry;
        this.facts = new FactTable(after.name());
        this.existing = ExistingColumns.of(transaction, facts.name());
        this.empty =
                existing.none() || !transaction.fetchExists(DSL.selectOne().from(facts.table()));
        this.change =
                empty || before == null
                        ? new DeclarationChange(List.of(), false, List.of())
                        : DeclarationChange.of(before, stored(earlier), after);
        this.again = new RowsAgain(transaction, facts.name(), after.fields());
    }

    /** Those whose column is still there. */
    private Map<String, Field> stored(Map<String, Field> earlier) {
        var stored = new TreeMap<>(earlier);
        stored.values().removeIf(field -> !existing.has(facts.column(field)));
        return stored;
    }

    @Override
    public List<String> refusals() {
        return Refusals.of(change, existing, facts::column, this::readAgain, wayOut());
    }

    private String wayOut() {
        String anew =
                "delete these facts ('cairn delete facts %s', 'cairn purge'), apply it, and import them again"
                        .formatted(after.name());
        return after.key().isEmpty()
                ? "Either " + anew + "; or declare it under another name and import into that."
                : "Either keep what was declared, add a field of another name, and import the files again; or "
                        + anew
                        + ".";
    }

    private Map<String, Long> readAgain() {
        var formulas = RowFormulas.of(after, entry.bindings(), Place.of(after.name()));
        var rereading = Rereading.of(after, formulas);
        var columns =
                new ArrayList<org.jooq.Field<?>>(
                        List.of(
                                facts.sourceKey(),
                                facts.accountId(),
                                supersededOrNull(),
                                facts.occurred()));
        after.fields()
                .forEach(field ->
                        columns.add(
                                existing.read(facts.column(field), field.type())
                                        .as("v_" + field.name())));
        again.read(
                transaction.select(columns).from(facts.table()),
                columns,
                IDS,
                rereading,
                values -> Collections.singletonList(rereading.occurred(values)));
        return again.impossible();
    }

    /** Null of a fact in force: the end of time is no instant. */
    private org.jooq.Field<Instant> supersededOrNull() {
        return DSL.nullif(facts.superseded(), Postgres.FOREVER.coerce(Instant.class)).as("until");
    }

    private Condition isAgain() {
        return again.id(0, facts.sourceKey())
                .eq(facts.sourceKey())
                .and(again.id(1, facts.accountId()).eq(facts.accountId()))
                .and(
                        DSL.coalesce(
                                        again.id(2, facts.superseded()),
                                        Postgres.FOREVER.coerce(Instant.class))
                                .eq(facts.superseded()));
    }

    /** Fills a new table beside the one that is being read. */
    @Override
    public void prepare() {
        if (!again.isNeeded()) {
            return;
        }
        var next = facts.successor();
        var others = existing.others(FactTable::isColumnOfField, facts.columns(after));
        FactTables.create(transaction, next, after);
        FactTables.addColumns(transaction, next, others);
        transaction.setLocal(DSL.name("work_mem"), DSL.val("64MB")).execute();
        transaction.setLocal(DSL.name("maintenance_work_mem"), DSL.val("128MB")).execute();
        transaction
                .insertInto(next.table(), columns(next, others.keySet()))
                .select(rows(others.keySet()))
                .execute();
        FactTables.index(transaction, next, after);
        Postgres.analyze(transaction, next.name());
    }

    private List<org.jooq.Field<?>> columns(FactTable table, Iterable<String> others) {
        var columns =
                new ArrayList<org.jooq.Field<?>>(
                        List.of(
                                table.occurred(),
                                table.accountId(),
                                table.userId(),
                                table.sourceKey(),
                                table.recorded(),
                                table.superseded()));
        columns.addAll(table.columns(after));
        others.forEach(other -> columns.add(DSL.field(table.name().append(other), Object.class)));
        return columns;
    }

    private Select<Record> rows(Iterable<String> others) {
        var stored = columns(facts, others);
        var isChanged = again.id(0, facts.sourceKey()).isNotNull();
        stored.set(0, DSL.coalesce(again.time(0, facts.occurred()), facts.occurred()));
        int first = stored.indexOf(facts.superseded()) + 1;
        for (int i = 0; i < after.fields().size(); i++) {
            var field = after.fields().get(i);
            stored.set(
                    first + i,
                    DSL.when(isChanged, again.valueOf(field).coerce(Object.class))
                            .otherwise(
                                    existing.read(facts.column(field), field.type())
                                            .coerce(Object.class)));
        }
        return transaction
                .select(stored)
                .from(facts.table())
                .leftJoin(again.table())
                .on(isAgain())
                .where(again.isTakenIn());
    }

    @Override
    public void carryOut() {
        if (empty) {
            transaction.dropTableIfExists(facts.name()).execute();
            FactTables.create(transaction, facts, after);
            FactTables.index(transaction, facts, after);
        } else if (!again.isNeeded()) {
            after.fields().forEach(field -> existing.add(facts.column(field), field.type()));
            if (before == null || !FactTables.indexesAlike(before, after)) {
                FactTables.indexAnew(transaction, facts, before, after);
            }
            if (hasOtherRoles()) {
                ReplacedFacts.create(transaction);
                noteNamed(before);
                beginAnew();
            }
        } else {
            noteMoved();
            FactTables.replace(transaction, facts, facts.successor(), after);
            beginAnew();
            SourceStates.touch(transaction, after.name());
        }
    }

    /** Whose first fact may be another, asked of the rows as they were: those that go are among them. */
    private void noteMoved() {
        ReplacedFacts.create(transaction);
        ReplacedFacts.note(
                transaction,
                facts,
                Objects.requireNonNullElse(before, after),
                facts.inForce().and(isOtherKindOfTime() ? DSL.noCondition() : isMoved()));
        noteNamed(before);
    }

    private boolean hasOtherRoles() {
        var roles = before == null ? List.<Field>of() : before.accountRoles();
        return !names(roles).equals(names(after.accountRoles()));
    }

    private static List<String> names(List<Field> roles) {
        return roles.stream().map(Field::name).toList();
    }

    private void noteNamed(@Nullable Source declared) {
        if (declared != null && !declared.accountRoles().isEmpty()) {
            ReplacedFacts.note(transaction, facts, declared, facts.inForce());
        }
    }

    /** Accounts that the rows name in a role come to be, and all whose facts they are exist from the first of these. */
    private void beginAnew() {
        var roles = facts.accountRoles(after);
        if (NamedAccounts.create(transaction, facts, roles) > 0) {
            SourceStates.touch(transaction, EntityRef.ACCOUNT.name());
        }
        noteNamed(after);
        moveFirstFacts();
    }

    private void moveFirstFacts() {
        var moved = FirstFacts.of(transaction).findAnew();
        Stream.of(
                        Map.entry(EntityRef.ACCOUNT, moved.accounts()),
                        Map.entry(EntityRef.USER, moved.users()))
                .filter(members -> members.getValue() > 0)
                .forEach(members -> SourceStates.touch(transaction, members.getKey().name()));
    }

    /** Dates and instants are kept apart, also where one says what the other does. */
    private boolean isOtherKindOfTime() {
        return before != null && before.placedBy().type() != after.placedBy().type();
    }

    private Condition isMoved() {
        return DSL.exists(DSL.selectOne().from(again.table()).where(isAgain()).and(again.moved()));
    }

    @Override
    public Redone redone() {
        return empty
                ? Redone.NOTHING
                : new Redone(again.changed(), again.leftOut(), change.unread());
    }
}
