package dev.cairn.domain.plan;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a relation, shared by all leaves that read the same.
 *
 * @param reach index of the time that is read for each bucket, in {@link Timeline#reaches}
 * @param where holds for every leaf of it: the question's filter, cohort and scope; true keeps a row
 * @param keys the group keys of the question, as this relation reads them; of what is read for each row of a relation the member that it is read for, none
 *     where it is read for all rows together, or those of the group of the row
 * @param dropped indexes of the keys whose groups are taken together: a leaf has one value for all groups that are alike in the other keys. Rows that
 *     are read so make no group
 * @param window in which facts are read for the row that they are read for, in place of the stretches; null: in those
 * @param inUnits null: rows are of the bucket
 * @param group of what is read for each row together with all rows of its group: the keys as the row that it is read for has them, one for each of {@code keys}; an
 *     empty one is a key too. Empty: it is for the row alone, for all rows, or for no row
 */
public record Scan(
        Relation relation,
        int reach,
        Expr where,
        List<Expr> keys,
        Set<Integer> dropped,
        @Nullable SubjectWindow window,
        @Nullable InUnits inUnits,
        List<Expr> group) {
    public Scan {
        keys = List.copyOf(keys);
        group = List.copyOf(group);
        if (!group.isEmpty() && group.size() != keys.size()) {
            throw new IllegalArgumentException("a row has each key of its group");
        }
        dropped = Set.copyOf(dropped);
        for (int key : dropped) {
            if (key < 0 || key >= keys.size()) {
                throw new IllegalArgumentException("there is no key " + key);
            }
        }
    }

    /**
     * How rows are read where they are grouped by an age, which they have in each unit of time: a row is in the bucket for each of its units that it is in. A row
     * of no group is of the bucket itself.
     *
     * @param units whose time has the same reaches as that of the buckets, but for those of what is counted beside the cells
     * @param relation the same, as it is read in them
     */
    public record InUnits(Units units, Relation relation) {}

    /** For no group of a row. */
    public Scan(
            Relation relation,
            int reach,
            Expr where,
            List<Expr> keys,
            Set<Integer> dropped,
            @Nullable SubjectWindow window,
            @Nullable InUnits inUnits) {
        this(relation, reach, where, keys, dropped, window, inUnits, List.of());
    }

    /** Of the bucket. */
    public Scan(
            Relation relation,
            int reach,
            Expr where,
            List<Expr> keys,
            Set<Integer> dropped,
            @Nullable SubjectWindow window) {
        this(relation, reach, where, keys, dropped, window, null);
    }

    /** In the stretches of time of its reach. */
    public Scan(Relation relation, int reach, Expr where, List<Expr> keys, Set<Integer> dropped) {
        this(relation, reach, where, keys, dropped, null);
    }

    /** Grouped by every key. */
    public Scan(Relation relation, int reach, Expr where, List<Expr> keys) {
        this(relation, reach, where, keys, Set.of());
    }

    /** Of what is read for each row of a relation: whether it is the same for all rows, of which it is made together. */
    public boolean isOfAll() {
        return keys.isEmpty();
    }

    /** Of what is read for each row of a relation: whether it is the same for all rows of a group. */
    public boolean isOfGroup() {
        return !group.isEmpty();
    }

    /** Of what is read for each row of facts: the link by which its rows point at them; empty where it is read for their account. */
    public Optional<Expr.Hop> toRow() {
        return keys.stream()
                .findFirst()
                .filter(_ -> !isOfGroup())
                .filter(Expr.Linked.class::isInstance)
                .map(key -> ((Expr.Linked) key).hops().getFirst());
    }

    /** Of what is read of the row that each row of another relation leads to: the links; empty where it is read for anything else. */
    public Optional<String> ledToBy() {
        boolean isByKey = isOfGroup() && keys.stream().allMatch(Expr.Field.class::isInstance);
        return isByKey && group.getFirst() instanceof Expr.Linked(var hops, _)
                ? Optional.of(hops.stream().map(Expr.Hop::link).collect(Collectors.joining(".")))
                : Optional.empty();
    }

    /** Of what is read for each pair of a member and values: the values, as its rows have them, behind the member; empty where it is read for no pair. */
    public List<Expr> ofPair() {
        return !isOfGroup() && keys.size() > 1 && keys.getFirst() instanceof Expr.Key
                ? keys.subList(1, keys.size())
                : List.of();
    }

    /** The keys that its rows are grouped by. */
    public List<Expr> kept() {
        return IntStream.range(0, keys.size())
                .filter(key -> !dropped.contains(key))
                .mapToObj(keys::get)
                .toList();
    }

    /** Which of the keys that stay read rates of exchange, by index: of a row that lacks one it is not known which group it is of. */
    public Set<Integer> converted() {
        var own = relation.own().leaves();
        return IntStream.range(0, keys.size())
                .filter(key -> !dropped.contains(key))
                .filter(key ->
                        Exprs.readsRates(keys.get(key))
                                || Exprs.leavesIn(keys.get(key)).stream()
                                        .anyMatch(leaf -> own.get(leaf).mayLackRate()))
                .boxed()
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The same rows, read otherwise; those of units of time as they are. */
    public Scan with(Relation otherRelation, int otherReach, Expr otherWhere) {
        return new Scan(
                otherRelation, otherReach, otherWhere, keys, dropped, window, inUnits, group);
    }

    /** As rows of no group are read. */
    public Scan ofBuckets() {
        return with((InUnits) null);
    }

    public Scan with(@Nullable InUnits other) {
        return new Scan(relation, reach, where, keys, dropped, window, other, group);
    }

    /** As it is read in each of its units. */
    public Scan ofUnit(InUnits in) {
        return new Scan(in.relation(), reach, where, keys, dropped, window, null, group);
    }
}
