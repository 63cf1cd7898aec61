package dev.cairn.testkit.opinion;

import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.model.DataType;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.opinion.PlainCalendar.Stretch;
import dev.cairn.testkit.opinion.PlainFacts.Times;
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

/** For which time the facts of sources are known, and what follows for what is read of them. */
final class PlainCoverage {
    private final World world;
    private final PlainFacts facts;
    private final Instant asOf;
    private final LocalDate dateOfAsOf;
    private final Map<String, Optional<Covered>> covered = new HashMap<>();

    PlainCoverage(World world, PlainFacts facts, Instant asOf, LocalDate dateOfAsOf) {
        this.world = world;
        this.facts = facts;
        this.asOf = asOf;
        this.dateOfAsOf = dateOfAsOf;
    }

    /**
     * What is read.
     *
     * @param onceOver the stretch when the bucket is over
     * @param hand the bucket that must have begun
     * @param mustBeOver whether all of the stretch must be known
     * @param at of rows that hold at an edge; null: of all others
     */
    record Read(
            Times times,
            Stretch stretch,
            Stretch onceOver,
            Stretch hand,
            boolean mustBeOver,
            Sentence.@Nullable Moment at) {}

    /** The first local day, and the first one out; in the source's zone. */
    record Covered(LocalDate from, LocalDate until) {}

    private boolean isByDate(Times times) {
        return world.source(times.source()).field(times.field()).orElseThrow().type()
                == DataType.DATE;
    }

    Optional<Covered> covered(String name) {
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
        for (Fact fact : facts.inForce(name)) {
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
                (byDate
                                ? !read.hand().startDate().isBefore(dateOfAsOf)
                                        || (read.mustBeOver()
                                                && read.onceOver().endDate().isAfter(dateOfAsOf))
                                : !read.hand().start().isBefore(asOf)
                                        || (read.mustBeOver()
                                                && read.onceOver().end().isAfter(asOf)))
                        || isToCome(read, byDate);
        var covered = covered(read.times().source());
        if (covered.isEmpty()) {
            return Optional.of(notYet ? Absence.NOT_YET : Absence.NO_DATA);
        }
        var zone = world.source(read.times().source()).zone();
        var from = covered.get().from();
        var until = covered.get().until();
        if (read.at() != null) {
            return atEdge(read, stretch, byDate, covered.get(), zone, notYet);
        }
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
        return said(notYet, before, after);
    }

    /** Whether rows are asked for that hold at an instant after as-of. */
    private boolean isToCome(Read read, boolean byDate) {
        return read.at() != null
                && read.at().word().equals("at")
                && (byDate
                        ? read.onceOver().startDate().isAfter(dateOfAsOf)
                        : read.onceOver().start().isAfter(asOf));
    }

    /** Where the coverage begins it is known what held; in a bucket that begins when it is over, nothing is. */
    private Optional<Absence> atEdge(
            Read read, Stretch edge, boolean byDate, Covered covered, ZoneId zone, boolean notYet) {
        var from = PlainCalendar.startOf(covered.from(), zone);
        var until = PlainCalendar.startOf(covered.until(), zone);
        boolean before =
                byDate ? edge.startDate().isBefore(covered.from()) : edge.start().isBefore(from);
        boolean isBeyond =
                byDate ? edge.startDate().isAfter(covered.until()) : edge.start().isAfter(until);
        boolean beginsAfter =
                byDate
                        ? !read.hand().startDate().isBefore(covered.until())
                        : !read.hand().start().isBefore(until);
        boolean after =
                Objects.requireNonNull(read.at()).word().equals("end")
                        ? beginsAfter || (read.mustBeOver() && isBeyond)
                        : isBeyond;
        return said(notYet, before, after);
    }

    /** What has not begun is not yet, whatever its source says. */
    private static Optional<Absence> said(boolean notYet, boolean before, boolean after) {
        return before && !notYet
                ? Optional.of(Absence.BEFORE_DATA)
                : after || notYet ? Optional.of(Absence.NOT_YET) : Optional.empty();
    }

    boolean hasBegun(Stretch bucket) {
        return bucket.start().isBefore(asOf);
    }

    static boolean isOpen(Stretch stretch) {
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
            boolean isAtInstant = read.at() != null && read.at().word().equals("at");
            var begins = hasBegun(read.hand()) && !isAtInstant ? read.stretch() : stretch;
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

    /** Whether a source is complete until the end of a bucket. */
    boolean isComplete(Times times, Stretch bucket) {
        return covered(times.source())
                .map(known -> !isAfter(bucket, isByDate(times), known.until(), zone(times)))
                .orElse(false);
    }

    /** How the window of a member or row stands to what is known. */
    enum Standing {
        PENDING,
        BEFORE_DATA,
        BEGINS_BEFORE_DATA,
        KNOWN
    }

    Standing standing(Times times, Stretch window) {
        var known =
                covered(times.source())
                        .orElseThrow(() -> new Unsupported("windows of what has no data"));
        if (window.equals(PlainWindows.NOTHING)) {
            return Standing.KNOWN;
        }
        boolean byDate = isByDate(times);
        boolean isOver =
                byDate ? !window.endDate().isAfter(dateOfAsOf) : !window.end().isAfter(asOf);
        if (!isOver || isAfter(window, byDate, known.until(), zone(times))) {
            return Standing.PENDING;
        }
        var from = PlainCalendar.startOf(known.from(), zone(times));
        if (byDate ? !window.endDate().isAfter(known.from()) : !window.end().isAfter(from)) {
            return Standing.BEFORE_DATA;
        }
        boolean begins =
                byDate ? window.startDate().isBefore(known.from()) : window.start().isBefore(from);
        return begins ? Standing.BEGINS_BEFORE_DATA : Standing.KNOWN;
    }

    private ZoneId zone(Times times) {
        return world.source(times.source()).zone();
    }
}
