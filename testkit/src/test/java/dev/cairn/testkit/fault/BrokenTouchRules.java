package dev.cairn.testkit.fault;

import dev.cairn.testkit.reference.Rules;

/** Rules of touches, each of them broken. */
final class BrokenTouchRules {
    private BrokenTouchRules() {}

    static class RowsAtOneInstantDoNotTouch extends Rules {
        @Override
        public boolean comesBefore(int byTime, int byTimeAndKey, boolean ofOneSource) {
            return byTime < 0;
        }
    }

    static class RowsTouchThemselves extends Rules {
        @Override
        public boolean comesBefore(int byTime, int byTimeAndKey, boolean ofOneSource) {
            return ofOneSource ? byTimeAndKey <= 0 : byTime <= 0;
        }
    }

    static class KeysDecideAmongRowsOfTwoSources extends Rules {
        @Override
        public boolean comesBefore(int byTime, int byTimeAndKey, boolean ofOneSource) {
            return byTimeAndKey < 0;
        }
    }

    static class LaterRowsHaveTheFirstEarlierOne extends Rules {
        @Override
        public int latest(int byTimeAndKey) {
            return -byTimeAndKey;
        }
    }

    static class TouchesAreOfWhateverIsEarlier extends Rules {
        @Override
        public int latest(int byTimeAndKey) {
            return 0;
        }
    }
}
