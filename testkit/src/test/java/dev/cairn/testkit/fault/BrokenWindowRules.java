package dev.cairn.testkit.fault;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.formula.Formula.Comparator;
import dev.cairn.domain.plan.Aggregation;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Attempts;
import dev.cairn.domain.plan.Coverage;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.SubjectWindow;
import dev.cairn.testkit.reference.Rules;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Rules of windows that members have of their own, each of them broken. */
final class BrokenWindowRules {
    private BrokenWindowRules() {}

    static class WindowOfAMemberHasItsEnd extends Rules {
        @Override
        public boolean isInWindow(Object time, Object start, Object end) {
            return super.isInWindow(time, start, end) || time.equals(end);
        }
    }

    static class WindowOfAMemberLacksItsStart extends Rules {
        @Override
        public boolean isInWindow(Object time, Object start, Object end) {
            return super.isInWindow(time, start, end) && !time.equals(start);
        }
    }

    static class WindowOfAStepIsThatOfTheFirst extends Rules {
        @Override
        public SubjectWindow window(SubjectWindow said) {
            return said.of(WindowOfAStepIsThatOfTheFirst::first);
        }

        private static Expr first(Expr edge) {
            return edge instanceof Expr.Field(var source, var name, var type)
                            && source.equals(Attempts.SOURCE)
                            && name.equals("step_2_at")
                    ? new Expr.Field(source, "step_1_at", type)
                    : Exprs.withOperands(edge, WindowOfAStepIsThatOfTheFirst::first);
        }
    }

    static class WindowOfALinkedRowIsNone extends Rules {
        @Override
        public SubjectWindow window(SubjectWindow said) {
            return said.of(WindowOfALinkedRowIsNone::none);
        }

        private static Expr none(Expr edge) {
            return edge instanceof Expr.Linked
                    ? new Expr.Literal(null, edge.type())
                    : Exprs.withOperands(edge, WindowOfALinkedRowIsNone::none);
        }
    }

    static class TilesOfAWindowAreAllThatBeginInIt extends Rules {
        @Override
        public boolean isTile(Object start, Object end, List<Object> cuts) {
            return true;
        }
    }

    static class TilesOfAWindowLackTheLast extends Rules {
        @Override
        public boolean isTile(Object start, Object end, List<Object> cuts) {
            return super.isTile(start, end, cuts.subList(1, cuts.size()));
        }
    }

    static class NothingIsPendingAtAsOf extends Rules {
        @Override
        public boolean isPending(
                Object end, Instant over, Optional<Coverage> coverage, AnalysisPlan plan) {
            return super.isPending(end, Instant.MIN, coverage, plan);
        }
    }

    static class NothingIsPendingWhereTheDataEnds extends Rules {
        @Override
        public boolean isPending(
                Object end, Instant over, Optional<Coverage> coverage, AnalysisPlan plan) {
            return super.isPending(end, over, Optional.empty(), plan);
        }
    }

    static class WindowThatEndsNowIsPending extends Rules {
        @Override
        public boolean isPending(
                Object end, Instant over, Optional<Coverage> coverage, AnalysisPlan plan) {
            return super.isPending(end, over, coverage, plan) || over.equals(plan.time().asOf());
        }
    }

    static class WindowBeforeTheDataIsEmpty extends Rules {
        @Override
        public boolean endsBeforeData(Object end, Optional<Coverage> coverage) {
            return false;
        }
    }

    static class DuringAWindowTakesWhatEndsWithItsStart extends Rules {
        @Override
        public boolean isValidWithin(
                Object from, @Nullable Object until, Object start, Object end) {
            return super.isValidWithin(from, until, start, end)
                    || (start.equals(until) && !from.equals(until));
        }
    }

    static class EdgeOfAWindowBeforeTheDataIsEmpty extends Rules {
        @Override
        public boolean isBeforeData(Object edge, Optional<Coverage> coverage) {
            return false;
        }
    }

    static class NoneSettledIsNought extends Rules {
        @Override
        public boolean isNotYet(BigDecimal settled, BigDecimal pending) {
            return false;
        }
    }

    static class SomePendingIsNotYet extends Rules {
        @Override
        public boolean isNotYet(BigDecimal settled, BigDecimal pending) {
            return pending.signum() > 0;
        }
    }

    /** Accounts of which some users are pending, and not these. */
    static AnalysisPlan pendingOfUsersIsCountedByAccount(AnalysisPlan plan) {
        return pending(
                plan,
                leaf ->
                        leaf.aggregation() instanceof Aggregation.Sum(var each)
                                ? counting(leaf, isSome(each), new Aggregation.Count())
                                : leaf);
    }

    static AnalysisPlan pendingOfUnitsAddsUp(AnalysisPlan plan) {
        return pending(
                plan,
                leaf ->
                        leaf.aggregation() instanceof Aggregation.Maximum(var each)
                                ? counting(leaf, Expr.TRUE, new Aggregation.Sum(each))
                                : leaf);
    }

    private static AnalysisPlan pending(AnalysisPlan plan, UnaryOperator<Leaf> broken) {
        var leaves = new ArrayList<>(plan.leaves());
        plan.leaves().stream()
                .map(Leaf::apart)
                .filter(Objects::nonNull)
                .map(Leaf.Apart::pending)
                .distinct()
                .forEach(at -> leaves.set(at, broken.apply(leaves.get(at))));
        return new Parts(plan).leaves(leaves).plan();
    }

    private static Expr isSome(Expr counted) {
        return new Expr.Compare(
                Comparator.GREATER, counted, new Expr.Literal(BigDecimal.ZERO, Type.COUNT));
    }

    private static Leaf counting(Leaf leaf, Expr where, Aggregation counted) {
        return new Leaf(
                leaf.scan(),
                Expr.and(leaf.where(), where),
                counted,
                leaf.zeroOverNothing(),
                leaf.type(),
                leaf.reads());
    }
}
