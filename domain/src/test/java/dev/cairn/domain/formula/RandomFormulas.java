package dev.cairn.domain.formula;

import dev.cairn.domain.formula.RelationClause.Head;
import dev.cairn.domain.formula.RelationClause.Steps;
import dev.cairn.domain.formula.RelationClause.Timing;
import dev.cairn.domain.time.DatePart;
import dev.cairn.domain.time.Grain;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Random trees of every kind that the parser makes; the same seed makes the same trees. */
final class RandomFormulas {
    private static final Span NOWHERE = new Span(0, 0, 1, 1);
    private static final List<String> NAMES =
            List.of(
                    "a", "score", "größe", "p90", "p1", "asof", "where", "date", "day", "First",
                    "a b", "quo\"te", "x.y", "7", "_", "age", "window", "only", "convert", "onward",
                    "with", "weekday");
    private static final List<String> TEXTS =
            List.of("", "pro", "it's", "''", "-- no comment", "two\nlines", "\"", "\uD83D\uDE00");
    private static final List<String> NUMBERS =
            List.of("0", "1", "2.50", "0.001", "100000000000000000000", "7");

    private final Random random;

    RandomFormulas(long seed) {
        this.random = new Random(seed);
    }

    /** A formula of at most that many levels. */
    Formula formula(int levels) {
        if (levels <= 1) {
            return leaf();
        }
        Supplier<Formula> inner = () -> formula(levels - 1 - random.nextInt(2));
        return switch (random.nextInt(24)) {
            case 0 ->
                    new Formula.Let(
                            some(2, () -> new Formula.Binding(name(), inner.get(), NOWHERE)),
                            inner.get(),
                            NOWHERE);
            case 1, 2 -> new Formula.And(inner.get(), inner.get(), NOWHERE);
            case 3, 4 -> new Formula.Or(inner.get(), inner.get(), NOWHERE);
            case 5 -> new Formula.Not(inner.get(), NOWHERE);
            case 6 ->
                    new Formula.Comparison(
                            any(Formula.Comparator.values()), inner.get(), inner.get(), NOWHERE);
            case 7 -> new Formula.Is(inner.get(), random.nextBoolean(), inner.get(), NOWHERE);
            case 8 ->
                    new Formula.InList(
                            inner.get(),
                            random.nextBoolean(),
                            some(3, this::signedLiteral),
                            NOWHERE);
            case 9 ->
                    new Formula.InCohort(
                            inner.get(),
                            random.nextBoolean(),
                            name(),
                            maybe(this::cohortMoment),
                            NOWHERE);
            case 10, 11, 12 ->
                    new Formula.Arithmetic(
                            any(Formula.Operator.values()), inner.get(), inner.get(), NOWHERE);
            case 13 -> new Formula.Negative(inner.get(), NOWHERE);
            case 14, 15 -> new Formula.Over(inner.get(), window(), NOWHERE);
            case 16 ->
                    new Formula.Case(
                            some(2, () -> new Formula.When(inner.get(), inner.get())),
                            maybe(inner),
                            NOWHERE);
            case 17, 18 -> aggregate(relation(levels - 1), inner);
            case 19 -> call(inner);
            default -> form(levels, inner);
        };
    }

    /** A link as a relation has a value, as without one it would be the value. */
    private Formula aggregate(RelationClause relation, Supplier<Formula> inner) {
        boolean isLink =
                relation.head() instanceof Head.Named(var path, _, _, _) && path.names().size() > 1;
        return new Formula.Aggregate(
                function(), relation, isLink ? inner.get() : maybe(inner), NOWHERE);
    }

    private Formula form(int levels, Supplier<Formula> inner) {
        return switch (random.nextInt(9)) {
            case 7 -> new Formula.Only(inner.get(), inner.get(), NOWHERE);
            case 8 -> new Formula.Convert(inner.get(), any(TEXTS), maybe(this::moment), NOWHERE);
            case 0 -> shift(inner.get());
            case 1 ->
                    new Formula.Total(
                            inner.get(),
                            random.nextBoolean() ? List.of() : some(2, () -> dimension(inner)),
                            NOWHERE);
            case 2 -> new Formula.Per(path(), inner.get(), NOWHERE);
            case 3 ->
                    new Formula.Weighted(
                            some(
                                    3,
                                    () ->
                                            new Formula.Part(
                                                    maybe(this::name), number(), inner.get())),
                            options(),
                            NOWHERE);
            case 4 -> new Formula.Scale(inner.get(), signed(), signed(), NOWHERE);
            case 5 ->
                    new Formula.Survival(
                            relation(levels - 1), inner.get(), inner.get(), number(), NOWHERE);
            default -> new Formula.Conversion(steps(levels - 1), NOWHERE);
        };
    }

    private Formula leaf() {
        return switch (random.nextInt(7)) {
            case 5 -> new Formula.WindowEdge(random.nextBoolean(), NOWHERE);
            case 6 -> new Formula.Age(any(Grain.values()), maybe(this::path), NOWHERE);
            case 0 -> path();
            case 1 -> new Formula.PathAsOf(path(), moment(), NOWHERE);
            case 2 -> new Formula.BucketEdge(random.nextBoolean(), NOWHERE);
            case 3 -> new Formula.Call("asof", List.of(), NOWHERE);
            default -> literal();
        };
    }

    private Formula literal() {
        return switch (random.nextInt(7)) {
            case 0 -> new Formula.NumberLiteral(number(), NOWHERE);
            case 1 -> new Formula.TextLiteral(any(TEXTS), NOWHERE);
            case 2 -> new Formula.BooleanLiteral(random.nextBoolean(), NOWHERE);
            case 3 -> new Formula.NoneLiteral(NOWHERE);
            case 4 -> new Formula.SpanLiteral(span(), NOWHERE);
            default -> instant();
        };
    }

    private Formula signedLiteral() {
        return random.nextInt(4) == 0 ? new Formula.NumberLiteral(signed(), NOWHERE) : literal();
    }

    private Formula instant() {
        return random.nextBoolean()
                ? new Formula.DateLiteral(
                        LocalDate.of(1 + random.nextInt(9999), 1 + random.nextInt(12), 28), NOWHERE)
                : new Formula.InstantLiteral(
                        Instant.ofEpochSecond(
                                random.nextInt(), any(List.of(0, 250_000_000, 1_000))),
                        NOWHERE);
    }

    private Formula call(Supplier<Formula> inner) {
        var name =
                random.nextBoolean()
                        ? name()
                        : any(List.of("coalesce", "date", "hours", "weekday"));
        return new Formula.Call(
                name,
                random.nextInt(5) == 0
                        ? List.of()
                        : some(
                                3,
                                () ->
                                        switch (random.nextInt(5)) {
                                            case 0 ->
                                                    new Formula.Argument(
                                                            null,
                                                            new Formula.GrainName(
                                                                    any(List.of(Grain.values())),
                                                                    NOWHERE));
                                            case 1, 2 -> new Formula.Argument(null, inner.get());
                                            default ->
                                                    new Formula.Argument(name(), signedLiteral());
                                        }),
                NOWHERE);
    }

    private Formula shift(Formula operand) {
        return switch (random.nextInt(3)) {
            case 0 -> new Formula.Shift(random.nextBoolean(), operand, null, null, NOWHERE);
            case 1 -> new Formula.Shift(random.nextBoolean(), operand, span(), null, NOWHERE);
            default ->
                    new Formula.Shift(
                            random.nextBoolean(), operand, null, any(Grain.values()), NOWHERE);
        };
    }

    private List<Formula.Option> options() {
        return any(
                List.of(
                        List.<Formula.Option>of(),
                        List.of(
                                new Formula.Option(
                                        "missing", any(List.of("spread", "zero", "none")), null)),
                        List.of(
                                new Formula.Option("coverage", null, number()),
                                new Formula.Option("missing", "neutral", number()))));
    }

    private RelationClause relation(int levels) {
        Supplier<Formula> inner = () -> formula(levels - 1);
        var timing =
                any(
                        List.<Supplier<@Nullable Timing>>of(
                                () -> null,
                                () -> new Timing.On(name(), NOWHERE),
                                () ->
                                        new Timing.At(
                                                any(
                                                        List.of(
                                                                new Moment.AtStart(),
                                                                new Moment.AtEnd(),
                                                                new Moment.At(instant()))),
                                                NOWHERE),
                                () -> new Timing.During(NOWHERE)));
        return new RelationClause(head(levels), timing.get(), maybe(inner), maybe(inner), NOWHERE);
    }

    private Head head(int levels) {
        return switch (random.nextInt(levels <= 1 ? 4 : 7)) {
            case 0 -> new Head.EachGrain(any(Grain.values()), NOWHERE);
            case 1 -> new Head.Every(span(), NOWHERE);
            case 2 ->
                    new Head.Changes(
                            new Formula.Path(List.of(name(), name()), NOWHERE),
                            maybe(this::span),
                            name(),
                            NOWHERE);
            case 3 ->
                    new Head.Named(
                            path(),
                            maybe(this::path),
                            random.nextBoolean() ? List.of() : some(2, this::path),
                            NOWHERE);
            case 4 ->
                    new Head.Touch(
                            relation(levels - 1),
                            relation(levels - 1),
                            maybe(this::span),
                            name(),
                            random.nextBoolean() ? List.of() : some(2, this::path),
                            NOWHERE);
            case 5 -> new Head.StepsHead(steps(levels - 1), NOWHERE);
            default ->
                    new Head.Named(
                            new Formula.Path(List.of(name()), NOWHERE), null, List.of(), NOWHERE);
        };
    }

    private Steps steps(int levels) {
        var steps =
                IntStream.range(0, 2 + random.nextInt(2))
                        .mapToObj(step -> relation(levels - 1))
                        .toList();
        return new Steps(
                steps,
                span(),
                random.nextBoolean(),
                name(),
                any(Steps.Attempt.values()),
                any(Steps.Order.values()),
                random.nextBoolean() ? List.of() : some(2, this::path),
                random.nextBoolean() ? List.of() : some(2, () -> without(levels - 1)),
                random.nextBoolean());
    }

    private Steps.Without without(int levels) {
        return new Steps.Without(
                relation(levels),
                maybe(() -> new Steps.Between(1 + random.nextInt(3), 1 + random.nextInt(3))));
    }

    private Window window() {
        return switch (random.nextInt(7)) {
            case 5 -> new Window.Onward();
            case 0 -> new Window.Last(span());
            case 1 -> new Window.ToDate(any(Grain.values()));
            case 2 -> new Window.QuestionRange(random.nextBoolean());
            case 3 -> new Window.All(random.nextBoolean());
            case 4 -> new Window.Ever();
            default -> new Window.Relative(span(), random.nextBoolean(), path());
        };
    }

    private Moment moment() {
        return any(
                List.of(
                        new Moment.AtFact(),
                        new Moment.AtStart(),
                        new Moment.AtEnd(),
                        new Moment.Now(),
                        new Moment.At(instant())));
    }

    private Moment cohortMoment() {
        return any(
                List.of(
                        new Moment.AtStart(),
                        new Moment.AtEnd(),
                        new Moment.Now(),
                        new Moment.At(instant())));
    }

    private DimensionText dimension(Supplier<Formula> inner) {
        return switch (random.nextInt(5)) {
            case 0 -> new DimensionText.ByGrain(any(Grain.values()), NOWHERE);
            case 1 ->
                    new DimensionText.ByDatePart(
                            any(DatePart.values()), maybe(this::path), NOWHERE);
            case 2 ->
                    new DimensionText.ByPath(
                            path(), maybe(() -> any(Grain.values())), maybe(this::moment), NOWHERE);
            case 3 -> new DimensionText.ByAge(any(Grain.values()), maybe(this::path), NOWHERE);
            default -> new DimensionText.ByFormula(inner.get(), name(), NOWHERE);
        };
    }

    private AggregateFunction function() {
        return random.nextBoolean()
                ? any(AggregateFunction.Named.values())
                : new AggregateFunction.Percentile(
                        new BigDecimal(any(List.of("0.5", "0.05", "0.999", "0.001", "0.9"))),
                        random.nextBoolean());
    }

    private TimeSpan span() {
        var count =
                random.nextInt(3) == 0
                        ? any(List.of("n", "window", "day", "a b", "age", "onward"))
                        : any(List.of("1", "7", "28", "0"));
        return new TimeSpan(count, any(TimeSpan.Unit.values()), NOWHERE);
    }

    private Formula.Path path() {
        return new Formula.Path(some(3, this::name), NOWHERE);
    }

    private String name() {
        return any(NAMES);
    }

    private BigDecimal number() {
        return new BigDecimal(any(NUMBERS));
    }

    private BigDecimal signed() {
        return random.nextBoolean() ? number() : number().negate();
    }

    private <T> List<T> some(int most, Supplier<T> maker) {
        return IntStream.rangeClosed(0, random.nextInt(most))
                .mapToObj(index -> maker.get())
                .toList();
    }

    private <T> @Nullable T maybe(Supplier<T> maker) {
        return random.nextBoolean() ? maker.get() : null;
    }

    private <T> T any(List<? extends T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private <T> T any(T[] choices) {
        return choices[random.nextInt(choices.length)];
    }
}
