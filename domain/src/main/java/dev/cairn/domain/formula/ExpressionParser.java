package dev.cairn.domain.formula;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads formulas from {@code let} down to a primary with its window. */
final class ExpressionParser {
    private final TokenReader reader;
    private final PrimaryParser primaries;
    private final TimeParser times;

    ExpressionParser(TokenReader reader) {
        this.reader = reader;
        this.times = new TimeParser(reader);
        this.primaries = new PrimaryParser(reader, this, times);
    }

    /** {@code formula = ["let" ...] expr}. */
    Formula formula() {
        var start = reader.start();
        if (!reader.sees("let")) {
            return expression();
        }
        reader.advance();
        var bindings = new ArrayList<Formula.Binding>();
        do {
            bindings.add(binding());
        } while (reader.accept(","));
        if (seesComparison()) {
            reader.failWith("A condition stands in parentheses here.");
        }
        reader.expect("in");
        var body = expression();
        return new Formula.Let(bindings, body, reader.since(start));
    }

    private Formula.Binding binding() {
        var start = reader.start();
        var name = reader.name("a name");
        reader.expect("=");
        return new Formula.Binding(name, sum(), reader.since(start));
    }

    /** {@code expr = conj {"or" conj}}. */
    Formula expression() {
        var start = reader.start();
        var left = conjunction();
        while (reader.accept("or")) {
            left = new Formula.Or(left, conjunction(), reader.since(start));
        }
        return left;
    }

    private Formula conjunction() {
        var start = reader.start();
        var left = negation();
        while (reader.accept("and")) {
            left = new Formula.And(left, negation(), reader.since(start));
        }
        return left;
    }

    private Formula negation() {
        var start = reader.start();
        if (!reader.sees("not")) {
            return test();
        }
        reader.advance();
        var operand = test();
        return new Formula.Not(operand, reader.since(start));
    }

    private Formula test() {
        var start = reader.start();
        var left = sum();
        var tested = tested(left, start);
        if (tested != left && (seesComparison() || reader.sees("in"))) {
            reader.failWith(
                    "Comparisons do not chain: write 'a < b and b < c', or put one in parentheses.");
        }
        return tested;
    }

    private Formula tested(Formula left, Span start) {
        for (var comparator : Formula.Comparator.values()) {
            if (reader.accept(comparator.symbol())) {
                var right = sum();
                return new Formula.Comparison(comparator, left, right, reader.since(start));
            }
        }
        if (reader.accept("is")) {
            boolean negated = reader.accept("not");
            var right = sum();
            return new Formula.Is(left, negated, right, reader.since(start));
        }
        if (reader.accept("not")) {
            reader.expect("in");
            return set(left, true, start);
        }
        return reader.accept("in") ? set(left, false, start) : left;
    }

    private boolean seesComparison() {
        boolean negatedIn = reader.sees("not") && reader.seesNext("in");
        return negatedIn
                || Set.of("=", "!=", "<", "<=", ">", ">=", "is").stream().anyMatch(reader::sees);
    }

    private Formula set(Formula operand, boolean negated, Span start) {
        if (reader.sees("(")) {
            int open = reader.open();
            var literals = new ArrayList<Formula>();
            do {
                literals.add(signedLiteral());
            } while (reader.accept(","));
            reader.close(open);
            return new Formula.InList(operand, negated, literals, reader.since(start));
        }
        reader.expecting("'('", Set.of());
        var cohort = reader.name("a cohort's name");
        Moment asOf = null;
        if (reader.accept("as")) {
            reader.expect("of");
            if (reader.sees("fact")) {
                reader.expecting("'start', 'end', 'now' or an instant", Set.of());
                reader.failWith("A cohort is read at one instant, not at each fact.");
            }
            asOf = times.moment();
        }
        return new Formula.InCohort(operand, negated, cohort, asOf, reader.since(start));
    }

    /** A literal; a minus belongs to its number. */
    Formula signedLiteral() {
        var start = reader.start();
        if (reader.sees("-")) {
            return new Formula.NumberLiteral(times.signed(), reader.since(start));
        }
        var literal = literal();
        if (literal == null) {
            reader.expecting(
                    "a literal (a number, a text in single quotes, @date, true, false, none)",
                    Set.of());
            reader.failWith(
                    reader.current() instanceof Token.Name
                            ? "A text stands in single quotes: 'pro'."
                            : "");
            return new Formula.NoneLiteral(start);
        }
        return literal;
    }

    /** The literal that stands here, or null where there is none. */
    @Nullable Formula literal() {
        var token = reader.current();
        if (times.seesSpan()) {
            var span = times.span();
            return new Formula.SpanLiteral(span, span.span());
        }
        return switch (token) {
            case Token.Literal(var value, _) -> {
                reader.advance();
                yield value;
            }
            case Token.Keyword(var word, var span) -> constant(word, span);
            case Token.Name _, Token.Symbol _, Token.Bad _, Token.End _ -> null;
        };
    }

    private @Nullable Formula constant(String word, Span span) {
        Formula constant =
                switch (word) {
                    case "true" -> new Formula.BooleanLiteral(true, span);
                    case "false" -> new Formula.BooleanLiteral(false, span);
                    case "none" -> new Formula.NoneLiteral(span);
                    default -> null;
                };
        if (constant != null) {
            reader.advance();
        }
        return constant;
    }

    /** {@code sum = term {("+"|"-") term}}. */
    Formula sum() {
        return leftAssociative(List.of(Formula.Operator.ADD, Formula.Operator.SUBTRACT));
    }

    private Formula term() {
        return leftAssociative(List.of(Formula.Operator.MULTIPLY, Formula.Operator.DIVIDE));
    }

    private Formula leftAssociative(List<Formula.Operator> operators) {
        boolean sums = operators.contains(Formula.Operator.ADD);
        var start = reader.start();
        var left = sums ? term() : unary();
        for (var operator = accepted(operators); operator != null; operator = accepted(operators)) {
            var right = sums ? term() : unary();
            left = new Formula.Arithmetic(operator, left, right, reader.since(start));
        }
        return left;
    }

    private Formula.@Nullable Operator accepted(List<Formula.Operator> operators) {
        for (var operator : operators) {
            if (reader.accept(operator.symbol())) {
                return operator;
            }
        }
        return null;
    }

    /** {@code unary = ["-"] primary ["over" window]}: {@code -x over w} is {@code -(x over w)}. */
    private Formula unary() {
        var start = reader.start();
        if (!reader.sees("-")) {
            return windowed();
        }
        reader.advance();
        var operand = windowed();
        return new Formula.Negative(operand, reader.since(start));
    }

    private Formula windowed() {
        var start = reader.start();
        var operand = primaries.primary();
        if (!reader.accept("over")) {
            return operand;
        }
        var window = times.window();
        return new Formula.Over(operand, window, reader.since(start));
    }
}
