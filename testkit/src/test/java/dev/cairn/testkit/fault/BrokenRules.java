package dev.cairn.testkit.fault;

import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.plan.Aggregation;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Coverage;
import dev.cairn.domain.plan.Page;
import dev.cairn.domain.plan.Stretch;
import dev.cairn.domain.statistics.RankBelow;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.reference.Rules;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules of meaning, each with one of them broken. */
final class BrokenRules {
    private BrokenRules() {}

    static class AnySampleIsEnough extends Rules {
        @Override
        public boolean isEnough(BigDecimal observations, BigDecimal least) {
            return true;
        }
    }

    static class EnoughIsMoreThanAskedFor extends Rules {
        @Override
        public boolean isEnough(BigDecimal observations, BigDecimal least) {
            return observations.compareTo(least) > 0;
        }
    }

    static class APercentileIsOneRankNearer extends Rules {
        @Override
        public long rankOfEnd(RankBelow ranks, int values) {
            return ranks.in(values) + 1;
        }
    }

    static class ThePartThatIsLeftIsCertain extends Rules {
        @Override
        public double greenwood(double atRisk, double end) {
            return 0;
        }
    }

    // ---- facts

    static class WhatAnAttributeWasLastsADayMore extends Rules {
        @Override
        public boolean holdsOn(LocalDate day, LocalDate from, LocalDate until) {
            return !from.isAfter(day) && !day.isAfter(until);
        }
    }

    static class WhatBeginsAtAnEdgeHeldBefore extends Rules {
        @Override
        public LocalDate dayBefore(LocalDate edge, LocalDate asOfDate, LocalDate first) {
            return super.dayBefore(edge.plusDays(1), asOfDate.plusDays(1), first);
        }
    }

    static class WhatComesAfterAsOfIsKnown extends Rules {
        @Override
        public LocalDate dayBefore(LocalDate edge, LocalDate asOfDate, LocalDate first) {
            return super.dayBefore(edge, edge, first);
        }
    }

    static class BeforeTheFirstValueThereIsNone extends Rules {
        @Override
        public LocalDate dayBefore(LocalDate edge, LocalDate asOfDate, LocalDate first) {
            return edge.isBefore(asOfDate) ? edge.minusDays(1) : asOfDate.minusDays(1);
        }
    }

    static class SupersededFactsCount extends Rules {
        @Override
        public List<Fact> facts(World world, String source) {
            return world.source(source).key().isEmpty()
                    ? super.facts(world, source)
                    : world.everLoaded(source);
        }
    }

    static class KnownAtIsIgnored extends Rules {
        @Override
        public World known(World world, AnalysisPlan plan) {
            return world;
        }
    }

    static class WhatIsRecordedAtTheInstantIsNotKnown extends Rules {
        @Override
        public World known(World world, AnalysisPlan plan) {
            var knownAt = plan.time().knownAt();
            return knownAt == null ? world : world.knownAt(knownAt.minusNanos(1000));
        }
    }

    static class CoverageIsThatOfNow extends Rules {
        @Override
        public Optional<Coverage> coverage(World world, String source, AnalysisPlan plan) {
            return world.coverage(source);
        }
    }

    static class RepeatedLoadsCount extends Rules {
        @Override
        public List<Fact> facts(World world, String source) {
            return world.source(source).key().isEmpty()
                    ? world.everLoaded(source)
                    : super.facts(world, source);
        }
    }

    static class EqualLinesAreOne extends Rules {
        @Override
        public List<Fact> facts(World world, String source) {
            return List.copyOf(new LinkedHashSet<>(super.facts(world, source)));
        }
    }

    static class FieldCalledAccountIsTheLink extends Rules {
        @Override
        public List<Fact> facts(World world, String source) {
            var fields = world.source(source).fields();
            return super.facts(world, source).stream()
                    .map(fact -> {
                        var values = new ArrayList<>(fact.values());
                        for (int at = 0; at < fields.size(); at++) {
                            if (fields.get(at).name().equals("account")) {
                                values.set(at, fact.account());
                            }
                        }
                        return new Fact(
                                fact.occurred(), fact.key(), fact.account(), fact.user(), values);
                    })
                    .toList();
        }
    }

    // ---- time

    static class BucketEndIsIn extends Rules {
        @Override
        public boolean isWithin(@Nullable Object time, Fact fact, Stretch stretch) {
            return super.isWithin(time, fact, stretch)
                    || stretch.end().equals(time)
                    || stretch.endDate().equals(time);
        }
    }

    static class BucketStartIsOut extends Rules {
        @Override
        public boolean isWithin(@Nullable Object time, Fact fact, Stretch stretch) {
            return super.isWithin(time, fact, stretch)
                    && !Objects.equals(time, stretch.start())
                    && !Objects.equals(time, stretch.startDate());
        }
    }

    static class DatesAreComparedAsInstants extends Rules {
        @Override
        public boolean isWithin(@Nullable Object time, Fact fact, Stretch stretch) {
            return super.isWithin(
                    time instanceof LocalDate ? fact.occurred() : time, fact, stretch);
        }
    }

    static class FactWithoutTimeIsInEveryBucket extends Rules {
        @Override
        public boolean isWithin(@Nullable Object time, Fact fact, Stretch stretch) {
            return super.isWithin(time == null ? fact.occurred() : time, fact, stretch);
        }
    }

    static class AsOfIsIgnored extends Rules {
        @Override
        public boolean isKnown(Object time, AnalysisPlan plan) {
            return true;
        }
    }

    static class AsOfIsIn extends Rules {
        @Override
        public boolean isKnown(Object time, AnalysisPlan plan) {
            return super.isKnown(time, plan)
                    || plan.time().asOf().equals(time)
                    || plan.time().asOfDate().equals(time);
        }
    }

    // ---- members

    static class MemberBeforeItBegan extends Rules {
        @Override
        public boolean hasBegun(Object start, Stretch stretch) {
            return true;
        }
    }

    static class RemovedMemberStays extends Rules {
        @Override
        public boolean isMember(
                List<Object> starts, List<Object> ends, Stretch stretch, AnalysisPlan plan) {
            return super.isMember(starts, List.of(), stretch, plan);
        }
    }

    static class MemberThatBeginsAfterAsOf extends Rules {
        @Override
        public boolean isMember(
                List<Object> starts, List<Object> ends, Stretch stretch, AnalysisPlan plan) {
            return starts.stream().anyMatch(start -> hasBegun(start, stretch))
                    && ends.stream().noneMatch(end -> isOver(end, stretch));
        }
    }

    static class MemberOfWhichNothingIsKnown extends Rules {
        @Override
        public boolean isMember(
                List<Object> starts, List<Object> ends, Stretch stretch, AnalysisPlan plan) {
            return super.isMember(
                    starts.isEmpty() ? List.of(Instant.MIN) : starts, ends, stretch, plan);
        }
    }

    /** A date as the instant at which it begins in UTC. */
    static class DateOfAMemberIsAnInstant extends Rules {
        @Override
        public boolean isMember(
                List<Object> starts, List<Object> ends, Stretch stretch, AnalysisPlan plan) {
            return super.isMember(instants(starts), instants(ends), stretch, plan);
        }

        private static List<Object> instants(List<Object> times) {
            return times.stream()
                    .<Object>map(time ->
                            time instanceof LocalDate date
                                    ? date.atStartOfDay(ZoneOffset.UTC).toInstant()
                                    : time)
                    .toList();
        }
    }

    static class RowsArePlacedByTheTimeThatTheirSourceDeclares extends Rules {
        @Override
        public boolean isWithin(@Nullable Object time, Fact fact, Stretch stretch) {
            return super.isWithin(time instanceof Instant ? fact.occurred() : time, fact, stretch);
        }
    }

    static class FirstFactByDateDoesNotCount extends Rules {
        @Override
        public boolean isMember(
                List<Object> starts, List<Object> ends, Stretch stretch, AnalysisPlan plan) {
            return super.isMember(
                    starts.size() > 1 ? List.of(starts.getFirst()) : starts, ends, stretch, plan);
        }
    }

    static class MembersWithoutFactsAreDropped extends Rules {
        @Override
        public boolean takesMembersWithoutFacts() {
            return false;
        }
    }

    static class UnitsWithoutFactsAreDropped extends Rules {
        @Override
        public boolean takesUnitsWithoutFacts() {
            return false;
        }
    }

    static class RowsOfAnAccountAreIndependent extends Rules {
        @Override
        public Object cluster(@Nullable String account, int row) {
            return row;
        }
    }

    static class AgeThatIsNotReachedIsNought extends Rules {
        @Override
        public boolean isReached(LocalDate firstDay, AnalysisPlan plan, int leaf, int bucket) {
            return true;
        }
    }

    static class AgeIsReachedByTheBucketWhateverIsRead extends Rules {
        @Override
        public boolean isReached(LocalDate firstDay, AnalysisPlan plan, int leaf, int bucket) {
            return firstDay.isBefore(plan.time().bucket(bucket).endDate());
        }
    }

    static class EdgeOfWindowIsThatOfTheBucket extends Rules {
        @Override
        public int reachOf(Expr.TimeEdge edge) {
            return 0;
        }
    }

    static class UnitThatIsNotKnownHidesThoseThatAre extends Rules {
        @Override
        public boolean isKnownWhereSomeUnitIs() {
            return false;
        }
    }

    static class NoAccountIsAMember extends Rules {
        @Override
        public boolean hasMemberOfNoAccount() {
            return true;
        }
    }

    static class NoAccountIsADistinctAccount extends Rules {
        @Override
        public Object accountIdentity(@Nullable String account) {
            return Objects.requireNonNullElse(account, "");
        }
    }

    static class UsersOfTwoAccountsAreOne extends Rules {
        @Override
        public @Nullable Object userIdentity(@Nullable String account, @Nullable String user) {
            return user;
        }
    }

    static class DistinctKeysOfUsersAreTexts extends Rules {
        @Override
        public Object textIdentity(String text, @Nullable String account) {
            return text;
        }
    }

    // ---- nothing

    static class ZeroForNoData extends Rules {
        @Override
        public Object overNothing(Aggregation aggregation) {
            return Objects.requireNonNullElse(super.overNothing(aggregation), BigDecimal.ZERO);
        }
    }

    static class NoDataForZero extends Rules {
        @Override
        public @Nullable Object overNothing(Aggregation aggregation) {
            return null;
        }
    }

    static class EmptyIsCountedAsZero extends Rules {
        @Override
        public Optional<Object> counted(@Nullable Object value) {
            return Optional.of(Objects.requireNonNullElse(value, BigDecimal.ZERO));
        }
    }

    static class DivisionByZeroIsZero extends Rules {
        @Override
        public Double divide(double dividend, double divisor) {
            return Objects.requireNonNullElse(super.divide(dividend, divisor), 0.0);
        }
    }

    static class ShareOfNothingIsZero extends Rules {
        @Override
        public Double share(double matching, double rows) {
            return Objects.requireNonNullElse(super.share(matching, rows), 0.0);
        }
    }

    static class CoverageIsIgnored extends Rules {
        @Override
        public Optional<Absence> outside(Coverage coverage, boolean byDate, Stretch stretch) {
            return Optional.empty();
        }
    }

    static class BeforeTheDataComesBeforeNotBegun extends Rules {
        @Override
        public Optional<Absence> outside(boolean notYet, Optional<Absence> byCoverage) {
            return byCoverage.filter(Absence.BEFORE_DATA::equals).isPresent()
                    ? byCoverage
                    : super.outside(notYet, byCoverage);
        }
    }

    static class CoverageEndsAtTheLastFactsOwnDay extends Rules {
        @Override
        public Optional<Absence> outside(Coverage coverage, boolean byDate, Stretch stretch) {
            var shorter =
                    new Coverage(
                            coverage.fromDate(),
                            coverage.from(),
                            coverage.untilDate().minusDays(1),
                            coverage.until().minusSeconds(86_400));
            return super.outside(shorter, byDate, stretch);
        }
    }

    static class CoverageOfDatesIsComparedAsInstants extends Rules {
        @Override
        public Optional<Absence> outside(Coverage coverage, boolean byDate, Stretch stretch) {
            return super.outside(coverage, false, stretch);
        }
    }

    static class AccountsOfRowsAreReadInTheWholeRange extends Rules {
        @Override
        public int bucketOfAccounts(int bucket) {
            return -1;
        }
    }

    static class CoverageOfWhatMembersReadIsIgnored extends Rules {
        @Override
        public boolean looksAtCoverageInside() {
            return false;
        }
    }

    // ---- logic and numbers

    static class WhereKeepsEmpty extends Rules {
        @Override
        public boolean keeps(@Nullable Object condition) {
            return !Boolean.FALSE.equals(condition);
        }
    }

    static class NotOfEmptyIsTrue extends Rules {
        @Override
        public Boolean not(@Nullable Boolean operand) {
            return !Boolean.TRUE.equals(operand);
        }
    }

    static class EmptyEqualsEmpty extends Rules {
        @Override
        public Boolean equalsWithEmpty(@Nullable Object left, @Nullable Object right) {
            return left == right;
        }
    }

    static class LeastSkipsEmpties extends Rules {
        @Override
        public boolean leastSkipsEmpties() {
            return true;
        }
    }

    static class SumsAreDoubles extends Rules {
        @Override
        public BigDecimal sum(List<BigDecimal> values) {
            return new BigDecimal(values.stream().mapToDouble(BigDecimal::doubleValue).sum());
        }
    }

    static class StandardDeviationIsOfThePopulation extends Rules {
        @Override
        public Optional<BigDecimal> variance(List<BigDecimal> values) {
            return values.size() < 2
                    ? Optional.empty()
                    : Optional.of(
                            squares(values)
                                    .divide(
                                            BigDecimal.valueOf(values.size()),
                                            MathContext.DECIMAL128));
        }
    }

    static class OneValueDeviatesByZero extends Rules {
        @Override
        public Optional<BigDecimal> variance(List<BigDecimal> values) {
            return values.size() == 1 ? Optional.of(BigDecimal.ZERO) : super.variance(values);
        }
    }

    static class PercentileIsTheNearestRank extends Rules {
        @Override
        public double percentile(double[] ascending, double fraction) {
            return ascending[(int) Math.round(fraction * (ascending.length - 1))];
        }
    }

    static class WhatKeysReadDecidesTotals extends Rules {
        @Override
        public boolean isDecidedByKeys(RowKind kind) {
            return true;
        }
    }

    static class TopIsOfTheFirstKeys extends Rules {
        @Override
        public AnalysisPlan ranking(AnalysisPlan plan) {
            var ranking = super.ranking(plan);
            var order = ranking.page().order();
            return new AnalysisPlan(
                    ranking.time(),
                    ranking.keys(),
                    ranking.cells(),
                    ranking.outputs(),
                    ranking.kinds(),
                    ranking.having(),
                    ranking.fillGaps(),
                    new Page(order.subList(1, order.size()), ranking.page().limit(), null),
                    ranking.tallies());
        }
    }

    static class RankSkipsNothing extends Rules {
        @Override
        public long rank(Object own, List<?> all) {
            return 1
                    + all.stream()
                            .map(this::ranked)
                            .distinct()
                            .filter(other -> compare(other, ranked(own)) > 0)
                            .count();
        }
    }

    static class EqualsShareTheLastRank extends Rules {
        @Override
        public long rank(Object own, List<?> all) {
            return all.stream().filter(other -> compare(ranked(other), ranked(own)) >= 0).count();
        }
    }

    static class RankIsAmongShownGroups extends Rules {
        @Override
        public boolean ranksAmongAllGroups() {
            return false;
        }
    }

    static class RankComparesEveryDigit extends Rules {
        @Override
        public Object ranked(Object value) {
            return value;
        }
    }

    static class HalvesAreRoundedToEven extends Rules {
        @Override
        public BigDecimal round(BigDecimal number, int places) {
            return number.setScale(places, RoundingMode.HALF_EVEN);
        }
    }

    static class HalvesAreRoundedUp extends Rules {
        @Override
        public BigDecimal round(BigDecimal number, int places) {
            return number.setScale(
                    places, number.signum() < 0 ? RoundingMode.HALF_DOWN : RoundingMode.HALF_UP);
        }
    }

    static class DoublesAreRoundedByTheirLastBit extends Rules {
        @Override
        public double round(double number, int places) {
            return round(new BigDecimal(number), places).doubleValue();
        }
    }

    static class LocalTimeIsUtc extends Rules {
        @Override
        public ZoneId localTime(Object zone) {
            return ZoneOffset.UTC;
        }
    }

    static class TextIsComparedByUtf16 extends Rules {
        @Override
        public int compare(Object left, Object right) {
            return left instanceof String text
                    ? text.compareTo((String) right)
                    : super.compare(left, right);
        }
    }

    static class TextIsComparedWithoutCase extends Rules {
        @Override
        public int compare(Object left, Object right) {
            return left instanceof String text
                    ? text.compareToIgnoreCase((String) right)
                    : super.compare(left, right);
        }
    }
}
