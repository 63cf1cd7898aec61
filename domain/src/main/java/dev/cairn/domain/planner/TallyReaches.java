package dev.cairn.domain.planner;

import dev.cairn.domain.plan.Block;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Pairs;
import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.plan.Placing.Edge;
import dev.cairn.domain.plan.Reach;
import dev.cairn.domain.plan.Read;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Scan;
import dev.cairn.domain.plan.Stretch;
import dev.cairn.domain.plan.Tallies;
import dev.cairn.domain.plan.Timeline;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Has tallies count what is read for any bucket, where that is more than what is read for the whole range. Of rows that are valid at the edges of buckets, all
 * are counted that are valid at some time from the first of these edges to the last.
 */
final class TallyReaches {
    private static final LocalDate FIRST_DAY = LocalDate.of(1, 1, 1);
    private static final Instant FIRST = FIRST_DAY.atStartOfDay(ZoneOffset.UTC).toInstant();

    private final Timeline time;

    /** Those of the question, then those of tallies. */
    private final List<Reach> reaches;

    private final Map<Counted, Integer> numbers = new HashMap<>();

    private TallyReaches(Timeline time) {
        this.time = time;
        this.reaches = new ArrayList<>(time.reaches());
    }

    /** @param edge at which alone facts are read; null: over all of what is read */
    private record Counted(int reach, @Nullable Edge edge) {}

    /** Tallies, and time with what is read for them. */
    record OverBuckets(Timeline time, Tallies tallies) {}

    static OverBuckets of(Tallies tallies, Timeline time) {
        var over = new TallyReaches(time);
        var moved =
                new Tallies(
                        over.block(tallies.counts()), tallies.undecided(), tallies.weightless());
        return new OverBuckets(
                new Timeline(
                        time.buckets(),
                        time.axis(),
                        time.whole(),
                        time.asOf(),
                        time.asOfDate(),
                        time.knownAt(),
                        time.ages(),
                        over.reaches),
                moved);
    }

    private int reach(int reach, Placing placing) {
        return switch (placing) {
            case Placing.At _, Placing.ValidDuring _ -> reach(reach);
            case Placing.ValidAt(_, var edge) ->
                    number(new Counted(reach, edge), of -> edges(of, edge));
        };
    }

    private int reach(int reach) {
        return reach == 0 ? 0 : number(new Counted(reach, null), TallyReaches::all);
    }

    private int number(Counted counted, UnaryOperator<Reach> made) {
        return numbers.computeIfAbsent(
                counted,
                of -> {
                    reaches.add(made.apply(time.reaches().get(of.reach())));
                    return reaches.size() - 1;
                });
    }

    private static Placing counted(Placing placing) {
        return switch (placing) {
            case Placing.At _, Placing.ValidDuring _ -> placing;
            case Placing.ValidAt(var validity, _) -> new Placing.ValidDuring(validity);
        };
    }

    /** From just before the first edge: a row that ends there is valid at it. */
    private Reach edges(Reach reach, Edge edge) {
        var all = Stream.concat(reach.ofBuckets().stream(), Stream.of(reach.ofWhole())).toList();
        var instants =
                all.stream()
                        .map(stretch -> edge == Edge.START ? stretch.start() : stretch.end())
                        .filter(Objects::nonNull)
                        .map(at -> at.isBefore(time.asOf()) ? at : time.asOf())
                        .sorted()
                        .toList();
        var dates =
                all.stream()
                        .map(stretch ->
                                edge == Edge.START ? stretch.startDate() : stretch.endDate())
                        .filter(Objects::nonNull)
                        .map(on -> on.isBefore(time.asOfDate()) ? on : time.asOfDate())
                        .sorted()
                        .toList();
        return new Reach(
                reach.ofBuckets(),
                new Stretch(
                        reach.ofWhole().of(),
                        justBefore(instants.getFirst()),
                        instants.getLast(),
                        justBefore(dates.getFirst()),
                        dates.getLast(),
                        reach.ofWhole().mustBeOver()));
    }

    /** Before the first year there is nothing. */
    private static Instant justBefore(Instant edge) {
        return edge.isAfter(FIRST) ? edge.minus(1, ChronoUnit.MICROS) : edge;
    }

    private static LocalDate justBefore(LocalDate edge) {
        return edge.isAfter(FIRST_DAY) ? edge.minusDays(1) : edge;
    }

    private static Reach all(Reach reach) {
        var whole = reach.ofWhole();
        var start = whole.start();
        var end = whole.end();
        var startDate = whole.startDate();
        var endDate = whole.endDate();
        for (var stretch : reach.ofBuckets()) {
            start =
                    stretch.start() != null && start != null && stretch.start().isBefore(start)
                            ? stretch.start()
                            : start;
            end = stretch.end().isAfter(end) ? stretch.end() : end;
            startDate =
                    stretch.startDate() != null
                                    && startDate != null
                                    && stretch.startDate().isBefore(startDate)
                            ? stretch.startDate()
                            : startDate;
            endDate = stretch.endDate().isAfter(endDate) ? stretch.endDate() : endDate;
        }
        return new Reach(
                reach.ofBuckets(),
                new Stretch(whole.of(), start, end, startDate, endDate, whole.mustBeOver()));
    }

    private Block block(Block block) {
        return new Block(scans(block.scans()), leaves(block.leaves()));
    }

    private List<Scan> scans(List<Scan> scans) {
        return scans.stream()
                .map(scan ->
                        scan.with(relation(scan.relation()), reach(scan), scan.where()).ofBuckets())
                .toList();
    }

    private int reach(Scan scan) {
        return switch (scan.relation()) {
            case Relation.Facts facts -> reach(scan.reach(), facts.placing());
            case Relation.Members(_, var pairs, _) when pairs != null ->
                    reach(scan.reach(), pairs.placing());
            case Relation.Members _, Relation.Ticks _ -> reach(scan.reach());
        };
    }

    private Relation relation(Relation relation) {
        return switch (relation) {
            case Relation.Facts(var source, var placing, var own, var derived) ->
                    new Relation.Facts(
                            source,
                            counted(placing),
                            block(own),
                            derived == null ? null : derived.besides(this::reach));
            case Relation.Members(var entity, var pairs, var own) ->
                    new Relation.Members(
                            entity,
                            pairs == null
                                    ? null
                                    : new Pairs(
                                            pairs.source(),
                                            counted(pairs.placing()),
                                            pairs.where(),
                                            pairs.values()),
                            block(own));
            case Relation.Ticks ticks ->
                    throw new IllegalStateException("nothing is counted in units: " + ticks);
        };
    }

    private List<Leaf> leaves(List<Leaf> leaves) {
        return leaves.stream()
                .map(leaf ->
                        new Leaf(
                                leaf.scan(),
                                leaf.where(),
                                leaf.aggregation(),
                                leaf.zeroOverNothing(),
                                leaf.type(),
                                leaf.reads().stream()
                                        .map(read ->
                                                new Read(
                                                        read.source(),
                                                        counted(read.placing()),
                                                        reach(read.reach(), read.placing()),
                                                        read.ofSubjects(),
                                                        read.atEnds()))
                                        .collect(Collectors.toUnmodifiableSet()),
                                leaf.mayLackRate(),
                                false,
                                leaf.apart()))
                .toList();
    }
}
