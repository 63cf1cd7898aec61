package dev.cairn.testkit.reference;

import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.MissingRate;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.RateTable;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.plan.Stretch;
import dev.cairn.domain.plan.Timeline;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One group and bucket, with the value of each leaf of the plan.
 *
 * @param index of the bucket in the plan; -1 for the whole range
 * @param bucket all groups of it
 */
record Cell(
        RowKind kind,
        int index,
        Timeline time,
        List<GroupValue> keys,
        List<LeafResult> leaves,
        Groups bucket)
        implements Subject {
    /** All groups of a bucket, whether shown or not. */
    static final class Groups {
        private final List<Cell> cells = new ArrayList<>();

        void add(Cell cell) {
            cells.add(cell);
        }

        static Map<Integer, Groups> of(List<Cell> all) {
            var groups = new HashMap<Integer, Groups>();
            all.forEach(cell -> groups.computeIfAbsent(cell.index(), _ -> new Groups()).add(cell));
            return groups;
        }
    }

    Cell with(List<LeafResult> others) {
        return new Cell(kind, index, time, keys, others, bucket);
    }

    Cell among(Groups all) {
        return new Cell(kind, index, time, keys, leaves, all);
    }

    @Override
    public Stretch stretch() {
        return stretch(0);
    }

    @Override
    public Stretch stretch(int reach) {
        return time.stretch(reach, index);
    }

    @Override
    public List<Cell> groups() {
        return kind.hasGroups() && !keys.contains(GroupValue.OTHER) ? bucket.cells : List.of();
    }

    @Override
    public @Nullable Object field(Expr.Field field) {
        throw new IllegalArgumentException("a cell has no field " + field);
    }

    @Override
    public @Nullable Object linked(Expr.Linked linked) {
        throw new IllegalArgumentException("a cell has no field " + linked);
    }

    @Override
    public List<Parents.Version> versions(Expr.Linked linked) {
        throw new IllegalArgumentException("a cell has no field " + linked);
    }

    @Override
    public @Nullable Subject member(List<Expr.Hop> hops) {
        throw new IllegalArgumentException("a cell points at nothing: " + hops);
    }

    @Override
    public @Nullable Subject reached(Expr.Hop hop, List<Object> said) {
        throw new IllegalArgumentException("a cell points at nothing: " + hop);
    }

    @Override
    public List<Parents.Version> versions(
            Expr.To.Row to, Expr.Attribute attribute, List<Object> said) {
        throw new IllegalArgumentException("a cell points at nothing: " + attribute);
    }

    @Override
    public @Nullable Object attribute(Expr.Attribute attribute) {
        throw new IllegalArgumentException("a cell has no attribute " + attribute);
    }

    @Override
    public @Nullable Object attributeOn(Expr.Attribute attribute, LocalDate day) {
        return attribute(attribute);
    }

    @Override
    public @Nullable Object attributeBefore(Expr.Attribute attribute, LocalDate day) {
        return attribute(attribute);
    }

    @Override
    public @Nullable String key(EntityRef entity) {
        throw new IllegalArgumentException("a cell is of no " + entity);
    }

    @Override
    public @Nullable LocalDate start(EntityRef entity, ZoneId zone) {
        throw new IllegalArgumentException("no row at hand");
    }

    @Override
    public @Nullable Object leaf(int leaf) {
        return leaves.get(leaf).value();
    }

    @Override
    public Set<MissingRate> lacking(int leaf) {
        return leaves.get(leaf).lacking();
    }

    @Override
    public @Nullable BigDecimal rate(RateTable table, @Nullable String currency, LocalDate day) {
        throw new IllegalArgumentException("a cell has no amount to convert");
    }

    @Override
    public LocalDate asOfDate() {
        throw new IllegalArgumentException("a cell has no amount to convert");
    }
}
