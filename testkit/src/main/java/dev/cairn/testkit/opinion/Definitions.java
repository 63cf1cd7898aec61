package dev.cairn.testkit.opinion;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Link;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What formulas name, and what can be said of a formula by looking at it. */
final class Definitions {
    private static final Sentence.Moment DURING = new Sentence.Moment("during", null);

    private final Catalog catalog;
    private final Map<String, Relation> relations = new HashMap<>();
    private final Map<MetricAt, Sentence> metrics = new HashMap<>();

    private record MetricAt(String name, Level level) {}

    Definitions(Catalog catalog) {
        this.catalog = catalog;
    }

    /** When the rows of an aggregate must hold; those of no time always do, unless one is said. Null: they are placed by a time. */
    Sentence.@Nullable Moment valid(Sentence.Aggregate aggregate) {
        var source = relation(aggregate.relation()).source();
        boolean isTimeless = source != null && catalog.source(source).orElseThrow().isTimeless();
        return aggregate.valid() == null && aggregate.on() == null && isTimeless
                ? DURING
                : aggregate.valid();
    }

    /**
     * What a conformed dimension is for a row: the field of its source, else the attribute of its account; any other name is as it is.
     *
     * @param source null: of a member
     */
    List<String> asReadOf(List<String> parts, @Nullable Source source) {
        var dimension = catalog.conformed(parts.getFirst());
        if (parts.size() > 1 || dimension.isEmpty()) {
            return parts;
        }
        var fields = dimension.get().fields().stream().map(field -> List.of(field.split("\\.")));
        return fields.filter(field ->
                        source == null
                                ? field.getFirst().equals(EntityRef.ACCOUNT.name())
                                : isOf(field, source))
                .max(
                        Comparator.comparing(
                                field -> source != null && field.getFirst().equals(source.name())))
                .orElse(parts);
    }

    private static boolean isOf(List<String> field, Source source) {
        return field.getFirst().equals(source.name())
                || (source.isOfAccounts() && field.getFirst().equals(EntityRef.ACCOUNT.name()));
    }

    /** The same in a formula that is nothing but a name. */
    Sentence asReadOf(Sentence sentence, Context.Row row) {
        return sentence instanceof Sentence.Name(var parts)
                ? new Sentence.Name(
                        asReadOf(parts, row instanceof Context.OfFact fact ? fact.source() : null))
                : sentence;
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
            @Nullable EntityRef entity,
            List<Sentence> conditions,
            Set<String> names) {}

    static Level levelOf(Context.Row row) {
        return switch (row) {
            case Context.OfFact _ -> Level.ROW;
            case Context.OfMember member -> member.kind().isAccount() ? Level.ACCOUNT : Level.USER;
        };
    }

    Relation relation(String name) {
        var known = relations.get(name);
        if (known == null) {
            known = read(name);
            relations.put(name, known);
        }
        return known;
    }

    private Relation read(String name) {
        for (EntityRef kind : EntityRef.BUILT_IN) {
            if (kind.name().equals(name)) {
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
                : relation.entity().isAccount() ? Level.ACCOUNT : Level.USER;
    }

    /** The formula that the name of a metric stands for; empty: it is no metric, or means something else here. */
    Optional<Sentence> metric(Sentence.Name name, Level level) {
        boolean isAttribute =
                level != Level.CELL
                        && level != Level.ROW
                        && catalog.entity(
                                        level == Level.ACCOUNT ? EntityRef.ACCOUNT : EntityRef.USER)
                                .attribute(name.last())
                                .isPresent();
        return name.parts().size() > 1 || isAttribute
                ? Optional.empty()
                : catalog.metric(name.last())
                        .filter(metric ->
                                level != Level.ROW || metric.level() == Metric.Level.ENTITY)
                        .map(metric ->
                                metrics.computeIfAbsent(
                                        new MetricAt(name.last(), level),
                                        _ -> standsFor(metric, level)));
    }

    private static Sentence standsFor(Metric metric, Level level) {
        if (level == Level.CELL && metric.sample().least() != null) {
            throw new Unsupported("a metric that asks for a sample");
        }
        var formula = SentenceReader.read(metric.formula(), metric.emptyIsNone());
        boolean isOfLevel =
                switch (metric.level()) {
                    case CELL -> true;
                    case ACCOUNT -> level == Level.ACCOUNT;
                    case USER -> level == Level.USER;
                    case ENTITY -> level == Level.ROW;
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
                metric.of(),
                null,
                null,
                null,
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
                    Sentence.AsOf _,
                    Sentence.OwnTime _,
                    Sentence.InCohort _,
                    Sentence.Aggregate _ ->
                    List.of();
            case Sentence.NameAsOf(var name, _) -> List.of(name);
            case Sentence.Age(_, var from) -> from == null ? List.of() : List.of(from);
            case Sentence.Convert(var inside, _, _) -> List.of(inside);
            case Sentence.InRule(var inside) -> List.of(inside);
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
            case Sentence.Over(var inside, _) -> List.of(inside);
            case Sentence.Shift(_, var inside, _, _) -> List.of(inside);
            case Sentence.Per(var inside) -> List.of(inside);
            case Sentence.Total(var inside, _) -> List.of(inside);
            case Sentence.Only(var inside, _) -> List.of(inside);
            case Sentence.Scale(var inside, _, _) -> List.of(inside);
            case Sentence.Weighted(var parts, _, _, _) ->
                    parts.stream().map(Sentence.Part::of).toList();
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

    /** Whether nothing stands in it that moves time, or is a value of the account of a row. */
    boolean isPlain(Sentence of, Level level) {
        return switch (of) {
            case Sentence.Over _,
                    Sentence.Shift _,
                    Sentence.Per _,
                    Sentence.Total _,
                    Sentence.Convert _,
                    Sentence.NameAsOf _,
                    Sentence.AsOf _,
                    Sentence.Only _ ->
                    false;
            case Sentence.Edge(_, var ofWindow) -> !ofWindow;
            case Sentence.Name name ->
                    metric(name, level).map(found -> isPlain(found, level)).orElse(true);
            case Sentence.InCohort(var cohort, var moment) ->
                    moment == null && isPlainCohort(cohort);
            case Sentence.InRule(var rule) -> isPlain(rule, Level.ACCOUNT);
            case Sentence.Aggregate aggregate -> {
                var below = below(relation(aggregate.relation()));
                yield valid(aggregate) == null
                        && aggregate.weight() == null
                        && level != Level.ROW
                        && beneath(aggregate).stream().allMatch(part -> isPlain(part, below));
            }
            default -> parts(of).stream().allMatch(part -> isPlain(part, level));
        };
    }

    boolean isPlainCohort(String name) {
        return !(cohort(name).members() instanceof Cohort.Members.Rule(var rule))
                || isPlain(SentenceReader.read(rule), Level.ACCOUNT);
    }

    /** By which link the rows of an aggregate point at those of a source; empty: they do not. */
    Optional<Link> pointing(Sentence.Aggregate aggregate, Source at) {
        var from = relation(aggregate.relation()).source();
        return from == null
                ? Optional.empty()
                : catalog.source(from).orElseThrow().pointers().stream()
                        .filter(link ->
                                link.to().equals(at.name())
                                        && (aggregate.via() == null
                                                || aggregate.via().equals(link.name())))
                        .findFirst();
    }

    /** What stands beneath an aggregate: the conditions of its slices, its own, its weight and its value. */
    List<Sentence> beneath(Sentence.Aggregate aggregate) {
        var beneath = new ArrayList<>(relation(aggregate.relation()).conditions());
        Stream.of(aggregate.where(), aggregate.weight(), aggregate.value())
                .filter(Objects::nonNull)
                .forEach(beneath::add);
        return beneath;
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
                                        : isOfOwnAccount(name.parts().subList(0, size - 1)));
                yield isNamed
                        || metric(name, level)
                                .map(found -> names(found, attribute, level))
                                .orElse(false);
            }
            case Sentence.InCohort(var cohort, _) -> cohortNames(cohort, attribute);
            case Sentence.Per(var inside) -> names(inside, attribute, Level.ACCOUNT);
            case Sentence.Aggregate aggregate -> {
                var below = below(relation(aggregate.relation()));
                yield beneath(aggregate).stream().anyMatch(part -> names(part, attribute, below));
            }
            default -> parts(of).stream().anyMatch(part -> names(part, attribute, level));
        };
    }

    /** And not of an account that links lead to. */
    private static boolean isOfOwnAccount(List<String> parts) {
        return parts.equals(List.of("account")) || parts.equals(List.of("user", "account"));
    }

    boolean cohortNames(String cohort, String attribute) {
        return cohort(cohort).members() instanceof Cohort.Members.Rule(var rule)
                && names(SentenceReader.read(rule), attribute, Level.ACCOUNT);
    }

    /** A part of a formula, and the cell there. */
    record Placed(Sentence of, Context.OfCell cell) {
        When when() {
            return cell.when();
        }

        Sentence.Aggregate aggregate() {
            return (Sentence.Aggregate) of;
        }
    }

    /** A division and what is divided; constants around it, {@code round} and what changes the cell are looked through. */
    Optional<Placed> outermostDivision(Sentence of, Context.OfCell cell, PlainWindows windows) {
        return switch (of) {
            case Sentence.Name name ->
                    metric(name, Level.CELL)
                            .flatMap(found -> outermostDivision(found, cell, windows));
            case Sentence.Aggregate aggregate ->
                    aggregate.isDivision()
                            ? Optional.of(new Placed(aggregate, cell))
                            : Optional.empty();
            case Sentence.Minus(var inside) -> outermostDivision(inside, cell, windows);
            case Sentence.Over(var inside, _) ->
                    outermostDivision(inside, cell.beneath(of, windows), windows);
            case Sentence.Shift(_, var inside, _, _) ->
                    outermostDivision(inside, cell.beneath(of, windows), windows);
            case Sentence.Total(var inside, _) ->
                    outermostDivision(inside, cell.beneath(of, windows), windows);
            case Sentence.Only(var inside, _) ->
                    outermostDivision(inside, cell.beneath(of, windows), windows);
            case Sentence.Pair(var sign, var left, var right) ->
                    switch (sign) {
                        case "*" ->
                                isConstant(left)
                                        ? outermostDivision(right, cell, windows)
                                        : isConstant(right)
                                                ? outermostDivision(left, cell, windows)
                                                : Optional.empty();
                        case "/" ->
                                isConstant(right)
                                        ? outermostDivision(left, cell, windows)
                                        : Optional.of(new Placed(of, cell));
                        default -> Optional.empty();
                    };
            case Sentence.Call(var function, var arguments) ->
                    function.equals("round")
                            ? outermostDivision(arguments.getFirst(), cell, windows)
                            : Optional.empty();
            case Sentence.Convert(var inside, _, _) -> outermostDivision(inside, cell, windows);
            case Sentence.Literal _,
                    Sentence.Edge _,
                    Sentence.AsOf _,
                    Sentence.OwnTime _,
                    Sentence.NameAsOf _,
                    Sentence.Age _,
                    Sentence.Not _,
                    Sentence.Is _,
                    Sentence.In _,
                    Sentence.InCohort _,
                    Sentence.InRule _,
                    Sentence.Per _,
                    Sentence.Scale _,
                    Sentence.Weighted _,
                    Sentence.Case _ ->
                    Optional.empty();
        };
    }

    private boolean isConstant(Sentence of) {
        return switch (of) {
            case Sentence.Literal _ -> true;
            case Sentence.Name name -> metric(name, Level.CELL).map(this::isConstant).orElse(false);
            case Sentence.Edge _, Sentence.AsOf _, Sentence.InCohort _, Sentence.Aggregate _ ->
                    false;
            default -> parts(of).stream().allMatch(this::isConstant);
        };
    }

    /** When all that a formula names of accounts is read: of rows that hold, and of members, at one edge. */
    enum Sense {
        FACT,
        START,
        END
    }

    Sense sense(Sentence of) {
        var all = new ArrayList<Sentence.Aggregate>();
        addNested(of, Level.CELL, all);
        if (all.stream()
                .map(this::valid)
                .filter(Objects::nonNull)
                .anyMatch(valid -> valid.word().equals("start"))) {
            return Sense.START;
        }
        return all.stream()
                        .anyMatch(one ->
                                valid(one) != null || relation(one.relation()).entity() != null)
                ? Sense.END
                : Sense.FACT;
    }

    private void addNested(Sentence of, Level level, List<Sentence.Aggregate> all) {
        switch (of) {
            case Sentence.Aggregate aggregate -> {
                all.add(aggregate);
                var below = below(relation(aggregate.relation()));
                beneath(aggregate).forEach(part -> addNested(part, below, all));
            }
            case Sentence.Per(var inside) -> addNested(inside, Level.ACCOUNT, all);
            case Sentence.Name name ->
                    metric(name, level).ifPresent(found -> addNested(found, level, all));
            default -> parts(of).forEach(part -> addNested(part, level, all));
        }
    }

    /** Whether a formula reads other windows or buckets than that of its cell. */
    boolean movesTime(Sentence of, Level level) {
        return switch (of) {
            case Sentence.Over(var inside, Sentence.Window.OfEach _) -> movesTime(inside, level);
            case Sentence.Over _, Sentence.Shift _ -> true;
            case Sentence.Per(var inside) -> movesTime(inside, Level.ACCOUNT);
            case Sentence.Name name ->
                    metric(name, level).map(found -> movesTime(found, level)).orElse(false);
            case Sentence.Aggregate aggregate -> {
                var below = below(relation(aggregate.relation()));
                yield beneath(aggregate).stream().anyMatch(part -> movesTime(part, below));
            }
            default -> parts(of).stream().anyMatch(part -> movesTime(part, level));
        };
    }

    /** Whether a link leads to what is named, whoever the account of the row is. */
    boolean leadsAway(List<String> parts) {
        return parts.size() > 2
                && catalog.all(Source.class).stream()
                        .flatMap(source -> source.pointers().stream())
                        .anyMatch(link -> parts.subList(0, parts.size() - 1).contains(link.name()));
    }
}
