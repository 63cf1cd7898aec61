package dev.cairn.domain.formula;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.problem.Place;
import dev.cairn.domain.time.DatePart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/language.md and the parser: the same words, and every example is read. What the examples give is asked of a running Cairn. */
class LanguageDocumentTest {
    private static final String DOCUMENT = document();
    private static final Pattern QUOTED = Pattern.compile("\"([a-z_]+)\"");

    private static String document() {
        try {
            return Files.readString(Path.of("..", "docs", "language.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines of all blocks of this kind. */
    private static String blocks(String kind) {
        return Pattern.compile("^```" + kind + "\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(DOCUMENT)
                .results()
                .map(block -> block.group(1))
                .collect(Collectors.joining());
    }

    /** The examples of these blocks; a line that is indented goes on with the one before. */
    private static Stream<String> examples(String kind) {
        return Arrays.stream(blocks(kind).split("\n(?! )"));
    }

    static Stream<String> formulas() {
        return Stream.concat(examples("formula"), examples("formula other-data"));
    }

    static Stream<String> dimensions() {
        return examples("dimension");
    }

    @ParameterizedTest
    @MethodSource("formulas")
    void a_formula_is_read(String formula) {
        assertThat(FormulaParser.parse(formula, Place.NOWHERE))
                .isInstanceOf(FormulaParser.Parsed.Ok.class);
    }

    @ParameterizedTest
    @MethodSource("dimensions")
    void a_dimension_is_read(String dimension) {
        assertThat(FormulaParser.parseDimension(dimension, Place.NOWHERE))
                .isInstanceOf(FormulaParser.ParsedDimension.Ok.class);
    }

    private static Set<String> wordsOfTheGrammar() {
        return QUOTED.matcher(blocks("grammar"))
                .results()
                .map(word -> word.group(1))
                .collect(Collectors.toSet());
    }

    private static Set<String> wordsOfTheParser() {
        var words = new HashSet<>(Words.KEYWORDS);
        words.addAll(Words.CONTEXTUAL);
        words.addAll(Words.AGGREGATES.keySet());
        words.addAll(Words.GRAINS.keySet());
        words.addAll(Words.UNITS.keySet());
        Arrays.stream(DatePart.values()).map(DatePart::text).forEach(words::add);
        return words;
    }

    @Test
    void the_grammar_has_the_words_of_the_parser() {
        var others = Set.of("asof", "date");
        var words = wordsOfTheParser();
        words.addAll(others);
        assertThat(wordsOfTheGrammar()).containsExactlyInAnyOrderElementsOf(words);
    }

    @Test
    void each_word_of_the_grammar_is_in_an_example() {
        var used =
                Stream.concat(formulas(), dimensions())
                        .map(example -> example.replaceAll("'[^']*'|--.*", " "))
                        .flatMap(example -> Arrays.stream(example.split("\\W+")))
                        .collect(Collectors.toSet());
        assertThat(used).containsAll(wordsOfTheGrammar());
    }

    @Test
    void each_rule_that_the_grammar_uses_is_one_of_its_own_or_a_token() {
        var rules =
                Pattern.compile("(?:^|;\\s+)([a-z]+) *=")
                        .matcher(blocks("grammar"))
                        .results()
                        .map(rule -> rule.group(1))
                        .toList();
        var tokens =
                Set.of("name", "number", "integer", "string", "instant", "percentile", "function");
        assertThat(rules).hasSizeGreaterThan(35).doesNotHaveDuplicates();
        assertThat(blocks("grammar").replaceAll("\"[^\"]*\"", " ").split("[^a-z]+"))
                .filteredOn(word -> !word.isEmpty() && !tokens.contains(word))
                .isSubsetOf(rules);
    }

    @Test
    void the_reserved_words_are_those_of_the_parser() {
        assertThat(blocks("words").strip().split("\\s+"))
                .isSorted()
                .containsExactlyInAnyOrderElementsOf(Words.RESERVED);
    }

    @Test
    void the_table_of_functions_has_them_all() {
        var rows =
                DOCUMENT.lines()
                        .dropWhile(line -> !line.startsWith("| function |"))
                        .skip(2)
                        .takeWhile(line -> line.startsWith("|"))
                        .map(row -> row.split("(?<!\\\\)\\|")[1]);
        var names =
                rows.flatMap(row -> Pattern.compile("`([a-z_]+)\\(").matcher(row).results())
                        .map(name -> name.group(1))
                        .collect(Collectors.toSet());
        assertThat(names).containsExactlyInAnyOrderElementsOf(Function.words());
    }
}
