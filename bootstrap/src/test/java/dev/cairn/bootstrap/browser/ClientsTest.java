package dev.cairn.bootstrap.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.bootstrap.command.RunningCairn;
import dev.cairn.bootstrap.command.SmallCompany;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What others make for any GraphQL server works with this one: graphql-eslint, the audits of graphql-http, graphql-codegen, and clients of those who ask. */
class ClientsTest {
    private static NodePrograms programs;

    @BeforeAll
    static void install() {
        programs = NodePrograms.installed();
    }

    @Test
    void graphql_eslint_finds_nothing() {
        assertThat(programs.run("lint", Map.of())).isBlank();
    }

    /** The types that graphql-codegen makes of the schema compile strictly, with the questions asked in them. */
    @Test
    void clients_in_a_typed_language_are_made_from_the_schema_and_answered() {
        programs.run("codegen", Map.of());
        programs.run("compile", Map.of());
        try (var cairn = new RunningCairn()) {
            SmallCompany.fill(cairn);
            var said = programs.run("ask", Map.of("CAIRN_URL", cairn.url("/graphql").toString()));
            assertThat(said).contains("# fail 0", "# skipped 0").doesNotContain("# tests 0\n");
        }
    }
}
