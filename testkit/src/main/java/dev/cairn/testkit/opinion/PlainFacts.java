package dev.cairn.testkit.opinion;

import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Link;
import dev.cairn.domain.model.Source;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.opinion.PlainCalendar.Stretch;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
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

    /** Those that hold at an edge. */
    List<Fact> holding(String name, Stretch edge) {
        var source = world.source(name);
        var validity = Objects.requireNonNull(source.validity());
        return inForce(name).stream()
                .filter(fact -> {
                    var from = field(source, fact, validity.from());
                    var until = field(source, fact, validity.until());
                    return compare(from, edge.start(), edge.startDate()) < 0
                            && (until == null
                                    || compare(until, edge.start(), edge.startDate()) >= 0);
                })
                .toList();
    }

    /** Those that hold at some time of a stretch, as far as it is known. */
    List<Fact> holdingWithin(String name, Stretch stretch) {
        var source = world.source(name);
        var validity = Objects.requireNonNull(source.validity());
        var covered = covered(name);
        if (isOpen(stretch) && covered.isEmpty()) {
            return List.of();
        }
        var startDate = isOpen(stretch) ? covered.orElseThrow().from() : stretch.startDate();
        var start =
                isOpen(stretch) ? PlainCalendar.startOf(startDate, source.zone()) : stretch.start();
        var end = stretch.end().isBefore(asOf) ? stretch.end() : asOf;
        var endDate = stretch.endDate().isBefore(dateOfAsOf) ? stretch.endDate() : dateOfAsOf;
        return inForce(name).stream()
                .filter(fact -> {
                    var from = field(source, fact, validity.from());
                    var until = field(source, fact, validity.until());
                    return compare(from, end, endDate) < 0
                            && (until == null
                                    || (compare(until, start, startDate) > 0
                                            && order(from, until) < 0));
                })
                .toList();
    }

    private static int compare(@Nullable Object time, Instant instant, LocalDate date) {
        return switch (time) {
            case LocalDate day -> day.compareTo(date);
            case Instant at -> at.compareTo(instant);
            case null, default -> throw new Unsupported("a time " + time);
        };
    }

    private static int order(@Nullable Object from, Object until) {
        return until instanceof LocalDate date
                ? compare(from, Instant.EPOCH, date)
                : compare(from, (Instant) until, LocalDate.EPOCH);
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
        return before
                ? Optional.of(Absence.BEFORE_DATA)
                : after || notYet ? Optional.of(Absence.NOT_YET) : Optional.empty();
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
        if (!before && !hasBegun(read.hand()) && asOf.isBefore(from)) {
            throw new Unsupported("an edge that has not come, of what is covered later");
        }
        return before
                ? Optional.of(Absence.BEFORE_DATA)
                : after || notYet ? Optional.of(Absence.NOT_YET) : Optional.empty();
    }

    /** The row in force that a link leads to, unless its own time has not come. */
    Optional<Fact> linked(Source source, Fact fact, Link link) {
        var said = link.fields().stream().map(name -> field(source, fact, name)).toList();
        var target = world.source(link.source());
        return said.contains(null)
                ? Optional.empty()
                : inForce(target.name()).stream()
                        .filter(one ->
                                target.key().stream()
                                        .map(name -> field(target, one, name))
                                        .toList()
                                        .equals(said))
                        .findFirst()
                        .filter(one -> {
                            var time = field(target, one, target.placing());
                            return compare(time, asOf, dateOfAsOf) < 0;
                        });
    }

    Source source(String name) {
        return world.source(name);
    }

    /** The dollars of one unit of a currency on a day; empty where no rate holds. */
    Optional<BigDecimal> rate(String currency, LocalDate day) {
        var rates =
                world.catalog().all(Source.class).stream()
                        .filter(source -> source.rates() != null)
                        .findFirst()
                        .orElseThrow();
        var declared = Objects.requireNonNull(rates.rates());
        var said =
                inForce(rates.name()).stream()
                        .filter(fact -> currency.equals(field(rates, fact, declared.currency())))
                        .filter(fact -> {
                            var from = (LocalDate) field(rates, fact, rates.placing());
                            return from != null
                                    && !from.isAfter(day)
                                    && day.isBefore(from.plusDays(declared.carry()))
                                    && from.isBefore(dateOfAsOf);
                        })
                        .max(Comparator.comparing(Fact::occurred));
        return said.map(fact -> field(rates, fact, declared.rate()))
                .map(BigDecimal.class::cast)
                .filter(rate -> rate.signum() > 0);
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

    Times times(String source, Sentence.Aggregate read) {
        var validity = world.source(source).validity();
        return read.valid() != null && validity != null
                ? new Times(source, validity.from())
                : times(source, read.on());
    }
}
