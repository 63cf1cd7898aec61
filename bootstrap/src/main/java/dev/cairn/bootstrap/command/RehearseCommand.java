package dev.cairn.bootstrap.command;

import dev.cairn.adapters.terminal.command.Subcommand;
import dev.cairn.bootstrap.demo.Demo;
import dev.cairn.demo.Options;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs once what Cairn does most. Meanwhile the JVM records for the launcher what it loads and compiles, to make later starts
 * faster.
 */
@Command(
        name = "rehearse",
        hidden = true,
        description = "Serves the sample, asks it, and ends; for the launcher.")
final class RehearseCommand extends Subcommand {
    @ParentCommand private CairnCommand cairn;

    private static final int QUESTIONS = 20;

    @Override
    public Integer call() throws Exception {
        spec().root().commandLine().usage(new PrintWriter(PrintWriter.nullWriter()));
        try (var service = cairn.startService()) {
            var demo = service.getBean(Demo.class);
            if (demo.isWanting(Options.SMALL)) {
                demo.fill(Options.SMALL, _ -> {});
            }
            ask(service);
        }
        return cairn.run(command -> {
            command.catalogs().catalog();
            return 0;
        });
    }

    private static void ask(ConfigurableApplicationContext service)
            throws IOException, InterruptedException {
        String question = JsonMapper.shared().writeValueAsString(Map.of("query", Demo.QUESTION));
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(ServeCommand.url(service)))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(question))
                        .build();
        try (var client = HttpClient.newHttpClient()) {
            for (int i = 0; i < QUESTIONS; i++) {
                String answer = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
                if (!answer.contains("records") || answer.contains("errors")) {
                    throw new IllegalStateException("not an answer: " + answer);
                }
            }
        }
    }
}
