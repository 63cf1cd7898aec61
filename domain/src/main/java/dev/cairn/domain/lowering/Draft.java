package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.plan.Aggregation;
import dev.cairn.domain.plan.Derived;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Scan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A scan that is being collected.
 *
 * @param index of the scan in its block
 * @param reach its number among what time is read
 * @param besides the number of that in which is read what its rows are made of and do not stand at
 * @param inner what is read for each of its rows
 * @param asked of the rows of each input of the sequence whose attempts are its rows; empty where they are no attempts
 */
record Draft(int index, int reach, int besides, Bound bound, Leaves inner, List<Expr> asked) {
    /** What is asked of every row. */
    List<Expr> askedOfScan() {
        var asked = new ArrayList<>(bound.keys());
        asked.add(bound.where());
        return asked;
    }

    /** What the scan asks of every row: it reads no window of the row. */
    Expr askedOfRows() {
        return conditions(false);
    }

    /** What every leaf asks besides, so that rows whose windows are not over can be counted apart. */
    private Expr askedOfWindows() {
        return conditions(true);
    }

    private Expr conditions(boolean readWindows) {
        return Exprs.conjuncts(bound.where()).stream()
                .filter(condition -> ownWindows().areReadBy(condition) == readWindows)
                .reduce(Expr.TRUE, Expr::and);
    }

    /** The keys that rows are grouped by. */
    private List<Expr> keys(Kept kept) {
        return keptAt(kept).stream().map(bound.keys()::get).toList();
    }

    /** Indexes of those keys. */
    List<Integer> keptAt(Kept kept) {
        return IntStream.range(0, bound.keys().size())
                .filter(key -> kept.keeps(bound.keys().get(key), bound.keys()))
                .boxed()
                .toList();
    }

    /** The keys that are left where none is that reads a window of the row: who is pending, or before the data, may be of any of its groups. */
    ScanKey withoutKeysOfWindows(ScanKey scan) {
        var keys = keys(scan.kept());
        var others = keys.stream().filter(key -> !ownWindows().areReadBy(key)).toList();
        return others.equals(keys) ? scan : scan.keeping(Kept.of(others));
    }

    /**
     * The rows that a leaf may take, whose windows, as far as it, the question's filter or a key reads them, are over.
     *
     * @param where what the leaf asks
     * @param read what it reads of a row
     */
    Expr settled(Expr where, Expr read, Kept kept, boolean areUnits) {
        var conditions = Exprs.conjuncts(where);
        var asked =
                Exprs.conjuncts(askedOfWindows()).stream()
                        .filter(condition -> !conditions.contains(condition))
                        .reduce(where, Expr::and);
        return ownWindows()
                .settled(
                        asked,
                        Stream.concat(Stream.of(asked, read), keys(kept).stream()),
                        areUnits);
    }

    /** What decides which rows there are, and in which groups they are taken together. */
    List<Expr> decides(Kept kept) {
        var deciding = new ArrayList<Expr>(List.of(askedOfRows()));
        deciding.addAll(keys(kept));
        return deciding;
    }

    /** Whether a rate is read for a leaf, by itself or in what is read for each row. */
    boolean readsRates(Expr where, Aggregation aggregation, Kept kept) {
        return Stream.of(
                        List.of(bound.where(), where, aggregation.value()),
                        aggregation.besides(),
                        keys(kept))
                .flatMap(List::stream)
                .anyMatch(expr ->
                        Exprs.readsRates(expr)
                                || Exprs.leavesIn(expr).stream()
                                        .anyMatch(leaf -> inner.leaf(leaf).mayLackRate()));
    }

    OwnWindows ownWindows() {
        return new OwnWindows(inner);
    }

    /** The keys of the question that do not stay. */
    Set<Integer> dropped(ScanKey scan) {
        return scan.kept().dropped(bound.keys());
    }

    /**
     * The finished scan.
     *
     * @param askedByAll what each of its leaves asks
     * @param clock finds units of time
     * @param keysOfRows of the question, as the rows have them that it is read for; null: it is read for none
     */
    Scan scan(
            ScanKey scan,
            List<Expr> askedByAll,
            Clock clock,
            List<TimeContext> reaches,
            @Nullable List<Expr> keysOfRows) {
        var ofRows = keysOfRows == null || scan.isOwn() ? null : keysOfRows;
        var kept = keys(scan.kept());
        var group =
                ofRows == null
                        ? List.<Expr>of()
                        : keptAt(scan.kept()).stream().map(ofRows::get).toList();
        return new Scan(
                relation(scan, clock),
                reach,
                Expr.and(askedByAll.stream().reduce(Expr.TRUE, Expr::and), askedOfRows()),
                scan.isOwn() ? scan.owner() : ofRows == null ? bound.keys() : ofGroups(kept, group),
                ofRows == null ? dropped(scan) : Set.of(),
                scan.time().ofSubject(),
                inUnits(scan, clock, reaches),
                ofRows == null ? scan.from() : ofGroups(group, kept));
    }

    /**
     * Keys that tell groups apart: rows of no account are a group of their own where a key that is read through it has no value.
     *
     * @param others the same keys, as other rows read them
     */
    private static List<Expr> ofGroups(List<Expr> keys, List<Expr> others) {
        var isNone =
                IntStream.range(0, keys.size())
                        .filter(key ->
                                Exprs.isOfAccount(keys.get(key))
                                        || Exprs.isOfAccount(others.get(key)))
                        .mapToObj(key -> (Expr) new Expr.Is(keys.get(key), Expr.NONE))
                        .reduce(Expr.Or::new);
        var all = new ArrayList<>(keys);
        isNone.ifPresent(
                none -> all.add(new Expr.And(Exprs.not(Exprs.isKnown(EntityRef.ACCOUNT)), none)));
        return all;
    }

    /** Whether a key that stays reads an age in units of time. */
    boolean isInUnits(ScanKey scan) {
        return bound.units() != null
                && !scan.isOwn()
                && bound.keys().stream()
                        .anyMatch(
                                key -> Ages.isOfUnits(key) && scan.kept().keeps(key, bound.keys()));
    }

    private Scan.@Nullable InUnits inUnits(ScanKey scan, Clock clock, List<TimeContext> reaches) {
        var step = bound.units();
        if (step == null || !isInUnits(scan)) {
            return null;
        }
        var cut = clock.cut(scan.time().bucket(), step, false);
        return new Scan.InUnits(cut.units(reaches), relation(scan, cut.beneath()));
    }

    /** As the question reads it. */
    Derived derived(RelationKey.Derivation derivation) {
        return derivation.rows().asking(asked).besides(_ -> besides);
    }

    private Relation relation(ScanKey scan, Clock clock) {
        return switch (scan.relation()) {
            case RelationKey.OfFacts(var source, var placing, var derivation) ->
                    new Relation.Facts(
                            source.name(),
                            placing,
                            inner.block(clock),
                            derivation == null ? null : derived(derivation));
            case RelationKey.OfMembers(var entity, var pairing) ->
                    new Relation.Members(
                            entity, pairing == null ? null : pairing.pairs(), inner.block(clock));
            case RelationKey.OfTicks(var step) -> {
                var cut = clock.cut(scan.time(), step, inner.readAround());
                yield new Relation.Ticks(cut.units(inner.reaches()), inner.block(cut.beneath()));
            }
        };
    }
}
