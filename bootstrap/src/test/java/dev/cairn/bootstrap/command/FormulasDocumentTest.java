package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.bootstrap.sample.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Every example of docs/formulas.md gives the value that stands behind it. */
@TestInstance(Lifecycle.PER_CLASS)
class FormulasDocumentTest {
    private static final String MARK = "-- =";

    private record Example(String formula, String value) {}

    private RunningCairn cairn;

    @BeforeAll
    void start() {
        cairn = new RunningCairn();
        cairn.bean(Sample.class).fillIfEmpty();
    }

    @AfterAll
    void stop() {
        cairn.close();
    }

    private static List<Example> examples() {
        var examples = new ArrayList<Example>();
        boolean inside = false;
        try {
            for (String line : Files.readAllLines(RunningCairn.inRepository("docs/formulas.md"))) {
                if (line.startsWith("```")) {
                    inside = line.equals("```formula");
                } else if (inside) {
                    int mark = line.lastIndexOf(MARK);
                    assertThat(mark).as("a value behind: " + line).isPositive();
                    examples.add(
                            new Example(
                                    line.substring(0, mark).strip(),
                                    line.substring(mark + MARK.length()).strip()));
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return examples;
    }

    @TestFactory
    Stream<DynamicTest> an_example_gives_the_value_behind_it() {
        return examples().stream()
                .map(example ->
                        DynamicTest.dynamicTest(
                                example.formula(),
                                () ->
                                        assertThat(value(example.formula()))
                                                .isEqualTo(example.value())));
    }

    /** The value as text, or the reason for none. */
    private String value(String formula) {
        var answer =
                cairn.ask(
                        """
                        query($formula: String!) { analyze(input: {
                            metrics: [{metric: {formula: $formula}, as: "x"}]
                            timeRange: {between: {from: "2026-01-01", to: "2026-07-01"}}
                          }) { rows { cells { text absence } } } }\
                        """,
                        Map.of("formula", formula));
        assertThat(answer.path("errors").isMissingNode()).as(answer.toString()).isTrue();
        var cell = answer.at("/data/analyze/rows/0/cells/0");
        return cell.get("text").isNull()
                ? cell.get("absence").stringValue()
                : cell.get("text").stringValue();
    }

    @Test
    void the_document_has_examples() {
        assertThat(examples()).hasSizeGreaterThan(40);
    }
}
