package dev.cairn.domain.formula;

import dev.cairn.domain.time.AskedGrain;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A formula as written: names are not looked up and types are not known yet. Each piece knows where it stands. */
public sealed interface Formula {
    Span span();

    record NumberLiteral(BigDecimal value, Span span) implements Formula {}

    record TextLiteral(String value, Span span) implements Formula {}

    record BooleanLiteral(boolean value, Span span) implements Formula {}

    /** {@code @2026-01-31}: a local date, or the start of that day. */
    record DateLiteral(LocalDate value, Span span) implements Formula {}

    /** {@code @2026-01-31T10:00Z}. */
    record InstantLiteral(Instant value, Span span) implements Formula {}

    /** {@code 7 days}. */
    record SpanLiteral(TimeSpan value, Span span) implements Formula {}

    record NoneLiteral(Span span) implements Formula {}

    /** A grain as an argument: {@code trunc(t, month)}. */
    record GrainName(AskedGrain grain, Span span) implements Formula {}

    /** A name, or names joined by dots. */
    record Path(List<String> names, Span span) implements Formula {
        public Path {
            names = List.copyOf(names);
        }

        public String text() {
            return String.join(".", names);
        }
    }

    /** A path read at another time: {@code account.plan as of start}. */
    record PathAsOf(Path path, Moment moment, Span span) implements Formula {}

    /** {@code let a = x, b = y in body}; a later name may use an earlier one. */
    record Let(List<Binding> bindings, Formula body, Span span) implements Formula {
        public Let {
            bindings = List.copyOf(bindings);
        }
    }

    /** One name of a {@link Let}. */
    record Binding(String name, Formula value, Span span) {}

    record And(Formula left, Formula right, Span span) implements Formula {}

    record Or(Formula left, Formula right, Span span) implements Formula {}

    record Not(Formula operand, Span span) implements Formula {}

    record Comparison(Comparator comparator, Formula left, Formula right, Span span)
            implements Formula {}

    /** {@code =}, {@code <}, ... */
    enum Comparator {
        EQUAL("="),
        NOT_EQUAL("!="),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">=");

        private final String symbol;

        Comparator(String symbol) {
            this.symbol = symbol;
        }

        public String symbol() {
            return symbol;
        }
    }

    /** Null-safe equality: {@code x is none}, {@code x is not y}. Never empty. */
    record Is(Formula left, boolean negated, Formula right, Span span) implements Formula {}

    /** {@code x in ('a', 'b')}. */
    record InList(Formula operand, boolean negated, List<Formula> literals, Span span)
            implements Formula {
        public InList {
            literals = List.copyOf(literals);
        }
    }

    /** {@code account in design_partners}, {@code ... as of now}. */
    record InCohort(
            Formula operand, boolean negated, String cohort, @Nullable Moment asOf, Span span)
            implements Formula {}

    record Arithmetic(Operator operator, Formula left, Formula right, Span span)
            implements Formula {}

    /** {@code + - * /}. */
    enum Operator {
        ADD("+"),
        SUBTRACT("-"),
        MULTIPLY("*"),
        DIVIDE("/");

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        public String symbol() {
            return symbol;
        }
    }

    record Negative(Formula operand, Span span) implements Formula {}

    record Over(Formula operand, Window window, Span span) implements Formula {}

    record Case(List<When> whens, @Nullable Formula otherwise, Span span) implements Formula {
        public Case {
            whens = List.copyOf(whens);
        }
    }

    /** One arm of a {@link Case}. */
    record When(Formula condition, Formula result) {}

    /** {@code aggregate(relation : value)}; the short form {@code sum(invoice.amount)} is the tree of {@code sum(invoice : invoice.amount)}. */
    record Aggregate(
            AggregateFunction function, RelationClause relation, @Nullable Formula value, Span span)
            implements Formula {}

    /** {@code prior(x)}, {@code next(x, 3 months)}, {@code prior(x, start of year)}. */
    record Shift(
            boolean forward,
            Formula operand,
            @Nullable TimeSpan by,
            @Nullable AskedGrain toStartOf,
            Span span)
            implements Formula {}

    /** {@code total(x)}, {@code total(x by account.plan)}: of the keys of the question those that stay. */
    record Total(Formula operand, List<DimensionText> by, Span span) implements Formula {
        public Total {
            by = List.copyOf(by);
        }
    }

    record Per(Path entity, Formula operand, Span span) implements Formula {}

    /** {@code only(revenue where account.region = 'EMEA')}: a metric of fewer rows. */
    record Only(Formula operand, Formula condition, Span span) implements Formula {}

    /** {@code convert(x, 'USD')}, {@code convert(x, 'USD') as of start}. */
    record Convert(Formula operand, String currency, @Nullable Moment asOf, Span span)
            implements Formula {}

    record Weighted(List<Part> parts, List<Option> options, Span span) implements Formula {
        public Weighted {
            parts = List.copyOf(parts);
            options = List.copyOf(options);
        }
    }

    /** One part of a {@link Weighted}. */
    record Part(@Nullable String name, BigDecimal weight, Formula value) {}

    /** {@code missing spread}, {@code missing neutral 50}, {@code coverage 0.6}. */
    record Option(String name, @Nullable String choice, @Nullable BigDecimal number) {}

    record Scale(Formula operand, BigDecimal from, BigDecimal to, Span span) implements Formula {}

    record Survival(RelationClause relation, Formula start, Formula end, BigDecimal at, Span span)
            implements Formula {}

    record Conversion(RelationClause.Steps steps, Span span) implements Formula {}

    /** A function, or a metric with parameters. */
    record Call(String name, List<Argument> arguments, Span span) implements Formula {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /** An argument of a {@link Call}; named for a metric's parameters. */
    record Argument(@Nullable String name, Formula value) {}

    /** {@code bucket.start} or {@code bucket.end}. */
    record BucketEdge(boolean end, Span span) implements Formula {}

    /** {@code window.start} or {@code window.end}. */
    record WindowEdge(boolean end, Span span) implements Formula {}

    /** {@code age month}, {@code age week from signed_on}: in the expression of a key. */
    record Age(AskedGrain grain, @Nullable Path from, Span span) implements Formula {}
}
