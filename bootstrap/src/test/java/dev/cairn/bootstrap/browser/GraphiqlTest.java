package dev.cairn.bootstrap.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cairn.application.port.in.BrowseCatalogUseCase;
import dev.cairn.bootstrap.command.RunningCairn;
import dev.cairn.bootstrap.demo.FirstQuestions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The page that Cairn serves, opened and used in a browser that can reach nothing but Cairn. */
@TestInstance(Lifecycle.PER_CLASS)
class GraphiqlTest {
    private static final String RUN = ".graphiql-execute-button";
    private static final String ANSWER = "document.querySelector('.result-window').textContent";

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

    @Test
    void every_question_it_opens_with_is_answered() {
        var questions = new FirstQuestions(cairn.bean(BrowseCatalogUseCase.class)).questions();

        assertThat(questions).hasSize(5);
        assertThat(questions)
                .allSatisfy(question -> {
                    var answer = cairn.ask(question, Map.of());
                    assertThat(answer.has("errors")).as(answer.toString()).isFalse();
                    assertThat(answer.toString())
                            .doesNotContain("\"records\":[]", "\"series\":[]", "\"rows\":[]");
                });
    }

    @Test
    void a_question_is_typed_run_and_answered_and_nothing_leaves_this_machine(@TempDir Path profile)
            throws Exception {
        var program = Chromium.installed();
        assumeTrue(
                program.isPresent(),
                "browser: no Chromium; install the distribution's, or name one by CAIRN_CHROMIUM");

        try (var browser = new Chromium(program.get(), profile)) {
            browser.open(cairn.url("/"));
            browser.awaitTrue("document.querySelectorAll('.graphiql-tab').length === 5");
            browser.click(RUN);
            browser.awaitTrue(ANSWER + ".includes('5.555')");
            screenshot(browser, "sample");

            browser.click(".graphiql-tab-add");
            browser.click(".graphiql-query-editor .CodeMirror-scroll");
            browser.type("query Typed { metric(key: \"nps\") { label } }");
            browser.awaitTrue(
                    "document.querySelector('.graphiql-tab-active').textContent.includes('Typed')");
            browser.pressControlEnter();
            browser.awaitTrue(ANSWER + ".includes('Net Promoter Score')");
            browser.click("button[aria-label=\"Show Documentation Explorer\"]");
            browser.awaitTrue(
                    "document.querySelector('.graphiql-doc-explorer').textContent.includes('Query')");
            screenshot(browser, "typed");
            browser.click("button[aria-label=\"Open settings dialog\"]");
            browser.awaitTrue("document.querySelector('.graphiql-dialog-title') !== null");

            assertThat(browser.complaints()).isEmpty();
            assertThat(browser.requests()).contains(cairn.url("/graphql").toString());
            assertThat(browser.requests())
                    .filteredOn(request -> !request.startsWith("data:"))
                    .allSatisfy(
                            request -> assertThat(request).startsWith(cairn.url("/").toString()));
        }
    }

    /** For those who want to see it. */
    private static void screenshot(Chromium browser, String name) throws Exception {
        var folder = Files.createDirectories(Path.of("target", "screenshots"));
        browser.screenshot(folder.resolve("graphiql-" + name + ".png"));
    }

    @Test
    void the_page_loads_nothing_from_elsewhere_and_is_framed_by_nobody() throws Exception {
        var page = cairn.get("/graphiql");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe-eval", "http:", "https:", "*");
        assertThat(page.body()).doesNotContain("http:", "https:", "//");
    }

    @Test
    void the_page_is_not_there_when_it_is_not_wanted() throws Exception {
        try (var plain = new RunningCairn(List.of("spring.profiles.active=production"))) {
            for (String path : List.of("/", "/graphiql", "/graphiql/graphiql.js", "/webjars/")) {
                assertThat(plain.get(path).statusCode()).as(path).isEqualTo(404);
            }
            assertThat(
                            plain.ask("{ __schema { queryType { name } } }", Map.of())
                                    .at("/errors/0/extensions/code")
                                    .asString())
                    .isEqualTo("GRAPHQL_VALIDATION_FAILED");
        }
    }
}
