package dev.cairn.testkit.reference;

import dev.cairn.application.port.out.AccountDirectory.Member;
import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.MissingRate;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Link;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.Aggregation;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.AnalysisPlan.GroupKey;
import dev.cairn.domain.plan.Coverage;
import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.plan.Scan;
import dev.cairn.domain.plan.Stretch;
import dev.cairn.domain.plan.SubjectWindow;
import dev.cairn.domain.statistics.RankBelow;
import dev.cairn.domain.time.Bucket;
import dev.cairn.testkit.data.JoinedKey;
import dev.cairn.testkit.data.World;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rules of meaning that decide a number, one method each; a test may break one to see that it is noticed. */
public class Rules {
    /** The world as it was known. */
    public World known(World world, AnalysisPlan plan) {
        var knownAt = plan.time().knownAt();
        return knownAt == null ? world : world.knownAt(knownAt);
    }

    /** Since when and until when a source is complete. */
    public Optional<Coverage> coverage(World world, String source, AnalysisPlan plan) {
        return known(world, plan).coverage(source);
    }

    /** The facts of a source that count. */
    public List<Fact> facts(World world, String source) {
        return world.inForce(source);
    }

    /** The facts of a source that links lead to. */
    public List<Fact> parents(World world, String source) {
        return facts(world, source);
    }

    /** Whether a row that a link leads to is there as of now. */
    public boolean isThere(Object time, AnalysisPlan plan) {
        return isKnown(time, plan);
    }

    /** Whether a row of a member that has several holds by as-of. */
    public boolean hasBegun(LocalDate from, AnalysisPlan plan) {
        return isKnown(from, plan);
    }

    /** Whether a row points at another, whose key it says. */
    public boolean isOfRow(@Nullable Object key, @Nullable Object said) {
        return key != null && said != null && Values.compare(key, said) == 0;
    }

    /** Whether a key of a row is that of a group; no value is a key. */
    public boolean isOfGroup(@Nullable Object key, @Nullable Object ofGroup) {
        return Objects.equals(key, ofGroup)
                || (key != null && ofGroup != null && Values.compare(key, ofGroup) == 0);
    }

    /** Whether who may see the rows of some accounts only reads a row of one account through a link of a row of another. */
    public boolean isWithinAccount(@Nullable String parent, @Nullable String account) {
        return Objects.equals(parent, account);
    }

    /** The same for an account that links of accounts lead to. */
    public boolean isWithinAccountOfMember(String linked, @Nullable String account) {
        return linked.equals(account);
    }

    /**
     * Dates by the local dates of the stretch, others by its instants; the end is out.
     *
     * @param time the time that places the fact; empty: it is in no bucket
     * @param stretch with its start
     */
    public boolean isWithin(@Nullable Object time, Fact fact, Stretch stretch) {
        return isWithin(time, stretch);
    }

    static boolean isWithin(@Nullable Object time, Stretch stretch) {
        return switch (time) {
            case null -> false;
            case LocalDate date ->
                    !date.isBefore(Objects.requireNonNull(stretch.startDate()))
                            && date.isBefore(stretch.endDate());
            case Instant instant ->
                    !instant.isBefore(Objects.requireNonNull(stretch.start()))
                            && instant.isBefore(stretch.end());
            default -> throw new IllegalArgumentException("not a time: " + time);
        };
    }

    /**
     * Whether a fact is valid at an edge: it begins before it and does not end before it.
     *
     * @param from empty: it is never valid
     * @param until empty: it does not end
     */
    public boolean isValidAt(@Nullable Object from, @Nullable Object until, Object edge) {
        return from != null
                && Values.compare(from, edge) < 0
                && (until == null || Values.compare(edge, until) <= 0);
    }

    /** The edge that is read, as-of where it is later. */
    public Object edge(Placing.Edge edge, Stretch stretch, boolean byDate, AnalysisPlan plan) {
        Object at =
                switch (edge) {
                    case START ->
                            Objects.requireNonNull(byDate ? stretch.startDate() : stretch.start());
                    case END -> byDate ? stretch.endDate() : stretch.end();
                };
        return earlier(at, asOf(byDate, plan));
    }

    /** Whether there is a time of the stretch before as-of at which a fact is valid. */
    public boolean isValidDuring(
            @Nullable Object from,
            @Nullable Object until,
            Stretch stretch,
            boolean byDate,
            AnalysisPlan plan) {
        if (from == null) {
            return false;
        }
        Object start = Objects.requireNonNull(byDate ? stretch.startDate() : stretch.start());
        var end = earlier(byDate ? stretch.endDate() : stretch.end(), asOf(byDate, plan));
        return isValidWithin(from, until, start, end);
    }

    /** Whether there is a time between two at which a fact is valid. */
    public boolean isValidWithin(Object from, @Nullable Object until, Object start, Object end) {
        var first = Values.compare(from, start) > 0 ? from : start;
        return Values.compare(first, until == null ? end : earlier(until, end)) < 0;
    }

    private static Object asOf(boolean byDate, AnalysisPlan plan) {
        return byDate ? plan.time().asOfDate() : plan.time().asOf();
    }

    /** Whether what an attribute was from one day until another, out, holds on a day. */
    public boolean holdsOn(LocalDate day, LocalDate from, LocalDate until) {
        return !from.isAfter(day) && day.isBefore(until);
    }

    /** Of the rows of a member of a declared entity that hold on a day, the one that is read. */
    public <T> Optional<T> held(Stream<T> holding, Comparator<T> byBeginning) {
        return holding.max(byBeginning);
    }

    /**
     * The day that says what held before an edge: the one before it. Nothing is known of what comes after as-of; and where nothing is known of the time
     * before the edge, what is known first holds.
     */
    public LocalDate dayBefore(LocalDate edge, LocalDate asOfDate, LocalDate first) {
        var day = edge.isBefore(asOfDate) ? edge : asOfDate;
        return first.isBefore(day) ? day.minusDays(1) : first;
    }

    /** How many days a rate holds, its own included. */
    public int carried(int carry) {
        return carry;
    }

    /** The rate of a day: several that differ say nothing, and neither does one that is not above 0. */
    public Optional<BigDecimal> oneRate(List<BigDecimal> said) {
        var first = said.getFirst();
        boolean isOne = said.stream().allMatch(rate -> rate.compareTo(first) == 0);
        return isOne && first.signum() > 0 ? Optional.of(first) : Optional.empty();
    }

    /** The day whose rate holds just before an edge; nothing is known of what comes after as-of. */
    public LocalDate dayOfRate(LocalDate edge, LocalDate asOfDate) {
        return (edge.isBefore(asOfDate) ? edge : asOfDate).minusDays(1);
    }

    /**
     * An amount in a currency that the rates do not lead to.
     *
     * @param rate of its own currency, in that which they lead to
     * @param ofTarget of the currency it is converted into
     */
    public double through(double amount, double rate, double ofTarget) {
        return amount * rate / ofTarget;
    }

    /** The rates for want of which there is no value. */
    public Set<MissingRate> lacking(Set<MissingRate> rates) {
        return rates;
    }

    /** Whether a row counts for which it is told how a condition stands: not where that depends on a rate. */
    public boolean isCertain(Set<MissingRate> missing) {
        return missing.isEmpty();
    }

    /** Whether what has no rate has no value to a condition on cells. */
    public boolean looksAtRatesOfCells() {
        return true;
    }

    /** The rates of all groups of a bucket, for want of which none of them has a rank. */
    public Set<MissingRate> lackingOfOthers(Set<MissingRate> rates) {
        return rates;
    }

    /** Whether a row may be one of those that are taken, of which that is not known for want of a rate. */
    public boolean mayBeTakenWithoutRate() {
        return true;
    }

    private static Object earlier(Object one, Object other) {
        return Values.compare(one, other) < 0 ? one : other;
    }

    /** What of a source is read where a stretch begins with its coverage; empty where it covers none of it. */
    public Optional<Stretch> within(Stretch stretch, Optional<Coverage> coverage) {
        if (!stretch.isFromBeginning()) {
            return Optional.of(stretch);
        }
        return coverage.filter(known -> !known.from().isAfter(stretch.end()))
                .map(known ->
                        new Stretch(
                                stretch.of(),
                                known.from(),
                                stretch.end(),
                                known.fromDate(),
                                stretch.endDate(),
                                stretch.mustBeOver()));
    }

    /** Whether it is before as-of. */
    public boolean isKnown(Object time, AnalysisPlan plan) {
        return switch (time) {
            case LocalDate date -> date.isBefore(plan.time().asOfDate());
            case Instant instant -> instant.isBefore(plan.time().asOf());
            default -> throw new IllegalArgumentException("not a time: " + time);
        };
    }

    /** Whether a row with a weight counts for so much; else it is left out. */
    public boolean hasWeight(double weight) {
        return weight > 0;
    }

    /** What a row counts for in weighted percentiles and deviations. */
    public BigDecimal weight(BigDecimal weight) {
        return weight;
    }

    /** By which the square of their sum is divided to say of how many rows of equal weight they are. */
    public BigDecimal squaresOfWeights(List<BigDecimal> weights) {
        return weights.stream()
                .map(weight -> weight.pow(2))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /**
     * What a row has in common with those that it varies together with; rows of no account have that in common.
     *
     * @param row its number
     */
    public Object cluster(@Nullable String account, int row) {
        return Optional.ofNullable(account);
    }

    /** Whether rows that have not ended are among those that might have at a time. */
    public boolean isAtRisk(double lasted, boolean ended, double time) {
        return lasted >= time;
    }

    /** Whether a row is said to be last seen at its time. */
    public boolean isCensored(boolean ended) {
        return !ended;
    }

    /** Whether so many have ended that no more are left than may be; parts are rounded. */
    public boolean isDown(BigDecimal left, BigDecimal share) {
        return left.doubleValue()
                <= BigDecimal.ONE.subtract(share).doubleValue()
                        * (1 + Aggregation.Survival.ROUNDED);
    }

    /** Whether the weights up to a value are enough for it to be the discrete percentile. */
    public boolean isReached(BigDecimal until, BigDecimal wanted) {
        return until.compareTo(wanted) >= 0;
    }

    /** Only what is true stays. */
    public boolean keeps(@Nullable Object condition) {
        return Boolean.TRUE.equals(condition);
    }

    /**
     * Whether the existence overlaps the stretch and began by as-of: some start has come, and no end has come by the stretch's start or by that start.
     *
     * @param starts instants or local dates, as those of the ends
     */
    public boolean isMember(
            List<Object> starts, List<Object> ends, Stretch stretch, AnalysisPlan plan) {
        return starts.stream()
                        .anyMatch(start ->
                                hasBegun(start, stretch)
                                        && isKnown(start, plan)
                                        && ends.stream()
                                                .allMatch(
                                                        end -> isBefore(start, end, stretch.of())))
                && ends.stream().noneMatch(end -> isOver(end, stretch));
    }

    /** Dates by the local dates of the stretch; of an hour, by the date it is of. */
    public boolean hasBegun(Object start, Stretch stretch) {
        return switch (start) {
            case LocalDate date -> date.isBefore(stretch.endDate()) || isOfHour(date, stretch);
            case Instant instant -> instant.isBefore(stretch.end());
            default -> throw new IllegalArgumentException("not a time: " + start);
        };
    }

    /** Whether a stretch ends within an hour of that date. */
    private static boolean isOfHour(LocalDate date, Stretch stretch) {
        return date.equals(stretch.of().startDate())
                && date.equals(stretch.endDate())
                && stretch.end().isAfter(stretch.of().start());
    }

    /** The end is out. */
    public boolean isOver(Object end, Stretch stretch) {
        return switch (end) {
            case LocalDate date ->
                    stretch.startDate() != null && !date.isAfter(stretch.startDate());
            case Instant instant -> stretch.start() != null && !instant.isAfter(stretch.start());
            default -> throw new IllegalArgumentException("not a time: " + end);
        };
    }

    /** A date begins so many times 24 hours after the bucket as its days are after the bucket's first. */
    private static boolean isBefore(Object start, Object end, Bucket bucket) {
        return (start instanceof LocalDate date && end instanceof LocalDate later)
                ? date.isBefore(later)
                : instant(start, bucket).isBefore(instant(end, bucket));
    }

    private static Instant instant(Object time, Bucket bucket) {
        return time instanceof LocalDate date
                ? bucket.start()
                        .plus(Duration.ofDays(bucket.startDate().until(date, ChronoUnit.DAYS)))
                : (Instant) time;
    }

    /** Whether a member counts for whom nothing was found. */
    public boolean takesMembersWithoutFacts() {
        return true;
    }

    /** Whether a row counts that nothing points at, whatever is read of what would. */
    public boolean takesRowsThatNothingPointsAt() {
        return true;
    }

    /** Whether a unit of time counts in which nothing was found. */
    public boolean takesUnitsWithoutFacts() {
        return true;
    }

    /** Whether the facts of no account have a member of their own. */
    public boolean hasMemberOfNoAccount() {
        return false;
    }

    /** Fields by which a fact names accounts beside the one that it is of: these too exist from the first fact that names them. */
    public List<String> roles(Source source) {
        return source.links().stream()
                .filter(link -> !link.isOwn() && link.to().equals(EntityRef.ACCOUNT.name()))
                .map(Link::keyField)
                .toList();
    }

    /** Whether the rows of a source say when accounts begin: not where they are of no time. */
    public boolean saysWhenAccountsBegin(Source source) {
        return !source.isTimeless();
    }

    /** A key of several parts as one text. */
    public String key(List<?> parts) {
        return JoinedKey.of(parts);
    }

    /**
     * A part of a key of several.
     *
     * @param number from 1
     */
    public @Nullable String keyPart(String key, int number) {
        return JoinedKey.part(key, number);
    }

    /** Keys of accounts that others point at by their links, as their parents. */
    public Set<String> named(World world) {
        var accounts = world.catalog().entity(EntityRef.ACCOUNT);
        return accounts.links().stream()
                .filter(link -> link.to().equals(EntityRef.ACCOUNT.name()))
                .flatMap(link ->
                        world.accounts().stream()
                                .map(account -> parent(account, link, accounts))
                                .flatMap(Optional::stream))
                .collect(Collectors.toSet());
    }

    private Optional<String> parent(Member account, Link link, Entity accounts) {
        var said = new ArrayList<@Nullable Object>();
        var stored = accounts.stored().attributes();
        for (var name : link.fields()) {
            if (accounts.key().size() > 1 && accounts.key().contains(name)) {
                said.add(keyPart(account.key(), accounts.key().indexOf(name) + 1));
            }
            for (int at = 0; at < stored.size(); at++) {
                if (stored.get(at).field().name().equals(name)) {
                    said.add(account.values().get(at));
                }
            }
        }
        boolean isSaid = !said.contains(null) && !said.equals(List.of(""));
        return isSaid
                ? Optional.of(said.size() == 1 ? (String) said.getFirst() : key(said))
                : Optional.empty();
    }

    /** Over nothing counts, distinct counts and sums are 0, exists is false, and the others have no value. */
    public @Nullable Object overNothing(Aggregation aggregation) {
        return switch (aggregation) {
            case Aggregation.Count _, Aggregation.Distinct _, Aggregation.Sum _ -> BigDecimal.ZERO;
            case Aggregation.Exists _, Aggregation.OfWindow _ -> false;
            case Aggregation.Average _,
                    Aggregation.Minimum _,
                    Aggregation.Maximum _,
                    Aggregation.Percentile _,
                    Aggregation.StandardDeviation _,
                    Aggregation.Weighted _,
                    Aggregation.ClusteredError _,
                    Aggregation.Survival _,
                    Aggregation.LifeTable _,
                    Aggregation.IntervalEnd _,
                    Aggregation.First _,
                    Aggregation.Last _ ->
                    null;
        };
    }

    /** Aggregates of a value skip empties. */
    public Optional<Object> counted(@Nullable Object value) {
        return Optional.ofNullable(value);
    }

    /** What tells users apart: users of two accounts are never the same. */
    public @Nullable Object userIdentity(@Nullable String account, @Nullable String user) {
        return user == null ? null : Arrays.asList(account, user);
    }

    /**
     * What tells texts apart.
     *
     * @param account of the user whose key the text is made of; null: of no account, or made of something else
     */
    public Object textIdentity(String text, @Nullable String account) {
        return Arrays.asList(account, text);
    }

    /** What tells accounts apart; facts of no account have none. */
    public @Nullable Object accountIdentity(@Nullable String account) {
        return account;
    }

    /** Why a source says nothing about a stretch; empty where it does. What begins with the coverage and ends there is inside it, and empty. */
    public Optional<Absence> outside(Coverage coverage, boolean byDate, Stretch stretch) {
        int end =
                byDate
                        ? stretch.endDate().compareTo(coverage.fromDate())
                        : stretch.end().compareTo(coverage.from());
        boolean before = stretch.isFromBeginning() ? end < 0 : end <= 0;
        return before
                ? Optional.of(Absence.BEFORE_DATA)
                : isBeyond(coverage, byDate, stretch)
                        ? Optional.of(Absence.NOT_YET)
                        : Optional.empty();
    }

    private static boolean isBeyond(Coverage coverage, boolean byDate, Stretch stretch) {
        if (stretch.mustBeOver()
                && (byDate
                        ? stretch.endDate().isAfter(coverage.untilDate())
                        : stretch.end().isAfter(coverage.until()))) {
            return true;
        }
        if (stretch.startDate() == null || stretch.start() == null) {
            return false;
        }
        return byDate
                ? !stretch.startDate().isBefore(coverage.untilDate())
                : !stretch.start().isBefore(coverage.until());
    }

    /** What has not begun by as-of is not yet, whatever its source says. */
    public Optional<Absence> outside(boolean notYet, Optional<Absence> byCoverage) {
        return notYet ? Optional.of(Absence.NOT_YET) : byCoverage;
    }

    /** Why a source says nothing about an edge; empty where it does. At its end a source may end within the stretch. */
    public Optional<Absence> outside(
            Coverage coverage, boolean byDate, Stretch stretch, Object edge) {
        Object from = byDate ? coverage.fromDate() : coverage.from();
        Object until = byDate ? coverage.untilDate() : coverage.until();
        if (Values.compare(edge, from) < 0) {
            return Optional.of(Absence.BEFORE_DATA);
        }
        Object start = byDate ? stretch.startDate() : stretch.start();
        boolean isBeyond =
                Values.compare(edge, until) > 0
                        && (stretch.mustBeOver()
                                || (start != null && Values.compare(start, until) >= 0));
        return isBeyond ? Optional.of(Absence.NOT_YET) : Optional.empty();
    }

    /** Whether rows say nothing where their source does not: what is valid is known in its coverage only. */
    public boolean knowsValidityInCoverageOnly() {
        return true;
    }

    /** Whether a time is in a window of a row's own; the end is out. */
    public boolean isInWindow(Object time, Object start, Object end) {
        return Values.compare(time, start) >= 0 && Values.compare(time, end) < 0;
    }

    /**
     * Whether a unit of time is a tile of a window of a row's own: it lies between two neighbours.
     *
     * @param cuts of the window, from its end back
     */
    public boolean isTile(Object start, Object end, List<Object> cuts) {
        int at = cuts.indexOf(end);
        return at >= 0 && at + 1 < cuts.size() && cuts.get(at + 1).equals(start);
    }

    /**
     * Whether a window of a row's own is not over: by as-of, or by what its source is complete until.
     *
     * @param end as facts are compared with it
     * @param over the instant of it
     */
    public boolean isPending(
            Object end, Instant over, Optional<Coverage> coverage, AnalysisPlan plan) {
        return over.isAfter(plan.time().asOf())
                || coverage.filter(known -> isLaterThanKnown(end, known)).isPresent();
    }

    private static boolean isLaterThanKnown(Object end, Coverage known) {
        return Values.compare(end, end instanceof LocalDate ? known.untilDate() : known.until())
                > 0;
    }

    /** What decides the order of rows of one time: the key of their source, or all that is stored of them where it has none. */
    public List<@Nullable Object> placeAmong(Source source, List<@Nullable Object> values) {
        return values;
    }

    /** Whether a row comes after a step of the same source: at the same time by its key. */
    public boolean comesAfter(int byTime, int byTimeAndKey) {
        return byTimeAndKey > 0;
    }

    /** Whether a later step may be at a time. */
    public boolean isInSpan(Object time, Object end, boolean inclusive) {
        int order = Values.compare(time, end);
        return order < 0 || (order == 0 && inclusive);
    }

    /** Whether rows between two steps spoil a strict sequence. */
    public boolean isInterrupted(long between) {
        return between > 0;
    }

    /** How many of the steps, in the order in which they are written, an attempt may begin with. */
    public int mayBegin(boolean unordered, int steps) {
        return unordered ? steps : 1;
    }

    /** Whether a row which must not be lies after a step. */
    public boolean isAfterStep(int byTime) {
        return byTime > 0;
    }

    /** Whether a row has in common with the first what those of an attempt must: nothing is the same as what is empty. */
    public boolean isSame(@Nullable Object first, @Nullable Object later) {
        return first != null && later != null && Values.compare(first, later) == 0;
    }

    /** Whether a row is before another, of the same source by its key at one time, or of another source: then at one time it is. */
    public boolean comesBefore(int byTime, int byTimeAndKey, boolean ofOneSource) {
        return ofOneSource ? byTimeAndKey < 0 : byTime <= 0;
    }

    /** Whether a start is one change with the loss before it. */
    public boolean isOneChange(Object start, Object endOfGap) {
        return Values.compare(start, endOfGap) < 0;
    }

    /** Whether what a unit has now, and not just before, it had once. */
    public boolean isBack(boolean wasAny) {
        return wasAny;
    }

    /** Whether a row is in force just before a time. */
    public boolean isInForceBefore(Object from, @Nullable Object until, Object time) {
        return Values.compare(from, time) < 0
                && (until == null || Values.compare(time, until) <= 0);
    }

    /** Which of several earlier rows a later one has: the latest. */
    public int latest(int byTimeAndKey) {
        return byTimeAndKey;
    }

    /** In what a unit has one attempt: in each group of a bucket. */
    public Object cellOfAttempt(Object group) {
        return group;
    }

    /** Which of two attempts counts where any may: before the other the one with more steps reached. */
    public int furthest(int reached, int other) {
        return Integer.compare(other, reached);
    }

    /** Whether a unit of which any attempt may count is pending. */
    public boolean isAnyPending(List<Boolean> all, boolean chosen) {
        return all.contains(true);
    }

    /** Whether a window of a row's own begins before the data of its source. */
    public boolean beginsBeforeData(Object start, Optional<Coverage> coverage) {
        return coverage.filter(known ->
                        Values.compare(
                                        start,
                                        start instanceof LocalDate
                                                ? known.fromDate()
                                                : known.from())
                                < 0)
                .isPresent();
    }

    /** Whether what is valid at an edge of a window of a row's own is not known. */
    public boolean isBeforeData(Object edge, Optional<Coverage> coverage) {
        return beginsBeforeData(edge, coverage);
    }

    /** Whether it ends before them, or where they begin. */
    public boolean endsBeforeData(Object end, Optional<Coverage> coverage) {
        return coverage.filter(known ->
                        Values.compare(
                                        end,
                                        end instanceof LocalDate ? known.fromDate() : known.from())
                                <= 0)
                .isPresent();
    }

    /** Whether nothing is known yet of a cell all of whose rows are pending. */
    public boolean isNotYet(BigDecimal settled, BigDecimal pending) {
        return settled.signum() == 0 && pending.signum() > 0;
    }

    /** Whether as of now it has not begun, or is not over although it must be. */
    public boolean isNotYet(Stretch stretch, boolean byDate, AnalysisPlan plan) {
        Object start = byDate ? stretch.of().startDate() : stretch.of().start();
        boolean isOver =
                byDate
                        ? !stretch.endDate().isAfter(plan.time().asOfDate())
                        : !stretch.end().isAfter(plan.time().asOf());
        return !isKnown(start, plan) || (stretch.mustBeOver() && !isOver);
    }

    /** The bucket in which the account of a row is read: that of the row. */
    public int bucketOfAccounts(int bucket) {
        return bucket;
    }

    /** The values of the pair that a fact makes with its member; null: without one of them it makes none. */
    public @Nullable List<Object> pair(List<?> values) {
        return values.stream().allMatch(Objects::nonNull) ? List.copyOf(values) : null;
    }

    /** Whether a fact makes no other pair of its member than an earlier one did. */
    public boolean isSamePair(@Nullable Object value, Object ofPair) {
        return value != null && compare(value, ofPair) == 0;
    }

    /** Whether a row is read for a pair: it has its value. */
    public boolean isReadForPair(@Nullable Object value, Object ofPair) {
        return value != null && compare(value, ofPair) == 0;
    }

    /** Whether members have no value where a source read for each of them says nothing about the bucket. */
    public boolean looksAtCoverageInside() {
        return true;
    }

    /** The quotient; empty over zero. */
    public @Nullable Double divide(double dividend, double divisor) {
        return divisor == 0 ? null : dividend / divisor;
    }

    /** The part of the rows; empty over no rows. */
    public @Nullable Double share(double matching, double rows) {
        return rows == 0 ? null : matching / rows;
    }

    public BigDecimal sum(List<BigDecimal> values) {
        return values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Of a sample; empty for fewer than two values. */
    public Optional<BigDecimal> variance(List<BigDecimal> values) {
        return values.size() < 2
                ? Optional.empty()
                : Optional.of(
                        squares(values)
                                .divide(
                                        BigDecimal.valueOf(values.size() - 1L),
                                        MathContext.DECIMAL128));
    }

    /** The sum of the squared distances from the mean. */
    protected static BigDecimal squares(List<BigDecimal> values) {
        var count = BigDecimal.valueOf(values.size());
        var sum = values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        var squares =
                values.stream()
                        .map(value -> value.multiply(value))
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
        return squares.multiply(count)
                .subtract(sum.multiply(sum))
                .divide(count, MathContext.DECIMAL128);
    }

    /** Linear interpolation between the two nearest ranks. */
    public double percentile(double[] ascending, double fraction) {
        double rank = fraction * (ascending.length - 1);
        int below = (int) Math.floor(rank);
        int above = (int) Math.ceil(rank);
        return ascending[below] + (rank - below) * (ascending[above] - ascending[below]);
    }

    /** What a time adds to the variance of the logarithm of the part that is left. */
    public double greenwood(double atRisk, double end) {
        return end / (atRisk * (atRisk - end));
    }

    /** At which rank an interval of a percentile ends, counted from that end; below 1 there are too few values. */
    public long rankOfEnd(RankBelow ranks, int values) {
        return ranks.in(values);
    }

    /** Halves away from zero. */
    public BigDecimal round(BigDecimal number, int places) {
        return number.setScale(places, RoundingMode.HALF_UP);
    }

    /** Halves away from zero, of the shortest decimal that reads back as the number. */
    public double round(double number, int places) {
        return round(new BigDecimal(Double.toString(number)), places).doubleValue();
    }

    /** When the hour began that a local clock shows. */
    public Instant hourStart(Instant instant, ZoneId zone) {
        return LocalTimes.hourStart(instant, zone);
    }

    /** The zone in which instants have a date and an hour. */
    public ZoneId localTime(Object zone) {
        return ZoneId.of((String) zone);
    }

    /** Whether least and greatest go on without an empty argument. */
    public boolean leastSkipsEmpties() {
        return false;
    }

    /** Whether a cell has as many observations as its metric asks for. */
    public boolean isEnough(BigDecimal observations, BigDecimal least) {
        return observations.compareTo(least) >= 0;
    }

    /** Not empty is empty. */
    public @Nullable Boolean not(@Nullable Boolean operand) {
        return operand == null ? null : !operand;
    }

    /** Equality where a side is empty is empty. */
    public @Nullable Boolean equalsWithEmpty(@Nullable Object left, @Nullable Object right) {
        return null;
    }

    /** Whether what keys read must be known for a row to be: a total is the same whatever they are. */
    public boolean isDecidedByKeys(RowKind kind) {
        return kind.hasGroups();
    }

    /** What says which groups are shown. */
    public AnalysisPlan ranking(AnalysisPlan plan) {
        return plan.ranking();
    }

    /** The window that a row has of its own. */
    public SubjectWindow window(SubjectWindow said) {
        return said;
    }

    /** Whether a place is among all groups, also where some of them are shown. */
    public boolean ranksAmongAllGroups() {
        return true;
    }

    /** One more than there are greater ones. */
    public long rank(Object own, List<?> all) {
        var ranked = ranked(own);
        return 1 + all.stream().filter(other -> compare(ranked(other), ranked) > 0).count();
    }

    /** Doubles by the first 12 digits, in which engines agree. */
    public Object ranked(Object value) {
        return value instanceof Double number
                ? new BigDecimal(number).round(new MathContext(12, RoundingMode.HALF_EVEN))
                : value;
    }

    public int compare(Object left, Object right) {
        return Values.compare(left, right);
    }

    /** No value, no account and every value are keys of their own; a key that has a value has it also where there is no account. */
    public GroupValue group(@Nullable Object value, boolean ofNoAccount) {
        return value == null && ofNoAccount ? GroupValue.NO_ACCOUNT : GroupValue.of(value);
    }

    /** Whether a row of no account is of the group of no account where a key is empty; sources read a key in ways of their own. */
    public boolean isOfAccount(GroupKey key, Expr read) {
        return key.ofAccount() && Exprs.isOfAccount(read);
    }

    /** Whether a group has a row for each bucket. */
    public boolean isDense(AnalysisPlan plan) {
        return plan.fillGaps() || !plan.time().axis();
    }

    /** The group of all groups that are alike in the keys which a scan does not drop. */
    public List<GroupValue> together(List<GroupValue> keys, Scan scan) {
        var kept = new ArrayList<>(keys);
        scan.dropped().forEach(key -> kept.set(key, GroupValue.TOTAL));
        return kept;
    }

    /** The group of all groups that are alike in the keys which read no rates of exchange: a row that lacks one may be of any of them. */
    public List<GroupValue> alike(List<GroupValue> keys, Scan scan) {
        var known = new ArrayList<>(keys);
        scan.converted().forEach(key -> known.set(key, GroupValue.TOTAL));
        return known;
    }

    /** Whether nothing is nothing in a group with rows in units of time that are known, whatever is known of its others. */
    public boolean isKnownWhereSomeUnitIs() {
        return true;
    }

    /** Whether what is read for a bucket reaches the age of a group of which anything is read on a day first. */
    public boolean isReached(LocalDate firstDay, AnalysisPlan plan, int leaf, int bucket) {
        var ages = Objects.requireNonNull(plan.time().ages());
        return firstDay.isBefore(ages.notReached().get(leaf).get(bucket));
    }

    /** What time an edge is of that stands in a cell. */
    public int reachOf(Expr.TimeEdge edge) {
        return edge.reach();
    }

    /** Which groups have rows: those with at least one leaf row. */
    public List<List<GroupValue>> groups(List<List<GroupValue>> withRows) {
        return withRows;
    }

    /** Whether the one group there is without keys is there although nothing was found. */
    public boolean hasEmptyGroup() {
        return true;
    }

    /** Where what has no value stands: last, either way. */
    public int placeOfNothing(boolean descending) {
        return 1;
    }

    /** Whether a row is after the one that the last page ended with. */
    public boolean isAfter(int comparison) {
        return comparison > 0;
    }

    /** Rows of a page. */
    public int limit(int limit) {
        return limit;
    }
}
