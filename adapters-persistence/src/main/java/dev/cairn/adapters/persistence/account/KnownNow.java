package dev.cairn.adapters.persistence.account;

import dev.cairn.adapters.persistence.schema.AttributeTable;
import dev.cairn.adapters.persistence.schema.HistoryTable;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.adapters.persistence.staging.Staging;
import dev.cairn.adapters.persistence.type.LocalDates;
import dev.cairn.domain.model.EntityRef;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * Makes the attributes of all members of an entity with a history what holds today: not what begins later, and nothing of what is over. A member that is not
 * yet there has its first values.
 */
final class KnownNow {
    /** Where a day begins first, so that a snapshot of today is known at once wherever it is today. */
    private static final ZoneOffset FIRST = ZoneOffset.ofHours(14);

    private static final Name NOW = DSL.name("now");

    private final DSLContext transaction;
    private final AttributeTable attributes;
    private final HistoryTable history;
    private final Field<LocalDate> today;
    private final List<Name> columns;

    KnownNow(DSLContext transaction, EntityRef entity, Instant now) {
        this.transaction = transaction;
        this.attributes = new AttributeTable(entity);
        this.history = new HistoryTable(entity);
        this.today = DSL.val(now.atOffset(FIRST).toLocalDate(), LocalDates.TYPE);
        this.columns = new ArrayList<>(attributes.stored(transaction));
        columns.retainAll(history.stored(transaction));
    }

    /** @return how many members have other attributes now */
    long refresh() {
        long replaced = columns.isEmpty() ? 0 : replace();
        return replaced + add();
    }

    private long replace() {
        var replacement = new LinkedHashMap<Field<?>, Field<?>>();
        Condition differs = DSL.noCondition();
        for (var column : columns) {
            var known = DSL.field(attributes.name().append(column));
            var holds = DSL.field(NOW.append(column));
            replacement.put(known, holds);
            differs = differs.or(Staging.distinct(known, holds));
        }
        return transaction
                .update(attributes.table())
                .set(replacement)
                .from(now())
                .where(hasAttributes())
                .and(differs)
                .execute();
    }

    private long add() {
        var into = new ArrayList<Field<?>>(attributes.ids());
        var rows = new ArrayList<Field<?>>(ids());
        for (var column : columns) {
            into.add(DSL.field(attributes.name().append(column)));
            rows.add(DSL.field(NOW.append(column)));
        }
        return transaction
                .insertInto(attributes.table(), into)
                .select(
                        DSL.select(rows)
                                .from(now())
                                .where(
                                        Postgres.notIn(
                                                transaction, attributes.table(), hasAttributes())))
                .execute();
    }

    /** Of each member the interval that began last, without its values where it is over. */
    private Table<Record> now() {
        var read = new ArrayList<Field<?>>(history.ids());
        for (var column : columns) {
            read.add(
                    DSL.when(history.until().gt(today), DSL.field(history.alias().append(column)))
                            .as(column));
        }
        var order = new ArrayList<SortField<?>>();
        history.ids().forEach(id -> order.add(id.asc()));
        order.add(history.from().desc());
        return DSL.select(read)
                .distinctOn(history.ids())
                .from(history.table())
                .where(history.from().le(today).or(history.isFirst()))
                .orderBy(order)
                .asTable(NOW);
    }

    private List<Field<Long>> ids() {
        return history.ids().stream()
                .map(id -> DSL.field(NOW.append(id.getUnqualifiedName()), id.getDataType()))
                .toList();
    }

    private Condition hasAttributes() {
        return DSL.row(attributes.ids()).eq(DSL.row(ids()));
    }
}
