package dev.cairn.testkit.generator;

import dev.cairn.testkit.generator.Piece.Measure;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Generates what only a formula of a cell can be: totals over groups and shares of them, formulas of fewer rows, scores. */
final class RandomCells {
    private final Choice choice;
    private final RandomExpressions expressions;
    private final Place asked;
    private final List<String> keys;
    private final boolean hasRates;

    /**
     * @param asked what all rows of the question can be asked by
     * @param keys of the question
     * @param hasRates whether there are rates of exchange
     */
    RandomCells(
            Choice choice,
            RandomExpressions expressions,
            Place asked,
            List<String> keys,
            boolean hasRates) {
        this.choice = choice;
        this.expressions = expressions;
        this.asked = asked;
        this.keys = keys;
        this.hasRates = hasRates;
    }

    Piece of(Place cell) {
        if (hasRates && choice.percent(25)) {
            return converted(number(cell));
        }
        return choice.by(
                () -> total(number(cell)),
                () -> share(cell),
                () -> only(number(cell)),
                () -> total(only(number(cell))),
                () -> scale(number(cell)),
                () -> weighted(cell));
    }

    /** Into the currency of the rates, or through it into another. */
    private Piece converted(Piece of) {
        boolean isCross = choice.percent(40);
        var currency = isCross ? Measure.POUNDS : Measure.DOLLARS;
        return Piece.number(
                "convert(%s, '%s')".formatted(of.text(), isCross ? "GBP" : "USD"),
                of.measure() == Measure.MONEY ? currency : of.measure(),
                isCross || of.inexact());
    }

    private Piece number(Place cell) {
        return expressions.number(cell, choice.of(1, 1, 2));
    }

    private Piece total(Piece of) {
        var kept = choice.some(keys, 2);
        String by = kept.isEmpty() ? "" : " by " + String.join(", ", kept);
        return number("total(%s%s)".formatted(of.text(), by), of);
    }

    private Piece share(Place cell) {
        var part = expressions.aggregate(cell, 1);
        return Piece.number(
                "(%s / %s)".formatted(part.text(), total(part).text()), Measure.PLAIN, true);
    }

    private Piece only(Piece of) {
        return asked.atoms().isEmpty()
                ? total(of)
                : number(
                        "only(%s where %s)"
                                .formatted(of.text(), expressions.condition(asked, 1).text()),
                        of);
    }

    private static Piece number(String text, Piece of) {
        return Piece.number(text, of.measure(), of.inexact());
    }

    private Piece scale(Piece of) {
        String ends = choice.of("0 to 10", "5 to 0", "-2.5 to 40", "100 to -100");
        return Piece.number("scale(%s, %s)".formatted(of.text(), ends), Measure.PLAIN, true);
    }

    private Piece weighted(Place cell) {
        String parts =
                IntStream.rangeClosed(1, choice.between(1, 3))
                        .mapToObj(at ->
                                "part_%d %s : %s"
                                        .formatted(
                                                at,
                                                choice.of("0.5", "1", "3"),
                                                scale(number(cell)).text()))
                        .collect(Collectors.joining(", "));
        String missing =
                choice.of("", "", "; missing spread", "; missing zero", "; missing none")
                        + choice.of("", "", "; coverage 0.4");
        return Piece.number("weighted(%s%s)".formatted(parts, missing), Measure.PLAIN, true);
    }
}
