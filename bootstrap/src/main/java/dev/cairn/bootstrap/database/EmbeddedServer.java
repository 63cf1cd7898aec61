package dev.cairn.bootstrap.database;

import dev.cairn.bootstrap.PortUse;
import dev.cairn.bootstrap.StartProblem;
import dev.cairn.bootstrap.StartRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * The PostgreSQL server on a data directory, shared by every Cairn process that works on it. The first to join starts
 * the server, the last to leave stops it. A server that outlived its Cairn (a crash, a kill) is taken over.
 */
public final class EmbeddedServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);
    private static final int LOG_LINES = 10;

    private final ServerFolder folder;
    private final ServerAccess access;
    private final Duration timeout;
    private final @Nullable ServiceLock service;
    private final AtomicBoolean left = new AtomicBoolean();

    private EmbeddedServer(
            ServerFolder folder,
            ServerAccess access,
            Duration timeout,
            @Nullable ServiceLock service) {
        this.folder = folder;
        this.access = access;
        this.timeout = timeout;
        this.service = service;
    }

    /** Takes part in the use of the server on the data directory, and starts it if it does not run. */
    public static EmbeddedServer join(ServerSettings settings) {
        return usingFolder(settings, folder -> join(folder, settings, null));
    }

    /** The same, as the service; while there is one already, a second is refused. */
    public static EmbeddedServer serve(ServerSettings settings) {
        return usingFolder(
                settings,
                folder -> {
                    ServiceLock service = ServiceLock.take(folder);
                    try {
                        return join(folder, settings, service);
                    } catch (IOException | RuntimeException e) {
                        service.close();
                        throw e;
                    }
                });
    }

    private static EmbeddedServer usingFolder(ServerSettings settings, Start start) {
        try {
            return start.on(ServerFolder.at(settings.dataDir()));
        } catch (FileSystemException e) {
            throw ServerFolder.unusable(settings.dataDir(), e);
        } catch (IOException e) {
            throw new StartRefused(
                    StartProblem.POSTGRES_FAILED,
                    "The embedded PostgreSQL cannot be set up in %s: %s"
                            .formatted(settings.dataDir(), last(said(e).lines().toList())),
                    "Look at the space and the rights there: 'cairn doctor' does.",
                    e);
        }
    }

    private static EmbeddedServer join(
            ServerFolder folder, ServerSettings settings, @Nullable ServiceLock service)
            throws IOException {
        return FolderUsers.alone(
                folder.startLock(),
                () -> {
                    Optional<Postmaster> running = Postmaster.runningOn(folder.cluster());
                    int port = running.isPresent() ? running.get().port() : start(folder, settings);
                    ServerAccess access = new ServerAccess(port, folder.password());
                    access.awaitAnswerFrom(folder.cluster(), settings.startTimeout());
                    access.createDatabase();
                    FolderUsers.enter(folder.usersLock());
                    return new EmbeddedServer(folder, access, settings.startTimeout(), service);
                });
    }

    /** Where the server is and how to sign in. */
    public ServerAccess access() {
        return access;
    }

    /** The folder everything is kept in. */
    public Path dataDir() {
        return folder.root();
    }

    /** The file that holds the password, readable for its owner only. */
    public Path passwordFile() {
        return folder.passwordFile();
    }

    /** Leaves; the last one stops the server. */
    @Override
    public void close() {
        if (left.getAndSet(true)) {
            return;
        }
        try {
            FolderUsers.alone(
                    folder.startLock(),
                    () -> {
                        boolean last = FolderUsers.leave(folder.usersLock());
                        if (last && Postmaster.runningOn(folder.cluster()).isPresent()) {
                            Path programs = PostgresBinaries.unpackedIn(folder.binaries());
                            new PostgresPrograms(programs).stop(folder.cluster(), timeout);
                        }
                        return last;
                    });
            if (service != null) {
                service.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int start(ServerFolder folder, ServerSettings settings) throws IOException {
        int port = freePort(settings.port());
        PostgresPrograms programs =
                new PostgresPrograms(PostgresBinaries.unpackInto(folder.binaries()));
        if (!Files.exists(folder.cluster())) {
            create(folder, programs);
        }
        Postmaster.forgetCrashedOn(folder.cluster());
        folder.rotateLog();
        try {
            programs.start(folder.cluster(), folder.log(), port, settings.startTimeout());
        } catch (IOException e) {
            throw new StartRefused(
                    StartProblem.POSTGRES_FAILED,
                    "The embedded PostgreSQL did not start. %s%n%s"
                            .formatted(said(e), last(log(folder.log()))),
                    "Read %s.".formatted(folder.log()),
                    e);
        }
        return port;
    }

    /** Made beside its place and moved there when complete: a start that breaks off leaves nothing half-made. */
    private static void create(ServerFolder folder, PostgresPrograms programs) throws IOException {
        LOG.info("Making a database in {}", folder.root());
        folder.makePassword();
        Path half = folder.halfMadeCluster();
        FileSystemUtils.deleteRecursively(half);
        programs.createCluster(half, folder.passwordFile());
        Files.move(half, folder.cluster(), StandardCopyOption.ATOMIC_MOVE);
    }

    private static int freePort(int wanted) throws IOException {
        try (ServerSocket socket = new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (java.net.BindException e) {
            throw new StartRefused(
                    StartProblem.PORT_TAKEN,
                    PortUse.taken(wanted) + " The embedded PostgreSQL was to listen there.",
                    "Stop that one, or set cairn.postgres.port to another port: --set cairn.postgres.port=0 takes any that is free.",
                    e);
        }
    }

    private static List<String> log(Path log) throws IOException {
        if (!Files.exists(log)) {
            return List.of();
        }
        return Files.readAllLines(log);
    }

    /** PostgreSQL says at the end why it ended. */
    private static String last(List<String> lines) {
        return String.join(
                System.lineSeparator(),
                lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    }

    private static String said(IOException failure) {
        return String.valueOf(failure.getMessage());
    }

    /** What is done with the folder once it is found usable. */
    @FunctionalInterface
    private interface Start {
        EmbeddedServer on(ServerFolder folder) throws IOException;
    }
}
