package dev.cairn.domain.formula;

import dev.cairn.domain.time.DatePart;
import java.util.Optional;

/** Reads {@code dimension = grain | datepart ["of" path] | path ["by" grain] ["as" "of" moment] | "age" grain ["from" path] | "(" expr ")" "as" name}. */
final class DimensionParser {
    private final TokenReader reader;
    private final ExpressionParser expressions;
    private final TimeParser times;

    DimensionParser(TokenReader reader, ExpressionParser expressions, TimeParser times) {
        this.reader = reader;
        this.expressions = expressions;
        this.times = times;
    }

    /** At the beginning of a text. */
    static DimensionParser of(TokenReader reader) {
        return new DimensionParser(reader, new ExpressionParser(reader), new TimeParser(reader));
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
            var of = reader.accept("of") ? times.path() : null;
            return new DimensionText.ByDatePart(part.get(), of, reader.since(start));
        }
        if (reader.seesWord("age") && !reader.seesNext(".") && times.seesUnit(1)) {
            reader.advance();
            var age = times.grain();
            var from = reader.accept("from") ? times.path() : null;
            return new DimensionText.ByAge(age, from, reader.since(start));
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
}
