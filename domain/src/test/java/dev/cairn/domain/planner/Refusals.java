package dev.cairn.domain.planner;

import static java.util.stream.Collectors.joining;

import dev.cairn.domain.catalog.CatalogBuilder;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.time.Grain;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * A table of refused questions, each with what is told about it. A question is a formula, and behind {@code |} what else
 * is asked: {@code count(event) | by event.name | where event.beta}. Below it stand its problems (code, place, message),
 * and below each what is offered in its place.
 */
public final class Refusals {
    private static final String PROBLEM = "  ";
    private static final String OFFER = "    > ";
    private static final String FORMULA = "metrics/0/metric/formula";

    private Refusals() {}

    /** The same table, with what is told now. */
    public static String told(Supplier<CatalogBuilder> catalog, String table) {
        return table.lines()
                .filter(line -> !line.startsWith(PROBLEM) && !line.isBlank())
                .map(asked -> asked + "\n" + told(question(asked).problems(catalog.get())))
                .collect(joining());
    }

    /** The problems as the table has them. */
    public static String told(List<Problem> problems) {
        return problems.stream().map(Refusals::told).collect(joining());
    }

    private static String told(Problem problem) {
        var offers = problem.suggestions().stream().map(offer -> OFFER + offer + "\n");
        return "%s%s %s: %s\n%s"
                .formatted(
                        PROBLEM,
                        problem.code(),
                        where(problem.place()),
                        problem.message(),
                        offers.collect(joining()));
    }

    /** What is offered in a table. */
    static List<String> offered(String table) {
        return table.lines()
                .filter(line -> line.startsWith(OFFER))
                .map(line -> line.substring(OFFER.length()))
                .toList();
    }

    private static String where(Place place) {
        var path = String.join("/", place.path());
        if (place.line() == 0) {
            return path;
        }
        var at = "%d:%d".formatted(place.line(), place.column());
        return path.equals(FORMULA) ? at : path + " " + at;
    }

    static Question question(String asked) {
        var parts = asked.split(" \\| ");
        var question = Question.formula(parts[0].strip());
        var keys = new ArrayList<String>();
        for (int at = 1; at < parts.length; at++) {
            var part = parts[at].strip();
            var said = part.substring(part.indexOf(' ') + 1);
            switch (part.substring(0, part.indexOf(' '))) {
                case "by" -> keys.add(said);
                case "each" -> question.each(Grain.valueOf(said.toUpperCase(Locale.ROOT)));
                case "where" -> question.where(said);
                case "cohort" -> question.cohortRule(said);
                case "scope" -> question.scopedTo(said);
                case "in" -> question.between(said.substring(0, 10), said.substring(11));
                default -> throw new IllegalArgumentException(part);
            }
        }
        return question.by(keys.toArray(String[]::new));
    }
}
