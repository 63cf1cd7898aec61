package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.FormulaParser;
import dev.cairn.domain.formula.FormulaParser.Parsed;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Parameter;
import dev.cairn.domain.problem.NearestNames;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The values of a metric's parameters: literals that its formula reads where it names them. */
public final class ParameterValues {
    private static final Expr.Literal BROKEN = new Expr.Literal(null, Type.BROKEN);

    private final Metric metric;
    private final Map<String, Expr.Literal> values;
    private final Set<String> given = new HashSet<>();

    private ParameterValues(Metric metric) {
        this.metric = metric;
        this.values = new HashMap<>();
        for (var parameter : metric.parameters()) {
            values.put(
                    parameter.name(),
                    read(parameter.type(), parameter.defaultValue()).orElse(BROKEN));
        }
    }

    /** Those by default; one that its declaration has wrong is broken. */
    public static ParameterValues defaultsOf(Metric metric) {
        return new ParameterValues(metric);
    }

    /** The metric with values of its parameters, as a formula names it. */
    static Formula call(Metric metric, Map<String, Expr.Literal> values, Span span) {
        var arguments =
                metric.parameters().stream()
                        .flatMap(parameter ->
                                written(Objects.requireNonNull(values.get(parameter.name())), span)
                                        .map(value -> new Formula.Argument(parameter.name(), value))
                                        .stream())
                        .toList();
        return arguments.isEmpty()
                ? new Formula.Path(List.of(metric.name()), span)
                : new Formula.Call(metric.name(), arguments, span);
    }

    /** Empty for what is broken. */
    private static Optional<Formula> written(Expr.Literal literal, Span span) {
        return Optional.ofNullable(
                switch (literal.value()) {
                    case null -> null;
                    case BigDecimal number when number.signum() < 0 ->
                            new Formula.Negative(
                                    new Formula.NumberLiteral(number.negate(), span), span);
                    case BigDecimal number -> new Formula.NumberLiteral(number, span);
                    case String text -> new Formula.TextLiteral(text, span);
                    case Boolean truth -> new Formula.BooleanLiteral(truth, span);
                    case LocalDate date -> new Formula.DateLiteral(date, span);
                    case Instant at -> new Formula.InstantLiteral(at, span);
                    case Object other ->
                            throw new IllegalStateException("no literal is %s".formatted(other));
                });
    }

    /** Those that were given. */
    Map<String, Expr.Literal> given() {
        return values.entrySet().stream()
                .filter(value -> given.contains(value.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    public Map<String, Expr.Literal> byName() {
        return Map.copyOf(values);
    }

    /** Takes the value that a formula gives; the problem, where there is one. */
    Optional<Problem> give(Formula.Argument argument, Place place) {
        if (argument.name() == null) {
            return Optional.of(
                    Problem.of(
                            ProblemCode.UNKNOWN_PARAMETER,
                            place,
                            "'%s' takes its parameters by name%s.",
                            metric.name(),
                            metric.parameters().isEmpty()
                                    ? "; it has none"
                                    : ": %s(%s: ...)"
                                            .formatted(
                                                    metric.name(),
                                                    metric.parameters().getFirst().name())));
        }
        return give(
                argument.name(),
                place,
                place,
                parameter -> literal(parameter.type(), argument.value()));
    }

    /**
     * Takes the value that a question gives, as text.
     *
     * @param name where the name stands
     * @param value where the value stands
     */
    public Optional<Problem> give(String parameter, String text, Place name, Place value) {
        return give(parameter, name, value, declared -> read(declared.type(), text));
    }

    private Optional<Problem> give(
            String name,
            Place place,
            Place placeOfValue,
            Function<Parameter, Optional<Expr.Literal>> read) {
        var parameter = metric.parameter(name);
        if (parameter.isEmpty()) {
            return Optional.of(unknown(name, place));
        }
        if (!given.add(name)) {
            return Optional.of(
                    Problem.of(
                            ProblemCode.CONFLICT,
                            place,
                            "The parameter '%s' stands here twice.",
                            name));
        }
        var value = read.apply(parameter.get());
        value.ifPresent(literal -> values.put(name, literal));
        return value.isPresent()
                ? Optional.empty()
                : Optional.of(
                        Problem.of(
                                ProblemCode.TYPE_MISMATCH,
                                placeOfValue,
                                "The parameter '%s' of '%s' is %s.",
                                name,
                                metric.name(),
                                word(parameter.get().type())));
    }

    private Problem unknown(String name, Place place) {
        var known = metric.parameters().stream().map(Parameter::name).toList();
        return Problem.of(
                        ProblemCode.UNKNOWN_PARAMETER,
                        place,
                        known.isEmpty() ? "'%s' has no parameters." : "'%s' has no parameter '%s'.",
                        metric.name(),
                        name)
                .suggesting(NearestNames.nearest(name, known));
    }

    /** The value of a text; empty where it is of another type. */
    public static Optional<Expr.Literal> read(DataType type, String text) {
        return switch (type) {
            case TEXT -> Optional.of(Expr.text(text));
            case DATE, TIMESTAMP -> parsed(type, "@" + text.strip());
            case INTEGER, DECIMAL, BOOLEAN -> parsed(type, text);
            case MONEY -> Optional.empty();
        };
    }

    private static Optional<Expr.Literal> parsed(DataType type, String text) {
        return switch (FormulaParser.parse(text, Place.NOWHERE)) {
            case Parsed.Ok(Formula.Negative(Formula.NumberLiteral(var number, var span), _)) ->
                    literal(type, new Formula.NumberLiteral(number.negate(), span));
            case Parsed.Ok(var formula) -> literal(type, formula);
            case Parsed.Failed _ -> Optional.empty();
        };
    }

    private static Optional<Expr.Literal> literal(DataType type, Formula written) {
        return Optional.ofNullable(
                switch (type) {
                    case INTEGER ->
                            written instanceof Formula.NumberLiteral(var number, _)
                                            && isWhole(number)
                                    ? Expr.number(number)
                                    : null;
                    case DECIMAL ->
                            written instanceof Formula.NumberLiteral(var number, _)
                                    ? Expr.number(number)
                                    : null;
                    case TEXT ->
                            written instanceof Formula.TextLiteral(var text, _)
                                    ? Expr.text(text)
                                    : null;
                    case BOOLEAN ->
                            written instanceof Formula.BooleanLiteral(var value, _)
                                    ? new Expr.Literal(value, Type.BOOLEAN)
                                    : null;
                    case DATE ->
                            written instanceof Formula.DateLiteral(var date, _)
                                    ? new Expr.Literal(date, Type.DATE)
                                    : null;
                    case TIMESTAMP ->
                            written instanceof Formula.InstantLiteral(var instant, _)
                                    ? new Expr.Literal(instant, Type.TIMESTAMP)
                                    : null;
                    case MONEY -> null;
                });
    }

    static boolean isWhole(BigDecimal number) {
        return number.stripTrailingZeros().scale() <= 0;
    }

    private static String word(DataType type) {
        return switch (type) {
            case INTEGER -> "a whole number";
            case DECIMAL, MONEY -> "a number";
            case TEXT -> "a text";
            case BOOLEAN -> "true or false";
            case DATE -> "a date";
            case TIMESTAMP -> "an instant";
        };
    }

    /** Types that a parameter can have, as they are declared. */
    public static List<String> types() {
        return Arrays.stream(DataType.values())
                .filter(type -> type != DataType.MONEY)
                .map(type -> type.name().toLowerCase(Locale.ROOT))
                .toList();
    }
}
