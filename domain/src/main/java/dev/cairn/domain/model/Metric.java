package dev.cairn.domain.model;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A named, versioned formula.
 *
 * @param level what it is a value of
 * @param rollUp how values of members become one of a cell; null for a metric of a cell, or where it must be said each time
 * @param formula in the formula language
 * @param unit null: as the formula says
 * @param domain what part of customer success it is of; null where not said
 * @param owner who answers for it; null where not said
 * @param counter metric that guards against gaming this one; null where none is named
 * @param emptyIsNone true: over no facts counts and sums have no value rather than 0
 * @param parameters what its formula names and a question or another formula may give
 * @param sample what is asked of the rows under a value of a cell
 * @param entity the declared entity that it is a value of each member of; null unless its level says so
 * @param notes what is said of it beside, for people
 * @param bands that its values fall into, from the least; empty: none
 */
public record Metric(
        String name,
        String label,
        String description,
        Level level,
        @Nullable RollUp rollUp,
        String formula,
        @Nullable MetricUnit unit,
        Direction direction,
        @Nullable MetricDomain domain,
        @Nullable String owner,
        @Nullable String counter,
        boolean emptyIsNone,
        Status status,
        List<Parameter> parameters,
        Sample sample,
        @Nullable String entity,
        MetricNotes notes,
        List<Band> bands)
        implements Definition {
    public Metric {
        // What earlier releases stored has no parameters and no notes, and asks nothing of a
        // sample.
        parameters = List.copyOf(Objects.requireNonNullElse(parameters, List.of()));
        sample = Objects.requireNonNullElse(sample, Sample.NONE);
        notes = Objects.requireNonNullElse(notes, MetricNotes.NONE);
        bands = List.copyOf(Objects.requireNonNullElse(bands, List.of()));
    }

    /** A metric without bands. */
    public Metric(
            String name,
            String label,
            String description,
            Level level,
            @Nullable RollUp rollUp,
            String formula,
            @Nullable MetricUnit unit,
            Direction direction,
            @Nullable MetricDomain domain,
            @Nullable String owner,
            @Nullable String counter,
            boolean emptyIsNone,
            Status status,
            List<Parameter> parameters,
            Sample sample,
            @Nullable String entity,
            MetricNotes notes) {
        this(
                name,
                label,
                description,
                level,
                rollUp,
                formula,
                unit,
                direction,
                domain,
                owner,
                counter,
                emptyIsNone,
                status,
                parameters,
                sample,
                entity,
                notes,
                List.of());
    }

    /**
     * What is asked of the rows under a value of a cell.
     *
     * @param least observations; with fewer there is no value; null: any number will do
     * @param cluster what rows have in common that vary together; null: each is taken as independent
     * @param trust the worst grade of the sources under it, with a worse one there is no value; null: any will do
     */
    public record Sample(
            @Nullable Integer least, @Nullable Cluster cluster, @Nullable Grade trust) {
        /** Nothing is asked. */
        public static final Sample NONE = new Sample(null, null);

        /** Whatever the data under it is trusted. */
        public Sample(@Nullable Integer least, @Nullable Cluster cluster) {
            this(least, cluster, null);
        }

        /** One that takes rows as independent. */
        public Sample(@Nullable Integer least) {
            this(least, null);
        }

        String meaning() {
            return (least == null ? "" : " min sample " + least)
                    + (cluster == null ? "" : " cluster " + cluster)
                    + (trust == null ? "" : " trust " + trust);
        }
    }

    /** What rows have in common that vary together; it says something of errors and intervals, never of a value. */
    public enum Cluster {
        ACCOUNT
    }

    /** A metric without parameters, that asks nothing of its sample. */
    public Metric(
            String name,
            String label,
            String description,
            Level level,
            @Nullable RollUp rollUp,
            String formula,
            @Nullable MetricUnit unit,
            Direction direction,
            @Nullable MetricDomain domain,
            @Nullable String owner,
            @Nullable String counter,
            boolean emptyIsNone,
            Status status) {
        this(
                name,
                label,
                description,
                level,
                rollUp,
                formula,
                unit,
                direction,
                domain,
                owner,
                counter,
                emptyIsNone,
                status,
                List.of(),
                Sample.NONE,
                null,
                MetricNotes.NONE);
    }

    /** What a metric is a value of. */
    public enum Level {
        ACCOUNT,
        USER,
        CELL,
        /** Of a declared entity, see {@link Metric#entity()}. */
        ENTITY
    }

    /** How values of members become one of a cell. */
    public enum RollUp {
        AVG,
        MEDIAN,
        SUM,
        /** The part of the members for which it is true. */
        SHARE
    }

    /** Which way is good. */
    public enum Direction {
        HIGHER,
        LOWER,
        NEUTRAL
    }

    /** What a value is counted in. */
    public enum MetricUnit {
        COUNT,
        /** 0..1, seldom more. */
        RATIO,
        MONEY,
        /** Seconds, hours or days, as the label says. */
        DURATION,
        SCORE,
        /** Points of a difference, for example -100..100. */
        POINTS
    }

    /** Part of customer success. */
    public enum MetricDomain {
        ACQUISITION,
        ADOPTION,
        SENTIMENT,
        RETENTION,
        REVENUE,
        SUPPORT,
        HEALTH,
        ADVOCACY,
        OUTCOMES,
        SALES
    }

    /** State of the definition. */
    public enum Status {
        DRAFT,
        PUBLISHED,
        DEPRECATED
    }

    /** The same metric with another formula. */
    public Metric withFormula(String newFormula) {
        return with(newFormula, parameters, sample, level, entity, notes, bands);
    }

    /** The same metric with these parameters. */
    public Metric with(List<Parameter> newParameters) {
        return with(formula, newParameters, sample, level, entity, notes, bands);
    }

    /** The same metric that asks something else of its sample. */
    public Metric with(Sample newSample) {
        return with(formula, parameters, newSample, level, entity, notes, bands);
    }

    /** The same metric of each member of a declared entity. */
    public Metric ofEntity(String name) {
        return with(formula, parameters, sample, Level.ENTITY, name, notes, bands);
    }

    /** The same metric of which other things are said. */
    public Metric with(MetricNotes newNotes) {
        return with(formula, parameters, sample, level, entity, newNotes, bands);
    }

    /** The same metric with other bands. */
    public Metric withBands(List<Band> newBands) {
        return with(formula, parameters, sample, level, entity, notes, newBands);
    }

    /** What it is a value of, as a definition says it: cell, account, user, or the name of a declared entity. */
    public String of() {
        return entity == null ? level.name().toLowerCase(Locale.ROOT) : entity;
    }

    private Metric with(
            String newFormula,
            List<Parameter> newParameters,
            Sample newSample,
            Level newLevel,
            @Nullable String newEntity,
            MetricNotes newNotes,
            List<Band> newBands) {
        return new Metric(
                name,
                label,
                description,
                newLevel,
                rollUp,
                newFormula,
                unit,
                direction,
                domain,
                owner,
                counter,
                emptyIsNone,
                status,
                newParameters,
                newSample,
                newEntity,
                newNotes,
                newBands);
    }

    public Optional<Parameter> parameter(String wanted) {
        return parameters.stream().filter(one -> one.name().equals(wanted)).findFirst();
    }

    @Override
    public String meaning() {
        return "of %s rollup %s empty none %s unit %s%s%s%s formula %s"
                .formatted(
                        entity == null ? level : entity,
                        rollUp,
                        emptyIsNone,
                        unit,
                        meaningOfParameters(),
                        sample.meaning(),
                        bands.isEmpty()
                                ? ""
                                : bands.stream()
                                        .map(Band::meaning)
                                        .collect(Collectors.joining(", ", " bands ", "")),
                        formula);
    }

    private String meaningOfParameters() {
        return parameters.isEmpty()
                ? ""
                : parameters.stream()
                        .map(Parameter::meaning)
                        .collect(Collectors.joining(", ", " params ", ""));
    }
}
