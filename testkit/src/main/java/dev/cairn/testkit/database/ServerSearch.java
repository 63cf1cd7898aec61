package dev.cairn.testkit.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** Finds a server on this machine, or starts one that ends with the JVM. */
final class ServerSearch {
    private static final String URL = "CAIRN_TEST_JDBC_URL";
    private static final String URL_15 = "CAIRN_TEST_PG15_URL";
    private static final Path DEBIAN_15 = Path.of("/usr/lib/postgresql/15/bin");
    private static final String IMAGE = "postgres:18";
    private static final String IMAGE_15 = "postgres:15";
    private static final Duration START_WAIT = Duration.ofMinutes(3);

    private static final ContainerEngine CONTAINERS =
            new ContainerEngine(
                    () -> DockerClientFactory.instance().isDockerAvailable(),
                    ServerSearch::inContainer,
                    System.out);

    private ServerSearch() {}

    static TestServer shared() {
        return named(URL).or(ServerSearch::container).orElseGet(ServerSearch::embedded);
    }

    static Optional<TestServer> postgres15() {
        return Files.isDirectory(DEBIAN_15)
                ? Optional.of(installed(DEBIAN_15))
                : named(URL_15).or(() -> CONTAINERS.server(IMAGE_15));
    }

    /** One of the version Cairn brings along; none where no container engine runs that can start it. */
    static Optional<TestServer> container() {
        return CONTAINERS.server(IMAGE);
    }

    private static Optional<TestServer> named(String variable) {
        String url = System.getenv(variable);
        if (url == null || url.isBlank()) {
            return Optional.empty();
        }
        TestServer server = new TestServer(ServerAddress.of(url));
        Runtime.getRuntime().addShutdownHook(new Thread(server::dropAll, "drop-test-databases"));
        return Optional.of(server);
    }

    /** The container is removed by Testcontainers' own watch when the JVM ends. */
    @SuppressWarnings("resource")
    private static TestServer inContainer(String image) {
        PostgreSQLContainer container =
                new PostgreSQLContainer(DockerImageName.parse(image))
                        .withCommand(
                                "postgres",
                                "-c",
                                "fsync=off",
                                "-c",
                                "synchronous_commit=off",
                                "-c",
                                "max_connections=300");
        container.start();
        return new TestServer(
                ServerAddress.of(
                        "%s&user=%s&password=%s"
                                .formatted(
                                        container.getJdbcUrl(),
                                        container.getUsername(),
                                        container.getPassword())));
    }

    /**
     * Text sorts by the rules of a language here, unlike in the PostgreSQL Cairn brings along: what relies on the
     * database's own order is wrong on somebody's server, and is to be seen in a test.
     */
    private static TestServer embedded() {
        try {
            EmbeddedPostgres postgres =
                    EmbeddedPostgres.builder()
                            .setDataDirectory(ServerFolder.create())
                            .setPGStartupWait(START_WAIT)
                            .setServerConfig("full_page_writes", "off")
                            .setLocaleConfig("locale", "C")
                            .setLocaleConfig("locale-provider", "icu")
                            .setLocaleConfig("icu-locale", "en-US")
                            .start();
            return new TestServer(
                    ServerAddress.local(
                            "the embedded PostgreSQL of the tests",
                            postgres.getPort(),
                            "postgres"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TestServer installed(Path programs) {
        try {
            return new TestServer(InstalledPostgres.start(programs, START_WAIT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
