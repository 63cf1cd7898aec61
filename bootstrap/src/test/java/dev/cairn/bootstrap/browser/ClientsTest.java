package dev.cairn.bootstrap.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.bootstrap.command.RunningCairn;
import dev.cairn.bootstrap.command.SmallCompany;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What others make for any GraphQL server works with this one: graphql-eslint, the audits of graphql-http, graphql-codegen, and clients of those who ask. */
class ClientsTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    private static NodePrograms programs;

    @TempDir private Path documents;

    @BeforeAll
    static void install() {
        programs = NodePrograms.installed();
    }

    @Test
    void graphql_eslint_finds_nothing() {
        assertThat(programs.run("lint", Map.of())).isBlank();
    }

    @Test
    void the_page_for_developers_shows_the_configuration_that_is_tested() throws IOException {
        var tested = Files.readString(RunningCairn.inRepository("clients/codegen.json"));
        var page = Files.readString(RunningCairn.inRepository("docs/api.md"));
        var shown = page.substring(page.indexOf("```json\n{\n  \"schema\"") + "```json\n".length());

        assertThat(JSON.readTree(shown.substring(0, shown.indexOf("```"))))
                .isEqualTo(
                        JSON.readTree(
                                tested.replace(
                                        "\"schema.graphql\"",
                                        "\"http://127.0.0.1:8080/schema.graphql\"")));
    }

    /** The types that graphql-codegen makes of the schema compile strictly, with the questions asked in them. */
    @Test
    void clients_in_a_typed_language_are_made_from_the_schema_and_answered() throws IOException {
        programs.run("codegen", Map.of());
        programs.run("compile", Map.of());
        try (var cairn = new RunningCairn();
                var strict = new RunningCairn(onlyRegistered())) {
            SmallCompany.fill(cairn);
            var said =
                    programs.run(
                            "ask",
                            Map.of(
                                    "CAIRN_URL",
                                    cairn.url("/graphql").toString(),
                                    "CAIRN_REGISTERED_URL",
                                    strict.url("/graphql").toString(),
                                    "CAIRN_KEY",
                                    key(strict)));
            assertThat(said).contains("# fail 0", "# skipped 0").doesNotContain("# tests 0\n");
        }
    }

    /** What graphql-codegen made of the clients' questions is a folder of documents as it is. */
    private List<String> onlyRegistered() throws IOException {
        Files.copy(
                programs.file("src/generated/persisted-documents.json"),
                documents.resolve("persisted-documents.json"));
        return List.of(
                "cairn.auth.keys=true",
                "cairn.documents=registered",
                "cairn.documents-dir=" + documents);
    }

    private static String key(RunningCairn cairn) {
        var made =
                cairn.inside(
                        "key",
                        "create",
                        "clients",
                        "--role",
                        "viewer",
                        "--everything",
                        "--format",
                        "json");
        assertThat(made.exit()).as(made.errors()).isZero();
        return JSON.readTree(made.output()).path("key").asString();
    }
}
