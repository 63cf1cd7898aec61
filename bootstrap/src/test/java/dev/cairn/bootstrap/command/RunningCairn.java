package dev.cairn.bootstrap.command;

import dev.cairn.adapters.terminal.command.CairnCommandLine;
import dev.cairn.bootstrap.CairnApplication;
import dev.cairn.bootstrap.MigratedDatabase;
import dev.cairn.bootstrap.demo.Demo;
import dev.cairn.demo.Options;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.testkit.database.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service on a database of its own, asked over HTTP, with commands beside it. */
public final class RunningCairn implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** In seconds, unless a test says otherwise: no machine is to be so slow that a request is given up. */
    private static final String LIMIT = "cairn.limits.seconds";

    /** To ask without end would take the time of what is waited for. */
    private static final Duration PAUSE = Duration.ofMillis(2);

    private final TestDatabase database = MigratedDatabase.create();

    /** Where a service with a database of its own writes files, if it does. */
    private final Path folder = Path.of("target", "data", UUID.randomUUID().toString());

    private final ConfigurableApplicationContext service;
    private final HttpClient http = HttpClient.newHttpClient();
    private @Nullable String credential;

    public RunningCairn() {
        this(List.of());
    }

    public RunningCairn(List<String> settings) {
        var arguments =
                new ArrayList<>(
                        List.of(
                                "--server.port=0",
                                "--cairn.sample=false",
                                "--cairn.data-dir=" + folder));
        databaseSettings().forEach(setting -> arguments.add("--" + setting));
        settings.forEach(setting -> arguments.add("--" + setting));
        if (settings.stream().noneMatch(setting -> setting.startsWith(LIMIT))) {
            arguments.add("--%s=%d".formatted(LIMIT, PATIENCE.toSeconds()));
        }
        service =
                new SpringApplicationBuilder(CairnApplication.class)
                        .web(WebApplicationType.SERVLET)
                        .initializers(TestCallers::register)
                        .run(arguments.toArray(String[]::new));
    }

    private List<String> databaseSettings() {
        return List.of(
                "spring.datasource.url=" + database.url(),
                "spring.datasource.username=" + database.user(),
                "spring.datasource.password=" + database.password());
    }

    public TestDatabase database() {
        return database;
    }

    public <T> T bean(Class<T> type) {
        return service.getBean(type);
    }

    /** Takes in the sample that {@code serve} begins with. */
    public void fillSample() {
        try {
            bean(Demo.class).fill(Options.SMALL, _ -> {});
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Runs a command on the same database and gives its exit code. */
    public int command(String... words) {
        var arguments = new ArrayList<>(List.of(words));
        databaseSettings().forEach(setting -> arguments.addAll(List.of("--set", setting)));
        return CommandLineMain.execute(arguments.toArray(String[]::new));
    }

    /** What a command said, and its exit code. */
    public record Said(int exit, String output, String errors) {}

    /** Runs a command inside of the service, which is quicker: it starts nothing. */
    public Said inside(String... words) {
        var commands =
                CairnCommandLine.of(
                        new CairnCommand() {
                            @Override
                            int runInContext(ContextWork work) throws Exception {
                                return work.in(service);
                            }
                        });
        var output = new StringWriter();
        var errors = new StringWriter();
        commands.setOut(new PrintWriter(output)).setErr(new PrintWriter(errors));
        int exit = commands.execute(words);
        return new Said(exit, output.toString(), errors.toString());
    }

    /** Runs a command line as it is; what it said is all in the errors. */
    public static Said outside(String... words) {
        var usualErrors = System.err;
        var errors = new ByteArrayOutputStream();
        System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
        try {
            return new Said(
                    CommandLineMain.execute(words), "", errors.toString(StandardCharsets.UTF_8));
        } finally {
            System.setErr(usualErrors);
        }
    }

    /** From now on every request has this key or token; null: none. */
    public void signIn(@Nullable String keyOrToken) {
        credential = keyOrToken;
    }

    public JsonNode ask(String document, Map<String, ?> variables) {
        return post(JSON.writeValueAsString(Map.of("query", document, "variables", variables)));
    }

    /** Asks as somebody else than the one caller there is. */
    public JsonNode ask(String document, Map<String, ?> variables, Caller caller) {
        var body = JSON.writeValueAsString(Map.of("query", document, "variables", variables));
        return JSON.readTree(
                send(request(body).header(TestCallers.HEADER, TestCallers.known(caller))).body());
    }

    /** The first answer to a subscription, over a stream that is left then. */
    public JsonNode firstAnswer(String document, Caller caller) {
        try (var events =
                new Events(this, document, Map.of(TestCallers.HEADER, TestCallers.known(caller)))) {
            return events.next();
        }
    }

    public JsonNode post(String body) {
        return JSON.readTree(send(request(body)).body());
    }

    /** The whole answer, with its status and headers. */
    public HttpResponse<String> answer(String document) {
        return send(request(JSON.writeValueAsString(Map.of("query", document))));
    }

    /** As a browser does for a page of another site. */
    public JsonNode askFrom(String origin, String document) {
        var body = JSON.writeValueAsString(Map.of("query", document));
        return JSON.readTree(send(request(body).header("Origin", origin)).body());
    }

    HttpRequest.Builder request(String body) {
        var request =
                HttpRequest.newBuilder(url("/graphql"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body));
        return credential == null
                ? request
                : request.header("Authorization", "Bearer " + credential);
    }

    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(url(path)));
    }

    /** Where the service has what stands at a path. */
    public URI url(String path) {
        return URI.create(
                "http://127.0.0.1:%s%s"
                        .formatted(
                                service.getEnvironment().getProperty("local.server.port"), path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits until something holds; for minutes where it has to, as the machine may be busy. */
    public static void await(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain for " + PATIENCE);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** A file of the repository. */
    public static Path inRepository(String path) {
        return Path.of("..").toAbsolutePath().normalize().resolve(path);
    }

    /** Ends the service as SIGTERM does, and leaves its database. */
    public void stop() {
        service.close();
    }

    @Override
    public void close() {
        service.close();
        http.close();
        database.close();
    }
}
