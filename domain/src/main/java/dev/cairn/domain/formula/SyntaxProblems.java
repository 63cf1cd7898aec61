package dev.cairn.domain.formula;

import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;
import java.util.TreeMap;

/** The problems of one text: one for a position, in the order of the text, and not more than a person reads. */
final class SyntaxProblems {
    private static final int MOST = 20;

    private final Place place;
    private final TreeMap<Integer, Problem> byOffset = new TreeMap<>();

    SyntaxProblems(Place place) {
        this.place = place;
    }

    void syntax(Span at, String message) {
        syntax(at, message, List.of());
    }

    void syntax(Span at, String message, List<String> near) {
        add(at, ProblemCode.SYNTAX, message, near);
    }

    void limit(Span at, String message) {
        add(at, ProblemCode.LIMIT, message, List.of());
    }

    boolean none() {
        return byOffset.isEmpty();
    }

    List<Problem> inOrder() {
        return List.copyOf(byOffset.values());
    }

    private void add(Span at, ProblemCode code, String message, List<String> near) {
        if (byOffset.size() < MOST) {
            var problem = new Problem(code, message, place.at(at.line(), at.column()), List.of());
            byOffset.putIfAbsent(at.start(), problem.suggesting(near));
        }
    }
}
