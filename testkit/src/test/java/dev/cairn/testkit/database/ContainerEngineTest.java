package dev.cairn.testkit.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContainerEngineTest {
    private final List<String> asked = new ArrayList<>();
    private final ByteArrayOutputStream console = new ByteArrayOutputStream();

    private TestServer started(String image) {
        asked.add(image);
        return new TestServer(ServerAddress.local(image, 5432, "postgres"));
    }

    private TestServer notPulled(String image) {
        asked.add(image);
        throw new IllegalStateException(
                "Container startup failed", new IllegalStateException("no such host"));
    }

    private PrintStream printed() {
        return new PrintStream(console, true, UTF_8);
    }

    @Test
    void an_engine_that_runs_gives_a_server() {
        var engine = new ContainerEngine(() -> true, this::started, printed());

        assertThat(engine.server("postgres:18")).isPresent();
        assertThat(console.toString(UTF_8)).isEmpty();
    }

    @Test
    void where_no_engine_runs_there_is_no_server_and_nothing_is_said() {
        var engine = new ContainerEngine(() -> false, this::started, printed());

        assertThat(engine.server("postgres:18")).isEmpty();
        assertThat(asked).isEmpty();
        assertThat(console.toString(UTF_8)).isEmpty();
    }

    @Test
    void an_engine_that_cannot_pull_is_asked_once_for_all_images_and_told_once() {
        var engine = new ContainerEngine(() -> true, this::notPulled, printed());

        assertThat(engine.server("postgres:18")).isEmpty();
        assertThat(engine.server("postgres:18")).isEmpty();
        assertThat(engine.server("postgres:15")).isEmpty();

        assertThat(asked).containsExactly("postgres:18");
        assertThat(console.toString(UTF_8).lines())
                .containsExactly(
                        "The container engine cannot start postgres:18, so that tests do without it: java.lang.IllegalStateException: no such host");
    }
}
