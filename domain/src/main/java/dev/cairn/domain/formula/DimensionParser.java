package dev.cairn.domain.formula;

import dev.cairn.domain.time.DatePart;
import java.util.Optional;

/** Reads {@code dimension = grain | datepart | path ["by" grain] ["as" "of" moment] | "age" grain | "(" expr ")" "as" name}. */
final class DimensionParser {
    private final TokenReader reader;
    private final ExpressionParser expressions;
    private final TimeParser times;

    DimensionParser(TokenReader reader) {
        this.reader = reader;
        this.expressions = new ExpressionParser(reader);
        this.times = new TimeParser(reader);
    }

    DimensionText dimension() {
        var start = reader.start();
        var grain = times.acceptGrain();
        if (grain != null) {
            return new DimensionText.ByGrain(grain, start);
        }
        if (reader.sees("(")) {
            int open = reader.open();
            var formula = expressions.expression();
            reader.close(open);
            reader.expect("as");
            var name = reader.name("a name");
            return new DimensionText.ByFormula(formula, name, reader.since(start));
        }
        var part = datePart();
        if (part.isPresent()) {
            reader.advance();
            return new DimensionText.ByDatePart(part.get(), start);
        }
        if (seesAge()) {
            reader.advance();
            return new DimensionText.ByAge(times.grain(), reader.since(start));
        }
        reader.expecting(
                "a grain, a date part, a path or a formula in parentheses", Words.GRAINS.keySet());
        var path = times.path();
        var by = reader.accept("by") ? times.grain() : null;
        Moment asOf = null;
        if (reader.accept("as")) {
            reader.expect("of");
            asOf = times.moment();
        }
        return new DimensionText.ByPath(path, by, asOf, reader.since(start));
    }

    private Optional<DatePart> datePart() {
        if (reader.seesNext(".")) {
            return Optional.empty();
        }
        return switch (reader.current()) {
            case Token.Name(var name, var quoted, _) ->
                    quoted ? Optional.empty() : DimensionText.datePart(name);
            case Token.Keyword(var word, _) -> DimensionText.datePart(word);
            case Token.Literal _, Token.Symbol _, Token.Bad _, Token.End _ -> Optional.empty();
        };
    }

    /** {@code age} is a word of its own before a grain only: fields are called so too. */
    private boolean seesAge() {
        return reader.current() instanceof Token.Name(var name, var quoted, _)
                && !quoted
                && name.equals("age")
                && reader.following() instanceof Token.Keyword(var next, _)
                && Words.UNITS.containsKey(next);
    }
}
