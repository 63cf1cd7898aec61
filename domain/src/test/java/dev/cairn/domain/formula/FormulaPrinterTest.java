package dev.cairn.domain.formula;

import static dev.cairn.domain.formula.Texts.printed;
import static dev.cairn.domain.formula.Texts.tree;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormulaPrinterTest {
    private static final long SEED = 7_042L;

    static Stream<String> examples() {
        return Examples.all();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void what_is_printed_parses_to_the_same_tree(String text) {
        assertThat(tree(printed(text))).isEqualTo(tree(text));
        assertThat(printed(printed(text))).isEqualTo(printed(text));
    }

    @Test
    void random_trees_come_back_from_their_text() {
        for (long seed = SEED; seed < SEED + 4_000; seed++) {
            var made = new RandomFormulas(seed).formula(2 + (int) (seed % 4));
            var text = FormulaPrinter.print(made);
            assertThat(tree(text)).as("seed %d: %s", seed, text).isEqualTo(Shape.of(made));
        }
    }

    @Test
    void random_trees_have_every_kind_of_piece() {
        var kinds =
                Arrays.stream(Formula.class.getPermittedSubclasses())
                        .map(Class::getSimpleName)
                        .collect(Collectors.toCollection(TreeSet::new));
        for (long seed = SEED; seed < SEED + 2_000; seed++) {
            var open = new ArrayDeque<>(List.of(new RandomFormulas(seed).formula(5)));
            while (!open.isEmpty()) {
                var piece = open.pop();
                kinds.remove(piece.getClass().getSimpleName());
                open.addAll(FormulaPieces.of(piece));
            }
        }
        assertThat(kinds).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10 / 2 / 5",
                "10 / (2 / 5)",
                "a - b - c",
                "a - (b - c)",
                "(a + b) * c",
                "a + b * c",
                "-a",
                "-(a + b)",
                "-(-a)",
                "a - -b",
                "a and b or c",
                "a and (b or c)",
                "a or (b or c)",
                "not a = b",
                "(not a) = b",
                "not (not a)",
                "(a = b) = c",
                "a is not none",
                "(a in (1)) is true",
                "-a over all",
                "(-a) over all",
                "(a over all) over ever",
                "a / b over all",
                "(a / b) over all",
                "(let a = 1 in a) + 2",
                "let a = (b or c) in a or c",
                "f(let a = 1 in a, 2)",
                "sum(x : let a = y in a)",
                "case when a or b then c or d else e end * 2",
                "a in (-1, 'x')",
                "count(x where a or b weight c + d)",
                "count(x where a weight (b = c))",
                "x as of end over ever",
                "not exists(x) and y"
            })
    void only_parentheses_that_are_needed_are_printed(String text) {
        assertThat(printed(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    ((a)) + (b)                  | a + b
                    (a * b) + (c)                | a * b + c
                    sum(invoice.amount)          | sum(invoice.amount)
                    sum(invoice : amount)        | sum(invoice : amount)
                    sum(a where p : a.b.c)       | sum(a.b.c where p)
                    sum(a via b : a.c)           | sum(a via b : a.c)
                    sum(a : b.c)                 | sum(a : b.c)
                    sum(a : a.b + 1)             | sum(a : a.b + 1)
                    a over last 1 days           | a over last 1 day
                    a over last 28 day           | a over last 28 days
                    007 days                     | 7 days
                    asof()                       | asof
                    @2026-01-31T10:00+01:00      | @2026-01-31T09:00:00Z
                    "score" + "date"             | score + "date"
                    "Date" + "a b" + "1"         | "Date" + "a b" + "1"
                    p09_disc(a.b)                | p9_disc(a.b)
                    p99_90(a.b)                  | p99_9(a.b)
                    conversion(a->b within 1 day per x first) | conversion(a -> b within 1 day per x)
                    a  -- comment                | a
                    1.50                         | 1.50
                    """)
    void there_is_one_form(String text, String form) {
        assertThat(printed(text)).isEqualTo(form);
    }

    @Test
    void names_are_quoted_only_where_they_must_be() {
        assertThat(
                        List.of("score", "_x1", "größe", "age", "p90").stream()
                                .map(FormulaPrinter::name))
                .containsExactly("score", "_x1", "größe", "age", "p90");
        assertThat(
                        List.of(
                                        "where", "Where", "day", "days", "lower", "sum", "a b",
                                        "1st", "a.b", "a\"b", "")
                                .stream()
                                .map(FormulaPrinter::name))
                .containsExactly(
                        "\"where\"",
                        "\"Where\"",
                        "\"day\"",
                        "\"days\"",
                        "\"lower\"",
                        "\"sum\"",
                        "\"a b\"",
                        "\"1st\"",
                        "\"a.b\"",
                        "\"a\"\"b\"",
                        "\"\"");
    }

    @Test
    void a_negative_number_in_the_tree_is_printed_so_that_it_parses() {
        var negative =
                new Formula.NumberLiteral(new java.math.BigDecimal("-5"), new Span(0, 0, 1, 1));
        var text = FormulaPrinter.print(new Formula.Negative(negative, negative.span()));
        assertThat(text).isEqualTo("-(-5)");
        assertThat(printed(text)).isEqualTo(text);
    }
}
