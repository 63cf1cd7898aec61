package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.terminal.command.Subcommand;
import dev.cairn.testkit.database.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;
import picocli.CommandLine;

class CommandLineTest {
    private final PrintStream usualOutput = System.out;
    private final PrintStream usualErrors = System.err;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    @BeforeEach
    void listen() {
        PrintStream stream = new PrintStream(output, true, StandardCharsets.UTF_8);
        System.setOut(stream);
        System.setErr(stream);
    }

    @AfterEach
    void stop_listening() {
        System.setOut(usualOutput);
        System.setErr(usualErrors);
    }

    @Test
    void every_command_is_offered() {
        var commands = new ClassPathScanningCandidateComponentProvider(false);
        commands.addIncludeFilter(new AssignableTypeFilter(Subcommand.class));
        var offered =
                new CommandLine(new CairnCommand())
                        .getSubcommands().values().stream()
                                .map(command -> command.getCommand().getClass().getName());

        assertThat(offered)
                .containsAll(
                        Stream.of(CairnCommand.class, Subcommand.class)
                                .map(Class::getPackageName)
                                .map(commands::findCandidateComponents)
                                .flatMap(Set::stream)
                                .map(BeanDefinition::getBeanClassName)
                                .toList());
    }

    @Test
    void help_says_what_there_is_and_not_what_is_for_the_launcher_only() {
        assertThat(CommandLineMain.execute("--help")).isZero();
        assertThat(said())
                .contains("serve ")
                .contains("database ")
                .contains("help ")
                .doesNotContain("rehearse");
    }

    @Test
    void unknown_command_is_refused_with_the_nearest_one() {
        assertThat(CommandLineMain.execute("sevre")).isEqualTo(2);
        assertThat(said()).contains("serve");
    }

    @Test
    void configured_database_is_used_instead_of_the_embedded_one() {
        try (var database = TestServer.shared().emptyDatabase()) {
            int exit =
                    CommandLineMain.execute(
                            "database",
                            "--set",
                            "spring.datasource.url=" + database.url(),
                            "--set",
                            "spring.datasource.username=" + database.user(),
                            "--set",
                            "spring.datasource.password=" + database.password());

            assertThat(exit).isZero();
            assertThat(said()).contains(database.name()).contains("as configured");
        }
    }

    @Test
    void database_out_of_reach_is_said_in_a_sentence() {
        int exit =
                CommandLineMain.execute(
                        "database",
                        "--set",
                        "spring.datasource.url=jdbc:postgresql://127.0.0.1:1/nowhere");

        assertThat(exit).isEqualTo(3);
        assertThat(said()).contains("The database cannot be reached").doesNotContain("\tat ");
    }

    @Test
    void misspelt_setting_is_refused_before_anything_is_started(@TempDir Path folder) {
        int exit =
                CommandLineMain.execute(
                        "serve",
                        "--data-dir",
                        folder.resolve("data").toString(),
                        "--set",
                        "sever.port=9000");

        assertThat(exit).isEqualTo(3);
        assertThat(said()).contains("Did you mean server.port?", "[BAD_SETTING]");
        assertThat(folder).isEmptyDirectory();
    }

    private String said() {
        return output.toString(StandardCharsets.UTF_8);
    }
}
