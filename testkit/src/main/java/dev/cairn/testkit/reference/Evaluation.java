package dev.cairn.testkit.reference;

import dev.cairn.domain.analysis.MissingRate;
import dev.cairn.domain.expression.AsOf;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.InPeriod;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.formula.Formula.Comparator;
import dev.cairn.domain.formula.Formula.Operator;
import dev.cairn.domain.formula.Function;
import dev.cairn.domain.plan.Stretch;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Evaluates expressions of a row, a member or a cell, with three-valued logic. */
final class Evaluation {
    private final Rules rules;
    private final Functions functions;

    Evaluation(Rules rules) {
        this.rules = rules;
        this.functions = new Functions(rules);
    }

    @Nullable Object value(Expr expr, Subject of) {
        return switch (expr) {
            case Expr.Literal(var value, var type) -> Values.as(Values.exact(value), type);
            case Expr.Field field -> of.field(field);
            case Expr.Linked linked -> linked(linked, of);
            case Expr.Attribute attribute -> attribute(attribute, of);
            case Expr.Key(var entity) -> of.key(entity);
            case Expr.Start(var entity, var zone) -> of.start(entity, rules.localTime(zone));
            case Expr.InPeriods(var date, var periods, var part) ->
                    InPeriod.of(value(date, of), periods, part);
            case Expr.LeafValue(var leaf, var type) -> Values.as(of.leaf(leaf), type);
            case Expr.TimeEdge edge -> edge(edge, of);
            case Expr.Arithmetic arithmetic -> arithmetic(arithmetic, of);
            case Expr.Negate(var operand) -> negate(value(operand, of));
            case Expr.Compare(var comparator, var left, var right) ->
                    compare(comparator, value(left, of), value(right, of));
            case Expr.Is(var left, var right) -> is(value(left, of), value(right, of));
            case Expr.And(var left, var right) -> and(truth(left, of), truth(right, of));
            case Expr.Or(var left, var right) -> or(truth(left, of), truth(right, of));
            case Expr.Not(var operand) -> rules.not(truth(operand, of));
            case Expr.In(var operand, var values) -> in(value(operand, of), values, of);
            case Expr.Case choice -> Values.as(choose(choice, of), choice.type());
            case Expr.Call call -> Values.as(call(call, of), call.type());
            case Expr.Rank(var ranked) -> rank(ranked, of);
            case Expr.Convert convert -> Values.as(converted(convert, of), convert.type());
            case Expr.Share(var matching, var rows) -> share(value(matching, of), value(rows, of));
            case Expr.Common common -> {
                var remembering = Remembering.of(of);
                yield remembering.value(common, () -> value(common.value(), remembering));
            }
        };
    }

    private @Nullable Object linked(Expr.Linked linked, Subject of) {
        return linked.hops().getFirst().isOfFields()
                ? follow(linked, of, of)
                : fromValue(linked, of);
    }

    /** @param from where the links begin */
    private @Nullable Object follow(Expr.Linked linked, Subject from, Subject of) {
        if (linked.end() instanceof Expr.Field) {
            return from.linked(linked);
        }
        if (linked.end() instanceof Expr.Attribute attribute
                && linked.hops().getLast().to() instanceof Expr.To.Row) {
            return ofVersions(attribute, from.versions(linked), of);
        }
        var member = from.member(linked.hops());
        return member == null ? null : ofMember(linked.end(), member, of);
    }

    /** The first hop begins at a value that says a key. */
    private @Nullable Object fromValue(Expr.Linked linked, Subject of) {
        var first = linked.hops().getFirst();
        var said = new ArrayList<Object>();
        for (var part : first.from()) {
            var value = value(part, of);
            if (value == null) {
                return null;
            }
            said.add(value);
        }
        var reached = of.reached(first, said);
        if (reached == null) {
            return null;
        }
        var further = linked.hops().subList(1, linked.hops().size());
        if (!further.isEmpty()) {
            return follow(new Expr.Linked(further, linked.end()), reached, of);
        }
        return linked.end() instanceof Expr.Attribute attribute
                        && first.to() instanceof Expr.To.Row to
                ? ofVersions(attribute, of.versions(to, attribute, said), of)
                : ofMember(linked.end(), reached, of);
    }

    /** An attribute as of the time of a fact is that of the fact at hand. */
    private @Nullable Object ofMember(Expr end, Subject member, Subject of) {
        if (end instanceof Expr.Attribute attribute
                && attribute.asOf() instanceof AsOf.Fact(var day, _)) {
            var at = (LocalDate) value(day, of);
            return at == null ? null : member.attributeOn(attribute, at);
        }
        return value(end, member);
    }

    private @Nullable Object attribute(Expr.Attribute attribute, Subject of) {
        return switch (attribute.asOf()) {
            case null -> of.attribute(attribute);
            case AsOf.Fact(var day, _) -> {
                var at = (LocalDate) value(day, of);
                yield at == null ? null : of.attributeOn(attribute, at);
            }
            case AsOf.Edge(var edge, _) ->
                    of.attributeBefore(
                            attribute, Objects.requireNonNull((LocalDate) edge(edge, of)));
            case AsOf.Day(var day) -> of.attributeBefore(attribute, day);
            case AsOf.Now() -> of.attributeBefore(attribute, LocalDate.MAX);
        };
    }

    /** Of the rows that hold the last to begin. */
    private @Nullable Object ofVersions(
            Expr.Attribute attribute, List<Parents.Version> versions, Subject of) {
        var day = day(Objects.requireNonNull(attribute.asOf()), versions, of);
        return rules.held(
                        versions.stream()
                                .filter(version ->
                                        day != null
                                                && rules.holdsOn(
                                                        day, version.from(), version.until())),
                        java.util.Comparator.comparing(Parents.Version::from))
                .map(Parents.Version::value)
                .orElse(null);
    }

    private @Nullable LocalDate day(AsOf asOf, List<Parents.Version> versions, Subject of) {
        return switch (asOf) {
            case AsOf.Fact(var day, _) -> (LocalDate) value(day, of);
            case AsOf.Edge(var edge, _) ->
                    before(Objects.requireNonNull((LocalDate) edge(edge, of)), versions, of);
            case AsOf.Day(var day) -> before(day, versions, of);
            case AsOf.Now() -> before(LocalDate.MAX, versions, of);
        };
    }

    private @Nullable LocalDate before(LocalDate edge, List<Parents.Version> versions, Subject of) {
        return versions.stream()
                .map(Parents.Version::from)
                .min(LocalDate::compareTo)
                .map(first -> rules.dayBefore(edge, of.asOfDate(), first))
                .orElse(null);
    }

    private @Nullable Object converted(Expr.Convert convert, Subject of) {
        var amount = value(convert.amount(), of);
        if (amount == null) {
            return null;
        }
        var currency = (String) value(convert.currency(), of);
        var day = dayOfRate(convert.asOf(), of);
        if (convert.to().equals(currency)) {
            return amount;
        }
        var rate = rate(convert, currency, day, of);
        if (rate == null) {
            return null;
        }
        if (convert.isThrough()) {
            var ofTarget = rate(convert, convert.to(), day, of);
            return ofTarget == null
                    ? null
                    : rules.through(
                            Values.number(amount), rate.doubleValue(), ofTarget.doubleValue());
        }
        return amount instanceof BigDecimal exact
                ? exact.multiply(rate)
                : (Object) (Values.number(amount) * rate.doubleValue());
    }

    /** How much one of a currency is of that which the rates lead to. */
    private static @Nullable BigDecimal rate(
            Expr.Convert convert, @Nullable String currency, LocalDate day, Subject of) {
        return convert.rates().to().equals(currency)
                ? BigDecimal.ONE
                : of.rate(convert.rates(), currency, day);
    }

    /** The rates that an amount is not converted at for want of them. */
    List<MissingRate> missing(Expr.Convert convert, Subject of) {
        var currency = (String) value(convert.currency(), of);
        if (value(convert.amount(), of) == null || convert.to().equals(currency)) {
            return List.of();
        }
        var day = dayOfRate(convert.asOf(), of);
        var missing = new ArrayList<MissingRate>();
        if (rate(convert, currency, day, of) == null) {
            missing.add(new MissingRate(currency == null ? "" : currency, day));
        }
        if (rate(convert, convert.to(), day, of) == null) {
            missing.add(new MissingRate(convert.to(), day));
        }
        return missing;
    }

    Rules rules() {
        return rules;
    }

    private LocalDate dayOfRate(AsOf asOf, Subject of) {
        return switch (asOf) {
            case AsOf.Fact(var day, _) -> Objects.requireNonNull((LocalDate) value(day, of));
            case AsOf.Edge(var edge, _) ->
                    rules.dayOfRate(
                            Objects.requireNonNull((LocalDate) edge(edge, of)), of.asOfDate());
            case AsOf.Day(var day) -> rules.dayOfRate(day, of.asOfDate());
            case AsOf.Now() -> rules.dayOfRate(of.asOfDate(), of.asOfDate());
        };
    }

    boolean keeps(Expr condition, Subject of) {
        return rules.keeps(value(condition, of));
    }

    private @Nullable Boolean truth(Expr expr, Subject of) {
        return (Boolean) value(expr, of);
    }

    private @Nullable Object edge(Expr.TimeEdge edge, Subject of) {
        var read = edge.isHere() ? of.stretch() : of.stretch(rules.reachOf(edge));
        var stretch =
                switch (edge.of()) {
                    case BUCKET -> Stretch.of(read.of());
                    case WINDOW -> read;
                    case AS_OF, RULE -> throw new IllegalArgumentException("not planned: " + edge);
                };
        if (edge.type().kind() == Type.Kind.DATE) {
            return edge.end() ? stretch.endDate() : stretch.startDate();
        }
        return edge.end() ? stretch.end() : stretch.start();
    }

    private @Nullable Object arithmetic(Expr.Arithmetic arithmetic, Subject of) {
        var left = value(arithmetic.left(), of);
        var right = value(arithmetic.right(), of);
        if (left == null || right == null) {
            return null;
        }
        if (arithmetic.operator() == Operator.DIVIDE) {
            double dividend = Values.number(left);
            var quotient = rules.divide(dividend, Values.number(right));
            return quotient == null
                    ? null
                    : dividend == 0 ? Doubles.finite(quotient) : Doubles.notNothing(quotient);
        }
        if (left instanceof BigDecimal a
                && right instanceof BigDecimal b
                && arithmetic.type().kind() != Type.Kind.DOUBLE) {
            return exact(arithmetic.operator(), a, b);
        }
        return Doubles.finite(
                inexact(arithmetic.operator(), Values.number(left), Values.number(right)));
    }

    private static BigDecimal exact(Operator operator, BigDecimal left, BigDecimal right) {
        return switch (operator) {
            case ADD -> left.add(right);
            case SUBTRACT -> left.subtract(right);
            case MULTIPLY -> left.multiply(right);
            case DIVIDE -> throw new IllegalStateException("division is double");
        };
    }

    private static double inexact(Operator operator, double left, double right) {
        return switch (operator) {
            case ADD -> left + right;
            case SUBTRACT -> left - right;
            case MULTIPLY -> left == 0 || right == 0 ? 0 : Doubles.notNothing(left * right);
            case DIVIDE -> throw new IllegalStateException("divided above");
        };
    }

    private static @Nullable Object negate(@Nullable Object operand) {
        return switch (operand) {
            case null -> null;
            case BigDecimal exact -> exact.negate();
            default -> -Values.number(operand);
        };
    }

    private @Nullable Boolean compare(
            Comparator comparator, @Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return comparator == Comparator.EQUAL ? rules.equalsWithEmpty(left, right) : null;
        }
        int order = rules.compare(left, right);
        return switch (comparator) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
        };
    }

    private boolean is(@Nullable Object left, @Nullable Object right) {
        return (left == null || right == null) ? left == right : rules.compare(left, right) == 0;
    }

    private static @Nullable Boolean and(@Nullable Boolean left, @Nullable Boolean right) {
        if (Boolean.FALSE.equals(left) || Boolean.FALSE.equals(right)) {
            return false;
        }
        return (left == null || right == null) ? null : Boolean.TRUE;
    }

    private static @Nullable Boolean or(@Nullable Boolean left, @Nullable Boolean right) {
        if (Boolean.TRUE.equals(left) || Boolean.TRUE.equals(right)) {
            return true;
        }
        return (left == null || right == null) ? null : Boolean.FALSE;
    }

    private @Nullable Boolean in(@Nullable Object operand, List<Expr.Literal> values, Subject of) {
        return operand == null
                ? null
                : values.stream().anyMatch(one -> is(operand, value(one, of)));
    }

    private @Nullable Object choose(Expr.Case choice, Subject of) {
        for (Expr.Arm arm : choice.arms()) {
            if (Boolean.TRUE.equals(value(arm.condition(), of))) {
                return value(arm.result(), of);
            }
        }
        return value(choice.otherwise(), of);
    }

    private @Nullable Object call(Expr.Call call, Subject of) {
        List<@Nullable Object> arguments = new java.util.ArrayList<>();
        call.arguments().forEach(argument -> arguments.add(value(argument, of)));
        if (call.function() == Function.COALESCE) {
            return arguments.stream().filter(java.util.Objects::nonNull).findFirst().orElse(null);
        }
        return functions.call(call.function(), arguments, call.type());
    }

    /** How many are greater, and one. */
    private @Nullable Object rank(Expr ranked, Subject of) {
        var own = value(ranked, of);
        if (own == null || of.groups().isEmpty()) {
            return null;
        }
        var others =
                of.groups().stream()
                        .map(group -> value(ranked, group))
                        .filter(Objects::nonNull)
                        .toList();
        return BigDecimal.valueOf(rules.rank(own, others));
    }

    private @Nullable Object share(@Nullable Object matching, @Nullable Object rows) {
        return (matching == null || rows == null)
                ? null
                : rules.share(Values.number(matching), Values.number(rows));
    }
}
