package dev.cairn.domain.plan;

import dev.cairn.domain.plan.Expr.LeafValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects leaves, each distinct one once, and the scans they share. */
final class Leaves {
    /** What is true of every leaf of a relation: the question's conditions and group keys, as that relation reads them. */
    interface Binder {
        /** For what is read for each member: the member is the only key, and its conditions hold above. */
        Binder OF_MEMBER = _ -> new Bound(Expr.TRUE, List.of());

        Bound bind(RelationKey relation);
    }

    /** See {@link Scan}. */
    record Bound(Expr where, List<Expr> keys) {}

    private record Draft(int index, Bound bound, Leaves inner) {}

    private final Binder binder;
    private final Map<RelationKey, Draft> scans = new LinkedHashMap<>();
    private final List<Leaf> leaves = new ArrayList<>();

    Leaves(Binder binder) {
        this.binder = binder;
    }

    /** What is read for each member of a relation over members. */
    Leaves inner(RelationKey.OfMembers relation) {
        return draft(relation).inner();
    }

    /** The value of an aggregation, made once however often it is asked for. */
    LeafValue add(
            RelationKey relation,
            Expr where,
            Aggregation aggregation,
            boolean zeroOverNothing,
            Type type) {
        var draft = draft(relation);
        var reads = readsOf(relation, draft, Expr.and(where, Exprs.valueOf(aggregation)));
        var leaf = new Leaf(draft.index(), where, aggregation, zeroOverNothing, type, reads);
        int at = leaves.indexOf(leaf);
        if (at < 0) {
            at = leaves.size();
            leaves.add(leaf);
        }
        return new LeafValue(at, type);
    }

    private Draft draft(RelationKey relation) {
        var known = scans.get(relation);
        if (known != null) {
            return known;
        }
        var made = new Draft(scans.size(), binder.bind(relation), new Leaves(Binder.OF_MEMBER));
        scans.put(relation, made);
        return made;
    }

    private static Set<Read> readsOf(RelationKey relation, Draft draft, Expr read) {
        return switch (relation) {
            case RelationKey.OfFacts(var source, var time) -> Set.of(new Read(source.name(), time));
            case RelationKey.OfMembers _ -> draft.inner().readsOf(read);
        };
    }

    /** Whose coverage decides the value of an expression over these leaves. */
    Set<Read> readsOf(Expr expr) {
        var reads = new HashSet<Read>();
        Exprs.leavesIn(expr).forEach(leaf -> reads.addAll(leaves.get(leaf).reads()));
        return reads;
    }

    /**
     * A count of the rows that the one relation read by an expression gives, for aggregates of a value of those that have one; null where it reads
     * several.
     */
    @Nullable LeafValue sampleOf(Expr expr) {
        record Rows(int scan, Expr where) {}
        var rows = new HashSet<Rows>();
        Exprs.samplesIn(expr).stream()
                .map(leaves::get)
                .forEach(leaf -> rows.add(new Rows(leaf.scan(), observed(leaf))));
        if (rows.size() != 1) {
            return null;
        }
        var only = rows.iterator().next();
        var relation = List.copyOf(scans.keySet()).get(only.scan());
        return add(relation, only.where(), new Aggregation.Count(), true, Type.COUNT);
    }

    /** Which rows a leaf makes its value of: those without a value of their own are skipped. */
    private Expr observed(Leaf leaf) {
        var value = Exprs.valueOf(leaf.aggregation());
        var inner = List.copyOf(scans.values()).get(leaf.scan()).inner();
        boolean mayBeEmpty =
                new Emptiness(Set.of(), inner::mayBeEmpty).given(leaf.where()).mayBeEmpty(value);
        return mayBeEmpty ? Expr.and(leaf.where(), Exprs.isNotNone(value)) : leaf.where();
    }

    boolean mayBeEmpty(int leaf) {
        return !(leaves.get(leaf).zeroOverNothing()
                && leaves.get(leaf).aggregation().hasValueOverNothing());
    }

    int size() {
        return leaves.size()
                + scans.values().stream().mapToInt(draft -> draft.inner().size()).sum();
    }

    List<Leaf> leaves() {
        return List.copyOf(leaves);
    }

    List<RelationKey> relations() {
        return List.copyOf(scans.keySet());
    }

    List<Scan> scans() {
        return scans.entrySet().stream()
                .map(entry ->
                        new Scan(
                                relation(entry.getKey(), entry.getValue()),
                                entry.getValue().bound().where(),
                                entry.getValue().bound().keys()))
                .toList();
    }

    private static Relation relation(RelationKey key, Draft draft) {
        return switch (key) {
            case RelationKey.OfFacts(var source, var time) ->
                    new Relation.Facts(source.name(), time);
            case RelationKey.OfMembers(var entity) ->
                    new Relation.Members(entity, draft.inner().scans(), draft.inner().leaves());
        };
    }
}
