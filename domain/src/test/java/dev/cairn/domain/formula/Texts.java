package dev.cairn.domain.formula;

import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import java.util.List;

/** Reads texts for tests: the tree without positions, or the problems with them. */
final class Texts {
    private Texts() {}

    static Formula formula(String text) {
        return switch (FormulaParser.parse(text, Place.NOWHERE)) {
            case FormulaParser.Parsed.Ok(var formula) -> formula;
            case FormulaParser.Parsed.Failed(var problems) ->
                    throw new AssertionError("'%s' does not parse: %s".formatted(text, problems));
        };
    }

    /** The tree as text, with everything but the spans. */
    static String tree(String text) {
        return Shape.of(formula(text));
    }

    static String printed(String text) {
        return FormulaPrinter.print(formula(text));
    }

    static List<Problem> problems(String text) {
        return switch (FormulaParser.parse(text, Place.of("formula"))) {
            case FormulaParser.Parsed.Ok(var formula) ->
                    throw new AssertionError(
                            "'%s' parses: %s".formatted(text, FormulaPrinter.print(formula)));
            case FormulaParser.Parsed.Failed(var problems) -> problems;
        };
    }

    /** The problems as {@code line:column message}. */
    static List<String> told(String text) {
        return problems(text).stream()
                .map(problem ->
                        "%d:%d %s"
                                .formatted(
                                        problem.place().line(),
                                        problem.place().column(),
                                        problem.message()))
                .toList();
    }

    static DimensionText dimension(String text) {
        return switch (FormulaParser.parseDimension(text, Place.NOWHERE)) {
            case FormulaParser.ParsedDimension.Ok(var dimension) -> dimension;
            case FormulaParser.ParsedDimension.Failed(var problems) ->
                    throw new AssertionError("'%s' is no dimension: %s".formatted(text, problems));
        };
    }
}
