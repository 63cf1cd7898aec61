package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.castNull;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.when;

import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.plan.Leaf;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** The groups that are shown, in a common table of their keys; rows of all others are of one group. */
final class TopGroups {
    static final Table<?> TOP = DSL.table(name("top"));

    private TopGroups() {}

    /** The same rows, where those that are of no group shown have the one key in common. */
    static ScanCompiler.Grouped othersAsOne(
            ScanCompiler.Grouped grouped, Map<Integer, Leaf> leaves, Layout layout) {
        return ScanCompiler.Grouped.of(
                        othersAsOne(grouped.rows(), layout),
                        grouped.groups(),
                        grouped.areGroups() ? totals(leaves) : grouped.leaves())
                .having(grouped.having());
    }

    /** @param rows with the keys as they are stacked */
    static Select<?> othersAsOne(Table<?> rows, Layout layout) {
        var keys = new HashSet<String>();
        layout.stackedKeys().forEach(column -> keys.add(column.getName()));
        var columns = new ArrayList<Field<?>>();
        Arrays.stream(rows.fields())
                .filter(column -> !keys.contains(column.getName()))
                .map(column -> SqlTypes.of(rows, column).as(column.getName()))
                .forEach(columns::add);
        var isTop = SqlTypes.of(TOP, layout.keys().getFirst().kind()).isNotNull();
        for (var key : layout.keys()) {
            for (var column : key.stacked()) {
                Field<Object> read = SqlTypes.of(rows, column);
                columns.add(
                        (column.equals(key.kind())
                                        ? when(isTop, read)
                                                .otherwise(
                                                        SqlTypes.<Object>typed(
                                                                Codes.field(GroupValue.Kind.OTHER)))
                                        : when(isTop, read).otherwise(castNull(read)))
                                .as(column.getName()));
            }
        }
        return select(columns).from(rows.leftJoin(TOP).on(isSame(rows, TOP, layout)));
    }

    /** Whether two lines are of the same group. */
    static Condition isSame(Table<?> one, Table<?> other, Layout layout) {
        var isSame = DSL.noCondition();
        for (var key : layout.keys()) {
            for (var column : key.stacked()) {
                isSame =
                        isSame.and(
                                isSame(
                                        SqlTypes.of(one, column),
                                        SqlTypes.of(other, column),
                                        key,
                                        column.equals(key.kind())));
            }
        }
        return isSame;
    }

    private static Map<Integer, List<Field<?>>> totals(Map<Integer, Leaf> leaves) {
        var totals = new LinkedHashMap<Integer, List<Field<?>>>();
        leaves.forEach((index, leaf) -> totals.put(index, LeafColumns.totals(index, leaf)));
        return totals;
    }

    /** A key without a value is told by its kind; equality of what is never empty can be looked up. */
    private static Condition isSame(
            Field<Object> read, Field<Object> top, GroupColumns key, boolean isKind) {
        if (isKind) {
            return read.eq(top);
        }
        Field<Object> anything =
                SqlTypes.typed(
                        key.member().isPresent() ? inline(0L) : anything(key.key().type().kind()));
        return coalesce(read, anything).eq(coalesce(top, anything));
    }

    private static Field<?> anything(Type.Kind kind) {
        return switch (kind) {
            case BOOLEAN -> inline(false);
            case TEXT, NONE -> inline("");
            case INTEGER, DECIMAL -> inline(BigDecimal.ZERO);
            case DOUBLE -> inline(0.0);
            case DATE -> SqlTypes.date(LocalDate.EPOCH);
            case TIMESTAMP -> SqlTypes.instant(Instant.EPOCH);
            case BROKEN -> throw SqlTypes.broken();
        };
    }
}
