package dev.cairn.domain.why;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.formula.AggregateFunction;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.FormulaParser;
import dev.cairn.domain.formula.FormulaParser.Parsed;
import dev.cairn.domain.formula.FormulaPrinter;
import dev.cairn.domain.formula.FormulaRewriter;
import dev.cairn.domain.formula.RelationClause;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.formula.TimeSpan;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.why.Term.Column;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads a formula of a cell as a tree of terms. What it does not know is a term without parts; where it should read a part otherwise than the formula means it, the
 * parts do not lead to the value, which {@link Split} finds out.
 */
final class Terms {
    private static final Span NOWHERE = Span.NOWHERE;

    private final Catalog catalog;

    /**
     * Where a formula stands.
     *
     * @param around what is around it and applies to each part: {@code over}, {@code only}, {@code prior}
     * @param inside metrics that it is of
     */
    private record Where(boolean emptyIsNone, UnaryOperator<Formula> around, Set<String> inside) {
        Column column(Formula formula) {
            return new Column(FormulaPrinter.print(around.apply(formula)), emptyIsNone);
        }

        Where within(UnaryOperator<Formula> more) {
            return new Where(emptyIsNone, formula -> around.apply(more.apply(formula)), inside);
        }
    }

    Terms(Catalog catalog) {
        this.catalog = catalog;
    }

    /** Empty where it does not parse, which asking for it will say. */
    Optional<Term> ofFormula(String formula, boolean emptyIsNone) {
        return parsed(formula)
                .map(read ->
                        term(read, new Where(emptyIsNone, UnaryOperator.identity(), Set.of())));
    }

    /** Of a metric in force; empty where there is none of that name. */
    Optional<Term> ofMetric(String name, List<Formula.Argument> arguments) {
        var at = new Where(false, UnaryOperator.identity(), Set.of());
        return Optional.of(named(name, arguments, at)).filter(Term.Named.class::isInstance);
    }

    static Optional<Formula> parsed(String text) {
        return FormulaParser.parse(text, Place.NOWHERE) instanceof Parsed.Ok(var formula)
                ? Optional.of(formula)
                : Optional.empty();
    }

    private Term term(Formula formula, Where at) {
        return switch (formula) {
            case Formula.NumberLiteral(var value, _) ->
                    new Term.Constant(at.column(formula), value.doubleValue());
            case Formula.Negative(var operand, _) ->
                    new Term.Sum(
                            at.column(formula), List.of(new Term.Signed(-1, term(operand, at))));
            case Formula.Arithmetic arithmetic -> arithmetic(arithmetic, at);
            case Formula.Let(var bindings, var body, _) -> {
                var values = new HashMap<String, Formula>();
                bindings.forEach(
                        binding -> values.put(binding.name(), placed(binding.value(), values)));
                yield term(placed(body, values), at);
            }
            case Formula.Path(var names, _) when names.size() == 1 ->
                    named(names.getFirst(), List.of(), at);
            case Formula.Call call -> call(call, at);
            case Formula.Case(var whens, var otherwise, var span) -> {
                var arms = new ArrayList<Term>();
                whens.forEach(when -> arms.add(term(when.result(), at)));
                arms.add(
                        otherwise == null
                                ? new Term.Leaf(at.column(new Formula.NoneLiteral(span)), false)
                                : term(otherwise, at));
                yield new Term.Choice(
                        at.column(formula),
                        Term.Pick.CONDITION,
                        whens.stream().map(when -> at.column(holds(when.condition()))).toList(),
                        arms);
            }
            case Formula.Aggregate aggregate -> aggregate(aggregate, at);
            case Formula.Over(var operand, var window, var span) ->
                    term(operand, at.within(inner -> new Formula.Over(inner, window, span)));
            case Formula.Only(var operand, var condition, var span) ->
                    term(operand, at.within(inner -> new Formula.Only(inner, condition, span)));
            case Formula.Shift(var forward, var operand, var by, var start, var span) ->
                    term(
                            operand,
                            at.within(inner -> new Formula.Shift(forward, inner, by, start, span)));
            case Formula.Scale(var operand, var from, var to, _) ->
                    scale(at.column(formula), term(operand, at), from, to);
            case Formula.TextLiteral _,
                    Formula.BooleanLiteral _,
                    Formula.DateLiteral _,
                    Formula.InstantLiteral _,
                    Formula.SpanLiteral _,
                    Formula.NoneLiteral _,
                    Formula.GrainName _,
                    Formula.Path _,
                    Formula.PathAsOf _,
                    Formula.And _,
                    Formula.Or _,
                    Formula.Not _,
                    Formula.Comparison _,
                    Formula.Is _,
                    Formula.InList _,
                    Formula.InCohort _,
                    Formula.Total _,
                    Formula.Per _,
                    Formula.Convert _,
                    Formula.Weighted _,
                    Formula.Survival _,
                    Formula.Conversion _,
                    Formula.BucketEdge _,
                    Formula.WindowEdge _,
                    Formula.Age _ ->
                    new Term.Leaf(at.column(formula), false);
        };
    }

    /** A condition as a number: 1 where it holds, else 0. */
    private static Formula holds(Formula condition) {
        return new Formula.Case(
                List.of(new Formula.When(condition, number(BigDecimal.ONE))),
                number(BigDecimal.ZERO),
                NOWHERE);
    }

    private static Formula number(BigDecimal value) {
        return new Formula.NumberLiteral(value, NOWHERE);
    }

    private Term arithmetic(Formula.Arithmetic arithmetic, Where at) {
        var column = at.column(arithmetic);
        var left = term(arithmetic.left(), at);
        var right = term(arithmetic.right(), at);
        return switch (arithmetic.operator()) {
            case ADD -> sum(column, left, right, 1);
            case SUBTRACT -> sum(column, left, right, -1);
            case MULTIPLY -> new Term.Product(column, left, right);
            case DIVIDE -> new Term.Quotient(column, left, right);
        };
    }

    /** {@code a + b - c} is one sum of three. */
    private static Term sum(Column column, Term left, Term right, int sign) {
        var terms = new ArrayList<Term.Signed>();
        add(terms, left, 1);
        add(terms, right, sign);
        return new Term.Sum(column, terms);
    }

    private static void add(List<Term.Signed> terms, Term term, int sign) {
        if (term instanceof Term.Sum(_, var inner)) {
            inner.forEach(
                    signed -> terms.add(new Term.Signed(sign * signed.sign(), signed.term())));
        } else {
            terms.add(new Term.Signed(sign, term));
        }
    }

    private Term call(Formula.Call call, Where at) {
        var column = at.column(call);
        var arms =
                call.arguments().stream()
                        .filter(argument -> argument.name() == null)
                        .map(argument -> term(argument.value(), at))
                        .toList();
        return switch (call.name()) {
            case "least" -> new Term.Choice(column, Term.Pick.LEAST, List.of(), arms);
            case "greatest" -> new Term.Choice(column, Term.Pick.GREATEST, List.of(), arms);
            case "coalesce" -> new Term.Choice(column, Term.Pick.FIRST, List.of(), arms);
            case "round" -> new Term.Rounded(column, arms.getFirst());
            default -> named(call.name(), call.arguments(), at);
        };
    }

    /** Between 0 and 100, in proportion. */
    private static Term scale(Column column, Term of, BigDecimal from, BigDecimal to) {
        var factor = 100 / to.subtract(from).doubleValue();
        var proportion =
                new Term.Product(
                        column,
                        new Term.Constant(column, factor),
                        new Term.Sum(
                                column,
                                List.of(
                                        new Term.Signed(1, of),
                                        new Term.Signed(
                                                -1,
                                                new Term.Constant(column, from.doubleValue())))));
        return new Term.Choice(
                column,
                Term.Pick.MIDDLE,
                List.of(),
                List.of(new Term.Constant(column, 0), proportion, new Term.Constant(column, 100)));
    }

    // ---- aggregates

    private static Term aggregate(Formula.Aggregate aggregate, Where at) {
        var column = at.column(aggregate);
        var value = aggregate.value();
        var relation = aggregate.relation();
        return switch (aggregate.function()) {
            case AggregateFunction.Named.COUNT,
                    AggregateFunction.Named.SUM,
                    AggregateFunction.Named.DISTINCT ->
                    new Term.Leaf(column, true);
            case AggregateFunction.Named.AVG -> {
                if (value == null || relation.weight() != null) {
                    yield new Term.Leaf(column, false);
                }
                var has = new Formula.Is(value, true, new Formula.NoneLiteral(NOWHERE), NOWHERE);
                yield new Term.Quotient(
                        column,
                        counted(AggregateFunction.Named.SUM, relation, value, at),
                        counted(AggregateFunction.Named.COUNT, where(relation, has), null, at));
            }
            case AggregateFunction.Named.SHARE -> {
                if (value == null || relation.weight() != null) {
                    yield new Term.Leaf(column, false);
                }
                yield new Term.Quotient(
                        column,
                        counted(AggregateFunction.Named.COUNT, where(relation, value), null, at),
                        counted(AggregateFunction.Named.COUNT, relation, null, at));
            }
            case AggregateFunction.Named.MEDIAN,
                    AggregateFunction.Named.MIN,
                    AggregateFunction.Named.MAX,
                    AggregateFunction.Named.STDDEV ->
                    spread(column, aggregate, at);
            case AggregateFunction.Percentile _ -> spread(column, aggregate, at);
            case AggregateFunction.Named.FIRST,
                    AggregateFunction.Named.LAST,
                    AggregateFunction.Named.EXISTS ->
                    new Term.Leaf(column, false);
        };
    }

    /** Of accounts, each of which has a value; of facts nothing more is known. */
    private static Term spread(Column column, Formula.Aggregate aggregate, Where at) {
        var relation = aggregate.relation();
        return aggregate.value() != null
                        && relation.weight() == null
                        && relation.head()
                                instanceof RelationClause.Head.Named(var path, var via, var by, _)
                        && path.text().equals("account")
                        && via == null
                        && by.isEmpty()
                ? new Term.Spread(
                        column,
                        aggregate.function(),
                        at.column(
                                new Formula.Aggregate(
                                        AggregateFunction.Named.AVG,
                                        relation,
                                        aggregate.value(),
                                        NOWHERE)))
                : new Term.Leaf(column, false);
    }

    private static Term counted(
            AggregateFunction function,
            RelationClause relation,
            @Nullable Formula value,
            Where at) {
        return new Term.Leaf(
                at.column(new Formula.Aggregate(function, relation, value, NOWHERE)), true);
    }

    private static RelationClause where(RelationClause relation, Formula more) {
        var where = relation.where();
        return new RelationClause(
                relation.head(),
                relation.timing(),
                where == null ? more : new Formula.And(where, more, NOWHERE),
                relation.weight(),
                relation.span());
    }

    // ---- metrics

    private Term named(String name, List<Formula.Argument> arguments, Where at) {
        var call =
                arguments.isEmpty()
                        ? new Formula.Path(List.of(name), NOWHERE)
                        : new Formula.Call(name, arguments, NOWHERE);
        var column = at.column(call);
        var metric = catalog.entry(name).map(entry -> entry.definition()).orElse(null);
        return metric instanceof Metric found && !at.inside().contains(name)
                ? inner(found, arguments, call, at)
                        .<Term>map(inner -> new Term.Named(column, name, inner))
                        .orElseGet(() -> new Term.Leaf(column, false))
                : new Term.Leaf(column, false);
    }

    private Optional<Term> inner(
            Metric metric, List<Formula.Argument> arguments, Formula call, Where at) {
        var inside = new HashSet<>(at.inside());
        inside.add(metric.name());
        var within = new Where(metric.emptyIsNone(), at.around(), Set.copyOf(inside));
        return switch (metric.level()) {
            case CELL -> {
                var values = new HashMap<String, Formula>();
                metric.parameters()
                        .forEach(parameter ->
                                literal(parameter.type(), parameter.defaultValue())
                                        .ifPresent(value -> values.put(parameter.name(), value)));
                arguments.forEach(argument -> {
                    if (argument.name() != null) {
                        values.put(argument.name(), argument.value());
                    }
                });
                yield parsed(metric.formula())
                        .map(formula -> term(placed(formula, values), within));
            }
            case ACCOUNT, USER, ENTITY -> rolledUp(metric, call).map(it -> aggregate(it, within));
        };
    }

    private static Optional<Formula.Aggregate> rolledUp(Metric metric, Formula each) {
        var rollUp = metric.rollUp();
        if (rollUp == null) {
            return Optional.empty();
        }
        var function =
                switch (rollUp) {
                    case AVG -> AggregateFunction.Named.AVG;
                    case MEDIAN -> AggregateFunction.Named.MEDIAN;
                    case SUM -> AggregateFunction.Named.SUM;
                    case SHARE -> AggregateFunction.Named.SHARE;
                };
        var members = new Formula.Path(List.of(metric.of()), NOWHERE);
        var head = new RelationClause.Head.Named(members, null, List.of(), NOWHERE);
        return Optional.of(
                new Formula.Aggregate(
                        function,
                        new RelationClause(head, null, null, null, NOWHERE),
                        each,
                        NOWHERE));
    }

    /** A value of a parameter as it stands in a formula; empty where it cannot be read. */
    static Optional<Formula> literal(DataType type, String value) {
        return switch (type) {
            case TEXT -> Optional.of(new Formula.TextLiteral(value, NOWHERE));
            case DATE, TIMESTAMP -> parsed("@" + value.strip());
            case INTEGER, DECIMAL, BOOLEAN, MONEY -> parsed(value);
        };
    }

    /** The same with values in the place of names. */
    private static Formula placed(Formula formula, Map<String, Formula> values) {
        return values.isEmpty() ? formula : new InPlace(Map.copyOf(values)).formula(formula);
    }

    /** Puts values in the place of names. */
    private record InPlace(Map<String, Formula> values) {
        Formula formula(Formula formula) {
            return switch (formula) {
                case Formula.Path(var names, _)
                        when names.size() == 1 && values.containsKey(names.getFirst()) ->
                        Objects.requireNonNull(values.get(names.getFirst()));
                case Formula.Let(var bindings, var body, _) -> {
                    var more = new HashMap<>(values);
                    bindings.forEach(
                            binding -> more.put(binding.name(), placed(binding.value(), more)));
                    yield placed(body, more);
                }
                case Formula other ->
                        new FormulaRewriter(this::formula, this::relation, this::span).copy(other);
            };
        }

        private RelationClause relation(RelationClause relation) {
            return new FormulaRewriter(this::formula, this::relation, this::span).copy(relation);
        }

        private TimeSpan span(TimeSpan span) {
            return values.get(span.count()) instanceof Formula.NumberLiteral(var count, _)
                    ? new TimeSpan(count.toPlainString(), span.unit(), span.span())
                    : span;
        }
    }
}
