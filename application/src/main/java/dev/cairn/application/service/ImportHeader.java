package dev.cairn.application.service;

import dev.cairn.domain.model.Field;
import dev.cairn.domain.problem.NearestNames;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The columns of a file beside those that are wanted of it.
 *
 * @param positions index of each wanted column that is there, by its declared name
 * @param used names of those columns in the file
 * @param problems columns of the same name, wanted ones that are missing, and names that mean nothing
 */
record ImportHeader(Map<String, Integer> positions, Set<String> used, List<Problem> problems) {
    ImportHeader {
        positions = Map.copyOf(positions);
        used = Set.copyOf(used);
        problems = List.copyOf(problems);
    }

    /** All that is wanted must be there. */
    static ImportHeader of(
            List<String> columns,
            Map<String, String> meant,
            Collection<String> wanted,
            String target) {
        return of(columns, meant, wanted, Set.of(), target);
    }

    /**
     * @param meant names of the file that mean another declared one
     * @param optional those of the wanted ones that need not be there
     */
    static ImportHeader of(
            List<String> columns,
            Map<String, String> meant,
            Collection<String> wanted,
            Set<String> optional,
            String target) {
        var positions = new HashMap<String, Integer>();
        var used = new HashSet<String>();
        var problems = new ArrayList<Problem>();
        for (int i = 0; i < columns.size(); i++) {
            var column = columns.get(i);
            var name = meant.getOrDefault(column, column);
            if (column.isBlank()) {
                continue;
            }
            if (positions.putIfAbsent(name, i) != null) {
                problems.add(twice(name));
            } else if (wanted.contains(name)) {
                used.add(column);
            }
        }
        var others = columns.stream().filter(column -> !used.contains(column)).toList();
        problems.addAll(misnamed(columns, meant, wanted, target));
        wanted.stream()
                .filter(column -> !optional.contains(column))
                .filter(column -> !positions.containsKey(column) && !meant.containsValue(column))
                .map(column -> missing(column, others, target))
                .forEach(problems::add);
        if (columns.size() == 1 && !problems.isEmpty()) {
            separator(columns.getFirst()).ifPresent(problems::addFirst);
        }
        positions.keySet().retainAll(wanted);
        return new ImportHeader(positions, used, problems.stream().distinct().toList());
    }

    /** The same names with columns for the fields they mean. */
    static Map<String, String> columnsMeant(Map<String, String> meant, List<Field> fields) {
        var columns = new HashMap<String, String>();
        fields.forEach(field -> columns.put(field.name(), field.column()));
        var columnsMeant = new HashMap<>(meant);
        columnsMeant.replaceAll((_, name) -> columns.getOrDefault(name, name));
        return columnsMeant;
    }

    private static List<Problem> misnamed(
            List<String> columns,
            Map<String, String> meant,
            Collection<String> wanted,
            String target) {
        var problems = new ArrayList<Problem>();
        new TreeMap<>(meant)
                .forEach((column, name) -> {
                    if (!columns.contains(column)) {
                        problems.add(
                                problem(
                                                ProblemCode.UNKNOWN_COLUMN,
                                                "The file has no column '%s', which is said to be '%s'.",
                                                column,
                                                name)
                                        .suggesting(NearestNames.nearest(column, columns)));
                    }
                    if (!wanted.contains(name)) {
                        problems.add(
                                problem(
                                                ProblemCode.UNKNOWN_FIELD,
                                                "Column '%s' is said to be '%s', which %s does not take from a file.",
                                                column,
                                                name,
                                                target)
                                        .suggesting(NearestNames.nearest(name, wanted)));
                    }
                });
        return problems;
    }

    /** Columns that nobody wants, by name or, where they have none, by number. */
    List<String> ignored(List<String> columns) {
        return IntStream.range(0, columns.size())
                .filter(i -> !used.contains(columns.get(i)))
                .mapToObj(i ->
                        columns.get(i).isBlank()
                                ? "column %d (without a name)".formatted(i + 1)
                                : columns.get(i))
                .toList();
    }

    boolean has(String column) {
        return positions.containsKey(column);
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

    /** Two columns of one name. */
    static Problem twice(String name) {
        return problem(
                ProblemCode.CONFLICT,
                "Two columns are named '%s': skip the header (--skip-lines 1) and name all columns (--columns).",
                name);
    }

    /** A file of one column is seldom meant as one: a sign in its name that is likely to stand between columns. */
    static Optional<Problem> separator(String column) {
        return Stream.of(";", "\t", "|", ",")
                .filter(column::contains)
                .map(found ->
                        problem(
                                ProblemCode.BAD_VALUE,
                                "The columns seem to be separated by another sign: say so (--delimiter %s).",
                                found.equals("\t") ? "tab" : "'" + found + "'"))
                .findFirst();
    }

    private static Problem problem(ProblemCode code, String message, Object... arguments) {
        return Problem.of(code, new Place(List.of("header"), 1, 0), message, arguments);
    }
}
