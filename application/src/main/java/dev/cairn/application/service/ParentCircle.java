package dev.cairn.application.service;

import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;
import java.util.stream.Collectors;

/** That accounts would be above themselves. */
final class ParentCircle {
    private static final int MOST_NAMED = 10;

    private ParentCircle() {}

    /**
     * @param accounts each the child of the next, the last that of the first
     * @param done what became of the request, a sentence
     */
    static Problem problem(Place place, List<String> accounts, String done) {
        if (accounts.size() == 1) {
            return Problem.of(
                    ProblemCode.CYCLE,
                    place,
                    "The account '%s' would be its own parent. %s",
                    accounts.getFirst(),
                    done);
        }
        var named =
                accounts.stream()
                        .limit(MOST_NAMED)
                        .map("'%s'"::formatted)
                        .collect(Collectors.joining(", "));
        int unnamed = accounts.size() - MOST_NAMED;
        return Problem.of(
                ProblemCode.CYCLE,
                place,
                "The account '%s' would be above itself: of %s each would be the child of the next, and the last that of the first. %s",
                accounts.getFirst(),
                unnamed > 0 ? "%s and %d more".formatted(named, unnamed) : named,
                done);
    }
}
