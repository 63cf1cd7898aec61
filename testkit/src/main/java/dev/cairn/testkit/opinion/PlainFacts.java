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
        return inForce(times.source()).stream()
                .filter(fact -> isWithin(field(source, fact, times.field()), bucket))
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

    /** Why nothing is known of a bucket; empty where something may be. Before the data comes before not yet. */
    Optional<Absence> outside(Set<Times> reads, Stretch bucket) {
        var reasons = EnumSet.noneOf(Absence.class);
        for (Times times : reads) {
            boolean byDate = isByDate(times);
            var zone = world.source(times.source()).zone();
            var covered = covered(times.source());
            boolean notYet =
                    byDate
                            ? !bucket.startDate().isBefore(dateOfAsOf)
                            : !bucket.start().isBefore(asOf);
            if (covered.isEmpty()) {
                reasons.add(notYet ? Absence.NOT_YET : Absence.NO_DATA);
                continue;
            }
            var from = covered.get().from();
            var until = covered.get().until();
            boolean before =
                    byDate
                            ? !bucket.endDate().isAfter(from)
                            : !bucket.end().isAfter(PlainCalendar.startOf(from, zone));
            boolean after =
                    byDate
                            ? !bucket.startDate().isBefore(until)
                            : !bucket.start().isBefore(PlainCalendar.startOf(until, zone));
            if (before || after || notYet) {
                reasons.add(before ? Absence.BEFORE_DATA : Absence.NOT_YET);
            }
        }
        if (reads.isEmpty() && !bucket.start().isBefore(asOf)) {
            reasons.add(Absence.NOT_YET);
        }
        return List.of(Absence.BEFORE_DATA, Absence.NOT_YET, Absence.NO_DATA).stream()
                .filter(reasons::contains)
                .findFirst();
    }

    /** Why a value of a bucket that reads this may still change. */
    Set<Incomplete> incomplete(Set<Times> reads, Stretch bucket) {
        var reasons = EnumSet.noneOf(Incomplete.class);
        if (bucket.cut()) {
            reasons.add(Incomplete.CUT_BY_RANGE);
        }
        if (bucket.end().isAfter(asOf)) {
            reasons.add(Incomplete.BUCKET_NOT_OVER);
        }
        for (Times times : reads) {
            var zone = world.source(times.source()).zone();
            var covered = covered(times.source());
            boolean byDate = isByDate(times);
            boolean beyond =
                    covered.isEmpty()
                            || (byDate
                                    ? bucket.endDate().isAfter(covered.get().until())
                                    : bucket.end()
                                            .isAfter(
                                                    PlainCalendar.startOf(
                                                            covered.get().until(), zone)));
            boolean before =
                    covered.isPresent()
                            && (byDate
                                    ? bucket.startDate().isBefore(covered.get().from())
                                    : bucket.start()
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
