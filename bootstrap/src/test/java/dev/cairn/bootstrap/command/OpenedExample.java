package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Opens cells of a worked example: the parts add up to the cell, or that is denied, or the cell has no parts and the reason is told. */
final class OpenedExample {
    private static final int MOST_ROWS = 10_000;
    private static final double TOLERANCE = 1e-9;

    /** In the order in which they are tried: what is of no account is opened into rows. */
    private static final List<String> INTO = List.of("ACCOUNT", "ROW");

    private final WorkedExample example;
    private final RunningCairn service;

    private OpenedExample(WorkedExample example, RunningCairn service) {
        this.example = example;
        this.service = service;
    }

    /** @param columns of so many metrics a cell is opened, from the first */
    static void expect(
            WorkedExample example, RunningCairn service, WorkedAnswers answers, int columns) {
        new OpenedExample(example, service).open(answers.of(example, service), columns);
    }

    private void open(JsonNode answer, int columns) {
        var rows = answer.path("rows").valueStream().toList();
        answer.path("columns")
                .valueStream()
                .filter(column -> column.path("role").asString().equals("MEASURE"))
                .map(column -> column.path("key").asString())
                .limit(columns)
                .forEach(column ->
                        rows.stream()
                                .filter(row -> row.path("kind").asString().equals("CELL"))
                                .filter(row -> cell(row, column).isNumber())
                                .findFirst()
                                .ifPresent(row ->
                                        open(row.path("key").asString(), column, rowsOf(row))));
    }

    private static String rowsOf(JsonNode row) {
        return row.path("cells").toString();
    }

    private void open(String key, String column, String name) {
        for (String into : INTO) {
            var opened = members(key, column, into);
            if (!opened.has("errors")) {
                expectWhole(opened.at("/data/members"), column, "%s of %s".formatted(column, name));
                return;
            }
            var codes =
                    opened.at("/errors/0/extensions/problems")
                            .valueStream()
                            .map(problem -> problem.path("code").asString())
                            .collect(Collectors.toSet());
            assertThat(codes).as(opened.toString()).isEqualTo(Set.of("INCOMPATIBLE"));
        }
    }

    private JsonNode members(String key, String column, String into) {
        var arguments = new HashMap<String, Object>();
        arguments.put("input", example.question());
        arguments.put("key", key);
        arguments.put("column", column);
        arguments.put("by", into);
        arguments.put("first", MOST_ROWS);
        return service.ask(
                "query($input: AnalysisInput!, $key: String!, $column: String!, $by: MemberKind, $first: Int) { members(input: $input, key: $key, column: $column, by: $by, first: $first) { rows { kind cells { column number } } notices { code column } pageInfo { hasNextPage } } }",
                arguments);
    }

    private static void expectWhole(JsonNode opened, String column, String name) {
        var codes =
                opened.path("notices")
                        .valueStream()
                        .map(notice -> notice.path("code").asString())
                        .toList();
        assertThat(codes).as(name).doesNotContain("CELL_CHANGED");
        if (codes.contains("NOT_ADDITIVE") || opened.at("/pageInfo/hasNextPage").booleanValue()) {
            return;
        }
        var parts = BigDecimal.ZERO;
        var whole = BigDecimal.ZERO;
        for (var row : opened.path("rows")) {
            var value = cell(row, column);
            var number = value.isNumber() ? value.decimalValue() : BigDecimal.ZERO;
            if (row.path("kind").asString().equals("GRAND_TOTAL")) {
                whole = number;
            } else {
                parts = parts.add(number, MathContext.DECIMAL128);
            }
        }
        assertThat(parts.doubleValue())
                .as(name)
                .isCloseTo(
                        whole.doubleValue(),
                        org.assertj.core.data.Offset.offset(
                                TOLERANCE * Math.max(1, Math.abs(whole.doubleValue()))));
    }

    private static JsonNode cell(JsonNode row, String column) {
        return row.path("cells")
                .valueStream()
                .filter(cell ->
                        cell.path("column").asString().equals(column)
                                || cell.path("column").asString().equals(column + ".ranked"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(column + " is not in " + row))
                .path("number");
    }
}
