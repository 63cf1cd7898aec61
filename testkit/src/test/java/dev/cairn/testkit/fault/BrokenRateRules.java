package dev.cairn.testkit.fault;

import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.MissingRate;
import dev.cairn.domain.plan.Scan;
import dev.cairn.testkit.reference.Rules;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rules of rates of exchange, each with one of them broken. */
final class BrokenRateRules {
    private BrokenRateRules() {}

    static class RowsWithoutARateAreOfOneGroup extends Rules {
        @Override
        public List<GroupValue> alike(List<GroupValue> keys, Scan scan) {
            return keys;
        }
    }

    static class RateHoldsADayLonger extends Rules {
        @Override
        public int carried(int carry) {
            return carry + 1;
        }
    }

    static class RateHoldsADayLess extends Rules {
        @Override
        public int carried(int carry) {
            return carry - 1;
        }
    }

    static class RateHoldsUntilTheNext extends Rules {
        @Override
        public int carried(int carry) {
            return 1000;
        }
    }

    static class EdgeHasTheRateOfItsDay extends Rules {
        @Override
        public LocalDate dayOfRate(LocalDate edge, LocalDate asOfDate) {
            return super.dayOfRate(edge, asOfDate).plusDays(1);
        }
    }

    static class RatesAfterAsOfAreKnown extends Rules {
        @Override
        public LocalDate dayOfRate(LocalDate edge, LocalDate asOfDate) {
            return super.dayOfRate(edge, LocalDate.MAX);
        }
    }

    static class OneOfTwoRatesHolds extends Rules {
        @Override
        public Optional<BigDecimal> oneRate(List<BigDecimal> said) {
            return super.oneRate(List.of(said.getLast()));
        }
    }

    static class RateOfNoughtHolds extends Rules {
        @Override
        public Optional<BigDecimal> oneRate(List<BigDecimal> said) {
            return Optional.of(said.getFirst())
                    .filter(rate -> rate.signum() == 0)
                    .or(() -> super.oneRate(said));
        }
    }

    static class AmountsAreNotDividedByTheRateOfTheirTarget extends Rules {
        @Override
        public double through(double amount, double rate, double ofTarget) {
            return amount * rate;
        }
    }

    static class RanksLeaveOutGroupsWithoutRate extends Rules {
        @Override
        public Set<MissingRate> lackingOfOthers(Set<MissingRate> rates) {
            return Set.of();
        }
    }

    static class RowsWithoutRateAreSkipped extends Rules {
        @Override
        public Set<MissingRate> lacking(Set<MissingRate> rates) {
            return Set.of();
        }
    }

    static class ConditionsWithoutRateDoNotHold extends Rules {
        @Override
        public boolean mayBeTakenWithoutRate() {
            return false;
        }
    }

    static class WhatDependsOnARateIsUndecided extends Rules {
        @Override
        public boolean isCertain(Set<MissingRate> missing) {
            return true;
        }
    }

    static class HavingTakesWhatStandsInForARate extends Rules {
        @Override
        public boolean looksAtRatesOfCells() {
            return false;
        }
    }
}
