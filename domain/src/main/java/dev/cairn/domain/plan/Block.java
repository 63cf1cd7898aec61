package dev.cairn.domain.plan;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Scans and what is made of them: of the cells of a question, or of each row of a relation.
 *
 * @param leaves over the scans, which they point to by index
 */
public record Block(List<Scan> scans, List<Leaf> leaves) {
    public static final Block EMPTY = new Block(List.of(), List.of());

    public Block {
        scans = List.copyOf(scans);
        leaves = List.copyOf(leaves);
        for (var leaf : leaves) {
            if (leaf.scan() >= scans.size()) {
                throw new IllegalArgumentException("there is no scan " + leaf.scan());
            }
        }
    }

    /**
     * The same, where there is one bucket only.
     *
     * @param bucket its index; negative: the whole range
     */
    Block ofAlone(int bucket) {
        return new Block(
                scans.stream()
                        .map(scan ->
                                scan.with(
                                                ofAlone(scan.relation(), bucket),
                                                scan.reach(),
                                                scan.where())
                                        .with(ofAlone(scan.inUnits(), bucket)))
                        .toList(),
                leaves);
    }

    private static Scan.@Nullable InUnits ofAlone(Scan.@Nullable InUnits in, int bucket) {
        return in == null ? null : new Scan.InUnits(in.units().ofAlone(bucket), in.relation());
    }

    private static Relation ofAlone(Relation relation, int bucket) {
        return switch (relation) {
            case Relation.Facts(var source, var placing, var own, var derived) ->
                    new Relation.Facts(source, placing, own.ofAlone(bucket), derived);
            case Relation.Members(var entity, var pairs, var own) ->
                    new Relation.Members(entity, pairs, own.ofAlone(bucket));
            case Relation.Ticks(var units, var own) ->
                    new Relation.Ticks(units.ofAlone(bucket), own);
        };
    }

    /** The scans that are grouped by the keys of a question; in units of time those that are read in them. */
    public Stream<Scan> grouped() {
        return scans.stream()
                .flatMap(scan ->
                        scan.relation() instanceof Relation.Ticks(_, var own)
                                ? own.grouped()
                                : Stream.of(scan));
    }

    /** All that is read of rows, those of nested blocks included. */
    public Stream<Expr> expressions() {
        return Stream.concat(
                scans.stream()
                        .flatMap(scan ->
                                Stream.of(
                                                Stream.of(scan.where()),
                                                scan.keys().stream(),
                                                scan.group().stream(),
                                                edges(scan),
                                                scan.relation().ofDerived(),
                                                scan.relation().own().expressions())
                                        .flatMap(exprs -> exprs)),
                leaves.stream()
                        .flatMap(leaf ->
                                Stream.concat(
                                        Stream.of(leaf.where(), leaf.aggregation().value()),
                                        leaf.aggregation().besides().stream())));
    }

    private static Stream<Expr> edges(Scan scan) {
        return scan.window() == null ? Stream.of() : scan.window().edges().stream();
    }

    /** Sources whose rows are read beside others: those that links lead to, and those of rates. */
    public Set<String> sourcesBeside() {
        var found = new TreeSet<String>();
        expressions()
                .forEach(expr ->
                        Exprs.any(
                                expr,
                                part -> {
                                    if (part instanceof Expr.Linked linked) {
                                        linked.hops().stream()
                                                .flatMap(hop -> hop.row().stream())
                                                .forEach(row -> found.add(row.source()));
                                    } else if (part instanceof Expr.Convert convert) {
                                        found.add(convert.rates().source());
                                    }
                                    return false;
                                }));
        return found;
    }
}
