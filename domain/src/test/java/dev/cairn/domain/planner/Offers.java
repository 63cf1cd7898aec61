package dev.cairn.domain.planner;

import dev.cairn.domain.formula.FormulaParser;
import dev.cairn.domain.formula.FormulaParser.Parsed;
import dev.cairn.domain.formula.FormulaParser.ParsedDimension;
import dev.cairn.domain.problem.Place;
import java.util.List;
import java.util.stream.Stream;

/** What is offered in place of what is refused: a formula or a part of one, in which {@code ...} stands for what the asker knows. */
final class Offers {
    /** An offer and what goes around it: it is a formula, a relation, a clause of one, a unit, a function, or what follows a value. */
    private static final List<String> AROUND =
            List.of(
                    "%s",
                    "count(%s)",
                    "count(x %s)",
                    "count(x) %s",
                    "x %s",
                    "%s(x)",
                    "count(steps(a -> b within 7 days per account %s))",
                    "count(steps(a -> b within 7 days %s))");

    private static final String DIMENSIONS = "groupBy: ";

    private Offers() {}

    static boolean canBeWritten(String offer) {
        if (offer.startsWith(DIMENSIONS)) {
            return Stream.of(offer.substring(DIMENSIONS.length()).split(", "))
                    .allMatch(Offers::isDimension);
        }
        var written = written(offer);
        return isDimension(written)
                || AROUND.stream().anyMatch(around -> isFormula(around.formatted(written)));
    }

    private static String written(String offer) {
        return offer.replace("steps(...)", "steps(a -> b within 7 days per account)")
                .replace("touch(...)", "touch(b after a per account)")
                .replace("changes(...)", "changes(a.b per account)")
                .replace("by ...)", "by k)")
                .replace("= ...", "= 'k'")
                .replace("(... ", "(r ")
                .replace("...", "x");
    }

    private static boolean isFormula(String text) {
        return FormulaParser.parse(text, Place.NOWHERE) instanceof Parsed.Ok;
    }

    private static boolean isDimension(String text) {
        return FormulaParser.parseDimension(text, Place.NOWHERE) instanceof ParsedDimension.Ok;
    }
}
