package dev.cairn.testkit.fault;

import dev.cairn.testkit.reference.Rules;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rules of attempts at sequences of steps, each of them broken. */
final class BrokenStepRules {
    private BrokenStepRules() {}

    static class StepsAtOneInstantDoNotCount extends Rules {
        @Override
        public boolean comesAfter(int byTime, int byTimeAndKey) {
            return byTime > 0;
        }
    }

    static class KeysOfStepsAtOneInstantAreIgnored extends Rules {
        @Override
        public boolean comesAfter(int byTime, int byTimeAndKey) {
            return byTime > 0 || (byTime == 0 && byTimeAndKey != 0);
        }
    }

    static class OneRowServesTwoSteps extends Rules {
        @Override
        public boolean comesAfter(int byTime, int byTimeAndKey) {
            return byTimeAndKey >= 0;
        }
    }

    static class SpanHasItsEnd extends Rules {
        @Override
        public boolean isInSpan(Object time, Object end, boolean inclusive) {
            return super.isInSpan(time, end, true);
        }
    }

    static class InclusiveSpanLacksItsEnd extends Rules {
        @Override
        public boolean isInSpan(Object time, Object end, boolean inclusive) {
            return super.isInSpan(time, end, false);
        }
    }

    static class NothingIsTheSameAsNothing extends Rules {
        @Override
        public boolean isSame(@Nullable Object first, @Nullable Object later) {
            return Objects.equals(first, later);
        }
    }

    static class RowsOfAnyValueAreOfOneAttempt extends Rules {
        @Override
        public boolean isSame(@Nullable Object first, @Nullable Object later) {
            return first != null && later != null;
        }
    }

    static class AnyAttemptIsTheFirst extends Rules {
        @Override
        public int furthest(int reached, int other) {
            return 0;
        }
    }

    static class UnitIsPendingByTheAttemptThatCounts extends Rules {
        @Override
        public boolean isAnyPending(List<Boolean> all, boolean chosen) {
            return chosen;
        }
    }

    static class UnitHasOneAttemptInAllGroups extends Rules {
        @Override
        public Object cellOfAttempt(Object group) {
            return "all";
        }
    }

    static class RowsBetweenStrictStepsDoNotCount extends Rules {
        @Override
        public boolean isInterrupted(long between) {
            return false;
        }
    }

    static class UnorderedAttemptsBeginWithTheFirstStep extends Rules {
        @Override
        public int mayBegin(boolean unordered, int steps) {
            return 1;
        }
    }

    static class AttemptsBeginWithAnyStep extends Rules {
        @Override
        public int mayBegin(boolean unordered, int steps) {
            return steps;
        }
    }

    static class RowsAtTheTimeOfAStepLieAfterIt extends Rules {
        @Override
        public boolean isAfterStep(int byTime) {
            return byTime >= 0;
        }
    }
}
