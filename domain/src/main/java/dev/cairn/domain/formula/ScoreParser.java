package dev.cairn.domain.formula;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Reads {@code weighted} and {@code scale}. */
final class ScoreParser {
    private final TokenReader reader;
    private final ExpressionParser expressions;
    private final TimeParser times;

    ScoreParser(TokenReader reader, ExpressionParser expressions, TimeParser times) {
        this.reader = reader;
        this.expressions = expressions;
        this.times = times;
    }

    Formula weighted() {
        var start = reader.start();
        reader.expect("weighted");
        int open = reader.open();
        var parts = new ArrayList<Formula.Part>();
        do {
            parts.add(part());
        } while (reader.accept(","));
        var options = new ArrayList<Formula.Option>();
        var seen = new HashSet<String>();
        while (reader.accept(";")) {
            var place = reader.start();
            var option = option();
            if (!reader.isLost() && !seen.add(option.name())) {
                reader.failAt(place, "'%s' is given twice.".formatted(option.name()), List.of());
            }
            options.add(option);
        }
        reader.close(open);
        return new Formula.Weighted(parts, options, reader.since(start));
    }

    private Formula.Part part() {
        var name = reader.current() instanceof Token.Name ? reader.name("a name") : null;
        if (name == null) {
            reader.expecting("a name", List.of());
        }
        var weight = times.number();
        reader.expect(":");
        return new Formula.Part(name, weight, expressions.expression());
    }

    private Formula.Option option() {
        if (reader.accept("coverage")) {
            return new Formula.Option("coverage", null, times.number());
        }
        reader.expect("missing");
        for (var choice : List.of("spread", "zero", "none")) {
            if (reader.accept(choice)) {
                return new Formula.Option("missing", choice, null);
            }
        }
        reader.expect("neutral");
        return new Formula.Option("missing", "neutral", times.number());
    }

    Formula scale() {
        var start = reader.start();
        reader.expect("scale");
        int open = reader.open();
        var operand = expressions.expression();
        reader.expect(",");
        var from = times.signed();
        reader.expect("to");
        var to = times.signed();
        reader.close(open);
        return new Formula.Scale(operand, from, to, reader.since(start));
    }
}
