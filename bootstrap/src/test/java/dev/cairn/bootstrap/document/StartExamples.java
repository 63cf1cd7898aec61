package dev.cairn.bootstrap.document;

import dev.cairn.adapters.persistence.migration.SchemaMigration;
import dev.cairn.bootstrap.StartProblem;
import dev.cairn.bootstrap.StartRefused;
import dev.cairn.bootstrap.command.RunningCairn;
import dev.cairn.bootstrap.wiring.ReadyDatabase;
import dev.cairn.testkit.database.TestDatabase;
import dev.cairn.testkit.database.TestServer;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Starts that are refused, each really made; the document shows them as if they had been made in {@code /srv}. */
final class StartExamples {
    private static final Pattern OF_THE_LOG = Pattern.compile("\\d\\d:\\d\\d:\\d\\d,\\d{3} \\|-");

    private final Path folder;
    private final Map<StartProblem, Said> said = new EnumMap<>(StartProblem.class);

    private StartExamples(Path folder) {
        this.folder = folder;
    }

    /** @param command the command line, without {@code cairn} */
    record Said(String command, String message) {}

    static Map<StartProblem, Said> run(Path folder) throws Exception {
        var examples = new StartExamples(folder.toRealPath());
        examples.settings();
        examples.ports();
        examples.folders();
        examples.postgres();
        examples.databases();
        return examples.said;
    }

    private void settings() throws Exception {
        refused(
                StartProblem.BAD_SETTING,
                "serve",
                "--set",
                "sever.port=9000",
                "--set",
                "cairn.postgres.port=none");
        Files.writeString(folder.resolve("cairn.yaml"), "server:\n  port: [9000\n");
        refused(
                StartProblem.BAD_SETTINGS_FILE,
                "serve",
                "--set",
                "spring.config.location=" + folder.resolve("cairn.yaml"));
        refused(StartProblem.OPEN_TO_OTHERS, "serve", "--set", "server.address=0.0.0.0");
    }

    private void ports() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            refused(
                    StartProblem.PORT_TAKEN,
                    "serve",
                    "--data-dir",
                    folder.resolve("cairn").toString(),
                    "--set",
                    "cairn.postgres.port=" + taken.getLocalPort());
            said.computeIfPresent(
                    StartProblem.PORT_TAKEN,
                    (_, example) ->
                            new Said(
                                    example.command().replace("" + taken.getLocalPort(), "5432"),
                                    example.message()
                                            .replace("" + taken.getLocalPort(), "5432")
                                            .replaceAll(
                                                    "(: process .*?\\))?\\. The embedded",
                                                    ": process 4711 (postgres). The embedded")));
        }
        write("running/service.lock", "4711\n");
        try (var channel =
                        FileChannel.open(
                                folder.resolve("running/service.lock"), StandardOpenOption.WRITE);
                var _ = channel.lock(Long.MAX_VALUE - 1, 1, false)) {
            refused(
                    StartProblem.SERVICE_RUNS_ALREADY,
                    "serve",
                    "--data-dir",
                    folder.resolve("running").toString());
        }
    }

    private void folders() throws Exception {
        write("file", "");
        on("file", StartProblem.DATA_DIR_UNUSABLE);
        write("letters/aunt.txt", "Dear");
        on("letters", StartProblem.NOT_A_DATA_DIR);
        write("old/postgres/PG_VERSION", "17\n");
        on("old", StartProblem.DATA_OF_OTHER_POSTGRES);
    }

    private void postgres() throws Exception {
        var machine = System.getProperty("os.arch");
        System.setProperty("os.arch", "riscv64");
        try {
            on("riscv", StartProblem.NO_POSTGRES);
        } finally {
            System.setProperty("os.arch", machine);
        }
        write("broken/postgres/PG_VERSION", "18\n");
        on("broken", StartProblem.POSTGRES_FAILED);
        another();
    }

    /** The process that is pointed to is called as PostgreSQL is, and is not it. */
    private void another() throws Exception {
        var program = Files.copy(Path.of("/bin/sleep"), folder.resolve("postgres"));
        var process = new ProcessBuilder(program.toString(), "600").start();
        try {
            write("moved/postgres/PG_VERSION", "18\n");
            write("moved/postgres-password", "secret\n");
            write(
                    "moved/postgres/postmaster.pid",
                    "%d%n-%n%d%n1%n".formatted(process.pid(), Instant.now().getEpochSecond()));
            on("moved", StartProblem.POSTGRES_NOT_OURS, "--set", "cairn.postgres.start-timeout=1s");
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private void databases() throws Exception {
        refused(
                StartProblem.DATABASE_OUT_OF_REACH,
                "serve",
                "--set",
                "spring.datasource.url=jdbc:postgresql://127.0.0.1:1/cairn");
        said.put(
                StartProblem.DATABASE_TOO_OLD,
                new Said(
                        "serve --set spring.datasource.url=jdbc:postgresql://db/cairn",
                        message(tooOld())));
        try (var database = TestServer.shared().emptyDatabase()) {
            notAllowed(database);
            new SchemaMigration(database.dataSource()).migrate();
            documents(database);
            execute(
                    database,
                    "insert into databasechangelog (id, author, filename, dateexecuted, orderexecuted, exectype) values ('seats', 'cairn', 'db/changelog/0099-seats.sql', now(), 99, 'EXECUTED')");
            on(database, database.user(), database.password(), StartProblem.DATABASE_TOO_NEW);
        }
    }

    private void documents(TestDatabase database) throws Exception {
        write("documents/churn.graphql", "{ metric(key: \"logo_churn\") { labl } }");
        write("documents/readme.txt", "The documents of our dashboards.");
        refused(
                StartProblem.BAD_DOCUMENTS,
                "serve",
                "--set",
                "cairn.documents-dir=" + folder.resolve("documents"),
                "--set",
                "spring.datasource.url=" + database.url(),
                "--set",
                "spring.datasource.username=" + database.user(),
                "--set",
                "spring.datasource.password=" + database.password());
        said.computeIfPresent(
                StartProblem.BAD_DOCUMENTS,
                (_, example) ->
                        new Said(
                                "serve --set cairn.documents-dir=/srv/documents",
                                example.message()));
    }

    /** There is none that is so old here. */
    private static StartRefused tooOld() throws SQLException {
        var old =
                (DatabaseMetaData)
                        Proxy.newProxyInstance(
                                StartExamples.class.getClassLoader(),
                                new Class<?>[] {DatabaseMetaData.class},
                                (_, method, _) ->
                                        switch (method.getName()) {
                                            case "getDatabaseMajorVersion" -> 14;
                                            case "getDatabaseProductName" -> "PostgreSQL";
                                            default -> "14.19";
                                        });
        try {
            ReadyDatabase.refuseTooOld(old);
            throw new AssertionError("not refused");
        } catch (StartRefused refused) {
            return refused;
        }
    }

    private void notAllowed(TestDatabase database) throws Exception {
        var visitor = "visitor_of_" + database.name();
        execute(database, "create role %s login password 'visit'".formatted(visitor));
        try {
            on(database, visitor, "visit", StartProblem.DATABASE_NOT_ALLOWED);
        } finally {
            execute(database, "drop role " + visitor);
        }
    }

    private static void execute(TestDatabase database, String sql) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void on(TestDatabase database, String user, String password, StartProblem problem) {
        refused(
                problem,
                "serve",
                "--set",
                "spring.datasource.url=" + database.url(),
                "--set",
                "spring.datasource.username=" + user,
                "--set",
                "spring.datasource.password=" + password);
        said.computeIfPresent(
                problem,
                (_, example) ->
                        new Said(
                                "serve --set spring.datasource.url=jdbc:postgresql://db/cairn",
                                example.message()));
    }

    private void on(String data, StartProblem problem, String... settings) {
        var words =
                new ArrayList<>(List.of("serve", "--data-dir", folder.resolve(data).toString()));
        words.addAll(List.of(settings));
        refused(problem, words.toArray(String[]::new));
    }

    private void refused(StartProblem problem, String... words) {
        var arguments = new ArrayList<>(Arrays.asList(words));
        if (Arrays.stream(words).noneMatch(word -> word.startsWith("cairn.postgres.port"))) {
            arguments.addAll(List.of("--set", "cairn.postgres.port=0"));
        }
        arguments.addAll(List.of("--set", "server.port=0"));
        var answer = RunningCairn.outside(arguments.toArray(String[]::new));
        if (answer.exit() != 3 || !answer.errors().contains("[" + problem + "]")) {
            throw new AssertionError(problem + " expected, but: " + answer);
        }
        said.put(problem, new Said(plain(String.join(" ", words)), plain(answer.errors())));
    }

    private static String message(StartRefused refused) {
        return "%s [%s]%n%s".formatted(refused.getMessage(), refused.problem(), refused.remedy());
    }

    /** Without what the log says of itself: a service of the same JVM may log just while a command sets the log up anew. */
    private String plain(String text) {
        return text.lines()
                .filter(line -> !OF_THE_LOG.matcher(line).lookingAt())
                .collect(Collectors.joining("\n"))
                .replace(folder.toString(), "/srv")
                .strip();
    }

    private void write(String file, String content) throws Exception {
        var path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }
}
