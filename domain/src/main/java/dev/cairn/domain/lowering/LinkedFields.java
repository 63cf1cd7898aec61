package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.AsOf;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.expression.TypeRules;
import dev.cairn.domain.expression.Unit;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.Formula.Comparator;
import dev.cairn.domain.formula.Formula.Path;
import dev.cairn.domain.formula.FormulaParser;
import dev.cairn.domain.formula.FormulaPieces;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.problem.Problems;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The computed fields of sources that read what links lead to. What a link leads to changes after a row was stored, so nothing of them is stored: their
 * formula stands wherever they are named, and follows each change of what it reads.
 */
public final class LinkedFields {
    private final Lowering lowering;
    private State state =
            new State(new HashMap<>(), new HashMap<>(), new HashSet<>(), new HashSet<>());

    private record Name(String source, String field) {}

    /**
     * Shared with the lowerings of formulas that are put in place.
     *
     * @param names of such fields, by source
     * @param open those whose formula is being lowered
     * @param inCircles those that were met while their own formula was being lowered
     */
    private record State(
            Map<String, Set<String>> names,
            Map<Name, Expr> formulas,
            Set<Name> open,
            Set<Name> inCircles) {}

    LinkedFields(Lowering lowering) {
        this.lowering = lowering;
    }

    // ---- which they are

    /** Such fields of a source, each with the path in its formula that makes it one. */
    public static Map<String, Path> in(Source source) {
        var found = new LinkedHashMap<String, Path>();
        for (var field : source.fields()) {
            if (field.compute() != null) {
                linkIn(field.compute(), source, found.keySet())
                        .ifPresent(path -> found.put(field.name(), path));
            }
        }
        return found;
    }

    /** The first path of a formula over a row that reads what a link leads to. */
    static Optional<Path> linkIn(String formula, Source source, Set<String> linked) {
        if (source.pointers().isEmpty()) {
            return Optional.empty();
        }
        return switch (FormulaParser.parse(formula, Place.NOWHERE)) {
            case FormulaParser.Parsed.Ok(var parsed) -> linkIn(parsed, source, linked);
            case FormulaParser.Parsed.Failed _ -> Optional.empty();
        };
    }

    private static Optional<Path> linkIn(Formula formula, Source source, Set<String> linked) {
        return formula instanceof Path path
                ? Optional.of(path).filter(read -> readsLink(read.names(), source, linked))
                : FormulaPieces.of(formula).stream()
                        .flatMap(piece -> linkIn(piece, source, linked).stream())
                        .findFirst();
    }

    private static boolean readsLink(List<String> path, Source source, Set<String> linked) {
        String first = path.getFirst();
        boolean isInFull = path.size() > 1 && first.equals(source.name());
        return isInFull
                ? readsLink(path.subList(1, path.size()), source, linked)
                : linked.contains(first) || source.link(first).isPresent();
    }

    private boolean isLinked(Source source, Field field) {
        return field.compute() != null
                && state.names()
                        .computeIfAbsent(source.name(), _ -> Set.copyOf(in(source).keySet()))
                        .contains(field.name());
    }

    // ---- what they are read as

    /**
     * A field of the row at hand.
     *
     * @param asOf when it is read, where it has a history; null: as it is known now
     */
    public Expr of(Source source, Field field, @Nullable AsOf asOf) {
        return isLinked(source, field)
                ? lowering.common(formula(source, field))
                : asOf == null || !hasHistory(source, field)
                        ? typed(source, field)
                        : attribute(
                                List.of(lowering.links().toItself(source)), source, field, asOf);
    }

    /**
     * A field of the row that links lead to; empty where they lead further than can be followed.
     *
     * @param asOf when it is read, where it has a history; null: as it is known now
     */
    Optional<Expr> beyond(List<Expr.Hop> hops, Source parent, Field field, @Nullable AsOf asOf) {
        if (!isLinked(parent, field)) {
            return Optional.of(
                    asOf == null || !hasHistory(parent, field)
                            ? new Expr.Linked(hops, typed(parent, field))
                            : attribute(hops, parent, field, asOf));
        }
        var formula = formula(parent, field);
        if (formula.type().isBroken()) {
            return Optional.of(Expr.BROKEN);
        }
        boolean tooFar =
                Exprs.any(
                        formula,
                        part ->
                                part instanceof Expr.Linked(var further, _)
                                        && hops.size() + further.size() > Links.MOST_HOPS);
        return tooFar ? Optional.empty() : Optional.of(lowering.common(ofRowThere(hops, formula)));
    }

    /** What is known of a member at all has none. */
    private static boolean hasHistory(Source source, Field field) {
        return source.history() != null
                && !source.linkKey().contains(field.name())
                && !source.isImplied(field);
    }

    private Expr attribute(List<Expr.Hop> hops, Source source, Field field, AsOf asOf) {
        return new Expr.Linked(
                hops,
                new Expr.Attribute(
                        new EntityRef(source.name()),
                        field.name(),
                        typed(source, field).type(),
                        asOf));
    }

    /** Also a formula that gives a value over empty ones has none where there is no such row. */
    private static Expr ofRowThere(List<Expr.Hop> hops, Expr formula) {
        var moved = moved(formula, hops, new IdentityHashMap<>());
        if (moved instanceof Expr.Linked) {
            return moved;
        }
        var isThere =
                Exprs.isNotNone(
                        new Expr.Linked(hops, hops.getLast().row().orElseThrow().key().getFirst()));
        var type =
                formula.type().unit() instanceof Unit.RowMoney(var holder)
                        ? formula.type()
                                .in(
                                        new Unit.RowMoney(
                                                hops.stream()
                                                        .map(Expr.Hop::link)
                                                        .collect(
                                                                Collectors.joining(
                                                                        ".", "", "." + holder))))
                        : formula.type();
        return new Expr.Case(List.of(new Expr.Arm(isThere, moved)), Expr.NONE, type);
    }

    /** What is read of a member that links lead to; a formula that gives a value over empty ones has none where there is no such member. */
    Expr ofMember(List<Expr.Hop> hops, Expr value) {
        if (value.type().isBroken()) {
            return value;
        }
        var moved = moved(value, hops, new IdentityHashMap<>());
        if (moved instanceof Expr.Linked) {
            return moved;
        }
        var entity = ((Expr.To.Member) hops.getLast().to()).entity();
        var isThere = Exprs.isNotNone(new Expr.Linked(hops, new Expr.Key(entity)));
        return lowering.common(
                new Expr.Case(List.of(new Expr.Arm(isThere, moved)), Expr.NONE, value.type()));
    }

    private static Expr moved(Expr expr, List<Expr.Hop> hops, Map<Expr, Expr> done) {
        return switch (expr) {
            case Expr.Field _, Expr.Attribute _, Expr.Key _ -> new Expr.Linked(hops, expr);
            case Expr.Linked linked when !linked.hops().getFirst().isOfFields() ->
                    linked.from(from -> moved(from, hops, done)).behind(way(hops));
            case Expr.Linked(var further, var end) ->
                    new Expr.Linked(Stream.concat(hops.stream(), further.stream()).toList(), end);
            case Expr.Common common -> {
                var known = done.get(common);
                if (known == null) {
                    known = new Expr.Common(moved(common.value(), hops, done));
                    done.put(common, known);
                }
                yield known;
            }
            default -> Exprs.withOperands(expr, operand -> moved(operand, hops, done));
        };
    }

    private static String way(List<Expr.Hop> hops) {
        return hops.stream().map(Expr.Hop::link).collect(Collectors.joining("."));
    }

    /** Money whose currency is found by a link is in the currency of the row that is read. */
    private Expr.Field typed(Source source, Field field) {
        var read = TypeRules.field(source, field);
        return field.currencyField() == null
                ? read
                : new Expr.Field(
                        source.name(),
                        field.name(),
                        read.type().in(new Unit.RowMoney(holder(source, field.currencyField()))));
    }

    private String holder(Source source, String said) {
        boolean isStored = source.field(said).filter(field -> !isLinked(source, field)).isPresent();
        return !isStored && currency(source, said) instanceof Expr.Linked linked
                ? linked.text()
                : said;
    }

    /** What says the currency of a row. */
    private Expr currency(Source source, String said) {
        var names = new ArrayList<>(List.of(said.split("\\.")));
        names.addFirst(source.name());
        var path = new Path(names, Span.NOWHERE);
        var row = Frame.of(Level.Row.of(source, Set.of(source.name())), Place.NOWHERE);
        return inside(source, new Problems()).lower(path, row);
    }

    // ---- their formulas

    private Expr formula(Source source, Field field) {
        var name = new Name(source.name(), field.name());
        var known = state.formulas().get(name);
        if (known == null) {
            known = formula(source, field, Place.NOWHERE, new Problems());
            state.formulas().put(name, known);
        }
        return known;
    }

    private Expr formula(Source source, Field field, Place place, Problems problems) {
        var name = new Name(source.name(), field.name());
        if (!state.open().add(name)) {
            state.inCircles().add(name);
            return Expr.BROKEN;
        }
        var inside = inside(source, problems);
        var row = RowFormulas.row(source, before(source, field));
        var compute = Objects.requireNonNull(field.compute());
        var value = inside.formula(compute, Frame.ofDefinition(row, place));
        state.open().remove(name);
        var declared = typed(source, field).type();
        RowFormulas.check(field, declared, value, place, problems);
        return value.type().isBroken() || !problems.isEmpty()
                ? Expr.BROKEN
                : inside.common(as(declared, within(field, value)));
    }

    private Lowering inside(Source source, Problems problems) {
        var inside = new Lowering(lowering.catalog(), source.zone(), problems);
        inside.linkedFields().state = state;
        inside.links().within(lowering.links());
        return inside;
    }

    private static Set<String> before(Source source, Field field) {
        return source.fields().stream()
                .takeWhile(other -> !other.equals(field))
                .map(Field::name)
                .collect(Collectors.toSet());
    }

    /** A value that is out of range is none. */
    private static Expr within(Field field, Expr value) {
        var min = field.min();
        var max = field.max();
        if (min == null && max == null) {
            return value;
        }
        var isOutside =
                min == null
                        ? beyond(value, Comparator.GREATER, max)
                        : max == null
                                ? beyond(value, Comparator.LESS, min)
                                : new Expr.Or(
                                        beyond(value, Comparator.LESS, min),
                                        beyond(value, Comparator.GREATER, max));
        return new Expr.Case(List.of(new Expr.Arm(isOutside, Expr.NONE)), value, value.type());
    }

    private static Expr beyond(Expr value, Comparator how, @Nullable BigDecimal bound) {
        return new Expr.Compare(how, value, Expr.number(Objects.requireNonNull(bound)));
    }

    /** In the unit that is declared, and exact, as a value that is stored: sums of it are. */
    private static Expr as(Type declared, Expr value) {
        boolean isInexact = value.type().kind() == Type.Kind.DOUBLE;
        var type = value.type().isWild() || isInexact ? declared : value.type().in(declared.unit());
        return value.type().equals(type)
                ? value
                : new Expr.Case(List.of(new Expr.Arm(Expr.TRUE, value)), Expr.NONE, type);
    }

    // ---- as they are declared

    /**
     * What was found.
     *
     * @param references sources whose rows are read
     */
    public record Checked(List<Problem> problems, Set<String> references) {
        public Checked {
            problems = List.copyOf(problems);
            references = Set.copyOf(references);
        }
    }

    /** @param place of the source */
    public Checked check(Source source, Place place) {
        var all = new Problems();
        var references = new LinkedHashSet<String>();
        for (var name : in(source).keySet()) {
            var field = source.field(name).orElseThrow();
            var problems = new Problems();
            var at = place.then("fields", name, "compute");
            state = new State(new HashMap<>(), new HashMap<>(), new HashSet<>(), new HashSet<>());
            var formula = formula(source, field, at, problems);
            if (state.inCircles().contains(new Name(source.name(), name))) {
                problems.add(
                        Problem.of(
                                ProblemCode.CYCLE,
                                at,
                                "'%s' is computed from itself, by what its links lead to.",
                                name));
            }
            problems.all().forEach(all::add);
            Exprs.any(
                    formula,
                    part -> {
                        if (part instanceof Expr.Linked(var hops, _)) {
                            hops.stream()
                                    .flatMap(hop -> hop.row().stream())
                                    .forEach(row -> references.add(row.source()));
                        }
                        return false;
                    });
        }
        return new Checked(all.all(), references);
    }

    /** Whether the currency of an amount is that of one row, and not worked out of several. */
    public boolean isCurrency(Source source, String said) {
        var currency = currency(source, said);
        return currency.type().isBroken()
                || currency instanceof Expr.Field
                || currency instanceof Expr.Linked;
    }
}
