package dev.cairn.testkit.opinion;

import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.domain.model.Link;
import dev.cairn.domain.model.Source;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.opinion.PlainCalendar.Stretch;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The facts of a source, and what they say. */
final class PlainFacts {
    private final World world;
    private final Map<String, List<Fact>> inForce = new HashMap<>();
    private final PlainCoverage coverage;
    private final Instant asOf;
    private final LocalDate dateOfAsOf;

    PlainFacts(World world, Instant asOf, ZoneId zone) {
        this.world = world;
        this.asOf = asOf;
        this.dateOfAsOf = PlainCalendar.datesKnownAt(asOf, zone);
        this.coverage = new PlainCoverage(world, this, asOf, dateOfAsOf);
    }

    PlainCoverage coverage() {
        return coverage;
    }

    List<Fact> inForce(String source) {
        return inForce.computeIfAbsent(source, world::inForce);
    }

    /** A source by one of its times. */
    record Times(String source, String field) {}

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
        var covered = coverage.covered(times.source());
        if (PlainCoverage.isOpen(bucket) && covered.isEmpty()) {
            return List.of();
        }
        // From the beginning is from the beginning of the coverage.
        var from = covered.map(PlainCoverage.Covered::from).orElse(LocalDate.MIN);
        var stretch =
                PlainCoverage.isOpen(bucket)
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
        var covered = coverage.covered(name);
        if (PlainCoverage.isOpen(stretch) && covered.isEmpty()) {
            return List.of();
        }
        var startDate =
                PlainCoverage.isOpen(stretch) ? covered.orElseThrow().from() : stretch.startDate();
        var start =
                PlainCoverage.isOpen(stretch)
                        ? PlainCalendar.startOf(startDate, source.zone())
                        : stretch.start();
        var end = stretch.end().isBefore(asOf) ? stretch.end() : asOf;
        var endDate = stretch.endDate().isBefore(dateOfAsOf) ? stretch.endDate() : dateOfAsOf;
        return inForce(name).stream()
                .filter(fact -> {
                    var from = field(source, fact, validity.from());
                    var until = field(source, fact, validity.until());
                    boolean isEmpty =
                            from instanceof LocalDate
                                    ? !startDate.isBefore(endDate)
                                    : !start.isBefore(end);
                    return !isEmpty
                            && compare(from, end, endDate) < 0
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

    /** The row in force that a link leads to, unless its own time has not come. */
    Optional<Fact> linked(Source source, Fact fact, Link link) {
        var said = link.fields().stream().map(name -> field(source, fact, name)).toList();
        var target = world.source(link.to());
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

    private Source rates() {
        return world.catalog().all(Source.class).stream()
                .filter(source -> source.rates() != null)
                .findFirst()
                .orElseThrow();
    }

    /** Which all rates lead to. */
    String currencyOfRates() {
        return Objects.requireNonNull(rates().rates()).to();
    }

    /** How much of the currency of rates one unit of a currency is on a day; empty where no rate holds. */
    Optional<BigDecimal> rate(String currency, LocalDate day) {
        var rates = rates();
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

    /** The declared time of a source, or the one that was said. */
    Times times(String source, @Nullable String on) {
        return new Times(source, Objects.requireNonNullElse(on, world.source(source).placing()));
    }

    /** @param valid when rows must hold; null: they are placed by a time */
    Times times(String source, Sentence.Aggregate read, Sentence.@Nullable Moment valid) {
        var validity = world.source(source).validity();
        return valid != null && validity != null
                ? new Times(source, validity.from())
                : times(source, read.on());
    }
}
