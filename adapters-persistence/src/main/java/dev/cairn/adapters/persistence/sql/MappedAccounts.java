package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.rowNumber;

import dev.cairn.adapters.persistence.generated.Tables;
import dev.cairn.adapters.persistence.schema.AttributeTable;
import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Entity.Mark;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.plan.MappedRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jooq.CommonTableExpression;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * Accounts that are rows of a table, beside those that imported facts name, by their key: one that is both has the id that its facts are stored with, one of the
 * table alone a number that is below all of these, and the same within a statement.
 */
final class MappedAccounts {
    private static final Table<?> ALL = DSL.table(name("all_accounts"));
    private static final FactTable ROW = new FactTable(name("own_row"));
    private static final Table<?> STORED = StoreTables.members(EntityRef.ACCOUNT);
    private static final AttributeTable ATTRIBUTES = new AttributeTable(EntityRef.ACCOUNT);

    private final MappedRows rows;
    private final Entity entity;

    private MappedAccounts(MappedRows rows, Entity entity) {
        this.rows = rows;
        this.entity = entity;
    }

    /** Empty where accounts are imported. */
    static Optional<MappedAccounts> in(List<MappedRows> mapped) {
        return mapped.stream()
                .flatMap(rows ->
                        Optional.ofNullable(rows.members())
                                .map(entity -> new MappedAccounts(rows, entity))
                                .stream())
                .findFirst();
    }

    /** All accounts, without the first facts that stay in tables of their own. */
    static Table<?> all(List<MappedRows> mapped) {
        return in(mapped).isPresent() ? ALL : STORED;
    }

    /** {@link #all}, which a statement reads once, as their numbers are to be the same wherever it names them; with the columns of both tables of accounts. */
    CommonTableExpression<Record> table() {
        var values = new MappedValues(rows).select();
        var key = MappedAccount.key(column(rows.source().field(entity.keyField()).orElseThrow()));
        var columns = new ArrayList<Field<?>>();
        for (var stored : Tables.ACCOUNT.fields()) {
            columns.add(stored(stored.getName(), key).as(stored.getName()));
        }
        entity.stored().attributes().stream()
                .map(Entity.Attribute::field)
                .forEach(field ->
                        columns.add(column(field).as(AttributeTable.columnOf(field.name()))));
        var named =
                DSL.select(DSL.asterisk())
                        .from(values.asTable(ROW.name()))
                        .where(key.ne(inline("")))
                        .and(MappedColumns.haveOneKeyEach(rows.source(), rows.mapping(), values));
        return ALL.getUnqualifiedName()
                .asMaterialized(
                        DSL.select(columns)
                                .from(STORED)
                                .fullJoin(named.asTable(ROW.name()))
                                .on(StoreTables.text(STORED, "account_key").eq(key)));
    }

    /** Whatever reads attributes of accounts reads these. */
    CommonTableExpression<Record> attributes() {
        var columns = new ArrayList<Field<?>>();
        columns.add(StoreTables.id(ALL, "account_id"));
        entity.stored().attributes().stream()
                .map(Entity.Attribute::field)
                .forEach(field ->
                        columns.add(
                                DSL.field(
                                        ALL.getUnqualifiedName()
                                                .append(AttributeTable.columnOf(field.name())),
                                        ATTRIBUTES.column(field).getDataType())));
        return ATTRIBUTES.name().asNotMaterialized(DSL.select(columns).from(ALL));
    }

    /** Whatever reads accounts reads these, where it does not ask for first facts. */
    static CommonTableExpression<Record> members() {
        var columns =
                Arrays.stream(Tables.ACCOUNT.fields())
                        .<Field<?>>map(column ->
                                DSL.field(
                                        ALL.getUnqualifiedName()
                                                .append(column.getUnqualifiedName()),
                                        column.getDataType()))
                        .toList();
        return STORED.getUnqualifiedName().asNotMaterialized(DSL.select(columns).from(ALL));
    }

    private Field<?> stored(String column, Field<String> key) {
        return switch (column) {
            case "account_id" ->
                    coalesce(
                            StoreTables.id(STORED, column),
                            rowNumber().over().cast(org.jooq.impl.SQLDataType.BIGINT).neg());
            case "account_key" -> coalesce(StoreTables.text(STORED, column), key);
            case "declared_start" -> marked(Mark.START, DataType.TIMESTAMP, column);
            case "declared_start_on" -> marked(Mark.START, DataType.DATE, column);
            case "removed_at" -> marked(Mark.REMOVED, DataType.TIMESTAMP, column);
            case "removed_on" -> marked(Mark.REMOVED, DataType.DATE, column);
            default ->
                    DSL.field(
                            STORED.getUnqualifiedName().append(column),
                            Objects.requireNonNull(Tables.ACCOUNT.field(column)).getDataType());
        };
    }

    /** None where the mark is of another type, or there is none; whatever files said before the table was there. */
    private Field<?> marked(Mark mark, DataType type, String column) {
        return entity.marked(mark)
                .filter(field -> field.type() == type)
                .<Field<?>>map(this::column)
                .orElseGet(() ->
                        DSL.castNull(
                                Objects.requireNonNull(Tables.ACCOUNT.field(column))
                                        .getDataType()));
    }

    private Field<?> column(dev.cairn.domain.model.Field field) {
        return ROW.column(field);
    }
}
