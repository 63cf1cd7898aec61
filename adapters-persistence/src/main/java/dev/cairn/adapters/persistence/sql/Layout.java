package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.castNull;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Scan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** The columns that all branches of the statement have: kind, bucket, group keys, leaves. */
final class Layout {
    static final Field<Integer> KIND = field(name("kind"), SQLDataType.INTEGER);
    static final Field<Integer> BUCKET = field(name("bucket"), SQLDataType.INTEGER);

    /** Whether a line is of a kind that has groups. */
    static final Condition HAS_GROUP =
            KIND.in(
                    Arrays.stream(RowKind.values())
                            .filter(RowKind::hasGroups)
                            .map(Codes::field)
                            .toList());

    private final List<GroupColumns> keys;
    private final List<Leaf> leaves;

    Layout(AnalysisPlan plan) {
        this.leaves = plan.leaves();
        this.keys =
                IntStream.range(0, plan.keys().size())
                        .mapToObj(index -> GroupColumns.of(plan, index))
                        .toList();
    }

    List<GroupColumns> keys() {
        return keys;
    }

    List<Field<?>> stackedKeys() {
        return keys.stream().flatMap(key -> key.stacked().stream()).toList();
    }

    /** Kind, bucket and keys: what branches are collapsed by. */
    List<Field<?>> stackedCell() {
        var columns = new ArrayList<Field<?>>(List.of(KIND, BUCKET));
        columns.addAll(stackedKeys());
        return columns;
    }

    /** What a leaf whose scan drops keys has one value for. */
    List<Field<?>> shared(Set<Integer> dropped) {
        var columns = new ArrayList<Field<?>>(List.of(KIND, BUCKET));
        for (int key = 0; key < keys.size(); key++) {
            if (!dropped.contains(key)) {
                columns.addAll(keys.get(key).stacked());
            }
        }
        return columns;
    }

    /** Whether a line is of a group, or of a kind that has none; not of groups that are taken together. */
    Condition isOfGroup() {
        var total = Codes.field(GroupValue.Kind.TOTAL);
        return KIND.notIn(Codes.field(RowKind.CELL), Codes.field(RowKind.TOTAL_OVER_TIME))
                .or(DSL.and(keys.stream().map(key -> key.kind().ne(total)).toList()));
    }

    /** Whether a line is of all groups that are not shown. */
    Condition isOfOthers() {
        return keys.getFirst().kind().eq(Codes.field(GroupValue.Kind.OTHER));
    }

    /** Kind, bucket and keys as the answer has them. */
    List<Field<?>> knownCell() {
        var columns = new ArrayList<Field<?>>(List.of(KIND, BUCKET));
        keys.forEach(key -> columns.addAll(key.known()));
        return columns;
    }

    /** All leaves, in their parts. */
    List<Field<?>> leafParts() {
        return IntStream.range(0, leaves.size())
                .boxed()
                .flatMap(index -> LeafColumns.parts(index, leaves.get(index)).stream())
                .toList();
    }

    /**
     * What rows of a scan are grouped by: bucket and, where the kind has them, the keys that are not dropped.
     *
     * @param someAreShown whether all groups but those that are shown are one
     */
    ScanCompiler.Grouping grouping(Scan scan, RowKind kind, boolean someAreShown) {
        var expressions = scan.keys();
        var grouped = kind.hasGroups() ? keys : List.<GroupColumns>of();
        var kept =
                IntStream.range(0, grouped.size())
                        .filter(key -> !scan.dropped().contains(key))
                        .boxed()
                        .toList();
        return new ScanCompiler.Grouping() {
            @Override
            public List<Expr> reads() {
                return kept.stream()
                        .filter(key -> grouped.get(key).member().isEmpty())
                        .<Expr>map(expressions::get)
                        .toList();
            }

            @Override
            public List<Field<?>> keys() {
                return grouped.stream().flatMap(key -> key.stacked().stream()).toList();
            }

            @Override
            public ScanCompiler.Grouping beneath(Scan inner) {
                return grouping(inner, kind, someAreShown);
            }

            @Override
            public boolean isOfTotal() {
                return !kind.hasGroups();
            }

            @Override
            public Optional<Layout> someAreShown() {
                return someAreShown ? Optional.of(Layout.this) : Optional.empty();
            }

            @Override
            public FactsByAccount.Groups groups() {
                return FactsByAccount.Groups.of(kept.stream().<Expr>map(expressions::get).toList());
            }

            @Override
            public boolean isByIds() {
                return !someAreShown
                        && kept.stream().allMatch(key -> grouped.get(key).member().isPresent());
            }

            @Override
            public List<Field<?>> columns(RowSet rows, ExprCompiler exprs) {
                var columns = new ArrayList<Field<?>>(List.of(rows.bucket().as(BUCKET)));
                for (int key = 0; key < grouped.size(); key++) {
                    var column = grouped.get(key);
                    columns.addAll(
                            kept.contains(key)
                                    ? column.ofRow(rows, exprs, expressions.get(key))
                                    : column.ofTotal());
                }
                return columns;
            }
        };
    }

    /**
     * One line of the stack.
     *
     * @param groups bucket and, where the kind has them, keys
     * @param values parts of leaves, by index; the others are null
     */
    List<Field<?>> line(RowKind kind, List<Field<?>> groups, Map<Integer, List<Field<?>>> values) {
        var columns = new ArrayList<Field<?>>(List.of(Codes.field(kind).as(KIND)));
        columns.addAll(groups);
        if (!kind.hasGroups()) {
            keys.forEach(key -> columns.addAll(key.ofTotal()));
        }
        for (int index = 0; index < leaves.size(); index++) {
            var parts = LeafColumns.parts(index, leaves.get(index));
            var given = values.get(index);
            for (int part = 0; part < parts.size(); part++) {
                Field<?> value = given == null ? castNull(parts.get(part)) : given.get(part);
                columns.add(value.as(parts.get(part)));
            }
        }
        return columns;
    }
}
