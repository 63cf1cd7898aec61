package dev.cairn.application.service;

import dev.cairn.domain.problem.NearestNames;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The columns of a file beside those that are wanted of it.
 *
 * @param positions index of each column, by name
 * @param ignored columns that nobody wants
 * @param problems columns without a name or of the same one, and wanted ones that are missing
 */
record ImportHeader(Map<String, Integer> positions, List<String> ignored, List<Problem> problems) {
    ImportHeader {
        positions = Map.copyOf(positions);
        ignored = List.copyOf(ignored);
        problems = List.copyOf(problems);
    }

    static ImportHeader of(List<String> columns, Collection<String> wanted, String target) {
        var positions = new HashMap<String, Integer>();
        var ignored = new ArrayList<String>();
        var problems = new ArrayList<Problem>();
        for (int i = 0; i < columns.size(); i++) {
            var column = columns.get(i);
            if (column.isBlank()) {
                problems.add(problem(ProblemCode.BAD_VALUE, "Column %d has no name.", i + 1));
            } else if (positions.putIfAbsent(column, i) != null) {
                problems.add(problem(ProblemCode.CONFLICT, "Two columns are named '%s'.", column));
            } else if (!wanted.contains(column)) {
                ignored.add(column);
            }
        }
        wanted.stream()
                .filter(column -> !positions.containsKey(column))
                .map(column -> missing(column, ignored, target))
                .forEach(problems::add);
        if (columns.size() == 1 && !problems.isEmpty()) {
            separator(columns.getFirst()).ifPresent(problems::addFirst);
        }
        return new ImportHeader(positions, ignored, problems);
    }

    int at(String column) {
        return positions.getOrDefault(column, -1);
    }

    private static Problem missing(String column, List<String> others, String target) {
        return problem(
                        ProblemCode.MISSING,
                        "The file has no column '%s', which %s declares.",
                        column,
                        target)
                .suggesting(NearestNames.nearest(column, others));
    }

    /** A file of one column is seldom meant as one. */
    private static Optional<Problem> separator(String column) {
        return Stream.of(";", "\t", "|")
                .filter(column::contains)
                .map(found ->
                        problem(
                                ProblemCode.BAD_VALUE,
                                "The columns seem to be separated by '%s'; they are separated by commas.",
                                found.equals("\t") ? "tab" : found))
                .findFirst();
    }

    private static Problem problem(ProblemCode code, String message, Object... arguments) {
        return Problem.of(code, new Place(List.of("header"), 1, 0), message, arguments);
    }
}
