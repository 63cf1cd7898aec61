package dev.cairn.adapters.graphql.analysis;

import dev.cairn.adapters.graphql.limit.Limit;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;

/** What a question costs, and what a request may cost. */
public record QueryCost(long estimated, int limit) {
    List<Problem> problems() {
        return estimated <= limit
                ? List.of()
                : List.of(
                        Problem.of(
                                ProblemCode.LIMIT,
                                Place.of("first"),
                                "%,d %s; at most %,d are allowed. Ask for fewer rows a page.",
                                estimated,
                                Limit.COST.what(),
                                limit));
    }
}
