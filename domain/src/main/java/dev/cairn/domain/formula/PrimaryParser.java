package dev.cairn.domain.formula;

import dev.cairn.domain.problem.NearestNames;
import dev.cairn.domain.time.AskedGrain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what stands between operators: literals, paths, calls, aggregates and everything in parentheses. */
final class PrimaryParser {
    /** What begins relations that are made of others, with what may be asked of them. */
    private static final Map<String, List<String>> DERIVED =
            Map.of(
                    "steps", List.of("count(steps(...))", "share(steps(...) : completed)"),
                    "touch", List.of("count(touch(...))", "exists(touch(...))"),
                    "changes", List.of("sum(changes(...) : delta)", "count(changes(...))"));

    private static final Set<String> OF_RELATIONS =
            Set.of("via", "on", "at", "during", "where", "weight");

    private final TokenReader reader;
    private final ExpressionParser expressions;
    private final TimeParser times;
    private final AggregateParser aggregates;
    private final ScoreParser scores;

    PrimaryParser(TokenReader reader, ExpressionParser expressions, TimeParser times) {
        this.reader = reader;
        this.expressions = expressions;
        this.times = times;
        this.aggregates = new AggregateParser(reader, expressions, times);
        this.scores = new ScoreParser(reader, expressions, times);
    }

    Formula primary() {
        var primary = reader.descend() ? atThisDepth() : new Formula.NoneLiteral(reader.start());
        reader.ascend();
        return primary;
    }

    private Formula atThisDepth() {
        if (seesAge()) {
            return age();
        }
        var literal = expressions.literal();
        if (literal != null) {
            return literal;
        }
        return switch (reader.current()) {
            case Token.Name _ -> named();
            case Token.Keyword(var word, var span) -> keyword(word, span);
            case Token.Symbol(var symbol, _) when symbol.equals("(") -> parenthesized();
            case Token.Symbol _, Token.Literal _, Token.Bad _, Token.End _ -> nothing();
        };
    }

    /** {@code age} before a grain; a field or a parameter of that name is quoted there. */
    private boolean seesAge() {
        return reader.seesWord("age") && times.seesGrain(1);
    }

    /** {@code "age" grain ["from" path]}. */
    private Formula age() {
        var start = reader.start();
        reader.advance();
        var grain = times.grain();
        var from = reader.accept("from") ? times.path() : null;
        return new Formula.Age(grain, from, reader.since(start));
    }

    private Formula nothing() {
        var start = reader.start();
        reader.fail("a value");
        return new Formula.NoneLiteral(start);
    }

    private Formula parenthesized() {
        int open = reader.open();
        var inner = expressions.formula();
        reader.close(open);
        return inner;
    }

    private Formula named() {
        var start = reader.start();
        if (reader.seesWord("window")
                && reader.seesNext(".")
                && reader.ahead(2) instanceof Token.Keyword) {
            reader.advance();
            return new Formula.WindowEdge(edge(), reader.since(start));
        }
        if (reader.seesWord("only") && reader.seesNext("(")) {
            return only();
        }
        if (reader.seesWord("convert") && reader.seesNext("(")) {
            return convert();
        }
        if (reader.current() instanceof Token.Name(var name, var quoted, _)
                && reader.seesNext("(")) {
            if (!quoted && Percentiles.looksLike(name)) {
                return percentile(name, start);
            }
            if (quoted && Words.FUNCTIONS.contains(name)) {
                reader.failAt(
                        start,
                        "'%s' is a function; a metric of that name cannot take parameters."
                                .formatted(name),
                        List.of());
            }
            reader.advance();
            return call(name, start);
        }
        var path = times.path();
        if (!reader.accept("as")) {
            return path;
        }
        reader.expect("of");
        return new Formula.PathAsOf(path, times.moment(), reader.since(start));
    }

    private Formula percentile(String name, Span start) {
        var percentile = Percentiles.read(name);
        if (percentile == null) {
            reader.failAt(start, Percentiles.WRONG.formatted(name), List.of());
            return new Formula.NoneLiteral(start);
        }
        return aggregates.aggregate(percentile);
    }

    private Formula keyword(String word, Span span) {
        if (word.equals("case")) {
            return choice();
        }
        if (word.equals("bucket") && reader.seesNext(".")) {
            return bucketEdge();
        }
        if (word.equals("asof") && !reader.seesNext("(")) {
            reader.advance();
            return new Formula.Call(word, List.of(), span);
        }
        if (reader.seesNext("(")) {
            var formula = opening(word, span);
            if (formula != null) {
                return formula;
            }
        }
        if (word.equals("let")) {
            reader.expecting("a value", Set.of());
            reader.failWith("A 'let' inside a formula stands in parentheses.");
        }
        var aggregate = DERIVED.get(word);
        if (aggregate != null && reader.seesNext("(")) {
            reader.failAt(
                    reader.start(),
                    "'%s(...)' is a relation and no value: count its rows, or aggregate a field of them."
                            .formatted(word),
                    aggregate);
        }
        if (word.equals("not")) {
            reader.expecting("a value", Set.of());
            reader.failWith("A condition with 'not' stands in parentheses here.");
        }
        return nothing();
    }

    /** What begins with this word and a parenthesis; null where nothing does. */
    private @Nullable Formula opening(String word, Span start) {
        var function = Words.AGGREGATES.get(word);
        if (function != null) {
            return aggregates.aggregate(function);
        }
        if (Words.FUNCTIONS.contains(word)) {
            reader.advance();
            return call(word, start);
        }
        return switch (word) {
            case "prior", "next" -> shift(word.equals("next"));
            case "total" -> total();
            case "per" -> per();
            case "weighted" -> scores.weighted();
            case "scale" -> scores.scale();
            case "survival" -> aggregates.survival();
            case "conversion" -> aggregates.conversion();
            default -> null;
        };
    }

    private Formula choice() {
        var start = reader.start();
        reader.expect("case");
        var whens = new ArrayList<Formula.When>();
        reader.expect("when");
        do {
            var condition = expressions.expression();
            reader.expect("then");
            whens.add(new Formula.When(condition, expressions.expression()));
        } while (reader.accept("when"));
        var otherwise = reader.accept("else") ? expressions.expression() : null;
        reader.expect("end");
        return new Formula.Case(whens, otherwise, reader.since(start));
    }

    private Formula bucketEdge() {
        var start = reader.start();
        reader.expect("bucket");
        return new Formula.BucketEdge(edge(), reader.since(start));
    }

    /** {@code "." ("start" | "end")}: whether it is the end. */
    private boolean edge() {
        reader.expect(".");
        boolean atStart = reader.accept("start");
        if (!atStart) {
            reader.expect("end");
        }
        return !atStart;
    }

    private Formula only() {
        var start = reader.start();
        reader.advance();
        int open = reader.open();
        var operand = expressions.formula();
        reader.expect("where");
        var condition = expressions.expression();
        reader.close(open);
        return new Formula.Only(operand, condition, reader.since(start));
    }

    private Formula convert() {
        var start = reader.start();
        reader.advance();
        int open = reader.open();
        var operand = expressions.formula();
        reader.expect(",");
        var currency = text();
        reader.close(open);
        Moment asOf = null;
        if (reader.accept("as")) {
            reader.expect("of");
            asOf = times.moment();
        }
        return new Formula.Convert(operand, currency, asOf, reader.since(start));
    }

    private String text() {
        if (reader.current() instanceof Token.Literal(Formula.TextLiteral(var text, _), _)) {
            reader.advance();
            return text;
        }
        reader.fail("a currency such as 'USD'");
        return "";
    }

    private Formula shift(boolean forward) {
        var start = reader.start();
        reader.advance();
        int open = reader.open();
        var operand = expressions.formula();
        TimeSpan by = null;
        AskedGrain toStartOf = null;
        if (reader.accept(",")) {
            if (reader.accept("start")) {
                reader.expect("of");
                toStartOf = times.grain();
            } else {
                by = times.span();
            }
        }
        reader.close(open);
        return new Formula.Shift(forward, operand, by, toStartOf, reader.since(start));
    }

    private Formula total() {
        var start = reader.start();
        reader.advance();
        int open = reader.open();
        var operand = expressions.formula();
        var by = new ArrayList<DimensionText>();
        if (reader.accept("by")) {
            var dimensions = new DimensionParser(reader, expressions, times);
            do {
                by.add(dimensions.dimension());
            } while (reader.accept(","));
        }
        reader.close(open);
        return new Formula.Total(operand, by, reader.since(start));
    }

    private Formula per() {
        var start = reader.start();
        reader.advance();
        int open = reader.open();
        var entity = times.path();
        reader.expect(":");
        var operand = expressions.formula();
        reader.close(open);
        return new Formula.Per(entity, operand, reader.since(start));
    }

    private Formula call(String name, Span start) {
        int open = reader.open();
        var arguments = new ArrayList<Formula.Argument>();
        if (!reader.sees(")")) {
            do {
                arguments.add(argument());
                refuseRelation(name, start);
            } while (reader.accept(","));
        }
        reader.close(open);
        return new Formula.Call(name, arguments, reader.since(start));
    }

    private Formula.Argument argument() {
        if (reader.current() instanceof Token.Name(var name, _, _) && reader.seesNext(":")) {
            reader.advance();
            reader.expect(":");
            return new Formula.Argument(name, expressions.signedLiteral());
        }
        var start = reader.start();
        boolean isAlone =
                !(reader.current() instanceof Token.Keyword)
                        || reader.seesNext(")")
                        || reader.seesNext(",");
        var grain = isAlone ? times.acceptGrain() : null;
        return new Formula.Argument(
                null,
                grain == null
                        ? expressions.formula()
                        : new Formula.GrainName(grain, reader.since(start)));
    }

    /** {@code cuont(event where ...)} reads like a function with an argument; it is told as the aggregate it was meant to be. */
    private void refuseRelation(String name, Span start) {
        if (OF_RELATIONS.stream().anyMatch(reader::sees)) {
            reader.failAt(
                    start,
                    "'%s' is not an aggregate, and only an aggregate reads a relation."
                            .formatted(Lexer.shortened(name)),
                    NearestNames.nearest(name, Words.AGGREGATES.keySet()));
        }
    }
}
