package dev.cairn.domain.formula;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.problem.Place;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever the text, the parser answers with a tree or with problems at places that exist. */
class FormulaFuzzTest {
    private static final long SEED = 20_260_131L;
    private static final List<String> EXAMPLES = Examples.all().toList();
    private static final String SIGNS =
            "()'\"@.,;:+-*/=<>!&|#%\\ \n\r\t0123456789aZ_é\u00a0\u2019\uD83D\uDE00\0{}[]$~^?";
    private static final List<String> WORDS =
            EXAMPLES.stream()
                    .flatMap(example -> List.of(example.split("\\b")).stream())
                    .distinct()
                    .toList();

    @Test
    void mutated_examples_give_a_tree_or_problems() {
        mutate(0, 2_000);
    }

    @Test
    @Tag("long")
    void many_more_mutated_examples_give_a_tree_or_problems() {
        mutate(2_000, 300_000);
    }

    private static void mutate(int from, int to) {
        for (int round = from; round < to; round++) {
            var random = new Random(SEED + round);
            check(mutated(EXAMPLES.get(random.nextInt(EXAMPLES.size())), random), SEED + round);
        }
    }

    @Test
    void random_words_and_signs_give_a_tree_or_problems() {
        scatter(0, 2_000);
    }

    @Test
    @Tag("long")
    void many_more_random_words_and_signs_give_a_tree_or_problems() {
        scatter(2_000, 300_000);
    }

    private static void scatter(int from, int to) {
        for (int round = from; round < to; round++) {
            var random = new Random(SEED - round);
            var text =
                    IntStream.range(0, random.nextInt(40))
                            .mapToObj(piece ->
                                    random.nextInt(4) == 0 ? sign(random) : word(random) + " ")
                            .collect(Collectors.joining());
            check(text, SEED - round);
        }
    }

    @Test
    void examples_cut_anywhere_give_a_tree_or_problems() {
        for (var example : EXAMPLES) {
            for (int end = 0; end < example.length(); end++) {
                check(example.substring(0, end), end);
            }
        }
    }

    private static void check(String text, long seed) {
        try {
            switch (FormulaParser.parse(text, Place.NOWHERE)) {
                case FormulaParser.Parsed.Ok(var formula) -> checkRoundTrip(formula);
                case FormulaParser.Parsed.Failed(var problems) -> {
                    assertThat(problems).isNotEmpty().doesNotHaveDuplicates();
                    var lines = text.split("\r\n|\r|\n", -1);
                    assertThat(problems)
                            .allSatisfy(problem -> {
                                int line = problem.place().line();
                                assertThat(line).isBetween(1, lines.length);
                                int letters =
                                        lines[line - 1].codePointCount(0, lines[line - 1].length());
                                assertThat(problem.place().column()).isBetween(1, letters + 1);
                            });
                }
            }
            assertThat(FormulaParser.parseDimension(text, Place.NOWHERE)).isNotNull();
        } catch (Throwable thrown) {
            throw new AssertionError("seed %d, text:%n%s".formatted(seed, text), thrown);
        }
    }

    private static void checkRoundTrip(Formula formula) {
        var printed = FormulaPrinter.print(formula);
        assertThat(Texts.tree(printed)).isEqualTo(Shape.of(formula));
        assertThat(Texts.printed(printed)).isEqualTo(printed);
    }

    private static String mutated(String text, Random random) {
        var mutated = new StringBuilder(text);
        for (int change = random.nextInt(4); change >= 0; change--) {
            int at = random.nextInt(mutated.length() + 1);
            int to = Math.min(mutated.length(), at + random.nextInt(6));
            switch (random.nextInt(6)) {
                case 0 -> mutated.delete(at, to);
                case 1 -> mutated.insert(at, sign(random));
                case 2 -> mutated.insert(at, " " + word(random) + " ");
                case 3 -> mutated.insert(at, mutated.substring(at, to));
                case 4 -> mutated.replace(at, to, sign(random));
                default -> mutated.insert(at, EXAMPLES.get(random.nextInt(EXAMPLES.size())));
            }
        }
        return mutated.toString();
    }

    private static String sign(Random random) {
        return String.valueOf(SIGNS.charAt(random.nextInt(SIGNS.length())));
    }

    private static String word(Random random) {
        return WORDS.get(random.nextInt(WORDS.size()));
    }
}
