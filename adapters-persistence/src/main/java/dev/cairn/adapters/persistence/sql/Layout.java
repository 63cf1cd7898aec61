package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.castNull;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.when;

import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.model.EntityKind;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.AnalysisPlan.GroupKey;
import dev.cairn.domain.plan.Expr;
import dev.cairn.domain.plan.Leaf;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** The columns that all branches of the statement have: kind, bucket, group keys, leaves. */
final class Layout {
    static final Field<Integer> KIND = field(name("kind"), SQLDataType.INTEGER);
    static final Field<Integer> BUCKET = field(name("bucket"), SQLDataType.INTEGER);

    private final List<Key> keys;
    private final List<Leaf> leaves;

    /**
     * A group key.
     *
     * @param value null unless {@code kind} says that there is one
     * @param kind code of a {@link GroupValue.Kind}; null, '' and no account are three
     * @param user which user it is, as users of two accounts may have the same key; only where users are grouped by
     */
    record Key(GroupKey of, Field<Object> value, Field<Integer> kind, Optional<Field<Long>> user) {
        List<Field<?>> columns() {
            var columns = new ArrayList<Field<?>>(List.of(kind, value));
            user.ifPresent(columns::add);
            return columns;
        }

        private List<Field<?>> ofTotal() {
            var columns = new ArrayList<Field<?>>();
            columns.add(Codes.field(GroupValue.Kind.TOTAL).as(kind));
            columns.add(castNull(value).as(value));
            user.ifPresent(column -> columns.add(castNull(column).as(column)));
            return columns;
        }

        private List<Field<?>> ofRow(RowSet rows, ExprCompiler exprs, Expr expr) {
            Field<Object> read = SqlTypes.typed(exprs.as(of.type().kind(), expr));
            var columns = new ArrayList<Field<?>>();
            if (of.ofAccount() && rows.mayLackAccount()) {
                Condition none = rows.account().eq(inline(StoreTables.NO_ACCOUNT));
                columns.add(
                        when(none, Codes.field(GroupValue.Kind.NO_ACCOUNT))
                                .when(read.isNull(), Codes.field(GroupValue.Kind.NONE))
                                .otherwise(Codes.field(GroupValue.Kind.VALUE))
                                .as(kind));
                columns.add(when(DSL.not(none), read).as(value));
            } else {
                columns.add(
                        when(read.isNull(), Codes.field(GroupValue.Kind.NONE))
                                .otherwise(Codes.field(GroupValue.Kind.VALUE))
                                .as(kind));
                columns.add(read.as(value));
            }
            user.ifPresent(column -> columns.add(rows.user().as(column)));
            return columns;
        }
    }

    Layout(AnalysisPlan plan) {
        this.leaves = plan.leaves();
        this.keys =
                IntStream.range(0, plan.keys().size()).mapToObj(index -> key(plan, index)).toList();
    }

    private static Key key(AnalysisPlan plan, int index) {
        boolean ofUsers =
                plan.scans().stream()
                        .anyMatch(scan ->
                                scan.keys().get(index) instanceof Expr.Key(EntityKind entity)
                                        && entity == EntityKind.USER);
        GroupKey key = plan.keys().get(index);
        return new Key(
                key,
                SqlTypes.typed(field(name("k" + index), SqlTypes.of(key.type().kind()))),
                field(name("g" + index), SQLDataType.INTEGER),
                ofUsers
                        ? Optional.of(field(name("u" + index), SQLDataType.BIGINT))
                        : Optional.empty());
    }

    List<Key> keys() {
        return keys;
    }

    List<Field<?>> keyColumns() {
        return keys.stream().flatMap(key -> key.columns().stream()).toList();
    }

    /** Kind, bucket and keys: what a cell is known by. */
    List<Field<?>> cellColumns() {
        var columns = new ArrayList<Field<?>>(List.of(KIND, BUCKET));
        columns.addAll(keyColumns());
        return columns;
    }

    List<Field<?>> leafColumns() {
        return IntStream.range(0, leaves.size())
                .<Field<?>>mapToObj(index -> LeafColumns.of(index, leaves.get(index)))
                .toList();
    }

    /** What rows of a scan are grouped by. */
    List<Field<?>> groups(RowSet rows, ExprCompiler exprs, List<Expr> expressions, RowKind kind) {
        var columns = new ArrayList<Field<?>>();
        columns.add(rows.bucket().as(BUCKET));
        if (kind.hasGroups()) {
            for (int key = 0; key < keys.size(); key++) {
                columns.addAll(keys.get(key).ofRow(rows, exprs, expressions.get(key)));
            }
        }
        return columns;
    }

    /**
     * One line of the stack.
     *
     * @param groups bucket and, where the kind has them, keys
     * @param values of leaves, by index; the others are null
     */
    List<Field<?>> line(RowKind kind, List<Field<?>> groups, Map<Integer, Field<?>> values) {
        var columns = new ArrayList<Field<?>>();
        columns.add(Codes.field(kind).as(KIND));
        columns.addAll(groups);
        if (!kind.hasGroups()) {
            keys.forEach(key -> columns.addAll(key.ofTotal()));
        }
        var leafColumns = leafColumns();
        for (int leaf = 0; leaf < leafColumns.size(); leaf++) {
            Field<?> column = leafColumns.get(leaf);
            var value = values.get(leaf);
            columns.add((value == null ? castNull(column) : value).as(column));
        }
        return columns;
    }
}
