package dev.cairn.domain.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProblemsTest {
    private static final List<String> KNOWN = List.of("known");

    private final Problems problems = new Problems();

    private static Problem unknown(int line) {
        return Problem.of(
                ProblemCode.UNKNOWN_METRIC, Place.of("formula").at(line, 1), "No metric 'knwn'.");
    }

    private static List<Problem> some(int count) {
        return IntStream.range(0, count).mapToObj(ProblemsTest::unknown).toList();
    }

    @Test
    void a_problem_is_told_once_with_its_near_names_however_often_it_is_found() {
        var told = problems.add(unknown(1), "knwn", () -> KNOWN);

        assertThat(told.message()).isEqualTo("No metric 'knwn'. Did you mean 'known'?");
        assertThat(problems.add(unknown(1), "knwn", () -> KNOWN)).isEqualTo(told);
        problems.add(unknown(1));
        problems.add(told);
        assertThat(problems.all()).containsExactly(told);
    }

    @Test
    void a_problem_without_near_names_is_told_too() {
        problems.add(unknown(1), "knwn", List::of);
        problems.add(unknown(1), "knwn", List::of);

        assertThat(problems.all()).containsExactly(unknown(1));
    }

    @Test
    void near_names_are_looked_for_only_for_those_that_are_listed() {
        IntStream.range(0, 500)
                .forEach(line ->
                        problems.add(
                                unknown(line),
                                "knwn",
                                () -> {
                                    assertThat(line).isLessThan(Problems.MOST_LISTED);
                                    return KNOWN;
                                }));

        assertThat(problems.all()).hasSize(500);
        assertThat(problems.all().get(Problems.MOST_LISTED)).isEqualTo(unknown(100));
        assertThat(Set.copyOf(problems.all().get(99).suggestions())).containsExactly("known");
    }

    @Test
    void up_to_a_hundred_are_listed() {
        assertThat(Problems.listed(some(100))).isEqualTo(some(100));
    }

    @Test
    void of_more_it_is_said_how_many() {
        var listed = Problems.listed(some(15_000));

        assertThat(listed).hasSize(101).startsWith(some(100).toArray(Problem[]::new));
        assertThat(listed.getLast())
                .isEqualTo(
                        Problem.of(
                                ProblemCode.LIMIT,
                                Place.NOWHERE,
                                "There are 15,000 problems in all; these are the first 100."));
    }
}
