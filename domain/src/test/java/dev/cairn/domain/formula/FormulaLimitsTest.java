package dev.cairn.domain.formula;

import static dev.cairn.domain.formula.Texts.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormulaLimitsTest {

    @Test
    void every_nesting_has_a_limit() {
        for (String opening :
                List.of(
                        "(",
                        "f(",
                        "sum(x : ",
                        "count(steps(",
                        "case when ",
                        "count(x where ",
                        "per(a : ",
                        "(-",
                        "(not ")) {
            assertThat(problems(opening.repeat(9_000)))
                    .last()
                    .extracting(Problem::code)
                    .isEqualTo(ProblemCode.LIMIT);
        }
    }

    @Test
    void nesting_up_to_the_limit_is_read() {
        int most = FormulaParser.DEEPEST - 1;
        assertThat(Texts.tree("(".repeat(most) + "x" + ")".repeat(most))).isEqualTo("Path([x])");
        assertThat(problems("(".repeat(most + 1) + "x" + ")".repeat(most + 1)))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo(ProblemCode.LIMIT);
                    assertThat(problem.place().column()).isEqualTo(most + 2);
                    assertThat(problem.message())
                            .isEqualTo(
                                    "The formula is more than 200 levels deep. A long chain of 'or' is shorter as 'x in (...)'; name parts of it as metrics.");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {" + x", " * x", " and x", " or x"})
    void a_chain_has_the_limit_of_its_tree(String link) {
        int most = FormulaParser.DEEPEST - 1;
        assertThat(Texts.formula("x" + link.repeat(most))).isNotNull();
        assertThat(problems("x" + link.repeat(most + 1)))
                .singleElement()
                .extracting(Problem::code)
                .isEqualTo(ProblemCode.LIMIT);
        assertThat(problems("x" + link.repeat(12_000)))
                .singleElement()
                .extracting(Problem::code)
                .isEqualTo(ProblemCode.LIMIT);
    }

    @Test
    void a_text_has_a_greatest_length() {
        assertThat(Texts.formula("x in ('" + "y".repeat(FormulaParser.LONGEST - 9) + "')"))
                .isNotNull();
        assertThat(told("x" + " ".repeat(FormulaParser.LONGEST)))
                .containsExactly(
                        "LIMIT 1:1 A formula has at most 100000 characters, this one 100001. Name parts of it as metrics.");
        assertThat(told("1".repeat(101)))
                .containsExactly("LIMIT 1:1 A number has at most 100 digits.");
    }

    private static Stream<String> told(String text) {
        return problems(text).stream()
                .map(problem ->
                        "%s %d:%d %s"
                                .formatted(
                                        problem.code(),
                                        problem.place().line(),
                                        problem.place().column(),
                                        problem.message()));
    }
}
