package dev.cairn.domain.planner;

import dev.cairn.domain.plan.Block;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Reach;
import dev.cairn.domain.plan.Read;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Scan;
import dev.cairn.domain.plan.Stretch;
import dev.cairn.domain.plan.Tallies;
import dev.cairn.domain.plan.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Has tallies count what is read for any bucket, where that is more than what is read for the whole range. */
final class TallyReaches {
    /** How many there are before those of tallies. */
    private final int before;

    private TallyReaches(int before) {
        this.before = before;
    }

    /** With a reach for tallies beside each that is no bucket's own. */
    static Timeline of(Timeline time) {
        var reaches = new ArrayList<>(time.reaches());
        for (var reach : time.reaches().subList(1, time.reaches().size())) {
            reaches.add(new Reach(reach.ofBuckets(), all(reach)));
        }
        return new Timeline(
                time.buckets(), time.axis(), time.whole(), time.asOf(), time.asOfDate(), reaches);
    }

    /** @param time before the reaches of tallies were added */
    static Tallies of(Tallies tallies, Timeline time) {
        var moved = new TallyReaches(time.reaches().size());
        return new Tallies(moved.block(tallies.counts()), tallies.undecided());
    }

    private static Stretch all(Reach reach) {
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
        return new Stretch(whole.of(), start, end, startDate, endDate, whole.mustBeOver());
    }

    private int reach(int reach) {
        return reach == 0 ? 0 : before + reach - 1;
    }

    private Block block(Block block) {
        return new Block(scans(block.scans()), leaves(block.leaves()));
    }

    private List<Scan> scans(List<Scan> scans) {
        return scans.stream()
                .map(scan ->
                        scan.with(relation(scan.relation()), reach(scan.reach()), scan.where()))
                .toList();
    }

    private Relation relation(Relation relation) {
        return switch (relation) {
            case Relation.Facts(var source, var placing, var own) ->
                    new Relation.Facts(source, placing, block(own));
            case Relation.Members(var entity, var own) -> new Relation.Members(entity, block(own));
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
                                                        read.placing(),
                                                        reach(read.reach())))
                                        .collect(Collectors.toUnmodifiableSet())))
                .toList();
    }
}
