package dev.cairn.testkit.fault;

import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.AnalysisPlan.GroupKey;
import dev.cairn.domain.plan.Scan;
import dev.cairn.testkit.reference.Rules;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of which rows there are and in what order, each with one of them broken. */
final class BrokenRowRules {
    private BrokenRowRules() {}

    static class BlankTextIsNoValue extends Rules {
        @Override
        public GroupValue group(@Nullable Object value, boolean ofNoAccount) {
            return super.group("".equals(value) ? null : value, ofNoAccount);
        }
    }

    static class NoAccountIsNoValue extends Rules {
        @Override
        public GroupValue group(@Nullable Object value, boolean ofNoAccount) {
            return GroupValue.of(value);
        }
    }

    static class NoAccountOverwritesKeys extends Rules {
        @Override
        public GroupValue group(@Nullable Object value, boolean ofNoAccount) {
            return ofNoAccount ? GroupValue.NO_ACCOUNT : GroupValue.of(value);
        }
    }

    static class FieldsAreEmptyForWantOfAnAccount extends Rules {
        @Override
        public boolean isOfAccount(GroupKey key, Expr read) {
            return key.ofAccount();
        }
    }

    static class GapsAreNotFilled extends Rules {
        @Override
        public boolean isDense(AnalysisPlan plan) {
            return false;
        }
    }

    static class GapsAreAlwaysFilled extends Rules {
        @Override
        public boolean isDense(AnalysisPlan plan) {
            return true;
        }
    }

    static class RowsAreDenseOverCombinations extends Rules {
        @Override
        public List<List<GroupValue>> groups(List<List<GroupValue>> withRows) {
            int keys = withRows.isEmpty() ? 0 : withRows.getFirst().size();
            List<List<GroupValue>> all = withRows.isEmpty() ? List.of() : List.of(List.of());
            for (int i = 0; i < keys; i++) {
                int index = i;
                var values = withRows.stream().map(row -> row.get(index)).distinct().toList();
                all =
                        all.stream()
                                .flatMap(begun -> values.stream().map(value -> and(begun, value)))
                                .toList();
            }
            return all;
        }

        private static List<GroupValue> and(List<GroupValue> begun, GroupValue value) {
            var longer = new ArrayList<>(begun);
            longer.add(value);
            return longer;
        }
    }

    static class TotalIsOfTheGroup extends Rules {
        @Override
        public List<GroupValue> together(List<GroupValue> keys, Scan scan) {
            return keys;
        }
    }

    static class TotalBeneathMembersIsOfAllGroups extends Rules {
        @Override
        public boolean isOfGroup(@Nullable Object key, @Nullable Object ofGroup) {
            return true;
        }
    }

    static class NoValueIsNoGroupOfMembers extends Rules {
        @Override
        public boolean isOfGroup(@Nullable Object key, @Nullable Object ofGroup) {
            return key != null && super.isOfGroup(key, ofGroup);
        }
    }

    static class HourThatComesTwiceIsOne extends Rules {
        @Override
        public Instant hourStart(Instant instant, ZoneId zone) {
            return instant.atZone(zone)
                    .toLocalDateTime()
                    .truncatedTo(ChronoUnit.HOURS)
                    .atZone(zone)
                    .toInstant();
        }
    }

    static class HoursAreThoseOfUtc extends Rules {
        @Override
        public Instant hourStart(Instant instant, ZoneId zone) {
            return instant.truncatedTo(ChronoUnit.HOURS);
        }
    }

    static class NoRowOverNothing extends Rules {
        @Override
        public boolean hasEmptyGroup() {
            return false;
        }
    }

    static class NothingComesFirst extends Rules {
        @Override
        public int placeOfNothing(boolean descending) {
            return -1;
        }
    }

    static class NothingComesFirstFromLargeToSmall extends Rules {
        @Override
        public int placeOfNothing(boolean descending) {
            return descending ? -1 : 1;
        }
    }

    static class PageRepeatsTheLastRow extends Rules {
        @Override
        public boolean isAfter(int comparison) {
            return comparison >= 0;
        }
    }

    static class PageHasOneRowTooMany extends Rules {
        @Override
        public int limit(int limit) {
            return limit + 1;
        }
    }

    static class WeightsOfZeroCount extends Rules {
        @Override
        public boolean hasWeight(double weight) {
            return weight >= 0;
        }
    }

    static class PercentilesIgnoreWeights extends Rules {
        @Override
        public BigDecimal weight(BigDecimal weight) {
            return BigDecimal.ONE;
        }
    }

    static class WeightsAreFrequencies extends Rules {
        @Override
        public BigDecimal squaresOfWeights(List<BigDecimal> weights) {
            return weights.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        }
    }

    static class DiscretePercentileNeedsMoreWeight extends Rules {
        @Override
        public boolean isReached(BigDecimal until, BigDecimal wanted) {
            return until.compareTo(wanted) > 0;
        }
    }

    static class NegativeWeightsCount extends Rules {
        @Override
        public boolean hasWeight(double weight) {
            return weight != 0;
        }
    }

    static class RowsThatHaveNotEndedAreLeftOut extends Rules {
        @Override
        public boolean isAtRisk(double lasted, boolean ended, double time) {
            return ended && lasted >= time;
        }
    }

    static class RowsThatHaveNotEndedCountForEver extends Rules {
        @Override
        public boolean isAtRisk(double lasted, boolean ended, double time) {
            return !ended || lasted >= time;
        }
    }

    static class RowsThatHaveLastedSoLongDoNotCount extends Rules {
        @Override
        public boolean isAtRisk(double lasted, boolean ended, double time) {
            return ended ? lasted >= time : lasted > time;
        }
    }

    static class AllAreLastSeenAtTheirTime extends Rules {
        @Override
        public boolean isCensored(boolean ended) {
            return true;
        }
    }

    static class MoreThanTheShareMustHaveEnded extends Rules {
        @Override
        public boolean isDown(BigDecimal left, BigDecimal share) {
            return super.isDown(left.add(new BigDecimal("1e-6")), share);
        }
    }
}
