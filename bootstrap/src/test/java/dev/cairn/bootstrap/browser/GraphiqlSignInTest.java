package dev.cairn.bootstrap.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cairn.bootstrap.command.RunningCairn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The page where people sign in: a key is given beside a question. */
class GraphiqlSignInTest {
    private static final String ANSWER = "document.querySelector('.result-window').textContent";
    private static final String HEADERS =
            "Array.from(document.querySelectorAll('.graphiql-editor-tool .CodeMirror')).map((box) => box.CodeMirror).find((editor) => editor.getValue().includes('Authorization'))";

    @Test
    void a_question_is_answered_with_the_key_that_is_given_beside_it(@TempDir Path profile)
            throws Exception {
        var program = Chromium.installed();
        assumeTrue(
                program.isPresent(),
                "browser: no Chromium; install the distribution's, or name one by CAIRN_CHROMIUM");

        try (var cairn = new RunningCairn(List.of("cairn.auth.keys=true"));
                var browser = new Chromium(program.get(), profile)) {
            var made =
                    cairn.inside(
                            "key", "create", "k", "--role=viewer", "--everything", "--format=json");
            var key = JsonMapper.shared().readTree(made.output()).path("key").asString();

            browser.open(cairn.url("/"));
            browser.awaitTrue(HEADERS + " !== undefined");
            browser.click(".graphiql-execute-button");
            browser.awaitTrue(ANSWER + ".includes('UNAUTHENTICATED')");

            browser.awaitTrue(
                    "(%s.setValue(JSON.stringify({Authorization: 'Bearer %s'})), true)"
                            .formatted(HEADERS, key));
            browser.click(".graphiql-execute-button");
            browser.awaitTrue(ANSWER + ".includes('\"data\"')");
            browser.screenshot(
                    Files.createDirectories(Path.of("target", "screenshots"))
                            .resolve("graphiql-sign-in.png"));

            browser.awaitTrue(
                    "!Object.values(localStorage).some((kept) => kept.includes('%s'))"
                            .formatted(key));
            assertThat(browser.requests())
                    .filteredOn(request -> !request.startsWith("data:"))
                    .allSatisfy(
                            request -> assertThat(request).startsWith(cairn.url("/").toString()));
        }
    }
}
