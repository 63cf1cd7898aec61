package dev.cairn.adapters.persistence.catalog;

import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT;
import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT_USER;

import dev.cairn.adapters.persistence.account.AccountParents;
import dev.cairn.adapters.persistence.schema.AttributeTable;
import dev.cairn.adapters.persistence.schema.HistoryTable;
import dev.cairn.adapters.persistence.schema.SourceStates;
import dev.cairn.application.port.out.DefinitionStore.Redone;
import dev.cairn.domain.change.DeclarationChange;
import dev.cairn.domain.change.Rereading;
import dev.cairn.domain.change.StoredRows;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Entity.Attribute;
import dev.cairn.domain.model.Entity.Mark;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.History;
import dev.cairn.domain.time.PointInTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * Gives the table of an entity's attributes a column for each of them. Members that were loaded are read again where that follows from what is
 * stored, and exist from and until when their marked attributes now say; else the declaration is refused.
 */
final class AttributeTableDeclaration implements TableDeclaration {
    private static final String WAY_OUT =
            "Keep what was declared, add an attribute of another name, and import the file again; a column of another name is read with 'cairn import --map'.";

    private final DSLContext transaction;
    private final Entity after;
    private final AttributeTable attributes;
    private final HistoryTable history;
    private final boolean isNewHistory;
    private final boolean newLinks;
    private final ExistingColumns existing;
    private final DeclarationChange change;
    private final RowsAgain again;

    /**
     * @param before the declaration that members were loaded by last
     * @param earlier attributes of declarations before that
     * @param wasMapped whether a table said since what members are: what is marked is read again, as the entity may have been retired before that; a
     *     history is left alone by that as well
     */
    AttributeTableDeclaration(
            DSLContext transaction,
            Entity before,
            Map<String, Field> earlier,
            Entity after,
            boolean wasMapped) {
        this.transaction = transaction;
        this.after = after.stored();
        this.attributes = new AttributeTable(after.entity());
        this.history = new HistoryTable(after.entity());
        this.newLinks = !after.links().equals(before.links());
        this.isNewHistory = before.history() == null && after.history() != null;
        this.existing = ExistingColumns.of(transaction, attributes.name());
        var stored = new TreeMap<>(earlier);
        stored.values().removeIf(field -> !existing.has(attributes.column(field)));
        var found = DeclarationChange.of(before, stored, after);
        boolean isAgain = found.again() || (wasMapped && before.history() == null);
        this.change = new DeclarationChange(found.obstacles(), isAgain, found.unread());
        this.again = new RowsAgain(transaction, attributes.name(), fields());
    }

    private List<Field> fields() {
        return after.attributes().stream().map(Attribute::field).toList();
    }

    @Override
    public List<String> refusals() {
        boolean isOfHistory = change.again() || !change.obstacles().isEmpty();
        if (isOfHistory && transaction.fetchExists(DSL.selectOne().from(history.table()))) {
            return List.of(
                    "What attributes were on earlier days is stored as it was read, and no other declaration is applied to it. "
                            + WAY_OUT);
        }
        var circle = newLinks && linksAreStored() ? circle() : List.<String>of();
        if (!circle.isEmpty()) {
            return List.of(
                    "Accounts that are stored would be above themselves, as the attributes of the link 'parent' say: of %s each would be the child of the next, and the last that of the first. Import what is right first, or give the link another name."
                            .formatted(circle.stream().limit(10).toList()));
        }
        return Refusals.of(change, existing, attributes::column, this::readAgain, WAY_OUT);
    }

    /** Of a history that only begins nothing is stored yet but what is known. */
    private List<String> circle() {
        var stored = isNewHistory ? after.with((@Nullable History) null) : after;
        return new AccountParents(transaction, stored).circle();
    }

    private AccountParents parents() {
        return new AccountParents(transaction, after);
    }

    /** Whether there is a column for whatever a link is read from. */
    private boolean linksAreStored() {
        return after.links().stream()
                .flatMap(link -> link.fields().stream())
                .filter(name -> after.key().size() == 1 || !after.key().contains(name))
                .allMatch(name ->
                        after.attribute(name)
                                .filter(field -> existing.has(attributes.column(field)))
                                .isPresent());
    }

    private Map<String, Long> readAgain() {
        var rereading = Rereading.of(after);
        var columns = new ArrayList<org.jooq.Field<?>>(attributes.ids());
        columns.addAll(times());
        fields().forEach(field ->
                columns.add(
                        existing.read(attributes.column(field), field.type())
                                .as("v_" + field.name())));
        again.read(
                transaction
                        .select(columns)
                        .from(attributes.table())
                        .join(members())
                        .on(hasAttributes()),
                columns,
                attributes.ids().size(),
                rereading,
                values -> {
                    var start = rereading.marked(Mark.START, values);
                    var removed = rereading.marked(Mark.REMOVED, values);
                    return Arrays.asList(
                            instant(start), date(start), instant(removed), date(removed));
                });
        return again.impossible();
    }

    private Table<?> members() {
        return after.entity().isUser() ? ACCOUNT_USER : ACCOUNT;
    }

    /** From and until when a member exists. */
    private List<org.jooq.Field<?>> times() {
        return after.entity().isUser()
                ? List.of(
                        ACCOUNT_USER.DECLARED_START,
                        ACCOUNT_USER.DECLARED_START_ON,
                        ACCOUNT_USER.REMOVED_AT,
                        ACCOUNT_USER.REMOVED_ON)
                : List.of(
                        ACCOUNT.DECLARED_START,
                        ACCOUNT.DECLARED_START_ON,
                        ACCOUNT.REMOVED_AT,
                        ACCOUNT.REMOVED_ON);
    }

    private static @Nullable Object instant(@Nullable PointInTime time) {
        return time instanceof PointInTime.AtInstant(var instant) ? instant : null;
    }

    private static @Nullable Object date(@Nullable PointInTime time) {
        return time instanceof PointInTime.OnDate(var date) ? date : null;
    }

    private List<org.jooq.Field<Long>> memberIds() {
        return after.entity().isUser()
                ? List.of(ACCOUNT_USER.ACCOUNT_ID, ACCOUNT_USER.USER_ID)
                : List.of(ACCOUNT.ACCOUNT_ID);
    }

    private Condition hasAttributes() {
        return same(memberIds(), attributes.ids());
    }

    private static Condition same(
            List<org.jooq.Field<Long>> ids, List<org.jooq.Field<Long>> others) {
        Condition same = DSL.noCondition();
        for (int i = 0; i < ids.size(); i++) {
            same = same.and(ids.get(i).eq(others.get(i)));
        }
        return same;
    }

    private List<org.jooq.Field<Long>> againIds() {
        var ids = new ArrayList<org.jooq.Field<Long>>();
        for (var id : attributes.ids()) {
            ids.add(again.id(ids.size(), id));
        }
        return ids;
    }

    @Override
    public void prepare() {}

    @Override
    public void carryOut() {
        fields().forEach(field -> existing.add(attributes.column(field), field.type()));
        if (again.changed() > 0) {
            putReadAgain();
        }
        var earlier = ExistingColumns.of(transaction, history.name());
        fields().forEach(field -> earlier.add(history.column(field), field.type()));
        if (isNewHistory) {
            beginHistory();
        } else {
            fields().stream()
                    .filter(field -> existing.has(attributes.column(field)))
                    .filter(field -> !earlier.has(history.column(field)))
                    .forEach(this::takeIntoHistory);
        }
        if (newLinks) {
            parents().create();
        }
    }

    private void putReadAgain() {
        var values = new LinkedHashMap<org.jooq.Field<?>, org.jooq.Field<?>>();
        fields().forEach(field -> values.put(attributes.column(field), again.valueOf(field)));
        if (!values.isEmpty()) {
            transaction
                    .update(attributes.table())
                    .set(values)
                    .from(again.table())
                    .where(same(attributes.ids(), againIds()))
                    .execute();
        }
        var existence = new LinkedHashMap<org.jooq.Field<?>, org.jooq.Field<?>>();
        for (var time : times()) {
            existence.put(time, again.time(existence.size(), time));
        }
        transaction
                .update(members())
                .set(existence)
                .from(again.table())
                .where(same(memberIds(), againIds()))
                .and(again.moved())
                .execute();
        SourceStates.touch(transaction, after.name());
    }

    /** An attribute that no history has a column for holds, as it is known, from ever. */
    private void takeIntoHistory(Field field) {
        transaction
                .update(history.table())
                .set(Map.of(history.column(field), attributes.column(field)))
                .from(attributes.table())
                .where(same(history.ids(), attributes.ids()))
                .execute();
    }

    /** What is known, also of attributes that are not declared now, holds from ever, as questions have read it so far, until a file says something else. */
    private void beginHistory() {
        transaction.deleteFrom(history.table()).execute();
        var into = new ArrayList<org.jooq.Field<?>>(history.ids());
        into.addAll(List.of(history.from(), history.until(), history.isFirst(), history.said()));
        var columns = new ArrayList<>(attributes.stored(transaction));
        columns.retainAll(history.stored(transaction));
        columns.forEach(column -> into.add(DSL.field(history.name().append(column))));
        var rows = new ArrayList<org.jooq.Field<?>>(attributes.ids());
        rows.addAll(
                List.of(
                        DSL.inline("-infinity").cast(SQLDataType.LOCALDATE),
                        DSL.inline("infinity").cast(SQLDataType.LOCALDATE),
                        DSL.inline(true),
                        HistoryTable.names(columns)));
        columns.forEach(column -> rows.add(DSL.field(attributes.name().append(column))));
        transaction
                .insertInto(history.table(), into)
                .select(DSL.select(rows).from(attributes.table()))
                .execute();
    }

    @Override
    public Redone redone() {
        boolean anyRow = existing.count(new StoredRows.All(), attributes::column) > 0;
        return anyRow ? new Redone(again.changed(), change.unread()) : Redone.NOTHING;
    }
}
