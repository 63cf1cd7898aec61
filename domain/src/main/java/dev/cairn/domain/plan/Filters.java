package dev.cairn.domain.plan;

import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.formula.Formula.Comparator;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lowers conditions that a program built; values are texts, read by the type of what they are compared with. */
final class Filters {
    private static final int LONGEST_NUMBER = 100;
    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)");
    static final int MOST_CONDITIONS = 1_000;
    static final int DEEPEST = 50;

    private final ZoneId zone;
    private final BiFunction<String, Place, Expr> field;
    private final Consumer<Problem> problems;
    private int conditions;

    /** @param field what a name stands for; reports what is wrong with it and gives {@link Expr#BROKEN} */
    Filters(ZoneId zone, BiFunction<String, Place, Expr> field, Consumer<Problem> problems) {
        this.zone = zone;
        this.field = field;
        this.problems = problems;
    }

    Expr lower(Filter filter, Place place) {
        return lower(filter, place, 1);
    }

    /** Whether it is nested so deep that nothing should be done with it that recurses. */
    static boolean isTooDeep(@Nullable Filter filter) {
        var level = filter == null ? List.<Filter>of() : List.of(filter);
        for (int depth = 0; depth < DEEPEST; depth++) {
            level = level.stream().flatMap(Filters::inside).toList();
        }
        return !level.isEmpty();
    }

    private static Stream<Filter> inside(Filter filter) {
        return switch (filter) {
            case Filter.All(var filters) -> filters.stream();
            case Filter.Any(var filters) -> filters.stream();
            case Filter.Not(var inner) -> Stream.of(inner);
            case Filter.Where _ -> Stream.empty();
        };
    }

    private Expr lower(Filter filter, Place place, int depth) {
        conditions++;
        if (conditions > MOST_CONDITIONS || depth > DEEPEST) {
            return conditions > MOST_CONDITIONS + 1
                    ? Expr.BROKEN
                    : broken(
                            ProblemCode.LIMIT,
                            place,
                            "At most %d conditions, %d levels deep.",
                            MOST_CONDITIONS,
                            DEEPEST);
        }
        return switch (filter) {
            case Filter.All(var filters) ->
                    combine(each(filters, place.then("all"), depth), Expr.TRUE, Expr.And::new);
            case Filter.Any(var filters) ->
                    combine(
                            each(filters, place.then("any"), depth),
                            new Expr.Literal(false, Type.BOOLEAN),
                            Expr.Or::new);
            case Filter.Not(var inner) -> Exprs.not(lower(inner, place.then("not"), depth + 1));
            case Filter.Where where -> predicate(where, place.then("where"));
        };
    }

    private List<Expr> each(List<Filter> filters, Place place, int depth) {
        var lowered = new ArrayList<Expr>();
        for (int at = 0; at < filters.size(); at++) {
            lowered.add(lower(filters.get(at), place.then(Integer.toString(at)), depth + 1));
        }
        return lowered;
    }

    /** Halved again and again, so that a long list does not make a deep expression. */
    private static Expr combine(List<Expr> parts, Expr ofNone, BiFunction<Expr, Expr, Expr> make) {
        if (parts.size() < 2) {
            return parts.isEmpty() ? ofNone : parts.getFirst();
        }
        int half = parts.size() / 2;
        return Exprs.both(
                combine(parts.subList(0, half), ofNone, make),
                combine(parts.subList(half, parts.size()), ofNone, make),
                make);
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
                    "True and false have no order; ask whether it is one of them.");
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
                    "'contains' is for texts; '%s' is %s.",
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
        var literal = read(text, type);
        if (literal.isEmpty()) {
            broken(
                    ProblemCode.BAD_VALUE,
                    place,
                    "'%s' cannot be read; write %s.",
                    text,
                    form(type.kind()));
        }
        return literal;
    }

    private static String form(Type.Kind kind) {
        return switch (kind) {
            case TEXT, NONE, BROKEN -> "a text";
            case INTEGER, DECIMAL, DOUBLE -> "a number: digits, one point";
            case BOOLEAN -> "true or false";
            case DATE -> "a date: 2026-01-31";
            case TIMESTAMP -> "an instant: 2026-01-31T10:00Z, or a date for the start of the day";
        };
    }

    private Optional<Expr.Literal> read(String text, Type type) {
        try {
            return switch (type.kind()) {
                case TEXT, NONE, BROKEN ->
                        text.indexOf('\0') < 0 ? Optional.of(Expr.text(text)) : Optional.empty();
                case INTEGER, DECIMAL, DOUBLE ->
                        text.length() <= LONGEST_NUMBER && NUMBER.matcher(text).matches()
                                ? Optional.of(Expr.number(new BigDecimal(text)))
                                : Optional.empty();
                case BOOLEAN ->
                        text.equals("true") || text.equals("false")
                                ? Optional.of(new Expr.Literal(Boolean.valueOf(text), Type.BOOLEAN))
                                : Optional.empty();
                case DATE -> date(text).map(value -> new Expr.Literal(value, Type.DATE));
                case TIMESTAMP ->
                        instant(text).map(value -> new Expr.Literal(value, Type.TIMESTAMP));
            };
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<LocalDate> date(String text) {
        return Optional.of(LocalDate.parse(text)).filter(date -> isOurEra(date.getYear()));
    }

    private Optional<Instant> instant(String text) {
        if (text.length() <= 10) {
            return date(text).map(day -> Comparisons.startOf(day, zone));
        }
        var instant = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
        return Optional.of(instant)
                .filter(point -> isOurEra(point.atOffset(ZoneOffset.UTC).getYear()));
    }

    private static boolean isOurEra(int year) {
        return year >= 1 && year <= 9999;
    }
}
