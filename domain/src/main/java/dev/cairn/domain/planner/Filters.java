package dev.cairn.domain.planner;

import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.expression.Emptiness;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.formula.Formula.Comparator;
import dev.cairn.domain.formula.Function;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.BusinessCalendar;
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
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lowers conditions that a program built; values are texts, read by the type of what they are compared with.
 *
 * <p>They are two-valued: a negation keeps what is empty. Negations are moved inwards to the single conditions, so that what keeps an empty value says so
 * where it is read and every other condition stays as it is. Membership of a cohort is the exception: its negation keeps accounts only.
 */
final class Filters {
    private static final Expr ACCOUNT = new Expr.Key(EntityRef.ACCOUNT);

    private static final int LONGEST_NUMBER = 100;
    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)");
    static final int MOST_CONDITIONS = 1_000;
    static final int DEEPEST = 50;

    /**
     * What the names in conditions stand for.
     *
     * @param fields gives the value of a name; reports what is wrong with it and gives {@link Expr#BROKEN}
     * @param cohorts whether a name is a cohort: whether an account is in it
     * @param rates whether a value may be none for want of a rate, whatever would stand in for it
     */
    record Names(
            BiFunction<String, Place, Expr> fields,
            Predicate<String> cohorts,
            Predicate<Expr> rates) {
        Names(BiFunction<String, Place, Expr> fields, Predicate<String> cohorts) {
            this(fields, cohorts, _ -> false);
        }

        Expr field(String name, Place place) {
            return fields.apply(name, place);
        }

        boolean isCohort(String name) {
            return cohorts.test(name);
        }
    }

    private final ZoneId zone;
    private final Names names;
    private final Emptiness emptiness;
    private final Consumer<Problem> problems;
    private int conditions;

    /** @param emptiness what can be empty of what the names stand for */
    Filters(ZoneId zone, Names names, Emptiness emptiness, Consumer<Problem> problems) {
        this.zone = zone;
        this.names = names;
        this.emptiness = emptiness;
        this.problems = problems;
    }

    Expr lower(Filter filter, Place place) {
        return lower(filter, place, 1, true);
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

    /** @param kept whether rows are kept for which the filter holds, or those for which it does not */
    private Expr lower(Filter filter, Place place, int depth, boolean kept) {
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
                    combine(each(filters, place.then("all"), depth, kept), kept);
            case Filter.Any(var filters) ->
                    combine(each(filters, place.then("any"), depth, kept), !kept);
            case Filter.Not(var inner) -> lower(inner, place.then("not"), depth + 1, !kept);
            case Filter.Where where -> predicate(where, place.then("where"), kept);
        };
    }

    private List<Expr> each(List<Filter> filters, Place place, int depth, boolean kept) {
        var lowered = new ArrayList<Expr>();
        for (int at = 0; at < filters.size(); at++) {
            lowered.add(lower(filters.get(at), place.then(Integer.toString(at)), depth + 1, kept));
        }
        return lowered;
    }

    /**
     * Halved again and again, so that a long list does not make a deep expression.
     *
     * @param all whether all must hold, or one of them
     */
    private static Expr combine(List<Expr> parts, boolean all) {
        if (parts.size() < 2) {
            return parts.isEmpty() ? (all ? Expr.TRUE : Expr.FALSE) : parts.getFirst();
        }
        int half = parts.size() / 2;
        return Exprs.both(
                combine(parts.subList(0, half), all),
                combine(parts.subList(half, parts.size()), all),
                all ? Expr.And::new : Expr.Or::new);
    }

    private Expr predicate(Filter.Where where, Place place, boolean kept) {
        var operand = names.field(where.field(), place.then("field"));
        if (operand.type().isBroken()) {
            return operand;
        }
        return switch (where.operator()) {
            case IS_NULL -> withoutValues(where, place, signed(isNone(operand), kept));
            case IS_NO_ACCOUNT ->
                    withoutValues(where, place, signed(isNoAccount(operand, where, place), kept));
            case IS_NOT_NULL -> withoutValues(where, place, signed(isEmpty(operand), !kept));
            case IN -> kept(in(operand, where, place), operand, where, kept);
            case NOT_IN -> kept(in(operand, where, place), operand, where, !kept);
            case LT -> kept(compare(Comparator.LESS, operand, where, place), operand, where, kept);
            case LTE ->
                    kept(
                            compare(Comparator.LESS_OR_EQUAL, operand, where, place),
                            operand,
                            where,
                            kept);
            case GT ->
                    kept(compare(Comparator.GREATER, operand, where, place), operand, where, kept);
            case GTE ->
                    kept(
                            compare(Comparator.GREATER_OR_EQUAL, operand, where, place),
                            operand,
                            where,
                            kept);
            case CONTAINS -> kept(contains(operand, where, place), operand, where, kept);
        };
    }

    private static Expr signed(Expr condition, boolean kept) {
        return kept ? condition : Exprs.not(condition);
    }

    /** A condition that is empty where its operand is; not keeping it keeps that too. */
    private Expr kept(Expr condition, Expr operand, Filter.Where where, boolean kept) {
        boolean keepsEmpty =
                !kept
                        && (emptiness.mayBeEmpty(operand) || names.rates().test(operand))
                        && !names.isCohort(where.field());
        return keepsEmpty
                ? Exprs.both(isEmpty(operand), Exprs.not(condition), Expr.Or::new)
                : signed(condition, kept);
    }

    private static Expr isEmpty(Expr operand) {
        return new Expr.Is(operand, Expr.NONE);
    }

    /**
     * As groups tell them apart: of what is read through the account, no account is not no value. The account itself and a cohort have only the one, which is
     * asked for in both ways.
     */
    private Expr isNone(Expr operand) {
        boolean mayBeEitherOf =
                Exprs.isOfAccount(operand)
                        && emptiness.mayBeEmpty(ACCOUNT)
                        && emptiness.given(Exprs.isKnown(EntityRef.ACCOUNT)).mayBeEmpty(operand);
        return mayBeEitherOf
                ? new Expr.And(Exprs.isKnown(EntityRef.ACCOUNT), isEmpty(operand))
                : isEmpty(operand);
    }

    private Expr isNoAccount(Expr operand, Filter.Where where, Place place) {
        if (!Exprs.isOfAccount(operand)) {
            return broken(
                    ProblemCode.TYPE_MISMATCH,
                    place.then("op"),
                    "'%s' is not read through the account, so no account is no value of it; ask with IS_NULL, or for 'account'.",
                    where.field());
        }
        return operand.equals(ACCOUNT)
                ? isEmpty(ACCOUNT)
                : new Expr.And(isEmpty(ACCOUNT), isEmpty(operand));
    }

    private Expr withoutValues(Filter.Where where, Place place, Expr expr) {
        if (where.values().isEmpty() || expr.type().isBroken()) {
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
            return date(text).map(day -> new BusinessCalendar(zone).startWithinEra(day));
        }
        var instant = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
        return Optional.of(instant)
                .filter(point -> isOurEra(point.atOffset(ZoneOffset.UTC).getYear()));
    }

    private static boolean isOurEra(int year) {
        return year >= 1 && year <= 9999;
    }
}
