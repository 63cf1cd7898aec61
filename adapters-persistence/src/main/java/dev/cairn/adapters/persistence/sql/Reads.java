package dev.cairn.adapters.persistence.sql;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.plan.Aggregation;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Scan;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What expressions of a row read beside the row itself, so that nothing is joined in vain.
 *
 * @param keys of which entities
 * @param attributes of which entities, as they are known now; those as of another time {@link History} brings
 * @param ways along links from fields of the row, each behind all that it begins with
 * @param further ways along links that begin at what is read beside the row, as it is known now, each behind all that it begins with; those that begin at what
 *     an attribute was {@link History} brings
 * @param toAttributes those of them that lead to members of whom attributes are read as they are known now
 */
record Reads(
        Set<EntityRef> keys,
        Set<EntityRef> attributes,
        Set<List<Expr.Hop>> ways,
        List<List<Expr.Hop>> further,
        Set<List<Expr.Hop>> toAttributes) {
    /** @param groups what rows are grouped by */
    static Reads of(Scan scan, List<Leaf> leaves, List<Expr> groups) {
        return of(Stream.concat(groups.stream(), expressions(scan, leaves)));
    }

    static Reads of(Stream<Expr> expressions) {
        var all = new HashSet<Expr>();
        expressions.forEach(expr -> collect(expr, all));
        return new Reads(
                all.stream().flatMap(Reads::readOfTable).collect(Collectors.toSet()),
                all.stream()
                        .filter(expr ->
                                expr instanceof Expr.Attribute attribute
                                        && attribute.asOf() == null)
                        .map(expr -> ((Expr.Attribute) expr).entity())
                        .collect(Collectors.toSet()),
                ways(all),
                FurtherLinks.in(all).stream().filter(way -> !FurtherLinks.isAsOf(way)).toList(),
                all.stream().flatMap(Reads::toAttribute).collect(Collectors.toSet()));
    }

    /** The entity whose own table has it. */
    private static Stream<EntityRef> readOfTable(Expr expr) {
        return switch (expr) {
            case Expr.Key(var entity) -> Stream.of(entity);
            case Expr.Start(var entity, _) -> Stream.of(entity);
            default -> Stream.of();
        };
    }

    private static Stream<List<Expr.Hop>> toAttribute(Expr expr) {
        return expr instanceof Expr.Linked(var hops, Expr.Attribute attribute)
                        && attribute.asOf() == null
                ? Stream.of(hops)
                : Stream.of();
    }

    /** In an order of their own, so that equal questions have equal statements. */
    private static Set<List<Expr.Hop>> ways(Set<Expr> read) {
        var ways = new TreeMap<String, List<Expr.Hop>>();
        for (var expr : read) {
            if (expr instanceof Expr.Linked(var hops, _) && hops.getFirst().isOfFields()) {
                var names = new StringBuilder();
                for (int at = 0; at < hops.size(); at++) {
                    names.append(at == 0 ? "" : ".").append(hops.get(at).link());
                    ways.putIfAbsent(names.toString(), hops.subList(0, at + 1));
                }
            }
        }
        return new LinkedHashSet<>(ways.values());
    }

    /** Everything that is read of a row but what it is grouped by. */
    static Stream<Expr> expressions(Scan scan, List<Leaf> leaves) {
        return Stream.of(
                        Stream.of(scan.where()),
                        scan.relation().own().scans().stream()
                                .flatMap(read -> read.group().stream()),
                        leaves.stream().map(Leaf::where),
                        leaves.stream()
                                .filter(leaf -> !countsMembers(leaf))
                                .flatMap(leaf ->
                                        Stream.concat(
                                                Stream.of(leaf.aggregation().value()),
                                                leaf.aggregation().besides().stream())))
                .flatMap(all -> all);
    }

    /** What every leaf asks of its rows. */
    static List<Expr> sharedConditions(List<Leaf> leaves) {
        return leaves.stream()
                .map(leaf -> Exprs.conjuncts(leaf.where()))
                .reduce((all, others) -> all.stream().filter(others::contains).toList())
                .orElse(List.of());
    }

    /** The account that tells users apart whose keys are counted; empty where none are. */
    static Expr account(Leaf leaf) {
        return leaf.aggregation() instanceof Aggregation.Distinct(_, var account)
                ? account
                : Expr.NONE;
    }

    /** Distinct accounts and users are counted by their ids. */
    static boolean countsMembers(Leaf leaf) {
        return leaf.aggregation() instanceof Aggregation.Distinct distinct
                && distinct.isOfMembers();
    }

    static boolean readsTimeEdge(Scan scan, List<Leaf> leaves) {
        return Stream.concat(scan.keys().stream(), expressions(scan, leaves))
                .anyMatch(expr -> Exprs.any(expr, Expr.TimeEdge.class::isInstance));
    }

    /** Whether there is a member is seen by its id. */
    static Optional<EntityRef> askedForAbsence(Expr expr) {
        return expr instanceof Expr.Is(Expr.Key(var entity), Expr.Literal(var value, var _))
                        && value == null
                ? Optional.of(entity)
                : Optional.empty();
    }

    private static void collect(Expr expr, Set<Expr> found) {
        boolean isOfNone = askedForAbsence(expr).isPresent();
        if (!isOfNone && (found.add(expr) || !(expr instanceof Expr.Common))) {
            Exprs.operands(expr).forEach(operand -> collect(operand, found));
        }
    }
}
