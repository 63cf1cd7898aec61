package dev.cairn.testkit.fault;

import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.reference.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    static class AllAccountsAreSeenThroughLinks extends Rules {
        @Override
        public boolean isWithinAccount(@Nullable String parent, @Nullable String account) {
            return true;
        }
    }

    /** As an inner join would. */
    static AnalysisPlan rowsWithoutAParentAreDropped(AnalysisPlan plan) {
        return new Parts(plan)
                .leaves(plan.leaves().stream().map(BrokenLinkRules::joined).toList())
                .plan();
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
                                        hops.subList(0, 1), hops.getFirst().key().getFirst()));
                    }
                    return false;
                });
        return found.stream().findFirst();
    }
}
