package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AccessScope;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import tools.jackson.databind.JsonNode;

/**
 * Every example of docs/language.md gives the value that stands behind it. With {@code -Ddocuments=write} what it gives is written into the document instead
 * of compared.
 */
@TestInstance(Lifecycle.PER_CLASS)
class LanguageDocumentTest {
    private static final Path DOCUMENT = RunningCairn.inRepository("docs/language.md");

    /** A block of examples; its first group is what they are. */
    private static final Pattern BLOCK =
            Pattern.compile("(?<=```)(formula|dimension|scope)\n(.*?)(?=```\n)", Pattern.DOTALL);

    /** One of them: what follows a line and is indented belongs to it. */
    private static final Pattern EXAMPLE =
            Pattern.compile("(?<text>\\S.*?)  -- (?<given>= [^\n]*)\n", Pattern.DOTALL);

    private static final Pattern FRACTION = Pattern.compile("\\d+\\.\\d+");

    private RunningCairn cairn;

    @BeforeAll
    void start() {
        cairn = new RunningCairn();
        cairn.fillSample();
    }

    @AfterAll
    void stop() {
        cairn.close();
    }

    private static String document() {
        try {
            return Files.readString(DOCUMENT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @TestFactory
    Stream<DynamicTest> an_example_gives_what_stands_behind_it() throws IOException {
        if ("write".equals(System.getProperty("documents"))) {
            Files.writeString(DOCUMENT, BLOCK.matcher(document()).replaceAll(this::written));
        }
        return BLOCK.matcher(document())
                .results()
                .flatMap(block ->
                        EXAMPLE.matcher(block.group(2))
                                .results()
                                .map(example -> compared(block, example)));
    }

    private DynamicTest compared(MatchResult block, MatchResult example) {
        return DynamicTest.dynamicTest(
                example.group("text"),
                () ->
                        assertThat(stable(given(block, example)))
                                .isEqualTo(stable(example.group("given"))));
    }

    /** The order in which PostgreSQL adds doubles is its own, and the last digits of a sum follow it. */
    private static String stable(String given) {
        return FRACTION.matcher(given)
                .replaceAll(number ->
                        new BigDecimal(number.group()).round(new MathContext(14)).toPlainString());
    }

    private String written(MatchResult block) {
        return Matcher.quoteReplacement(
                block.group(1)
                        + "\n"
                        + EXAMPLE.matcher(block.group(2))
                                .replaceAll(example ->
                                        Matcher.quoteReplacement(
                                                "%s  -- %s\n"
                                                        .formatted(
                                                                example.group("text"),
                                                                given(block, example)))));
    }

    private String given(MatchResult block, MatchResult example) {
        var text = example.group("text");
        return switch (block.group(1)) {
            case "dimension" -> keys(text);
            case "scope" -> value("count(account)", seenBy(text));
            default -> value(text, Caller.LOCAL);
        };
    }

    /** One whose plan is known, and nothing else. */
    private static Caller seenBy(String scope) {
        return new Caller(
                "somebody", Role.VIEWER, new AccessScope(List.of(scope), Map.of("plan", "growth")));
    }

    /** The value as text, or the reason for none. */
    private String value(String formula, Caller caller) {
        var answer = asked(formula, List.of(), caller);
        var cell = answer.at("/data/analyze/rows/0/cells/0");
        return "= "
                + (cell.get("text").isNull()
                        ? cell.get("absence").stringValue()
                        : cell.get("text").stringValue());
    }

    /** The first groups, in their order. */
    private String keys(String dimension) {
        var source =
                Stream.of("invoice_line", "survey")
                        .filter(dimension::contains)
                        .findAny()
                        .orElse("event");
        var answer = asked("count(%s)".formatted(source), List.of(dimension), Caller.LOCAL);
        var keys =
                StreamSupport.stream(answer.at("/data/analyze/rows").spliterator(), false)
                        .map(row -> row.at("/cells/0"))
                        .map(cell ->
                                cell.get("text").isNull()
                                        ? cell.get("key").stringValue()
                                        : cell.get("text").stringValue())
                        .toList();
        return "= "
                + keys.stream().limit(4).collect(Collectors.joining(", "))
                + (keys.size() > 4 ? ", ... (%d)".formatted(keys.size()) : "");
    }

    private JsonNode asked(String formula, List<String> groupBy, Caller caller) {
        var answer =
                cairn.ask(
                        """
                        query($formula: String!, $groupBy: [String!]!) { analyze(input: {
                            metrics: [{metric: {formula: $formula}, as: "x"}]
                            groupBy: $groupBy
                            timeRange: {between: {from: "2026-01-01", to: "2026-07-01"}}
                          }) { rows { cells { text key absence } } } }\
                        """,
                        Map.of("formula", formula, "groupBy", groupBy),
                        caller);
        assertThat(answer.path("errors").isMissingNode()).as(answer.toString()).isTrue();
        return answer;
    }

    @Test
    void every_line_of_a_block_is_an_example() {
        assertThat(BLOCK.matcher(document()).results())
                .allSatisfy(block ->
                        assertThat(EXAMPLE.matcher(block.group(2)).replaceAll("")).isEmpty());
    }
}
