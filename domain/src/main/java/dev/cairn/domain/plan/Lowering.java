package dev.cairn.domain.plan;

import dev.cairn.domain.catalog.Binding;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.Formula.Comparator;
import dev.cairn.domain.formula.FormulaParser;
import dev.cairn.domain.formula.FormulaParser.Parsed;
import dev.cairn.domain.formula.Moment;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * Looks up the names of formulas, checks types, units and levels, and gives typed expressions over leaves. Collects every problem; what has one is
 * {@link Expr#BROKEN} and goes with everything, so that one mistake is told once.
 */
final class Lowering {
    final Catalog catalog;
    private final ZoneId zone;
    private final List<Problem> problems;
    private final Names names;
    private final Aggregates aggregates;
    private final Calls calls;
    private Map<RelationKey, Set<String>> readers = Map.of();

    /** How bare names of the outermost formula were read. */
    private final Map<String, Binding> bindings = new HashMap<>();

    /** Definitions that the outermost formula names. */
    private final Set<String> references = new LinkedHashSet<>();

    /** @param zone in which a date that is compared with an instant begins */
    Lowering(Catalog catalog, ZoneId zone, List<Problem> problems) {
        this.catalog = catalog;
        this.zone = zone;
        this.problems = problems;
        this.names = new Names(this);
        this.aggregates = new Aggregates(this);
        this.calls = new Calls(this);
    }

    /**
     * Tells what the question reads.
     *
     * @param read per relation, the metrics that read it, for messages
     */
    void asked(Map<RelationKey, ? extends Set<String>> read) {
        readers = Map.copyOf(read);
    }

    /** Whether the question reads a source; nothing is known of it before {@link #asked}. */
    boolean isAsked(Source source) {
        return readers.isEmpty()
                || readers.keySet().stream()
                        .anyMatch(relation ->
                                relation instanceof RelationKey.OfFacts(var read, var _)
                                        && read.equals(source));
    }

    /** The metrics that read a relation, for messages. */
    String readersOf(RelationKey relation) {
        var metrics = readers.get(relation);
        return metrics == null
                ? "a part of the question"
                : metrics.stream()
                        .sorted()
                        .map(name -> "'" + name + "'")
                        .collect(Collectors.joining(", "));
    }

    Map<String, Binding> bindings() {
        return Map.copyOf(bindings);
    }

    Set<String> references() {
        return references;
    }

    void bound(Frame frame, String relation, String name, Binding binding) {
        if (frame.isOutermost()) {
            bindings.put(Binding.key(relation, name), binding);
        }
    }

    void refersTo(Frame frame, String definition) {
        if (frame.isOutermost()) {
            references.add(definition);
        }
    }

    Expr broken(Problem problem) {
        if (!problems.contains(problem)) {
            problems.add(problem);
        }
        return Expr.BROKEN;
    }

    Expr broken(ProblemCode code, Frame frame, Span span, String message, Object... arguments) {
        return broken(Problem.of(code, frame.at(span), message, arguments));
    }

    private Expr notYet(String what, Frame frame, Span span) {
        return broken(
                ProblemCode.NOT_YET_AVAILABLE,
                frame,
                span,
                "%s is not yet available in this version.",
                what);
    }

    /** The formula of a definition or a question. */
    Expr formula(String text, Frame frame) {
        return parsed(text, frame).map(formula -> lower(formula, frame)).orElse(Expr.BROKEN);
    }

    /** The same, where it must be true or false. */
    Expr rule(String text, Frame frame) {
        return parsed(text, frame).map(formula -> condition(formula, frame)).orElse(Expr.BROKEN);
    }

    /** Whether the account at hand is in a cohort. */
    Expr cohort(String name, Frame frame, Span span) {
        return names.cohort(name, frame, span);
    }

    /** The value of a metric at the level of the frame. */
    Expr metric(Entry metric, Frame frame, Span span) {
        return names.metric(metric, span, frame);
    }

    private Optional<Formula> parsed(String text, Frame frame) {
        return switch (FormulaParser.parse(text, frame.place())) {
            case Parsed.Ok(var formula) -> Optional.of(formula);
            case Parsed.Failed(var found) -> {
                found.forEach(
                        problem -> broken(frame.fixed() ? problem.in(frame.place()) : problem));
                yield Optional.empty();
            }
        };
    }

    Expr lower(Formula formula, Frame frame) {
        return switch (formula) {
            case Formula.NumberLiteral(var value, _) -> Expr.number(value);
            case Formula.TextLiteral(var value, _) -> Expr.text(value);
            case Formula.BooleanLiteral(var value, _) -> new Expr.Literal(value, Type.BOOLEAN);
            case Formula.DateLiteral(var value, _) -> new Expr.Literal(value, Type.DATE);
            case Formula.InstantLiteral(var value, _) -> new Expr.Literal(value, Type.TIMESTAMP);
            case Formula.NoneLiteral _ -> new Expr.Literal(null, Type.NONE);
            case Formula.SpanLiteral(_, var span) ->
                    notYet("A length of time as a value", frame, span);
            case Formula.Path path -> names.resolve(path, frame);
            case Formula.PathAsOf(_, _, var span) -> notYet("'as of'", frame, span);
            case Formula.Let let -> let(let, frame);
            case Formula.And(var left, var right, _) -> {
                var first = condition(left, frame);
                yield new Expr.And(first, condition(right, frame.given(first)));
            }
            case Formula.Or(var left, var right, _) ->
                    new Expr.Or(condition(left, frame), condition(right, frame));
            case Formula.Not(var operand, _) -> new Expr.Not(condition(operand, frame));
            case Formula.Comparison comparison -> comparison(comparison, frame);
            case Formula.Is is -> is(is, frame);
            case Formula.InList in -> inList(in, frame);
            case Formula.InCohort in -> inCohort(in, frame);
            case Formula.Arithmetic arithmetic -> arithmetic(arithmetic, frame);
            case Formula.Negative(var operand, var span) -> {
                var value = number(operand, frame, "-", span);
                yield value.type().isBroken() ? value : new Expr.Negate(value);
            }
            case Formula.Over(_, _, var span) -> notYet("A window ('over')", frame, span);
            case Formula.Case whole -> caseOf(whole, frame);
            case Formula.Aggregate aggregate -> aggregates.lower(aggregate, frame);
            case Formula.Shift shift ->
                    notYet(shift.forward() ? "'next(...)'" : "'prior(...)'", frame, shift.span());
            case Formula.Total(_, _, var span) -> notYet("'total(...)'", frame, span);
            case Formula.Per(_, _, var span) -> notYet("'per(...)'", frame, span);
            case Formula.Weighted(_, _, var span) -> notYet("'weighted(...)'", frame, span);
            case Formula.Scale(_, _, _, var span) -> notYet("'scale(...)'", frame, span);
            case Formula.Survival(_, _, _, _, var span) -> notYet("'survival(...)'", frame, span);
            case Formula.Conversion(_, var span) -> notYet("'conversion(...)'", frame, span);
            case Formula.Call call -> calls.lower(call, frame);
            case Formula.BucketEdge(var end, var span) ->
                    frame.level() instanceof Level.Rule || frame.level() instanceof Level.Asked
                            ? broken(
                                    ProblemCode.LEVEL_MISMATCH,
                                    frame,
                                    span,
                                    "There is no bucket here.")
                            : new Expr.BucketEdge(end, Type.TIMESTAMP);
        };
    }

    /** A formula that must be true or false. */
    Expr condition(Formula formula, Frame frame) {
        var lowered = lower(formula, frame);
        if (lowered.type().isBoolean()) {
            return lowered;
        }
        return broken(
                ProblemCode.TYPE_MISMATCH,
                frame,
                formula.span(),
                "A condition is needed here, this is %s.",
                lowered.type().word());
    }

    Expr number(Formula formula, Frame frame, String forWhat, Span span) {
        var lowered = lower(formula, frame);
        if (lowered.type().isNumber()) {
            return lowered;
        }
        return broken(
                ProblemCode.TYPE_MISMATCH,
                frame,
                span,
                "'%s' needs a number, not %s.",
                forWhat,
                lowered.type().word());
    }

    private Expr let(Formula.Let let, Frame frame) {
        var inner = frame;
        for (var binding : let.bindings()) {
            inner = inner.with(binding, lower(binding.value(), inner));
        }
        return lower(let.body(), inner);
    }

    private Expr comparison(Formula.Comparison comparison, Frame frame) {
        var sides = sides(comparison.left(), comparison.right(), frame);
        return typed(
                sides,
                comparison.comparator().symbol(),
                frame,
                comparison.span(),
                (left, right) ->
                        isNone(left) || isNone(right)
                                ? broken(
                                        Problem.of(
                                                        ProblemCode.TYPE_MISMATCH,
                                                        frame.at(comparison.span()),
                                                        "A comparison with none is never true; ask with 'is'.")
                                                .offering("is none", "is not none"))
                                : booleanOrder(comparison.comparator(), left)
                                        ? broken(
                                                ProblemCode.TYPE_MISMATCH,
                                                frame,
                                                comparison.span(),
                                                "True and false have no order; use '=' or '!='.")
                                        : new Expr.Compare(comparison.comparator(), left, right));
    }

    private static boolean booleanOrder(Comparator comparator, Expr left) {
        return left.type().kind() == Type.Kind.BOOLEAN
                && comparator != Comparator.EQUAL
                && comparator != Comparator.NOT_EQUAL;
    }

    private static boolean isNone(Expr expr) {
        return expr.type().kind() == Type.Kind.NONE;
    }

    private Expr is(Formula.Is is, Frame frame) {
        var sides = sides(is.left(), is.right(), frame);
        var equal = typed(sides, "is", frame, is.span(), Expr.Is::new);
        return is.negated() && !equal.type().isBroken() ? new Expr.Not(equal) : equal;
    }

    private record Sides(Expr left, Expr right) {}

    /** Both sides; a date beside an instant is the start of that day, a bucket's edge beside a date is a date. */
    private Sides sides(Formula leftFormula, Formula rightFormula, Frame frame) {
        var left = lower(leftFormula, frame);
        var right = lower(rightFormula, frame);
        return new Sides(beside(left, right), beside(right, left));
    }

    Expr beside(Expr expr, Expr other) {
        if (expr instanceof Expr.Literal(LocalDate date, var _)
                && other.type().kind() == Type.Kind.TIMESTAMP) {
            return other instanceof Expr.BucketEdge
                    ? expr
                    : new Expr.Literal(date.atStartOfDay(zone).toInstant(), Type.TIMESTAMP);
        }
        boolean besideDate = other.type().kind() == Type.Kind.DATE;
        return expr instanceof Expr.BucketEdge(var end, var _) && besideDate
                ? new Expr.BucketEdge(end, Type.DATE)
                : expr;
    }

    private Expr typed(
            Sides sides, String symbol, Frame frame, Span span, BiFunction<Expr, Expr, Expr> make) {
        var left = sides.left().type();
        var right = sides.right().type();
        if (left.isBroken() || right.isBroken()) {
            return Expr.BROKEN;
        }
        if (!TypeRules.comparable(left, right)) {
            return broken(
                    ProblemCode.TYPE_MISMATCH,
                    frame,
                    span,
                    "'%s' cannot compare %s with %s.",
                    symbol,
                    left.word(),
                    right.word());
        }
        if (TypeRules.same(left.unit(), right.unit()).isEmpty()) {
            return unlikeUnits(symbol, left, right, frame, span);
        }
        return make.apply(sides.left(), sides.right());
    }

    Expr unlikeUnits(String symbol, Type left, Type right, Frame frame, Span span) {
        return broken(
                ProblemCode.UNIT_MISMATCH,
                frame,
                span,
                "'%s' does not go between %s and %s.",
                symbol,
                left.unit().word(),
                right.unit().word());
    }

    private Expr inList(Formula.InList in, Frame frame) {
        var operand = lower(in.operand(), frame);
        var values = new ArrayList<Expr.Literal>();
        for (var formula : in.literals()) {
            var literal = beside(constant(lower(formula, frame)), operand);
            boolean fits =
                    literal instanceof Expr.Literal value
                            && value.value() != null
                            && TypeRules.comparable(operand.type(), literal.type());
            if (fits) {
                values.add((Expr.Literal) literal);
            } else if (!literal.type().isBroken()) {
                broken(
                        ProblemCode.TYPE_MISMATCH,
                        frame,
                        formula.span(),
                        "A list holds values of the same type as what is looked for: %s, not %s.",
                        operand.type().word(),
                        literal.type().word());
            }
        }
        if (operand.type().isBroken() || values.size() < in.literals().size()) {
            return Expr.BROKEN;
        }
        return negated(new Expr.In(operand, values), in.negated());
    }

    private static Expr constant(Expr expr) {
        return expr instanceof Expr.Negate(Expr.Literal(java.math.BigDecimal value, var type))
                ? new Expr.Literal(value.negate(), type)
                : expr;
    }

    private Expr inCohort(Formula.InCohort in, Frame frame) {
        boolean now = in.asOf() == null || in.asOf() instanceof Moment.Now;
        if (!now) {
            return notYet("Membership as of another time", frame, in.span());
        }
        var operand = lower(in.operand(), frame);
        if (operand.type().isBroken()) {
            return operand;
        }
        if (!operand.equals(new Expr.Key(dev.cairn.domain.model.EntityKind.ACCOUNT))) {
            return broken(
                    ProblemCode.TYPE_MISMATCH,
                    frame,
                    in.span(),
                    "Only 'account' can be in a cohort: account in %s.",
                    in.cohort());
        }
        return negated(names.cohort(in.cohort(), frame, in.span()), in.negated());
    }

    private static Expr negated(Expr expr, boolean negated) {
        return negated && !expr.type().isBroken() ? new Expr.Not(expr) : expr;
    }

    private Expr arithmetic(Formula.Arithmetic arithmetic, Frame frame) {
        String symbol = arithmetic.operator().symbol();
        var left = number(arithmetic.left(), frame, symbol, arithmetic.left().span());
        var right = number(arithmetic.right(), frame, symbol, arithmetic.right().span());
        if (left.type().isBroken() || right.type().isBroken()) {
            return Expr.BROKEN;
        }
        var kind = TypeRules.kindOf(arithmetic.operator(), left.type(), right.type());
        return TypeRules.unitOf(arithmetic.operator(), left.type().unit(), right.type().unit())
                .<Expr>map(unit ->
                        new Expr.Arithmetic(
                                arithmetic.operator(), left, right, new Type(kind, unit)))
                .orElseGet(() ->
                        unlikeUnits(symbol, left.type(), right.type(), frame, arithmetic.span()));
    }

    private Expr caseOf(Formula.Case whole, Frame frame) {
        var arms = new ArrayList<Expr.Arm>();
        var type = Type.NONE;
        boolean sound = true;
        for (var when : whole.whens()) {
            var condition = condition(when.condition(), frame);
            var result = lower(when.result(), frame.given(condition));
            arms.add(new Expr.Arm(condition, result));
            var common = common(type, result, frame, when.result().span());
            sound &= !condition.type().isBroken() && !common.isBroken();
            type = common;
        }
        var otherwise =
                whole.otherwise() == null
                        ? new Expr.Literal(null, Type.NONE)
                        : lower(whole.otherwise(), frame);
        type = common(type, otherwise, frame, whole.span());
        return sound && !type.isBroken() ? new Expr.Case(arms, otherwise, type) : Expr.BROKEN;
    }

    /** The type that both can be read as. */
    Type common(Type soFar, Expr next, Frame frame, Span span) {
        if (soFar.isBroken() || next.type().isBroken()) {
            return Type.BROKEN;
        }
        return TypeRules.common(soFar, next.type())
                .orElseGet(() -> {
                    broken(
                            ProblemCode.TYPE_MISMATCH,
                            frame,
                            span,
                            "All results must be of one type: %s does not go with %s.",
                            next.type().word(),
                            soFar.word());
                    return Type.BROKEN;
                });
    }
}
