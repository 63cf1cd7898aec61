package dev.cairn.testkit.fault;

import dev.cairn.testkit.reference.Rules;
import org.jspecify.annotations.Nullable;

/** Rules of changes, each of them broken. */
final class BrokenChangeRules {
    private BrokenChangeRules() {}

    static class GapsIncludeTheirEnd extends Rules {
        @Override
        public boolean isOneChange(Object start, Object endOfGap) {
            return start.equals(endOfGap) || super.isOneChange(start, endOfGap);
        }
    }

    static class EveryStartIsNew extends Rules {
        @Override
        public boolean isBack(boolean wasAny) {
            return false;
        }
    }

    static class WhatEndsWhereAnotherBeginsIsOver extends Rules {
        @Override
        public boolean isInForceBefore(Object from, @Nullable Object until, Object time) {
            return !time.equals(until) && super.isInForceBefore(from, until, time);
        }
    }
}
