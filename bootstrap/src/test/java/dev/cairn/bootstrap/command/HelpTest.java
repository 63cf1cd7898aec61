package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import tools.jackson.databind.json.JsonMapper;

/** Every example that the help shows works on the sample, as it is printed. */
@TestInstance(Lifecycle.PER_CLASS)
class HelpTest {
    private static final List<String> TAUGHT =
            List.of("query", "explain", "metrics", "dimensions", "check");

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

    private List<String> examples(String command) {
        var help = cairn.inside(command, "--help");
        assertThat(help.exit()).isZero();
        return help.output()
                .replaceAll("\\\\\\R *", "")
                .lines()
                .filter(line -> line.startsWith("  cairn "))
                .map(line -> line.strip().substring("cairn ".length()))
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> an_example_of_the_help_works() {
        return TAUGHT.stream()
                .flatMap(command -> examples(command).stream())
                .map(example -> DynamicTest.dynamicTest(example, () -> works(example)));
    }

    private void works(String example) {
        var words =
                ShellWords.of(example).stream()
                        .map(word ->
                                word.startsWith("examples/")
                                        ? RunningCairn.inRepository(word).toString()
                                        : word)
                        .toArray(String[]::new);
        var said = cairn.inside(words);
        assertThat(said.exit()).as(said.errors()).isZero();
        assertThat(said.output()).isNotBlank();
    }

    @Test
    void each_of_these_commands_teaches_by_example() {
        assertThat(TAUGHT)
                .allSatisfy(command -> assertThat(examples(command)).hasSizeGreaterThan(2));
    }

    /** That Grafana takes the dashboard as it is has not been tried. */
    @Test
    void each_panel_of_the_dashboard_is_answered_with_its_columns() throws Exception {
        var dashboard = RunningCairn.inRepository("examples/grafana/customer-success.json");
        var json = JsonMapper.shared();
        var panels = json.readTree(Files.readString(dashboard)).path("panels");
        assertThat(panels.size()).isGreaterThan(3);
        try (var http = HttpClient.newHttpClient()) {
            for (var panel : panels) {
                var target = panel.at("/targets/0");
                var question =
                        target.at("/url_options/data")
                                .asString()
                                .replace("${__from:date:YYYY-MM-DD}", "2026-01-01")
                                .replace("${__to:date:YYYY-MM-DD}", "2026-07-01");
                var path = target.path("url").asString().replace("${cairn}", "");
                var request =
                        HttpRequest.newBuilder(cairn.url(path))
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(question))
                                .build();
                var answer = json.readTree(http.send(request, BodyHandlers.ofString()).body());
                var record = answer.path(target.path("root_selector").asString()).path(0);
                assertThat(target.path("columns").valueStream())
                        .as("%s: %s", panel.path("title").asString(), answer)
                        .isNotEmpty()
                        .allMatch(column -> record.has(column.path("selector").asString()));
            }
        }
    }

    @Test
    void the_help_lists_the_exit_codes() {
        assertThat(cairn.inside("help").output())
                .contains("Exit codes:")
                .containsPattern("(?m)^  0 ")
                .containsPattern("(?m)^  1 ")
                .containsPattern("(?m)^  2 ")
                .containsPattern("(?m)^  3 ");
    }
}
