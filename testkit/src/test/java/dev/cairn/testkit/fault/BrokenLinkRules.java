package dev.cairn.testkit.fault;

import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Block;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Scan;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.reference.Rules;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rules of what links lead to, each with one of them broken. */
final class BrokenLinkRules {
    private BrokenLinkRules() {}

    static class EarlierVersionsAreLinkedTo extends Rules {
        @Override
        public List<Fact> parents(World world, String source) {
            return world.everLoaded(source);
        }
    }

    static class LaterRowsAreLinkedTo extends Rules {
        @Override
        public boolean isThere(Object time, AnalysisPlan plan) {
            return true;
        }
    }

    static class MembersAreKnownAheadOfTime extends Rules {
        @Override
        public boolean hasBegun(LocalDate from, AnalysisPlan plan) {
            return true;
        }
    }

    static class AllAccountsAreSeenThroughLinks extends Rules {
        @Override
        public boolean isWithinAccount(@Nullable String parent, @Nullable String account) {
            return true;
        }
    }

    static class ParentsOfAnotherAccountAreSeen extends Rules {
        @Override
        public boolean isWithinAccountOfMember(String linked, @Nullable String account) {
            return true;
        }
    }

    static class MembersThatNothingPointsAtAreDropped extends Rules {
        @Override
        public boolean takesRowsThatNothingPointsAt() {
            return false;
        }
    }

    static class RolesNameNobody extends Rules {
        @Override
        public List<String> roles(Source source) {
            return List.of();
        }
    }

    static class ParentsAreNobody extends Rules {
        @Override
        public Set<String> named(World world) {
            return Set.of();
        }
    }

    static class RowsOfAnyParentAreOfEach extends Rules {
        @Override
        public boolean isOfRow(@Nullable Object key, @Nullable Object said) {
            return said != null;
        }
    }

    static class ValuesAreOfAnyMember extends Rules {
        @Override
        public boolean isOfGroup(@Nullable Object key, @Nullable Object ofGroup) {
            return key != null && ofGroup != null;
        }
    }

    static class FirstSnapshotHoldsForEver extends Rules {
        @Override
        public <T> Optional<T> held(Stream<T> holding, Comparator<T> byBeginning) {
            return holding.min(byBeginning);
        }
    }

    /** As where a scope is asked of the rows of a question alone, and not of what is read for a row of nobody. */
    static AnalysisPlan allAccountsAreReadForMembersThatRowsLeadTo(AnalysisPlan plan) {
        return new Parts(plan)
                .scans(
                        plan.scans().stream()
                                .map(scan ->
                                        withOwn(
                                                scan,
                                                own ->
                                                        own.ledToBy().isEmpty()
                                                                ? own
                                                                : withOwn(
                                                                        own,
                                                                        BrokenLinkRules::ofAll)))
                                .toList())
                .plan();
    }

    private static Scan ofAll(Scan scan) {
        return scan.with(scan.relation(), scan.reach(), Expr.TRUE);
    }

    private static Scan withOwn(Scan scan, UnaryOperator<Scan> other) {
        return scan.relation()
                        instanceof Relation.Facts(var source, var placing, var own, var derived)
                ? scan.with(
                        new Relation.Facts(
                                source,
                                placing,
                                new Block(own.scans().stream().map(other).toList(), own.leaves()),
                                derived),
                        scan.reach(),
                        scan.where())
                : scan;
    }

    /** As where rows of all times of a member are its members. */
    static AnalysisPlan eachRowOfAMemberIsCounted(AnalysisPlan plan) {
        return new Parts(plan)
                .leaves(
                        plan.leaves().stream()
                                .map(leaf -> leaf.with(ofAllTimes(leaf.where())))
                                .toList())
                .plan();
    }

    private static Expr ofAllTimes(Expr where) {
        return Exprs.conjuncts(where).stream()
                .filter(part ->
                        !(part instanceof Expr.Is(Expr.Field day, Expr.Linked(_, var last))
                                && day.equals(last)))
                .reduce(Expr.TRUE, Expr::and);
    }

    /** As an inner join would. */
    static AnalysisPlan rowsWithoutAParentAreDropped(AnalysisPlan plan) {
        return new Parts(plan)
                .leaves(plan.leaves().stream().map(BrokenLinkRules::joined).toList())
                .plan();
    }

    /** As where the formula of a computed field is put in place without a look at whether its row is there. */
    static AnalysisPlan formulasOfRowsThatAreNotThereHaveValues(AnalysisPlan plan) {
        return new Parts(plan)
                .leaves(
                        plan.leaves().stream()
                                .map(leaf -> leaf.with(withoutLook(leaf.where())))
                                .toList())
                .plan();
    }

    private static Expr withoutLook(Expr expr) {
        return expr instanceof Expr.Case(var arms, var otherwise, _)
                        && otherwise.equals(Expr.NONE)
                        && arms.size() == 1
                        && arms.getFirst().condition()
                                instanceof Expr.Not(Expr.Is(Expr.Linked _, _))
                ? arms.getFirst().result()
                : Exprs.withOperands(expr, BrokenLinkRules::withoutLook);
    }

    /** As where the attributes that are joined to a row already are taken. */
    static AnalysisPlan rolesAreOfTheAccountOfTheRow(AnalysisPlan plan) {
        return new Parts(plan)
                .leaves(
                        plan.leaves().stream()
                                .map(leaf -> leaf.with(ofOwnAccount(leaf.where())))
                                .toList())
                .plan();
    }

    private static Expr ofOwnAccount(Expr expr) {
        return expr instanceof Expr.Linked(_, Expr.Attribute attribute)
                ? attribute
                : Exprs.withOperands(expr, BrokenLinkRules::ofOwnAccount);
    }

    /** As where nobody looks whether a member is there. */
    static AnalysisPlan membersAreWhoeverIsSaid(AnalysisPlan plan) {
        return new Parts(plan)
                .leaves(plan.leaves().stream().map(leaf -> leaf.with(said(leaf.where()))).toList())
                .plan();
    }

    private static Expr said(Expr expr) {
        return expr instanceof Expr.Linked(var hops, Expr.Field field)
                        && hops.size() == 1
                        && hops.getFirst()
                                .row()
                                .filter(row -> row.key().equals(List.of(field)))
                                .isPresent()
                ? hops.getFirst().from().getFirst()
                : Exprs.withOperands(expr, BrokenLinkRules::said);
    }

    private static Leaf joined(Leaf leaf) {
        return key(Expr.and(leaf.where(), leaf.aggregation().value()))
                .map(key -> leaf.with(Expr.and(leaf.where(), Exprs.isNotNone(key))))
                .orElse(leaf);
    }

    private static Optional<Expr> key(Expr read) {
        var found = new ArrayList<Expr>();
        Exprs.any(
                read,
                part -> {
                    if (part instanceof Expr.Linked(var hops, _)) {
                        found.add(
                                new Expr.Linked(
                                        hops.subList(0, 1),
                                        hops.getFirst().row().orElseThrow().key().getFirst()));
                    }
                    return false;
                });
        return found.stream().findFirst();
    }
}
