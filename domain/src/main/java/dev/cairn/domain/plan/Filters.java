package dev.cairn.domain.plan;

import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.formula.Formula.Comparator;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Lowers conditions that a program built; values are texts, read by the type of what they are compared with. */
final class Filters {
    private static final int LONGEST_NUMBER = 100;

    private final ZoneId zone;
    private final BiFunction<String, Place, Expr> field;
    private final Consumer<Problem> problems;

    /** @param field what a name stands for; reports what is wrong with it and gives {@link Expr#BROKEN} */
    Filters(ZoneId zone, BiFunction<String, Place, Expr> field, Consumer<Problem> problems) {
        this.zone = zone;
        this.field = field;
        this.problems = problems;
    }

    Expr lower(Filter filter, Place place) {
        return switch (filter) {
            case Filter.All(var filters) ->
                    combine(filters, place.then("all"), Expr.TRUE, Expr.And::new);
            case Filter.Any(var filters) ->
                    combine(
                            filters,
                            place.then("any"),
                            new Expr.Literal(false, Type.BOOLEAN),
                            Expr.Or::new);
            case Filter.Not(var inner) -> new Expr.Not(lower(inner, place.then("not")));
            case Filter.Where where -> predicate(where, place.then("where"));
        };
    }

    private Expr combine(
            List<Filter> filters, Place place, Expr ofNone, BiFunction<Expr, Expr, Expr> both) {
        Expr combined = null;
        for (int at = 0; at < filters.size(); at++) {
            var next = lower(filters.get(at), place.then(Integer.toString(at)));
            combined = combined == null ? next : both.apply(combined, next);
        }
        return combined == null ? ofNone : combined;
    }

    private Expr predicate(Filter.Where where, Place place) {
        var operand = field.apply(where.field(), place.then("field"));
        if (operand.type().isBroken()) {
            return operand;
        }
        return switch (where.operator()) {
            case IS_NULL ->
                    withoutValues(
                            where, place, new Expr.Is(operand, new Expr.Literal(null, Type.NONE)));
            case IS_NOT_NULL ->
                    withoutValues(
                            where,
                            place,
                            new Expr.Not(new Expr.Is(operand, new Expr.Literal(null, Type.NONE))));
            case IN -> in(operand, where, place);
            case NOT_IN -> {
                var in = in(operand, where, place);
                yield in.type().isBroken() ? in : new Expr.Not(in);
            }
            case LT -> compare(Comparator.LESS, operand, where, place);
            case LTE -> compare(Comparator.LESS_OR_EQUAL, operand, where, place);
            case GT -> compare(Comparator.GREATER, operand, where, place);
            case GTE -> compare(Comparator.GREATER_OR_EQUAL, operand, where, place);
            case CONTAINS -> contains(operand, where, place);
        };
    }

    private Expr withoutValues(Filter.Where where, Place place, Expr expr) {
        if (where.values().isEmpty()) {
            return expr;
        }
        return broken(
                ProblemCode.BAD_VALUE,
                place.then("values"),
                "%s takes no values.",
                where.operator());
    }

    private Expr in(Expr operand, Filter.Where where, Place place) {
        if (where.values().isEmpty()) {
            return broken(
                    ProblemCode.MISSING,
                    place.then("values"),
                    "%s needs at least one value.",
                    where.operator());
        }
        var values = new ArrayList<Expr.Literal>();
        for (int at = 0; at < where.values().size(); at++) {
            literal(
                            where.values().get(at),
                            operand.type(),
                            place.then("values", Integer.toString(at)))
                    .ifPresent(values::add);
        }
        return values.size() == where.values().size() ? new Expr.In(operand, values) : Expr.BROKEN;
    }

    private Optional<Expr.Literal> single(Expr operand, Filter.Where where, Place place) {
        if (where.values().size() != 1) {
            broken(
                    ProblemCode.BAD_VALUE,
                    place.then("values"),
                    "%s needs exactly one value.",
                    where.operator());
            return Optional.empty();
        }
        return literal(where.values().getFirst(), operand.type(), place.then("values", "0"));
    }

    private Expr compare(Comparator comparator, Expr operand, Filter.Where where, Place place) {
        if (operand.type().kind() == Type.Kind.BOOLEAN) {
            return broken(
                    ProblemCode.TYPE_MISMATCH,
                    place.then("op"),
                    "True and false have no order; use IN.");
        }
        return single(operand, where, place)
                .<Expr>map(value -> new Expr.Compare(comparator, operand, value))
                .orElse(Expr.BROKEN);
    }

    private Expr contains(Expr operand, Filter.Where where, Place place) {
        if (operand.type().kind() != Type.Kind.TEXT) {
            return broken(
                    ProblemCode.TYPE_MISMATCH,
                    place.then("op"),
                    "%s is for texts; '%s' is %s.",
                    Operator.CONTAINS,
                    where.field(),
                    operand.type().word());
        }
        return single(operand, where, place)
                .<Expr>map(value ->
                        new Expr.Call(Function.CONTAINS, List.of(operand, value), Type.BOOLEAN))
                .orElse(Expr.BROKEN);
    }

    private Expr broken(ProblemCode code, Place place, String message, Object... arguments) {
        problems.accept(Problem.of(code, place, message, arguments));
        return Expr.BROKEN;
    }

    private Optional<Expr.Literal> literal(String text, Type type, Place place) {
        try {
            var value = Objects.requireNonNull(read(text, type));
            return Optional.of(new Expr.Literal(value, type.in(Unit.PLAIN)));
        } catch (NumberFormatException | DateTimeParseException unreadable) {
            broken(ProblemCode.BAD_VALUE, place, "'%s' cannot be read as a %s.", text, type.word());
            return Optional.empty();
        }
    }

    private Object read(String text, Type type) {
        return switch (type.kind()) {
            case TEXT, NONE, BROKEN -> text;
            case INTEGER, DECIMAL, DOUBLE -> {
                if (text.length() > LONGEST_NUMBER
                        || text.toLowerCase(java.util.Locale.ROOT).contains("e")) {
                    throw new NumberFormatException(text);
                }
                yield new BigDecimal(text);
            }
            case BOOLEAN -> {
                if (!text.equals("true") && !text.equals("false")) {
                    throw new NumberFormatException(text);
                }
                yield Boolean.valueOf(text);
            }
            case DATE -> LocalDate.parse(text);
            case TIMESTAMP -> instant(text);
        };
    }

    private Instant instant(String text) {
        return text.length() <= 10
                ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
                : OffsetDateTime.parse(text).toInstant();
    }
}
