package dev.cairn.testkit.opinion;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.EntityKind;
import dev.cairn.domain.model.Metric;
import dev.cairn.testkit.opinion.PlainFacts.Times;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What formulas name, and what can be said of a formula by looking at it. */
final class Definitions {
    private final Catalog catalog;
    private final Map<String, Relation> relations = new HashMap<>();
    private final Map<MetricAt, Sentence> metrics = new HashMap<>();

    private record MetricAt(String name, Level level) {}

    Definitions(Catalog catalog) {
        this.catalog = catalog;
    }

    /** Of what a formula is a value, where only that matters. */
    enum Level {
        ROW,
        ACCOUNT,
        USER,
        CELL
    }

    /**
     * What an aggregate reads.
     *
     * @param source null: members of the entity
     * @param conditions of the slices, outermost first
     * @param names that rows go by
     */
    record Relation(
            @Nullable String source,
            @Nullable EntityKind entity,
            List<Sentence> conditions,
            Set<String> names) {}

    Relation relation(String name) {
        var known = relations.get(name);
        if (known == null) {
            known = read(name);
            relations.put(name, known);
        }
        return known;
    }

    private Relation read(String name) {
        for (EntityKind kind : EntityKind.values()) {
            if (kind.word().equals(name)) {
                return new Relation(null, kind, List.of(), Set.of(name));
            }
        }
        var conditions = new ArrayList<Sentence>();
        var names = new HashSet<String>();
        String under = name;
        while (names.add(under)) {
            var slice = catalog.slice(under);
            if (slice.isEmpty()) {
                break;
            }
            conditions.add(SentenceReader.read(slice.get().where()));
            under = slice.get().of();
        }
        if (catalog.source(under).isEmpty()) {
            throw new Unsupported("the relation " + name);
        }
        return new Relation(under, null, conditions, names);
    }

    Level below(Relation relation) {
        return relation.entity() == null
                ? Level.ROW
                : relation.entity() == EntityKind.ACCOUNT ? Level.ACCOUNT : Level.USER;
    }

    /** The formula that the name of a metric stands for; empty: it is no metric, or means something else here. */
    Optional<Sentence> metric(Sentence.Name name, Level level) {
        boolean isAttribute =
                level != Level.CELL
                        && level != Level.ROW
                        && catalog.entity(
                                        level == Level.ACCOUNT
                                                ? EntityKind.ACCOUNT
                                                : EntityKind.USER)
                                .attribute(name.last())
                                .isPresent();
        return name.parts().size() > 1 || isAttribute || level == Level.ROW
                ? Optional.empty()
                : catalog.metric(name.last())
                        .map(metric ->
                                metrics.computeIfAbsent(
                                        new MetricAt(name.last(), level),
                                        _ -> standsFor(metric, level)));
    }

    private static Sentence standsFor(Metric metric, Level level) {
        var formula = SentenceReader.read(metric.formula(), metric.emptyIsNone());
        boolean isOfLevel =
                switch (metric.level()) {
                    case CELL -> true;
                    case ACCOUNT -> level == Level.ACCOUNT;
                    case USER -> level == Level.USER;
                };
        var rollUp = metric.rollUp();
        if (isOfLevel) {
            return formula;
        }
        if (rollUp == null) {
            throw new Unsupported("a metric without a roll-up");
        }
        return new Sentence.Aggregate(
                rollUp.name().toLowerCase(Locale.ROOT),
                metric.level().name().toLowerCase(Locale.ROOT),
                null,
                null,
                formula,
                metric.emptyIsNone());
    }

    Sentence metricOf(String key) {
        return metric(new Sentence.Name(List.of(key)), Level.CELL)
                .orElseThrow(() -> new Unsupported("the metric " + key));
    }

    Cohort cohort(String name) {
        return catalog.cohort(name).orElseThrow(() -> new Unsupported("the cohort " + name));
    }

    boolean isCohort(String name) {
        return catalog.cohort(name).isPresent();
    }

    static List<Sentence> parts(Sentence of) {
        return switch (of) {
            case Sentence.Literal _,
                    Sentence.Name _,
                    Sentence.Edge _,
                    Sentence.InCohort _,
                    Sentence.Aggregate _ ->
                    List.of();
            case Sentence.Minus(var inside) -> List.of(inside);
            case Sentence.Not(var inside) -> List.of(inside);
            case Sentence.Pair(_, var left, var right) -> List.of(left, right);
            case Sentence.Is(var left, var right) -> List.of(left, right);
            case Sentence.In(var inside, _) -> List.of(inside);
            case Sentence.Case(var whens, var otherwise) ->
                    Stream.concat(
                                    whens.stream()
                                            .flatMap(when ->
                                                    Stream.of(when.condition(), when.result())),
                                    Stream.of(otherwise))
                            .toList();
            case Sentence.Call(_, var arguments) -> arguments;
        };
    }

    /** The aggregates of a level, those of metrics included. */
    List<Sentence.Aggregate> aggregates(Sentence of, Level level) {
        return switch (of) {
            case Sentence.Aggregate aggregate -> List.of(aggregate);
            case Sentence.Name name ->
                    metric(name, level).map(found -> aggregates(found, level)).orElse(List.of());
            default ->
                    parts(of).stream().flatMap(part -> aggregates(part, level).stream()).toList();
        };
    }

    /** What stands beneath an aggregate: the conditions of its slices, its own, and its value. */
    private List<Sentence> beneath(Sentence.Aggregate aggregate) {
        var beneath = new ArrayList<>(relation(aggregate.relation()).conditions());
        Stream.of(Optional.ofNullable(aggregate.where()), Optional.ofNullable(aggregate.value()))
                .flatMap(Optional::stream)
                .forEach(beneath::add);
        return beneath;
    }

    /** The facts that an aggregate reads, itself or for each member. */
    Set<Times> reads(Sentence.Aggregate aggregate) {
        var relation = relation(aggregate.relation());
        var reads = new LinkedHashSet<Times>();
        if (relation.source() != null) {
            var on = aggregate.on();
            reads.add(
                    new Times(
                            relation.source(),
                            on != null
                                    ? on
                                    : catalog.source(relation.source()).orElseThrow().placing()));
        } else {
            beneath(aggregate).forEach(part -> reads.addAll(reads(part, below(relation))));
        }
        return reads;
    }

    /** The facts that must be known to know the rows of an aggregate: the same, but for what only its value reads. */
    Set<Times> readsOfRows(Sentence.Aggregate aggregate) {
        return reads(
                new Sentence.Aggregate(
                        "count",
                        aggregate.relation(),
                        aggregate.on(),
                        aggregate.where(),
                        null,
                        false));
    }

    Set<Times> reads(Sentence of, Level level) {
        var reads = new LinkedHashSet<Times>();
        aggregates(of, level).forEach(aggregate -> reads.addAll(reads(aggregate)));
        return reads;
    }

    /** Whether an attribute of the account is named. */
    boolean names(Sentence of, String attribute, Level level) {
        return switch (of) {
            case Sentence.Name name -> {
                int size = name.parts().size();
                boolean isNamed =
                        name.last().equals(attribute)
                                && (size == 1
                                        ? level == Level.ACCOUNT
                                        : name.parts().get(size - 2).equals("account"));
                yield isNamed
                        || metric(name, level)
                                .map(found -> names(found, attribute, level))
                                .orElse(false);
            }
            case Sentence.InCohort(var cohort) -> cohortNames(cohort, attribute);
            case Sentence.Aggregate aggregate -> {
                var below = below(relation(aggregate.relation()));
                yield beneath(aggregate).stream().anyMatch(part -> names(part, attribute, below));
            }
            default -> parts(of).stream().anyMatch(part -> names(part, attribute, level));
        };
    }

    boolean cohortNames(String cohort, String attribute) {
        return cohort(cohort).members() instanceof Cohort.Members.Rule(var rule)
                && names(SentenceReader.read(rule), attribute, Level.ACCOUNT);
    }

    /** A division and what is divided; constants around it and {@code round} are looked through. */
    Optional<Sentence> outermostDivision(Sentence of) {
        return switch (of) {
            case Sentence.Name name -> metric(name, Level.CELL).flatMap(this::outermostDivision);
            case Sentence.Aggregate aggregate ->
                    Optional.<Sentence>of(aggregate)
                            .filter(_ -> aggregate.function().equals("share"));
            case Sentence.Minus(var inside) -> outermostDivision(inside);
            case Sentence.Pair(var sign, var left, var right) ->
                    switch (sign) {
                        case "*" ->
                                isConstant(left)
                                        ? outermostDivision(right)
                                        : isConstant(right)
                                                ? outermostDivision(left)
                                                : Optional.empty();
                        case "/" -> isConstant(right) ? outermostDivision(left) : Optional.of(of);
                        default -> Optional.empty();
                    };
            case Sentence.Call(var function, var arguments) ->
                    function.equals("round")
                            ? outermostDivision(arguments.getFirst())
                            : Optional.empty();
            case Sentence.Literal _,
                    Sentence.Edge _,
                    Sentence.Not _,
                    Sentence.Is _,
                    Sentence.In _,
                    Sentence.InCohort _,
                    Sentence.Case _ ->
                    Optional.empty();
        };
    }

    private boolean isConstant(Sentence of) {
        return switch (of) {
            case Sentence.Literal _ -> true;
            case Sentence.Name name -> metric(name, Level.CELL).map(this::isConstant).orElse(false);
            case Sentence.Edge _, Sentence.InCohort _, Sentence.Aggregate _ -> false;
            default -> parts(of).stream().allMatch(this::isConstant);
        };
    }
}
