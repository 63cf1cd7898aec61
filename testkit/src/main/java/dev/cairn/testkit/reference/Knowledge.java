package dev.cairn.testkit.reference;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Coverage;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Scan;
import dev.cairn.domain.plan.Stretch;
import dev.cairn.domain.plan.Timeline;
import dev.cairn.domain.plan.Units;
import dev.cairn.testkit.data.World;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Why nothing can be said of a bucket or a unit of time. */
final class Knowledge {
    private final World world;
    private final AnalysisPlan plan;
    private final Rules rules;
    private final Map<String, Optional<Coverage>> coverages = new HashMap<>();

    Knowledge(World world, AnalysisPlan plan, Rules rules) {
        this.world = world;
        this.plan = plan;
        this.rules = rules;
    }

    static boolean isOfMembersOrUnits(Scan scan) {
        return switch (scan.relation()) {
            case Relation.Facts _ -> false;
            case Relation.Members _, Relation.Ticks _ -> true;
        };
    }

    /** What has not begun is not yet; of several reads, before the data comes before not yet. */
    Optional<Absence> outside(Scan scan, Set<Reads.OfFacts> reads, Timeline time, int bucket) {
        if (isOfMembersOrUnits(scan)
                && rules.isNotYet(time.stretch(scan.reach(), bucket), false, plan)) {
            return Optional.of(Absence.NOT_YET);
        }
        var reasons = new ArrayList<Absence>();
        for (var read : reads) {
            outside(read, time, bucket, false).ifPresent(reasons::add);
        }
        return first(reasons);
    }

    /**
     * Of units of time where a bucket has none: what is read for each account of the bucket around them decides all the same, and which time that is only the leaf
     * says.
     */
    Optional<Absence> outsideWithoutUnits(Leaf leaf, Scan scan, boolean grouped, int bucket) {
        if (!(scan.relation() instanceof Relation.Ticks ticks)
                || !ticks.units().of(bucket).isEmpty()) {
            return Optional.empty();
        }
        return first(
                (grouped ? leaf.reads() : leaf.readsOfTotal())
                        .stream()
                                .map(read ->
                                        outside(
                                                Reads.OfFacts.of(read),
                                                plan.time().stretch(read.reach(), bucket),
                                                false))
                                .flatMap(Optional::stream)
                                .toList());
    }

    /** Whether a unit of time is no row of a leaf: it has not begun, or something that is read in it is not known. */
    boolean isOutside(Leaf leaf, Scan scan, Relation.Ticks ticks, int unit, boolean grouped) {
        var time = ticks.units().time();
        return rules.isNotYet(time.stretch(0, unit), false, plan)
                || (rules.looksAtCoverageInside()
                        && Reads.ofEachRow(leaf, scan, grouped).stream()
                                .anyMatch(read ->
                                        outside(read.ofUnit(), time, unit, false).isPresent()));
    }

    /** Why nothing can be said of a unit of time that rows with an age are read in. */
    Optional<Absence> outsideOfUnit(Leaf leaf, List<Scan> scans, Units units, int unit) {
        if (rules.isNotYet(units.time().stretch(0, unit), false, plan)) {
            return Optional.of(Absence.NOT_YET);
        }
        var reasons = new ArrayList<Absence>();
        if (rules.looksAtCoverageInside()) {
            Reads.of(leaf, scans, true)
                    .forEach(read ->
                            outside(read, units.time(), unit, false).ifPresent(reasons::add));
        }
        return first(reasons);
    }

    /** Before the data comes before not yet. */
    static Optional<Absence> first(Collection<Absence> reasons) {
        return List.of(Absence.BEFORE_DATA, Absence.NOT_YET, Absence.NO_DATA).stream()
                .filter(reasons::contains)
                .findFirst();
    }

    private Optional<Absence> outside(
            Reads.OfFacts read, Timeline time, int bucket, boolean mustBeOver) {
        if (read.through().isEmpty()) {
            return outside(read, time.stretch(read.reach(), bucket), mustBeOver);
        }
        var through = read.through().getFirst();
        var window = time.stretch(through.reach(), bucket);
        boolean allMustBeOver = mustBeOver || window.mustBeOver();
        var units = through.ticks().units();
        if (units.of(bucket).isEmpty()) {
            return outside(read, window, allMustBeOver);
        }
        var reasons =
                units.of(bucket).stream()
                        .map(unit -> outside(read.ofUnit(), units.time(), unit, allMustBeOver))
                        .toList();
        boolean isNotOver =
                allMustBeOver && reasons.stream().anyMatch(Optional.of(Absence.NOT_YET)::equals);
        return isNotOver
                ? Optional.of(Absence.NOT_YET)
                : ofAll(reasons, () -> ofTogether(read, time, bucket));
    }

    /** Of units before the data and after it none is the reason: it is that of all that is read in them together, as if it were read at once. */
    private Optional<Absence> ofTogether(Reads.OfFacts read, Timeline time, int bucket) {
        boolean byDate = read.facts().placing().time().type().kind() == Type.Kind.DATE;
        return coverage(read.facts().source())
                .flatMap(coverage -> rules.outside(coverage, byDate, together(read, time, bucket)));
    }

    private static Stretch together(Reads.OfFacts read, Timeline time, int bucket) {
        if (read.through().isEmpty()) {
            return time.stretch(read.reach(), bucket);
        }
        var through = read.through().getFirst();
        var units = through.ticks().units();
        return units.of(bucket).stream()
                .map(unit -> together(read.ofUnit(), units.time(), unit))
                .reduce(Knowledge::together)
                .orElseGet(() -> time.stretch(through.reach(), bucket));
    }

    private static Stretch together(Stretch one, Stretch other) {
        return new Stretch(
                one.of(),
                first(one.start(), other.start()),
                one.end().isAfter(other.end()) ? one.end() : other.end(),
                first(one.startDate(), other.startDate()),
                one.endDate().isAfter(other.endDate()) ? one.endDate() : other.endDate(),
                one.mustBeOver());
    }

    /** Null is the beginning. */
    private static <T extends Comparable<? super T>> @Nullable T first(
            @Nullable T one, @Nullable T other) {
        return one == null || other == null ? null : one.compareTo(other) < 0 ? one : other;
    }

    private Optional<Absence> outside(Reads.OfFacts read, Stretch asked, boolean mustBeOver) {
        var stretch = mustBeOver ? thatMustBeOver(asked) : asked;
        if (read.ofSubjects()) {
            return ofSubjects(read, stretch);
        }
        boolean byDate = read.facts().placing().time().type().kind() == Type.Kind.DATE;
        var byCoverage =
                coverage(read.facts().source())
                        .map(coverage -> outside(coverage, read.facts().placing(), byDate, stretch))
                        .orElse(Optional.of(Absence.NO_DATA));
        boolean notYet = rules.isNotYet(asRead(stretch, read.facts().placing()), byDate, plan);
        return rules.outside(notYet, byCoverage);
    }

    /** What is known of each window is for the row to say that has it. */
    private Optional<Absence> ofSubjects(Reads.OfFacts read, Stretch stretch) {
        boolean byDate = read.facts().placing().time().type().kind() == Type.Kind.DATE;
        if (rules.isNotYet(stretch, byDate, plan)) {
            return Optional.of(Absence.NOT_YET);
        }
        return coverage(read.facts().source()).isPresent()
                ? Optional.empty()
                : Optional.of(Absence.NO_DATA);
    }

    Optional<Coverage> coverage(String source) {
        return coverages.computeIfAbsent(source, name -> rules.coverage(world, name, plan));
    }

    private Optional<Absence> outside(
            Coverage coverage, Placing placing, boolean byDate, Stretch stretch) {
        return switch (placing) {
            case Placing.At _, Placing.ValidDuring _ -> rules.outside(coverage, byDate, stretch);
            case Placing.ValidAt(_, var edge) ->
                    rules.outside(
                            coverage, byDate, stretch, rules.edge(edge, stretch, byDate, plan));
        };
    }

    /** At a start nothing after it is read. */
    private static Stretch asRead(Stretch stretch, Placing placing) {
        return placing instanceof Placing.ValidAt(_, var edge)
                        && edge == Placing.Edge.START
                        && stretch.start() != null
                        && stretch.startDate() != null
                ? new Stretch(
                        stretch.of(),
                        stretch.start(),
                        stretch.start(),
                        stretch.startDate(),
                        stretch.startDate(),
                        stretch.mustBeOver())
                : stretch;
    }

    /**
     * Where nothing is known of any unit.
     *
     * @param together where it is for one reason in some, for another in others
     */
    private static Optional<Absence> ofAll(
            List<Optional<Absence>> reasons, Supplier<Optional<Absence>> together) {
        var distinct = reasons.stream().distinct().toList();
        if (distinct.contains(Optional.<Absence>empty())) {
            return Optional.empty();
        }
        return distinct.contains(Optional.of(Absence.NO_DATA))
                ? Optional.of(Absence.NO_DATA)
                : distinct.size() == 1 ? distinct.getFirst() : together.get();
    }

    private static Stretch thatMustBeOver(Stretch stretch) {
        return new Stretch(
                stretch.of(),
                stretch.start(),
                stretch.end(),
                stretch.startDate(),
                stretch.endDate(),
                true);
    }
}
