package dev.cairn.adapters.persistence.sql;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.formula.Formula.Comparator;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.plan.Block;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Scan;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Conditions on accounts and users, asked where they leave the fewest rows to read. */
final class MemberConditions {
    private MemberConditions() {}

    /**
     * What is read for each row of a scan, of the members alone that the question takes. A condition that keeps most of them would cost more than it
     * saves: it is asked of the rows alone.
     */
    static Block narrowed(Scan scan, List<Leaf> leaves) {
        var own = scan.relation().own();
        var asked =
                Stream.concat(
                                Exprs.conjuncts(scan.where()).stream(),
                                Reads.sharedConditions(leaves).stream())
                        .filter(condition -> isOfMember(condition) && keepsFew(condition))
                        .toList();
        return new Block(
                own.scans().stream().map(read -> narrowed(read, asked)).toList(), own.leaves());
    }

    /** What is read for accounts knows no users. */
    private static Scan narrowed(Scan read, Collection<Expr> asked) {
        // Rows of whatever account may point at a row.
        if (read.isOfAll() || read.isOfGroup() || read.toRow().isPresent()) {
            return read;
        }
        if (read.relation() instanceof Relation.Ticks(var units, var own)) {
            var narrowed =
                    new Block(
                            own.scans().stream().map(scan -> narrowed(scan, asked)).toList(),
                            own.leaves());
            return read.with(new Relation.Ticks(units, narrowed), read.reach(), read.where());
        }
        boolean ofUsers = read.keys().contains(new Expr.Key(EntityRef.USER));
        var known =
                asked.stream()
                        .filter(condition -> ofUsers || isOfAccount(condition))
                        .reduce(Expr.TRUE, Expr::and);
        return read.with(read.relation(), read.reach(), Expr.and(known, read.where()));
    }

    /** Those of a scan of facts that read their accounts alone, and keep most of them: better asked once they are aggregated by account. */
    static List<Expr> ofMostAccounts(Scan scan) {
        return Exprs.conjuncts(scan.where()).stream()
                .filter(condition ->
                        isOfMember(condition) && isOfAccount(condition) && !keepsFew(condition))
                .toList();
    }

    /** Whether a value is the same for all facts of an account. */
    static boolean isOfAccount(Expr expr) {
        return Exprs.any(expr, part -> reads(part, EntityRef.ACCOUNT))
                && !Exprs.any(
                        expr,
                        part ->
                                part instanceof Expr.Field
                                        || part instanceof Expr.TimeEdge
                                        || reads(part, EntityRef.USER));
    }

    private static boolean reads(Expr part, EntityRef entity) {
        return switch (part) {
            case Expr.Attribute attribute -> attribute.entity().equals(entity);
            case Expr.Start start -> start.entity().equals(entity);
            default -> part.equals(new Expr.Key(entity));
        };
    }

    /** Whether it reads the member alone, and cannot fail. */
    private static boolean isOfMember(Expr condition) {
        return switch (condition) {
            case Expr.Literal _, Expr.Key _ -> true;
            case Expr.Attribute attribute -> attribute.asOf() == null;
            case Expr.Compare _, Expr.Is _, Expr.In _, Expr.And _, Expr.Or _, Expr.Not _ ->
                    Exprs.operands(condition).stream().allMatch(MemberConditions::isOfMember);
            case Expr.Field _,
                    Expr.Linked _,
                    Expr.Start _,
                    Expr.InPeriods _,
                    Expr.LeafValue _,
                    Expr.TimeEdge _,
                    Expr.Arithmetic _,
                    Expr.Negate _,
                    Expr.Case _,
                    Expr.Call _,
                    Expr.Convert _,
                    Expr.Share _,
                    Expr.Rank _,
                    Expr.Common _ ->
                    false;
        };
    }

    /** Whether it asks for certain values. */
    private static boolean keepsFew(Expr condition) {
        return switch (condition) {
            case Expr.Compare(var comparator, var _, var _) -> comparator == Comparator.EQUAL;
            case Expr.In _, Expr.Is _ -> true;
            case Expr.And(var left, var right) -> keepsFew(left) || keepsFew(right);
            case Expr.Or(var left, var right) -> keepsFew(left) && keepsFew(right);
            case Expr.Not _,
                    Expr.Literal _,
                    Expr.Linked _,
                    Expr.Attribute _,
                    Expr.Key _,
                    Expr.Start _,
                    Expr.InPeriods _,
                    Expr.Field _,
                    Expr.LeafValue _,
                    Expr.TimeEdge _,
                    Expr.Arithmetic _,
                    Expr.Negate _,
                    Expr.Case _,
                    Expr.Call _,
                    Expr.Convert _,
                    Expr.Share _,
                    Expr.Rank _,
                    Expr.Common _ ->
                    false;
        };
    }
}
