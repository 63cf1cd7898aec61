package dev.cairn.bootstrap.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cairn.bootstrap.command.RunningCairn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What others check of any GraphQL server, by their own programs: graphql-eslint and the audits of graphql-http. Our own tests hold the same rules. */
class GraphqlToolsTest {
    @Test
    void graphql_eslint_finds_nothing() throws Exception {
        var schema =
                RunningCairn.inRepository(
                        "adapters-graphql/src/main/resources/graphql/cairn.graphqls");

        assertThat(run("schema-lint.mjs", schema.toString(), "--max-warn", "0"))
                .contains("0 errors, 0 warnings");
    }

    @Test
    void the_audits_of_graphql_over_http_find_nothing() throws Exception {
        var tools = tools();
        try (var cairn = new RunningCairn()) {
            assertThat(run(tools, "http-audit.mjs", cairn.url("/graphql").toString(), "--strict"))
                    .contains("MUST 13/13", "SHOULD 23/23");
        }
    }

    private static String run(String... words) throws Exception {
        return run(tools(), words);
    }

    private static String run(Path tools, String... words) throws Exception {
        var command = new ArrayList<>(List.of("node"));
        command.addAll(List.of(words));
        var process =
                new ProcessBuilder(command)
                        .directory(tools.toFile())
                        .redirectErrorStream(true)
                        .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    /** A folder with the programs, where {@code npm install} was run: {@code CAIRN_GRAPHQL_TOOLS}, or beside the repository. */
    private static Path tools() {
        var folder =
                Stream.of(
                                Optional.ofNullable(System.getenv("CAIRN_GRAPHQL_TOOLS"))
                                        .map(Path::of),
                                Optional.of(RunningCairn.inRepository("../shared/tools/graphql")))
                        .flatMap(Optional::stream)
                        .filter(place -> Files.isDirectory(place.resolve("node_modules")))
                        .findFirst();
        assumeTrue(
                folder.isPresent() && hasNode(),
                "graphql tools: no folder with schema-lint.mjs, http-audit.mjs and their node_modules (CAIRN_GRAPHQL_TOOLS), or no node");
        return folder.orElseThrow();
    }

    private static boolean hasNode() {
        try {
            return new ProcessBuilder("node", "--version").start().waitFor() == 0;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
