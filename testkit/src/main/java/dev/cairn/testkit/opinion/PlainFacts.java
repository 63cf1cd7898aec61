package dev.cairn.testkit.opinion;

import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Source;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.opinion.PlainCalendar.Stretch;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The facts of a source, and for which time they are complete. */
final class PlainFacts {
    private final World world;
    private final Map<String, List<Fact>> inForce = new HashMap<>();
    private final Map<String, Optional<Covered>> covered = new HashMap<>();
    private final Instant asOf;
    private final LocalDate dateOfAsOf;

    PlainFacts(World world, Instant asOf, ZoneId zone) {
        this.world = world;
        this.asOf = asOf;
        this.dateOfAsOf = PlainCalendar.datesKnownAt(asOf, zone);
    }

    List<Fact> inForce(String source) {
        return inForce.computeIfAbsent(source, world::inForce);
    }

    /** A source by one of its times. */
    record Times(String source, String field) {}

    /**
     * What is read.
     *
     * @param onceOver the stretch when the bucket is over
     * @param hand the bucket that must have begun
     * @param mustBeOver whether all of the stretch must be known
     */
    record Read(Times times, Stretch stretch, Stretch onceOver, Stretch hand, boolean mustBeOver) {}

    /** The first local day, and the first one out; in the source's zone. */
    private record Covered(LocalDate from, LocalDate until) {}

    static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case Long whole -> BigDecimal.valueOf(whole);
            case Integer whole -> BigDecimal.valueOf(whole);
            case null, default -> value;
        };
    }

    static @Nullable Object field(Source source, Fact fact, String name) {
        for (int i = 0; i < source.fields().size(); i++) {
            if (source.fields().get(i).name().equals(name)) {
                return plain(fact.values().get(i));
            }
        }
        throw new Unsupported("the field " + name);
    }

    /** Dates by the local dates of the bucket, instants by its instants; what is at or after as-of is not known. */
    List<Fact> within(Times times, Stretch bucket) {
        var source = world.source(times.source());
        var covered = covered(times.source());
        if (isOpen(bucket) && covered.isEmpty()) {
            return List.of();
        }
        // From the beginning is from the beginning of the coverage.
        var from = covered.map(Covered::from).orElse(LocalDate.MIN);
        var stretch =
                isOpen(bucket)
                        ? new Stretch(
                                from,
                                PlainCalendar.startOf(from, source.zone()),
                                bucket.end(),
                                from,
                                bucket.endDate(),
                                false)
                        : bucket;
        return inForce(times.source()).stream()
                .filter(fact -> isWithin(field(source, fact, times.field()), stretch))
                .toList();
    }

    private boolean isWithin(@Nullable Object time, Stretch bucket) {
        return switch (time) {
            case null -> false;
            case LocalDate date ->
                    !date.isBefore(bucket.startDate())
                            && date.isBefore(bucket.endDate())
                            && date.isBefore(dateOfAsOf);
            case Instant instant ->
                    !instant.isBefore(bucket.start())
                            && instant.isBefore(bucket.end())
                            && instant.isBefore(asOf);
            default -> throw new Unsupported("a time " + time);
        };
    }

    private boolean isByDate(Times times) {
        return world.source(times.source()).field(times.field()).orElseThrow().type()
                == DataType.DATE;
    }

    private Optional<Covered> covered(String name) {
        return covered.computeIfAbsent(name, this::coverageOf);
    }

    private Optional<Covered> coverageOf(String name) {
        var source = world.source(name);
        @Nullable LocalDate from = source.coverageFrom();
        @Nullable LocalDate until = null;
        for (World.Load load : world.loads()) {
            if (load.source().equals(name) && load.completeUntil() != null) {
                until = load.completeUntil();
            }
        }
        until = until == null ? source.coverageUntil() : until;
        @Nullable LocalDate first = null;
        @Nullable LocalDate last = null;
        for (Fact fact : inForce(name)) {
            var day = fact.occurred().atZone(source.zone()).toLocalDate();
            first = first == null || day.isBefore(first) ? day : first;
            last = last == null || day.isAfter(last) ? day : last;
        }
        from = from == null ? first : from;
        until = until == null && last != null ? last.plusDays(1) : until;
        return from == null || until == null
                ? Optional.empty()
                : Optional.of(new Covered(from, until));
    }

    /** Why nothing is known of what is read; empty where something may be. Before the data comes before not yet. */
    Optional<Absence> outside(Set<Read> reads) {
        var reasons = EnumSet.noneOf(Absence.class);
        reads.forEach(read -> outside(read).ifPresent(reasons::add));
        return List.of(Absence.BEFORE_DATA, Absence.NOT_YET, Absence.NO_DATA).stream()
                .filter(reasons::contains)
                .findFirst();
    }

    /** Of what reads no facts. */
    Optional<Absence> outside(Stretch stretch, When when) {
        boolean notYet =
                !when.hand().start().isBefore(asOf)
                        || (when.mustBeOver() && stretch.end().isAfter(asOf));
        return notYet ? Optional.of(Absence.NOT_YET) : Optional.empty();
    }

    private Optional<Absence> outside(Read read) {
        var stretch = hasBegun(read.hand()) ? read.stretch() : read.onceOver();
        boolean byDate = isByDate(read.times());
        boolean notYet =
                byDate
                        ? !read.hand().startDate().isBefore(dateOfAsOf)
                                || (read.mustBeOver() && stretch.endDate().isAfter(dateOfAsOf))
                        : !read.hand().start().isBefore(asOf)
                                || (read.mustBeOver() && stretch.end().isAfter(asOf));
        var covered = covered(read.times().source());
        if (covered.isEmpty()) {
            return Optional.of(notYet ? Absence.NOT_YET : Absence.NO_DATA);
        }
        var zone = world.source(read.times().source()).zone();
        var from = covered.get().from();
        var until = covered.get().until();
        var fromInstant = PlainCalendar.startOf(from, zone);
        var untilInstant = PlainCalendar.startOf(until, zone);
        boolean open = isOpen(stretch);
        boolean before =
                byDate
                        ? stretch.endDate().isBefore(open ? from : from.plusDays(1))
                        : stretch.end().isBefore(fromInstant)
                                || (!open && stretch.end().equals(fromInstant));
        boolean after =
                byDate
                        ? !stretch.startDate().isBefore(until)
                                || (read.mustBeOver() && stretch.endDate().isAfter(until))
                        : !stretch.start().isBefore(untilInstant)
                                || (read.mustBeOver() && stretch.end().isAfter(untilInstant));
        return before
                ? Optional.of(Absence.BEFORE_DATA)
                : after || notYet ? Optional.of(Absence.NOT_YET) : Optional.empty();
    }

    boolean hasBegun(Stretch bucket) {
        return bucket.start().isBefore(asOf);
    }

    private static boolean isOpen(Stretch stretch) {
        return stretch.start().equals(Instant.MIN);
    }

    private static boolean isAfter(Stretch stretch, boolean byDate, LocalDate until, ZoneId zone) {
        return byDate
                ? stretch.endDate().isAfter(until)
                : stretch.end().isAfter(PlainCalendar.startOf(until, zone));
    }

    boolean isOver(Stretch bucket) {
        return !bucket.end().isAfter(asOf);
    }

    /** Why a value that reads this may still change. */
    Set<Incomplete> incomplete(Set<Read> reads) {
        var reasons = EnumSet.noneOf(Incomplete.class);
        for (Read read : reads) {
            var stretch = read.onceOver();
            var begins = hasBegun(read.hand()) ? read.stretch() : stretch;
            var zone = world.source(read.times().source()).zone();
            var covered = covered(read.times().source());
            boolean byDate = isByDate(read.times());
            boolean beyond =
                    covered.isEmpty()
                            || isAfter(stretch, byDate, covered.get().until(), zone)
                            || isAfter(read.hand(), byDate, covered.get().until(), zone);
            boolean before =
                    covered.isPresent()
                            && !isOpen(begins)
                            && (byDate
                                    ? begins.startDate().isBefore(covered.get().from())
                                    : begins.start()
                                            .isBefore(
                                                    PlainCalendar.startOf(
                                                            covered.get().from(), zone)));
            if (beyond) {
                reasons.add(Incomplete.BEYOND_COVERAGE);
            }
            if (before) {
                reasons.add(Incomplete.BEFORE_COVERAGE);
            }
        }
        return reasons;
    }

    /** The declared time of a source, or the one that was said. */
    Times times(String source, @Nullable String on) {
        return new Times(source, Objects.requireNonNullElse(on, world.source(source).placing()));
    }
}
