package dev.cairn.adapters.files.definition;

import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Knows where each part of the definitions of some files stands. A part is named by a path: the file, the definition, then the part as
 * written ({@code formula}, {@code fields.x.compute}).
 */
public final class Positions {
    private record Part(String file, String definition, String name) {}

    private record Spot(Page page, Node node) {}

    private final Map<Part, Spot> spots = new HashMap<>();

    Positions() {}

    void put(Page page, String definition, String part, Node node) {
        spots.putIfAbsent(new Part(page.file(), definition, part), new Spot(page, node));
    }

    /** The problem with line and column of the file, where it had those within the text of the part that its path names. */
    public Problem inFile(Problem problem) {
        var path = problem.place().path();
        if (path.size() < 2) {
            return problem;
        }
        var wanted =
                new Part(path.get(0), path.get(1), String.join(".", path.subList(2, path.size())));
        var spot = spots.get(wanted);
        if (spot != null) {
            return problem.in(place(problem.place(), spot));
        }
        var whole = problem.place().at(0, 0);
        return around(wanted).map(near -> problem.in(place(whole, near))).orElse(problem);
    }

    private Place place(Place within, Spot spot) {
        var page = spot.page();
        int at = spot.node().getStartMark().getIndex();
        if (spot.node() instanceof ScalarNode scalar && !scalar.getValue().isEmpty()) {
            at =
                    ScalarText.of(page, scalar)
                            .offset(Math.max(1, within.line()), Math.max(1, within.column()));
        }
        return within.at(page.line(at), page.column(at));
    }

    /** The nearest part around it that is known. */
    private Optional<Spot> around(Part wanted) {
        var name = wanted.name();
        while (!name.isEmpty()) {
            name = name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : "";
            var spot = spots.get(new Part(wanted.file(), wanted.definition(), name));
            if (spot != null) {
                return Optional.of(spot);
            }
        }
        return Optional.empty();
    }
}
