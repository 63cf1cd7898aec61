package dev.cairn.domain.check;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.formula.AggregateFunction;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.FormulaParser;
import dev.cairn.domain.formula.FormulaParser.Parsed;
import dev.cairn.domain.formula.FormulaPrinter;
import dev.cairn.domain.formula.FormulaRewriter;
import dev.cairn.domain.formula.RelationClause;
import dev.cairn.domain.formula.RelationClause.Head;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.formula.TimeSpan;
import dev.cairn.domain.lowering.Naming;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.ConformedDimension;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Parameter;
import dev.cairn.domain.model.Slice;
import dev.cairn.domain.problem.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A metric's formula with what its names stand for in their place: metrics, slices, names of {@code let}, and parameters with their defaults. Asked as a
 * question, it has the same answer.
 *
 * @param formula in one line, over sources, accounts and users
 * @param named what is named in it still, in the order it is met: cohorts, which are evaluated at an instant of their own, conformed
 *     dimensions, which are each row's own, and metrics that have no value
 *     over nothing where this one has 0, or the other way round; and metrics beyond so many that nobody would read it
 */
public record WrittenOut(String formula, List<Named> named) {
    /** Metrics of metrics that name each other twice would double with each. */
    private static final int MOST_PLACED = 500;

    public WrittenOut {
        named = List.copyOf(named);
    }

    /**
     * A definition that is named still.
     *
     * @param formula its own, written out likewise, or as it stands where that would be too long; of a list of accounts how many they are
     */
    public record Named(String name, String kind, String formula) {}

    /** @param metric in force */
    public static WrittenOut of(Entry metric, Catalog catalog) {
        var definition = (Metric) metric.definition();
        var still = new LinkedHashMap<String, Named>();
        var writing = new Writing(catalog, definition.emptyIsNone(), still);
        var formula = writing.formula(metric, definition.formula(), writing.defaults(definition));
        return new WrittenOut(FormulaPrinter.print(formula), new ArrayList<>(still.values()));
    }

    /** What all that is put in place has in common. */
    private static final class Writing {
        private final Catalog catalog;
        private final boolean emptyIsNone;
        private final Map<String, Named> still;
        private int placed;

        Writing(Catalog catalog, boolean emptyIsNone, Map<String, Named> still) {
            this.catalog = catalog;
            this.emptyIsNone = emptyIsNone;
            this.still = still;
        }

        /** Whether a metric is put in the place of its name, of which it is taken note. */
        boolean places(Metric metric) {
            return metric.emptyIsNone() == emptyIsNone
                    && metric.sample().equals(Metric.Sample.NONE)
                    && placed++ < MOST_PLACED;
        }

        Formula formula(Entry entry, String text, Map<String, Formula> values) {
            var namings = DefinitionChecker.check(catalog, entry, Place.NOWHERE).namings();
            return new InPlace(this, namings, values).rewrite(parsed(text));
        }

        Map<String, Formula> defaults(Metric metric) {
            var values = new HashMap<String, Formula>();
            for (var parameter : metric.parameters()) {
                values.put(parameter.name(), literal(parameter));
            }
            return values;
        }

        Definition definition(String name) {
            return catalog.entry(name).orElseThrow().definition();
        }

        void keep(Definition definition) {
            if (!still.containsKey(definition.name())) {
                // Its place is taken before what it names itself is met.
                still.put(definition.name(), new Named(definition.name(), "", ""));
                var text = textOf(definition);
                still.put(definition.name(), new Named(definition.name(), definition.kind(), text));
            }
        }

        private String textOf(Definition definition) {
            var entry = catalog.entry(definition.name()).orElseThrow();
            return switch (definition) {
                case Cohort(_, _, _, Cohort.Members.Rule(var rule)) ->
                        FormulaPrinter.print(formula(entry, rule, Map.of()));
                case Cohort(_, _, _, Cohort.Members.Accounts(var keys)) ->
                        keys.size() == 1 ? "1 account" : keys.size() + " accounts";
                case ConformedDimension dimension -> String.join(", ", dimension.fields());
                case Metric metric when metric.emptyIsNone() == emptyIsNone -> metric.formula();
                case Metric _ -> of(entry, catalog).formula();
                default -> throw new IllegalStateException("put in place: " + definition);
            };
        }

        private static Formula literal(Parameter parameter) {
            return switch (parameter.type()) {
                case TEXT -> new Formula.TextLiteral(parameter.defaultValue(), Span.NOWHERE);
                case DATE, TIMESTAMP -> parsed("@" + parameter.defaultValue().strip());
                case INTEGER, DECIMAL, BOOLEAN, MONEY -> parsed(parameter.defaultValue());
            };
        }

        static Formula parsed(String text) {
            return switch (FormulaParser.parse(text, Place.NOWHERE)) {
                case Parsed.Ok(var formula) -> formula;
                case Parsed.Failed failed ->
                        throw new IllegalStateException("a definition in force has " + failed);
            };
        }
    }

    /** Puts in place what one definition names. */
    private static final class InPlace {
        private final FormulaRewriter pieces =
                new FormulaRewriter(this::rewrite, this::rewrite, this::rewrite);
        private final Writing writing;
        private final Map<Span, Naming> namings;
        private final Map<String, Formula> values;

        /** Names of slices whose rows are at hand, with those of their sources. */
        private final Map<String, String> sources = new HashMap<>();

        InPlace(Writing writing, Map<Span, Naming> namings, Map<String, Formula> values) {
            this.writing = writing;
            this.namings = namings;
            this.values = values;
        }

        Formula rewrite(Formula formula) {
            return switch (formula) {
                case Formula.Path path -> path(path);
                case Formula.Call call when isMetric(call) ->
                        metric(call, call.span(), call.arguments());
                case Formula.Let(var bindings, var body, _) -> {
                    var more = new HashMap<>(values);
                    for (var binding : bindings) {
                        more.put(binding.name(), knowing(more).rewrite(binding.value()));
                    }
                    yield knowing(more).rewrite(body);
                }
                case Formula.InCohort cohort -> {
                    writing.keep(writing.definition(cohort.cohort()));
                    yield pieces.copy(formula);
                }
                default -> pieces.copy(formula);
            };
        }

        private InPlace knowing(Map<String, Formula> more) {
            var other = new InPlace(writing, namings, Map.copyOf(more));
            other.sources.putAll(sources);
            return other;
        }

        private Formula path(Formula.Path path) {
            var names = path.names();
            var value = names.size() == 1 ? values.get(names.getFirst()) : null;
            if (value != null) {
                return value;
            }
            if (namings.get(path.span()) instanceof Naming(var name, _)
                    && writing.definition(name) instanceof ConformedDimension dimension) {
                writing.keep(dimension);
                return path;
            }
            if (isMetric(path)) {
                return metric(path, path.span(), List.of());
            }
            var source = names.size() > 1 ? sources.get(names.getFirst()) : null;
            return source == null ? path : renamed(path, source);
        }

        private static Formula.Path renamed(Formula.Path path, String first) {
            var names = new ArrayList<>(path.names());
            names.set(0, first);
            return new Formula.Path(names, path.span());
        }

        private boolean isMetric(Formula formula) {
            var naming = namings.get(formula.span());
            return naming != null && writing.definition(naming.definition()) instanceof Metric;
        }

        private Formula metric(Formula named, Span span, List<Formula.Argument> arguments) {
            var naming = Objects.requireNonNull(namings.get(span));
            var entry = writing.catalog.entry(naming.definition()).orElseThrow();
            var metric = (Metric) entry.definition();
            if (!writing.places(metric)) {
                writing.keep(metric);
                return named;
            }
            var given = writing.defaults(metric);
            arguments.forEach(argument ->
                    given.put(Objects.requireNonNull(argument.name()), argument.value()));
            var value = writing.formula(entry, metric.formula(), given);
            return naming.isRolledUp() ? rolledUp(metric, value, span) : value;
        }

        private static Formula rolledUp(Metric metric, Formula value, Span span) {
            var function =
                    switch (Objects.requireNonNull(metric.rollUp())) {
                        case AVG -> AggregateFunction.Named.AVG;
                        case MEDIAN -> AggregateFunction.Named.MEDIAN;
                        case SUM -> AggregateFunction.Named.SUM;
                        case SHARE -> AggregateFunction.Named.SHARE;
                    };
            var members = new Formula.Path(List.of(metric.of()), span);
            var head = new Head.Named(members, null, List.of(), span);
            return new Formula.Aggregate(
                    function, new RelationClause(head, null, null, null, span), value, span);
        }

        private TimeSpan rewrite(TimeSpan span) {
            return values.get(span.count()) instanceof Formula.NumberLiteral(var count, _)
                    ? new TimeSpan(count.toPlainString(), span.unit(), span.span())
                    : span;
        }

        // ---- slices

        private RelationClause rewrite(RelationClause relation) {
            var slice = sliceOf(relation);
            return slice == null
                    ? pieces.copy(relation)
                    : ofSource((Head.Named) relation.head(), slice, relation);
        }

        private RelationClause ofSource(Head.Named named, Slice slice, RelationClause relation) {
            var wheres = new ArrayList<Formula>();
            var path = renamed(named.path(), source(slice, wheres));
            var rows =
                    pieces.copy(
                            new RelationClause(
                                    new Head.Named(path, named.via(), named.by(), named.span()),
                                    relation.timing(),
                                    relation.where(),
                                    relation.weight(),
                                    relation.span()));
            return new RelationClause(
                    rows.head(),
                    rows.timing(),
                    and(asked(wheres, rows.where())),
                    rows.weight(),
                    rows.span());
        }

        private static List<Formula> asked(List<Formula> wheres, @Nullable Formula where) {
            return Stream.concat(wheres.stream(), Stream.ofNullable(where)).toList();
        }

        /** All of them, where there are some. */
        private static @Nullable Formula and(List<Formula> all) {
            return all.stream().reduce((one, other) -> and(one, other)).orElse(null);
        }

        private static Formula and(Formula one, Formula other) {
            return new Formula.And(one, other, one.span());
        }

        private @Nullable Slice sliceOf(RelationClause relation) {
            if (!(relation.head() instanceof Head.Named named)) {
                return null;
            }
            var naming = namings.get(named.span());
            return naming == null ? null : (Slice) writing.definition(naming.definition());
        }

        /** The source under a slice; its condition and those of the slices between are added, the source's own slice first. */
        private String source(Slice slice, List<Formula> wheres) {
            var source =
                    writing.definition(slice.of()) instanceof Slice outer
                            ? source(outer, wheres)
                            : slice.of();
            sources.put(slice.name(), source);
            var entry = writing.catalog.entry(slice.name()).orElseThrow();
            var ofSlice = namingsOf(entry);
            ofSlice.sources.putAll(sources);
            wheres.add(ofSlice.rewrite(Writing.parsed(slice.where())));
            return source;
        }

        private InPlace namingsOf(Entry entry) {
            var checked = DefinitionChecker.check(writing.catalog, entry, Place.NOWHERE);
            return new InPlace(writing, checked.namings(), Map.of());
        }
    }
}
