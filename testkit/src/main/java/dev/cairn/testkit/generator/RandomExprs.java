package dev.cairn.testkit.generator;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.expression.Type.Kind;
import dev.cairn.domain.expression.Unit;
import dev.cairn.domain.formula.Formula.Comparator;
import dev.cairn.domain.formula.Formula.Operator;
import dev.cairn.domain.formula.Function;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Generates typed expressions over what is at hand. */
final class RandomExprs {
    private final RandomGenerator random;
    private final List<Expr> atHand;

    /** @param atHand fields, attributes, keys, leaves, edges */
    RandomExprs(RandomGenerator random, List<? extends Expr> atHand) {
        this.random = random;
        this.atHand = List.copyOf(atHand);
    }

    private static Type type(Kind kind) {
        return new Type(kind, Unit.PLAIN);
    }

    Expr of(Kind kind, int depth) {
        if (depth <= 0 || random.nextInt(5) == 0) {
            return simple(kind);
        }
        return switch (random.nextInt(7)) {
            case 0 -> choice(kind, depth - 1);
            case 1 -> new Expr.Call(Function.COALESCE, list(kind, depth - 1), type(kind));
            case 2 -> kind == Kind.BOOLEAN ? bool(depth - 1) : extreme(kind, depth - 1);
            default -> special(kind, depth - 1);
        };
    }

    Expr condition(int depth) {
        return random.nextInt(3) == 0 ? Expr.TRUE : of(Kind.BOOLEAN, depth);
    }

    private Expr simple(Kind kind) {
        var fitting = atHand.stream().filter(expr -> expr.type().kind() == kind).toList();
        return !fitting.isEmpty() && random.nextInt(5) > 0 ? one(fitting) : literal(kind);
    }

    private Expr.Literal literal(Kind kind) {
        return random.nextInt(12) == 0 && kind != Kind.BOOLEAN
                ? new Expr.Literal(null, Type.NONE)
                : present(kind);
    }

    private Expr.Literal present(Kind kind) {
        return switch (kind) {
            case BOOLEAN -> new Expr.Literal(random.nextBoolean(), Type.BOOLEAN);
            case TEXT -> Expr.text(one(PlanWorld.TEXTS));
            case INTEGER -> Expr.number(BigDecimal.valueOf(random.nextInt(-2, 8)));
            case DECIMAL, DOUBLE ->
                    new Expr.Literal(
                            new BigDecimal(one(List.of("0.5", "2.25", "-1.5"))), Type.DECIMAL);
            case DATE -> new Expr.Literal(day(), Type.DATE);
            case TIMESTAMP -> new Expr.Literal(instant(), Type.TIMESTAMP);
            case NONE, BROKEN -> throw new IllegalArgumentException(kind.name());
        };
    }

    private LocalDate day() {
        return PlanWorld.FIRST_DAY.plusDays(random.nextInt(PlanWorld.DAYS));
    }

    private Instant instant() {
        return Instant.parse(day() + "T00:00:00Z").plus(random.nextInt(86_400), ChronoUnit.SECONDS);
    }

    private List<Expr> list(Kind kind, int depth) {
        var exprs = new ArrayList<Expr>();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            exprs.add(of(kind, depth));
        }
        return exprs;
    }

    private Expr choice(Kind kind, int depth) {
        var arms = new ArrayList<Expr.Arm>();
        for (int i = random.nextInt(1, 3); i > 0; i--) {
            arms.add(new Expr.Arm(of(Kind.BOOLEAN, depth), of(kind, depth)));
        }
        return new Expr.Case(
                arms,
                random.nextBoolean() ? of(kind, depth) : new Expr.Literal(null, Type.NONE),
                type(kind));
    }

    private Expr extreme(Kind kind, int depth) {
        return new Expr.Call(
                random.nextBoolean() ? Function.LEAST : Function.GREATEST,
                list(kind, depth),
                type(kind));
    }

    private Expr special(Kind kind, int depth) {
        return switch (kind) {
            case BOOLEAN -> bool(depth);
            case TEXT -> call(Function.LOWER, kind, of(Kind.TEXT, depth));
            case INTEGER, DECIMAL -> exact(kind, depth);
            case DOUBLE -> approximate(depth);
            case DATE -> date(depth);
            case TIMESTAMP -> simple(kind);
            case NONE, BROKEN -> throw new IllegalArgumentException(kind.name());
        };
    }

    private Expr exact(Kind kind, int depth) {
        return switch (random.nextInt(6)) {
            case 0 -> new Expr.Negate(of(kind, depth));
            case 1 -> call(Function.ABS, kind, of(kind, depth));
            case 2 ->
                    kind == Kind.INTEGER
                            ? call(Function.WEEKDAY, kind, of(Kind.DATE, depth))
                            : call(
                                    Function.ROUND,
                                    kind,
                                    of(kind, depth),
                                    Expr.number(BigDecimal.valueOf(random.nextInt(-1, 3))));
            case 3 ->
                    kind == Kind.INTEGER
                            ? call(Function.DAYS, kind, of(Kind.DATE, depth), of(Kind.DATE, depth))
                            : call(Function.ROUND, kind, of(kind, depth));
            default ->
                    new Expr.Arithmetic(
                            one(List.of(Operator.ADD, Operator.SUBTRACT, Operator.MULTIPLY)),
                            of(random.nextBoolean() ? Kind.INTEGER : kind, depth),
                            of(kind, depth),
                            type(kind));
        };
    }

    private Expr approximate(int depth) {
        return switch (random.nextInt(10)) {
            case 7 ->
                    call(
                            Function.ROUND,
                            Kind.DOUBLE,
                            of(Kind.DOUBLE, depth),
                            Expr.number(BigDecimal.valueOf(random.nextInt(-1, 3))));
            case 0 -> call(Function.SQRT, Kind.DOUBLE, number(depth));
            case 1 -> call(Function.LN, Kind.DOUBLE, number(depth));
            case 2 -> call(Function.POWER, Kind.DOUBLE, number(depth), of(Kind.INTEGER, 0));
            case 3 ->
                    call(
                            one(List.of(Function.HOURS, Function.DAYS, Function.MINUTES)),
                            Kind.DOUBLE,
                            of(Kind.TIMESTAMP, depth),
                            of(Kind.TIMESTAMP, depth));
            case 4 -> call(Function.ABS, Kind.DOUBLE, of(Kind.DOUBLE, depth));
            case 5 ->
                    new Expr.Arithmetic(
                            one(List.of(Operator.ADD, Operator.SUBTRACT, Operator.MULTIPLY)),
                            number(depth),
                            of(Kind.DOUBLE, depth),
                            Type.DOUBLE);
            case 6 -> new Expr.Negate(of(Kind.DOUBLE, depth));
            default ->
                    new Expr.Arithmetic(Operator.DIVIDE, number(depth), number(depth), Type.DOUBLE);
        };
    }

    Expr number(int depth) {
        return of(one(List.of(Kind.INTEGER, Kind.DECIMAL, Kind.DOUBLE)), depth);
    }

    private Expr date(int depth) {
        return call(
                Function.DATE,
                Kind.DATE,
                Expr.number(BigDecimal.valueOf(random.nextInt(2024, 2027))),
                random.nextBoolean()
                        ? Expr.number(BigDecimal.valueOf(random.nextInt(0, 14)))
                        : of(Kind.INTEGER, depth),
                random.nextBoolean()
                        ? Expr.number(BigDecimal.valueOf(random.nextInt(26, 33)))
                        : number(depth));
    }

    private Expr bool(int depth) {
        return switch (random.nextInt(10)) {
            case 0 -> new Expr.And(of(Kind.BOOLEAN, depth), of(Kind.BOOLEAN, depth));
            case 1 -> new Expr.Or(of(Kind.BOOLEAN, depth), of(Kind.BOOLEAN, depth));
            case 2 -> new Expr.Not(of(Kind.BOOLEAN, depth));
            case 3 -> text(depth);
            case 4 -> in(depth);
            case 5 -> is(depth);
            default -> compare(depth);
        };
    }

    private Expr compare(int depth) {
        var comparator = one(List.of(Comparator.values()));
        var kind = anyKind();
        if (kind == Kind.INTEGER || kind == Kind.DECIMAL || kind == Kind.DOUBLE) {
            return new Expr.Compare(comparator, of(kind, depth), number(depth));
        }
        return new Expr.Compare(comparator, of(kind, depth), of(kind, depth));
    }

    private Expr is(int depth) {
        var kind = anyKind();
        var right = random.nextInt(3) > 0 ? of(kind, depth) : new Expr.Literal(null, Type.NONE);
        return new Expr.Is(of(kind, depth), right);
    }

    private Expr in(int depth) {
        var kind = anyKind();
        int count = random.nextBoolean() ? random.nextInt(1, 4) : 8;
        var values = Stream.generate(() -> present(kind)).limit(count).toList();
        return new Expr.In(of(kind, depth), values);
    }

    private Expr text(int depth) {
        return switch (random.nextInt(3)) {
            case 0 ->
                    call(
                            Function.CONTAINS,
                            Kind.BOOLEAN,
                            of(Kind.TEXT, depth),
                            of(Kind.TEXT, depth));
            case 1 ->
                    call(Function.STARTS, Kind.BOOLEAN, of(Kind.TEXT, depth), of(Kind.TEXT, depth));
            default ->
                    call(
                            Function.MATCHES,
                            Kind.BOOLEAN,
                            of(Kind.TEXT, depth),
                            Expr.text(
                                    one(
                                            List.of(
                                                    "a", "^a", "[a-z]$", "a.b", "\\w{2}", "(a|ä)+",
                                                    "^$"))));
        };
    }

    Kind anyKind() {
        return one(
                List.of(
                        Kind.TEXT,
                        Kind.INTEGER,
                        Kind.DECIMAL,
                        Kind.DOUBLE,
                        Kind.DATE,
                        Kind.TIMESTAMP,
                        Kind.BOOLEAN));
    }

    private static Expr call(Function function, Kind kind, Expr... arguments) {
        return new Expr.Call(function, List.of(arguments), type(kind));
    }

    <T> T one(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
