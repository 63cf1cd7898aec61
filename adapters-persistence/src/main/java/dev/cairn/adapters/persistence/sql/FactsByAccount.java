package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.select;

import dev.cairn.adapters.persistence.sql.ScanCompiler.Grouped;
import dev.cairn.adapters.persistence.sql.ScanCompiler.Grouping;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.plan.Block;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Merge;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Scan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jooq.Select;

/**
 * Facts whose groups depend on their accounts: they are aggregated by account first, and these aggregates by the groups. So an account is looked
 * up, its keys are made and its conditions are asked once, and not for each of its facts.
 */
final class FactsByAccount {
    private static final Grouping BY_ACCOUNT =
            new Grouping() {
                @Override
                public List<Expr> reads() {
                    return List.of();
                }

                @Override
                public List<Field<?>> columns(RowSet rows, ExprCompiler exprs) {
                    return List.of(
                            rows.bucket().as(Layout.BUCKET), rows.account().as("account_id"));
                }
            };

    private FactsByAccount() {}

    /** What groups have to do with accounts. */
    enum Groups {
        /** They depend on more than the account and the bucket, or on less. */
        OTHER,
        OF_ACCOUNTS,
        /** Each account is a group of its own. */
        ACCOUNTS;

        static Groups of(List<Expr> keys) {
            if (keys.isEmpty() || !keys.stream().allMatch(MemberConditions::isOfAccount)) {
                return OTHER;
            }
            return keys.contains(new Expr.Key(EntityRef.ACCOUNT)) ? ACCOUNTS : OF_ACCOUNTS;
        }
    }

    /**
     * Whether groups can be made of aggregates of accounts, which are then fewer than the facts: with many buckets they might not be, but what is read for
     * each account in its bucket is joined to them all the same.
     */
    static boolean suits(Scan scan, Map<Integer, Leaf> leaves, Frame frame, Grouping grouping) {
        if (!(scan.relation() instanceof Relation.Facts(_, _, var own, _))) {
            return false;
        }
        boolean isFewer =
                switch (grouping.groups()) {
                    case OTHER -> false;
                    case OF_ACCOUNTS ->
                            frame.isSingle() || !new OwnTables(own, frame).areConstant();
                    case ACCOUNTS -> true;
                };
        return isFewer
                && own.scans().stream().allMatch(FactsByAccount::isOfAccounts)
                && own.leaves().stream().noneMatch(Leaf::mayLackRate)
                && leaves.values().stream()
                        .allMatch(leaf -> leaf.aggregation().merge() != Merge.WHOLE)
                && Reads.expressions(without(scan, later(scan)), List.copyOf(leaves.values()))
                        .noneMatch(FactsByAccount::readsOwn);
    }

    private static boolean isOfAccounts(Scan own) {
        return own.window() == null
                && !own.isOfAll()
                && !own.isOfGroup()
                && own.toRow().isEmpty()
                && !OwnTables.isOfUsers(own);
    }

    /** Whether it is made of what is read for the row. */
    static boolean readsOwn(Expr expr) {
        return Exprs.any(expr, Expr.LeafValue.class::isInstance);
    }

    /** What is asked of accounts and not of their facts. */
    private static List<Expr> later(Scan scan) {
        var ofMost = MemberConditions.ofMostAccounts(scan);
        return Exprs.conjuncts(scan.where()).stream()
                .filter(condition ->
                        ofMost.contains(condition)
                                || (readsOwn(condition) && MemberConditions.isOfAccount(condition)))
                .toList();
    }

    /** The facts alone, with nothing that is read for their accounts. */
    private static Scan without(Scan scan, List<Expr> later) {
        var facts = (Relation.Facts) scan.relation();
        var sooner =
                Exprs.conjuncts(scan.where()).stream()
                        .filter(condition -> !later.contains(condition))
                        .reduce(Expr.TRUE, Expr::and);
        return new Scan(
                new Relation.Facts(
                        facts.source(),
                        facts.placing(),
                        new Block(List.of(), List.of()),
                        facts.derived()),
                scan.reach(),
                sooner,
                List.of());
    }

    static Grouped group(Scan scan, Map<Integer, Leaf> wanted, Frame frame, Grouping grouping) {
        var later = later(scan);
        var read = Stream.concat(later.stream(), grouping.reads().stream()).toList();
        var relation = (Relation.Facts) scan.relation();
        var narrowed = MemberConditions.narrowed(scan, List.copyOf(wanted.values()));
        var rows =
                History.beside(
                        FactRows.ofAccounts(
                                new Relation.Facts(relation.source(), relation.placing(), narrowed),
                                byAccount(without(scan, later), wanted, frame),
                                frame,
                                Reads.of(read.stream())),
                        read,
                        frame);
        var common = CommonValues.beside(rows.from(), rows.columns(), read);
        var groups = grouping.columns(rows, common.exprs());
        var columns = new ArrayList<>(groups);
        var parts = new LinkedHashMap<Integer, List<Field<?>>>();
        var totals = new LinkedHashMap<Integer, List<Field<?>>>();
        wanted.forEach((index, leaf) -> {
            LeafColumns.parts(index, leaf)
                    .forEach(part -> columns.add(FactRows.ofFact(part).as(part)));
            parts.put(index, LeafColumns.parts(index, leaf));
            totals.put(index, LeafColumns.totals(index, leaf));
        });
        var condition = common.exprs().condition(later.stream().reduce(Expr.TRUE, Expr::and));
        var grouped =
                Grouped.of(select(columns).from(common.from()).where(condition), groups, totals);
        return grouping.groups() == Groups.ACCOUNTS ? grouped.ofEach(parts) : grouped;
    }

    private static Select<?> byAccount(Scan scan, Map<Integer, Leaf> wanted, Frame frame) {
        var grouped = ScanCompiler.group(scan, wanted, frame, BY_ACCOUNT);
        var columns = new ArrayList<>(grouped.groups());
        wanted.forEach((index, leaf) -> {
            var aggregates = Objects.requireNonNull(grouped.leaves().get(index));
            columns.addAll(LeafColumns.named(index, leaf, aggregates));
        });
        return grouped.select(columns);
    }
}
