package dev.cairn.adapters.files.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;
import org.junit.jupiter.api.Test;

class PositionsTest {
    /** Where in the file the given text of the formula is reported. */
    private static String found(String yaml, String formula, String wanted, String... part) {
        var read = DefinitionReader.read(List.of(new DefinitionFile("a.yaml", yaml)));
        assertThat(read.problems()).isEmpty();
        int at = formula.indexOf(wanted);
        assertThat(at).isNotNegative();
        int line = (int) formula.substring(0, at).chars().filter(c -> c == '\n').count() + 1;
        int column = at - formula.lastIndexOf('\n', Math.max(0, at - 1));
        var place = Place.of("a.yaml", "m").then(part).at(line, at == 0 ? 1 : column);
        var inFile = read.positions().inFile(Problem.of(ProblemCode.SYNTAX, place, "?")).place();
        var lineOfFile = yaml.split("\r?\n", -1)[inFile.line() - 1];
        assertThat(lineOfFile.substring(lineOfFile.offsetByCodePoints(0, inFile.column() - 1)))
                .startsWith(wanted.substring(0, 1));
        return inFile.line() + ":" + inFile.column();
    }

    private static String metric(String formula) {
        return "metric: m\nof: cell\nformula: " + formula;
    }

    @Test
    void a_plain_text_is_found() {
        assertThat(found(metric("count(event)\n"), "count(event)", "event", "formula"))
                .isEqualTo("3:16");
    }

    @Test
    void a_plain_text_over_lines_is_found() {
        assertThat(
                        found(
                                metric("count(event\n  where name\n\n  = 1)\n"),
                                "count(event where name\n= 1)",
                                "name",
                                "formula"))
                .isEqualTo("4:9");
        assertThat(
                        found(
                                metric("count(event\n  where name\n\n  = 1)\n"),
                                "count(event where name\n= 1)",
                                "1",
                                "formula"))
                .isEqualTo("6:5");
    }

    @Test
    void a_single_quoted_text_is_found_behind_doubled_quotes() {
        assertThat(found(metric("'a = ''x'' or bad'\n"), "a = 'x' or bad", "bad", "formula"))
                .isEqualTo("3:24");
        assertThat(found(metric("'a = ''x''\n  or bad'\n"), "a = 'x' or bad", "bad", "formula"))
                .isEqualTo("4:6");
    }

    @Test
    void a_double_quoted_text_is_found_behind_escapes() {
        assertThat(
                        found(
                                metric("\"a = \\\"x\\\" or bad\"\n"),
                                "a = \"x\" or bad",
                                "bad",
                                "formula"))
                .isEqualTo("3:24");
        assertThat(
                        found(
                                metric("\"a \\u00e9\\x41\\t bad\"\n"),
                                "a \u00e9A\t bad",
                                "bad",
                                "formula"))
                .isEqualTo("3:26");
        assertThat(found(metric("\"one\\ntwo bad\"\n"), "one\ntwo bad", "bad", "formula"))
                .isEqualTo("3:20");
        assertThat(
                        found(
                                metric("\"one  \\\n   two\n\n  bad\"\n"),
                                "one  two\nbad",
                                "bad",
                                "formula"))
                .isEqualTo("6:3");
    }

    @Test
    void a_literal_block_is_found() {
        var yaml = "metric: m\nformula: |\n\n    sum(\n      bad)\n\n    x\nof: cell\n";
        assertThat(found(yaml, "\nsum(\n  bad)\n\nx\n", "bad", "formula")).isEqualTo("5:7");
        assertThat(found(yaml, "\nsum(\n  bad)\n\nx\n", "x", "formula")).isEqualTo("7:5");
    }

    @Test
    void a_literal_block_with_a_stated_indent_is_found() {
        assertThat(
                        found(
                                "metric: m\nformula: |1-\n   sum(\n bad)\nof: cell\n",
                                "  sum(\nbad)",
                                "bad",
                                "formula"))
                .isEqualTo("4:2");
    }

    @Test
    void a_folded_block_is_found() {
        var yaml = "metric: m\nformula: >-\n  sum(x\n  where\n\n  a\n    more\n  bad)\nof: cell\n";
        assertThat(found(yaml, "sum(x where\na\n\n  more\n\nbad)", "where", "formula"))
                .isEqualTo("4:3");
        assertThat(
                        found(
                                "metric: m\nformula: >-\n  sum(x\n  where bad)\nof: cell\n",
                                "sum(x where bad)",
                                "bad",
                                "formula"))
                .isEqualTo("4:9");
    }

    @Test
    void windows_line_ends_are_lines() {
        assertThat(
                        found(
                                "metric: m\r\nof: cell\r\nformula: |\r\n  sum(\r\n  bad)\r\n",
                                "sum(\nbad)\n",
                                "bad",
                                "formula"))
                .isEqualTo("5:3");
    }

    @Test
    void characters_beyond_the_basic_plane_count_one() {
        assertThat(found(metric("\"'\ud83d\ude00' bad\"\n"), "'\ud83d\ude00' bad", "'", "formula"))
                .isEqualTo("3:11");
        var read =
                DefinitionReader.read(
                        List.of(new DefinitionFile("a.yaml", metric("\"'\ud83d\ude00' bad\"\n"))));
        var place =
                read.positions()
                        .inFile(
                                Problem.of(
                                        ProblemCode.SYNTAX,
                                        Place.of("a.yaml", "m", "formula").at(1, 5),
                                        "?"))
                        .place();
        assertThat(place.column()).isEqualTo(15);
    }

    @Test
    void parts_within_fields_and_time_are_found() {
        var yaml =
                "source: m\ntime: {field: t, compute: \"date(a, 1, bad)\"}\nfields:\n  a: integer\n  b: {type: integer, compute: a + bad}\n";
        assertThat(found(yaml, "a + bad", "bad", "fields", "b", "compute")).isEqualTo("5:35");
        assertThat(found(yaml, "a + bad", "bad", "fields.b.compute")).isEqualTo("5:35");
        assertThat(found(yaml, "date(a, 1, bad)", "bad", "time.compute")).isEqualTo("2:39");
        assertThat(found(yaml, "date(a, 1, bad)", "bad", "fields.t.compute")).isEqualTo("2:39");
    }

    @Test
    void a_part_that_is_not_written_is_found_at_what_is_around_it() {
        var read =
                DefinitionReader.read(
                        List.of(
                                new DefinitionFile(
                                        "a.yaml", "source: m\ntime: t\nfields:\n  t: date\n")));
        var place = Place.of("a.yaml", "m", "fields", "t", "compute").at(1, 30);
        var inFile = read.positions().inFile(Problem.of(ProblemCode.SYNTAX, place, "?")).place();
        assertThat(inFile.line() + ":" + inFile.column()).isEqualTo("4:6");
    }

    @Test
    void a_problem_of_the_whole_is_found_at_the_definition() {
        var read =
                DefinitionReader.read(
                        List.of(
                                new DefinitionFile(
                                        "a.yaml", "\n\nmetric: m\nof: cell\nformula: x\n")));
        var place =
                read.positions()
                        .inFile(Problem.of(ProblemCode.CYCLE, Place.of("a.yaml", "m"), "?"))
                        .place();
        assertThat(place).isEqualTo(new Place(List.of("a.yaml", "m"), 3, 9));
    }
}
