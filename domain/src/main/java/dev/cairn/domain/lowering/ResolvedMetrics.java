package dev.cairn.domain.lowering;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.plan.Cancellation;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problems;
import dev.cairn.domain.trust.Trusts;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of one catalogue as values of a cell, each resolved once, when it is first asked for. What a question adds (its conditions, its groups) is no
 * part of it. Safe for use by several threads.
 */
public final class ResolvedMetrics {
    /** Above it all are forgotten: the same metric in many time zones. */
    private static final int MOST_KEPT = 5_000;

    private final Catalog catalog;
    private final Trusts trusts;
    private final Map<Key, Optional<Resolved>> kept = new ConcurrentHashMap<>();

    /** @param zone null where the value is the same in every zone */
    private record Key(String name, int version, @Nullable ZoneId zone, DayOfWeek weekBegins) {}

    /**
     * A value of a cell before any question is known.
     *
     * @param leaves that the value reads, under no conditions but those of its formula; not to be added to, see {@link LeafCopy}
     * @param pieces of formulas, references put in place
     * @param parts what each part of a score adds to it
     * @param undated sources whose first facts it has to be looked up of
     * @param given values that its formula, or one that it names, gives to parameters of metrics
     */
    public record Resolved(
            Expr value,
            Leaves leaves,
            int pieces,
            List<NamedPart> parts,
            Set<String> undated,
            Set<GivenValue> given) {
        public Resolved {
            given = Set.copyOf(given);
            parts = List.copyOf(parts);
            undated = Set.copyOf(undated);
        }

        /** What it reads. */
        public List<RelationKey> relations() {
            return leaves.relations();
        }
    }

    /** Of a catalogue whose sources nobody looks at. */
    public ResolvedMetrics(Catalog catalog) {
        this(catalog, Trusts.NONE);
    }

    /** @param trusts asked, by questions, how far sources can be trusted that expect something */
    public ResolvedMetrics(Catalog catalog, Trusts trusts) {
        this.catalog = catalog;
        this.trusts = trusts;
    }

    public Trusts trusts() {
        return trusts;
    }

    public Catalog catalog() {
        return catalog;
    }

    /**
     * Empty where something is wrong with it.
     *
     * @param zone in which instants have a date
     * @param weekBegins the first day of a week
     * @throws Cancellation.Cancelled where it is given up; nothing is kept then
     */
    public Optional<Resolved> find(
            Entry metric, ZoneId zone, DayOfWeek weekBegins, Cancellation cancellation) {
        var known = kept.get(new Key(metric.name(), metric.version(), null, weekBegins));
        if (known == null) {
            known = kept.get(new Key(metric.name(), metric.version(), zone, weekBegins));
        }
        return known == null ? resolve(metric, zone, weekBegins, cancellation) : known;
    }

    /** The same, where weeks begin on Monday. */
    public Optional<Resolved> find(Entry metric, ZoneId zone, Cancellation cancellation) {
        return find(metric, zone, DayOfWeek.MONDAY, cancellation);
    }

    private Optional<Resolved> resolve(
            Entry metric, ZoneId zone, DayOfWeek weekBegins, Cancellation cancellation) {
        var problems = new Problems();
        var lowering = new Lowering(catalog, zone, weekBegins, problems, cancellation);
        var leaves = new Leaves(Leaves.Binder.OF_MEMBER);
        var cell = Frame.of(new Level.Cell(leaves), Place.NOWHERE);
        var value = lowering.metric(metric, cell, Span.NOWHERE);
        boolean sound =
                problems.isEmpty()
                        && !value.type().isBroken()
                        && !Exprs.any(value, part -> part.type().isBroken());
        Optional<Resolved> resolved =
                sound
                        ? Optional.of(
                                new Resolved(
                                        value,
                                        leaves,
                                        lowering.pieces(),
                                        lowering.partsOf(value, leaves),
                                        lowering.undated(),
                                        lowering.given()))
                        : Optional.empty();
        if (kept.size() >= MOST_KEPT) {
            kept.clear();
        }
        kept.put(
                new Key(
                        metric.name(),
                        metric.version(),
                        lowering.readsZone() ? zone : null,
                        weekBegins),
                resolved);
        return resolved;
    }
}
