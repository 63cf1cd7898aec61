package dev.cairn.adapters.files.definition;

import dev.cairn.domain.problem.NearestNames;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.problem.Problems;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.yaml.snakeyaml.nodes.Node;

/** Collects what is wrong with a file, and where its parts stand. */
final class Findings {
    private final Page page;
    private final Positions positions;
    private final List<Problem> problems = new ArrayList<>();
    private String definition = "";

    Findings(Page page, Positions positions) {
        this.page = page;
        this.positions = positions;
    }

    Page page() {
        return page;
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    int count() {
        return problems.size();
    }

    /** From here on it is about this definition; empty: about none that has a name. */
    void about(String name) {
        definition = name;
    }

    void stands(String part, Node node) {
        if (!definition.isEmpty()) {
            positions.put(page, definition, part, node);
        }
    }

    void add(Problem problem) {
        problems.add(problem);
    }

    /** A name that is not known; with near ones, as long as it will be listed. */
    void unknown(Problem problem, String wanted, Collection<String> known) {
        add(
                problems.size() < Problems.MOST_LISTED
                        ? problem.suggesting(NearestNames.nearest(wanted, known))
                        : problem);
    }

    /** A problem of a part, at its node. */
    Problem problem(ProblemCode code, String part, Node node, String message, Object... arguments) {
        return Problem.of(code, place(part, node.getStartMark().getIndex()), message, arguments);
    }

    void report(ProblemCode code, String part, Node node, String message, Object... arguments) {
        add(problem(code, part, node, message, arguments));
    }

    Place place(String part, int index) {
        var path = new ArrayList<>(List.of(page.file()));
        if (!definition.isEmpty()) {
            path.add(definition);
            if (!part.isEmpty()) {
                path.add(part);
            }
        }
        int at = Math.min(index, page.length());
        return new Place(path, page.line(at), page.column(at));
    }
}
