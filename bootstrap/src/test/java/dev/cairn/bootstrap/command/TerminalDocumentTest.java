package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * What docs/terminal.md, docs/statistics.md, docs/filters.md, docs/targets.md, docs/questions.md, docs/health.md, docs/account.md and docs/why.md show is what the sample answers. With {@code -Ddocuments=write} the answers are written into the documents
 * instead of compared.
 */
@TestInstance(Lifecycle.PER_CLASS)
class TerminalDocumentTest {
    private static final List<Path> DOCUMENTS =
            Stream.of(
                            "docs/terminal.md",
                            "docs/statistics.md",
                            "docs/filters.md",
                            "docs/targets.md",
                            "docs/questions.md",
                            "docs/health.md",
                            "docs/account.md",
                            "docs/why.md")
                    .map(RunningCairn::inRepository)
                    .toList();
    private static final Pattern BLOCK =
            Pattern.compile(
                    "(?<=```console\n)\\$ cairn (?<command>(?:[^\n]*\\\\\n)*[^\n]*)\n(?<output>.*?)(?=```\n)",
                    Pattern.DOTALL);

    private static final Pattern QUERY =
            Pattern.compile("(?<=```graphql\n).*?(?=```\n)", Pattern.DOTALL);

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

    private static String text(Path document) {
        try {
            return Files.readString(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<MatchResult> examples(Path document) {
        return BLOCK.matcher(text(document)).results().toList();
    }

    private String said(String command) {
        var words = new ArrayList<String>();
        for (var word : ShellWords.of(command.replaceAll("\\\\\n *", ""))) {
            words.add(
                    word.startsWith("examples/")
                            ? RunningCairn.inRepository(word).toString()
                            : word);
        }
        var said = cairn.inside(words.toArray(String[]::new));
        assertThat(said.exit()).isEqualTo(said.errors().isEmpty() ? 0 : 1);
        // CSV ends its lines with both; the document with one.
        return (said.output() + said.errors()).replace("\r\n", "\n");
    }

    @TestFactory
    Stream<DynamicTest> an_example_says_what_the_document_shows() throws IOException {
        if ("write".equals(System.getProperty("documents"))) {
            for (var document : DOCUMENTS) {
                Files.writeString(
                        document,
                        BLOCK.matcher(text(document))
                                .replaceAll(block ->
                                        Matcher.quoteReplacement(
                                                "$ cairn "
                                                        + block.group("command")
                                                        + "\n"
                                                        + said(block.group("command")))));
            }
        }
        return DOCUMENTS.stream()
                .flatMap(document -> examples(document).stream())
                .map(example ->
                        DynamicTest.dynamicTest(
                                example.group("command"),
                                () ->
                                        assertThat(said(example.group("command")))
                                                .isEqualTo(example.group("output"))));
    }

    @TestFactory
    Stream<DynamicTest> a_query_of_a_document_is_answered() {
        return DOCUMENTS.stream()
                .flatMap(document -> QUERY.matcher(text(document)).results())
                .map(MatchResult::group)
                .map(query ->
                        DynamicTest.dynamicTest(
                                query,
                                () ->
                                        assertThat(cairn.ask(query, Map.of()).path("errors"))
                                                .isEmpty()));
    }

    @Test
    void the_documents_have_examples() {
        assertThat(DOCUMENTS)
                .extracting(document -> examples(document).size())
                .satisfiesExactly(
                        terminal -> assertThat(terminal).isGreaterThan(10),
                        statistics -> assertThat(statistics).isEqualTo(4),
                        filters -> assertThat(filters).isGreaterThan(5),
                        targets -> assertThat(targets).isGreaterThan(2),
                        questions -> assertThat(questions).isGreaterThan(4),
                        health -> assertThat(health).isGreaterThan(3),
                        account -> assertThat(account).isGreaterThan(2),
                        why -> assertThat(why).isGreaterThan(4));
    }
}
