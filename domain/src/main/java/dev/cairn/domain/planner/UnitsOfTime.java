package dev.cairn.domain.planner;

import dev.cairn.domain.lowering.TimeContext;
import dev.cairn.domain.plan.Reach;
import dev.cairn.domain.plan.Stretch;
import dev.cairn.domain.plan.Units;
import dev.cairn.domain.planner.Cutting.UnitsIn;
import dev.cairn.domain.time.Bucket;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** The units of each bucket, and of the whole range where there are totals. */
final class UnitsOfTime {
    /**
     * A unit.
     *
     * @param of the bucket of the question whose own it is, by index; the same for all that buckets share
     */
    private record Unit(Bucket time, int of) {}

    private final List<Unit> units;
    private final UnitsIn cut;
    private final IntUnaryOperator owners;
    private final Windows beneath;

    /**
     * @param owners gives whose own the units of a bucket are, by indexes; negative: of the whole range
     * @param windowsOf gives the windows of units, and of whose own each of them is
     */
    UnitsOfTime(
            UnitsIn cut,
            IntUnaryOperator owners,
            BiFunction<List<Bucket>, List<Integer>, Windows> windowsOf) {
        this.cut = cut;
        this.owners = owners;
        var all = new LinkedHashSet<Unit>();
        for (int bucket = 0; bucket < cut.ofBuckets().size(); bucket++) {
            all.addAll(units(cut.ofBuckets().get(bucket), bucket));
        }
        all.addAll(units(cut.ofWhole(), -1));
        this.units =
                all.stream()
                        .sorted(
                                Comparator.comparing((Unit unit) -> unit.time().start())
                                        .thenComparing(unit -> unit.time().end())
                                        .thenComparing(Unit::of))
                        .toList();
        this.beneath =
                windowsOf.apply(
                        units.stream().map(Unit::time).toList(),
                        units.stream().map(Unit::of).toList());
    }

    private List<Unit> units(List<Bucket> ofBucket, int bucket) {
        int of = owners.applyAsInt(bucket);
        return ofBucket.stream().map(time -> new Unit(time, of)).toList();
    }

    Windows beneath() {
        return beneath;
    }

    /** @param number of the cut, in the question */
    Units units(int number, List<TimeContext> reaches) {
        var indexes = new HashMap<Unit, Integer>();
        units.forEach(unit -> indexes.put(unit, indexes.size()));
        var all = allOfBuckets();
        return new Units(
                number,
                beneath.timeline(reaches),
                IntStream.range(0, all.size())
                        .mapToObj(bucket -> indexes(units(all.get(bucket), bucket), indexes))
                        .toList(),
                indexes(units(cut.ofWhole(), -1), indexes));
    }

    /** None in each bucket where they would be too many. */
    private List<List<Bucket>> allOfBuckets() {
        return cut.ofBuckets().isEmpty()
                ? cut.reach().ofBuckets().stream().map(_ -> List.<Bucket>of()).toList()
                : cut.ofBuckets();
    }

    private static List<Integer> indexes(List<Unit> units, Map<Unit, Integer> indexes) {
        return units.stream().map(unit -> Objects.requireNonNull(indexes.get(unit))).toList();
    }

    /** All that is read in the units of each bucket. */
    Reach through(TimeContext inner) {
        var stretches = new HashMap<Bucket, Stretch>();
        var read = beneath.reach(inner);
        for (int at = 0; at < units.size(); at++) {
            stretches.put(units.get(at).time(), read.ofBuckets().get(at));
        }
        boolean fromBeginning = read.ofWhole().isFromBeginning();
        var unitsOf = allOfBuckets();
        var buckets = new ArrayList<Stretch>();
        for (int at = 0; at < unitsOf.size(); at++) {
            var window = cut.reach().ofBuckets().get(at);
            buckets.add(hull(window, unitsOf.get(at), stretches, fromBeginning));
        }
        return new Reach(
                buckets, hull(cut.reach().ofWhole(), cut.ofWhole(), stretches, fromBeginning));
    }

    private static Stretch hull(
            Stretch window,
            List<Bucket> units,
            Map<Bucket, Stretch> stretches,
            boolean fromBeginning) {
        var all =
                units.isEmpty()
                        ? List.of(window)
                        : units.stream()
                                .map(unit -> Objects.requireNonNull(stretches.get(unit)))
                                .toList();
        boolean isFromBeginning =
                fromBeginning || (window.isFromBeginning() && !reachesBeyond(units, stretches));
        var start =
                all.stream()
                        .map(Stretch::start)
                        .filter(Objects::nonNull)
                        .min(Comparator.naturalOrder());
        var startDate =
                all.stream()
                        .map(Stretch::startDate)
                        .filter(Objects::nonNull)
                        .min(Comparator.naturalOrder());
        return new Stretch(
                window.of(),
                isFromBeginning ? null : start.orElse(null),
                all.stream().map(Stretch::end).max(Comparator.naturalOrder()).orElseThrow(),
                isFromBeginning ? null : startDate.orElse(null),
                all.stream().map(Stretch::endDate).max(Comparator.naturalOrder()).orElseThrow(),
                window.mustBeOver());
    }

    /** Whether what is read in units is more than they are: what is not begins with the data, as they do. */
    private static boolean reachesBeyond(List<Bucket> units, Map<Bucket, Stretch> stretches) {
        return !units.isEmpty()
                && !Stretch.of(units.getFirst()).equals(stretches.get(units.getFirst()));
    }
}
