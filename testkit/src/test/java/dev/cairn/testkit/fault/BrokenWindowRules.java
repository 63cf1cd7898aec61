package dev.cairn.testkit.fault;

import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Coverage;
import dev.cairn.testkit.reference.Rules;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
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
}
