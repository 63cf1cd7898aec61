package dev.cairn.domain.check;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Target.ScopeKey;
import dev.cairn.domain.problem.Article;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** What is wrong with that of which a target or a baseline is: its metric and its rows. */
final class ScopeCheck {
    private static final int MOST_KEYS = 10;

    private ScopeCheck() {}

    /** @param what the word for what has the scope */
    static List<Problem> of(List<ScopeKey> scope, String what, Catalog catalog, Place place) {
        if (scope.size() > MOST_KEYS) {
            return List.of(
                    Problem.of(
                            ProblemCode.LIMIT,
                            place.then("for"),
                            "%s is of at most %d dimensions, not %d.",
                            Article.capitalized(what),
                            MOST_KEYS,
                            scope.size()));
        }
        var problems = new ArrayList<Problem>();
        var seen = new HashSet<String>();
        for (var key : scope) {
            if (!seen.add(key.dimension())) {
                problems.add(
                        Problem.of(
                                ProblemCode.CONFLICT,
                                place.then("for"),
                                "'%s' stands twice in the scope; %s is of one value of each dimension.",
                                key.dimension(),
                                Article.a(what)));
            } else if (Dimensions.find(key.dimension(), catalog).isEmpty()) {
                problems.add(
                        Problem.of(
                                        ProblemCode.UNKNOWN_DIMENSION,
                                        place.then("for", key.dimension()),
                                        "No dimension '%s'; a scope names each by its full name, for example account.plan.",
                                        key.dimension())
                                .suggesting(Dimensions.nearest(key.dimension(), catalog)));
            }
        }
        return problems;
    }

    static Problem noMetric(String metric, Catalog catalog, Place place) {
        return Problem.of(
                        ProblemCode.UNKNOWN_METRIC, place.then("metric"), "No metric '%s'.", metric)
                .suggesting(catalog.nearest(metric, Metric.class));
    }
}
