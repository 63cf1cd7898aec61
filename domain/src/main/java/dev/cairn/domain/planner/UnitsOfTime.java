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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/** The units of each bucket, and of the whole range where there are totals. */
final class UnitsOfTime {
    private final List<Bucket> units;
    private final UnitsIn cut;
    private final Windows beneath;

    /** @param windowsOf gives the windows of units */
    UnitsOfTime(UnitsIn cut, Function<List<Bucket>, Windows> windowsOf) {
        this.cut = cut;
        this.units =
                Stream.concat(
                                cut.ofBuckets().stream().flatMap(List::stream),
                                cut.ofWhole().stream())
                        .distinct()
                        .sorted(Comparator.comparing(Bucket::start).thenComparing(Bucket::end))
                        .toList();
        this.beneath = windowsOf.apply(units);
    }

    Windows beneath() {
        return beneath;
    }

    /** @param number of the cut, in the question */
    Units units(int number, List<TimeContext> reaches) {
        var indexes = new HashMap<Bucket, Integer>();
        units.forEach(unit -> indexes.put(unit, indexes.size()));
        return new Units(
                number,
                beneath.timeline(reaches),
                allOfBuckets().stream().map(all -> indexes(all, indexes)).toList(),
                indexes(cut.ofWhole(), indexes));
    }

    /** None in each bucket where they would be too many. */
    private List<List<Bucket>> allOfBuckets() {
        return cut.ofBuckets().isEmpty()
                ? cut.reach().ofBuckets().stream().map(_ -> List.<Bucket>of()).toList()
                : cut.ofBuckets();
    }

    private static List<Integer> indexes(List<Bucket> units, Map<Bucket, Integer> indexes) {
        return units.stream().map(unit -> Objects.requireNonNull(indexes.get(unit))).toList();
    }

    /** All that is read in the units of each bucket. */
    Reach through(TimeContext inner) {
        var stretches = new HashMap<Bucket, Stretch>();
        var read = beneath.reach(inner);
        for (int at = 0; at < units.size(); at++) {
            stretches.put(units.get(at), read.ofBuckets().get(at));
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
