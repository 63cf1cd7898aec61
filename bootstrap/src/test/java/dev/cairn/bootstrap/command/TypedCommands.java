package dev.cairn.bootstrap.command;

import dev.cairn.bootstrap.MigratedDatabase;
import dev.cairn.testkit.database.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Commands as a person types them, on a database of their own. */
abstract class TypedCommands {
    @TempDir Path folder;

    final TestDatabase database = MigratedDatabase.create();
    private final PrintStream usualOutput = System.out;
    private final PrintStream usualErrors = System.err;
    private final InputStream usualInput = System.in;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    @BeforeEach
    void listen() {
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop_listening() {
        System.setOut(usualOutput);
        System.setErr(usualErrors);
        System.setIn(usualInput);
        database.close();
    }

    final int cairn(String... words) {
        output.reset();
        errors.reset();
        var arguments = new ArrayList<>(List.of(words));
        for (var setting :
                List.of(
                        "spring.datasource.url=" + database.url(),
                        "spring.datasource.username=" + database.user(),
                        "spring.datasource.password=" + database.password())) {
            arguments.addAll(List.of("--set", setting));
        }
        return CommandLineMain.execute(arguments.toArray(String[]::new));
    }

    final String said() {
        return output.toString(StandardCharsets.UTF_8);
    }

    final String complained() {
        return errors.toString(StandardCharsets.UTF_8);
    }

    final String file(String name, String text) throws IOException {
        var path = folder.resolve(name);
        Files.createDirectories(path.resolveSibling(""));
        return Files.writeString(path, text).toString();
    }
}
