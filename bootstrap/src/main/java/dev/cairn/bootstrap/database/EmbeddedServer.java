package dev.cairn.bootstrap.database;

import dev.cairn.bootstrap.StartProblem;
import dev.cairn.bootstrap.StartRefused;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
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

    /** What PostgreSQL writes where another program listens on its port; its messages are English by {@link PostgresPrograms#createCluster}. */
    private static final String PORT_IN_USE = "could not bind";

    /** How long to wait for a server that is stopping. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(15);

    private final ServerFolder folder;
    private final ServerAccess access;
    private final ServerSettings settings;
    private final @Nullable ServiceLock service;
    private final AtomicBoolean left = new AtomicBoolean();

    private EmbeddedServer(
            ServerFolder folder,
            ServerAccess access,
            ServerSettings settings,
            @Nullable ServiceLock service) {
        this.folder = folder;
        this.access = access;
        this.settings = settings;
        this.service = service;
    }

    /** Joins the users of the server on the data directory, and starts it if it does not run. */
    public static EmbeddedServer join(ServerSettings settings) {
        return usingFolder(settings, folder -> join(folder, settings, null));
    }

    /** The same, as the service; a second service is refused. */
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
                    ServerAccess access = answering(folder, settings);
                    access.createDatabase();
                    FolderUsers.enter(folder.usersLock());
                    return new EmbeddedServer(folder, access, settings, service);
                });
    }

    /** Returns a server that answers: the running one, or a new one where none runs or the running one is stuck. */
    private static ServerAccess answering(ServerFolder folder, ServerSettings settings)
            throws IOException {
        Optional<Postmaster> running = Postmaster.runningOn(folder.cluster());
        if (running.isPresent()) {
            var access = new ServerAccess(running.get().port(), folder.password());
            if (answers(access, folder, settings.startTimeout())) {
                return access;
            }
            abort(folder, settings.startTimeout());
        }
        var access = new ServerAccess(start(folder, settings), folder.password());
        if (!answers(access, folder, settings.startTimeout())) {
            throw failed(folder, "It gives no answer.", null);
        }
        return access;
    }

    /** Waits for an answer: long while the server may be recovering, briefly while it is stopping. */
    private static boolean answers(ServerAccess access, ServerFolder folder, Duration timeout)
            throws IOException {
        long begun = System.nanoTime();
        while (true) {
            try {
                access.check(folder.cluster());
                return true;
            } catch (SQLException silent) {
                var running = Postmaster.runningOn(folder.cluster());
                if (running.isEmpty()) {
                    return false;
                }
                var patience =
                        running.get().isStopping() && timeout.compareTo(LAST_WORDS) > 0
                                ? LAST_WORDS
                                : timeout;
                if (System.nanoTime() - begun > patience.toNanos()) {
                    if (!running.get().worksIn(folder.cluster())) {
                        throw access.notOurs(folder.cluster(), silent);
                    }
                    return false;
                }
                Pause.briefly();
            }
        }
    }

    /** Stops a server that does not answer; the next start recovers. */
    private static void abort(ServerFolder folder, Duration timeout) throws IOException {
        var stuck = Postmaster.runningOn(folder.cluster());
        if (stuck.isEmpty()) {
            return;
        }
        LOG.warn("PostgreSQL (process {}) gives no answer, and is ended", stuck.get().pid());
        try {
            new PostgresPrograms(PostgresBinaries.unpackedIn(folder.binaries()))
                    .abort(
                            folder.cluster(),
                            timeout.compareTo(LAST_WORDS) > 0 ? LAST_WORDS : timeout);
        } catch (InterruptedIOException interrupted) {
            throw interrupted;
        } catch (IOException deaf) {
            LOG.debug("it does not end by itself", deaf);
            stuck.get().kill(timeout);
        }
    }

    /**
     * Starts the server again, where it was, if it is gone; waits until it answers.
     *
     * @throws StartRefused where it cannot be started, and where its data is gone: a service does not go on with an empty database
     */
    public void revive() {
        if (!Files.exists(folder.cluster())) {
            throw folder.gone();
        }
        usingFolder(
                settings,
                _ ->
                        FolderUsers.alone(
                                folder.startLock(),
                                () -> {
                                    if (!left.get()) {
                                        refuseElsewhere(answering(folder, here()));
                                    }
                                    return this;
                                }));
    }

    private ServerSettings here() {
        return new ServerSettings(settings.dataDir(), access.port(), settings.startTimeout());
    }

    private void refuseElsewhere(ServerAccess found) {
        if (found.port() != access.port()) {
            throw new StartRefused(
                    StartProblem.POSTGRES_FAILED,
                    "The embedded PostgreSQL was started on port %d by another command, and the service looks for it on port %d."
                            .formatted(found.port(), access.port()),
                    "Start the service again.");
        }
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
            if (!Files.exists(folder.root())) {
                FolderUsers.leave(folder.usersLock());
            } else {
                leave();
            }
            if (service != null) {
                service.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void leave() throws IOException {
        FolderUsers.alone(
                folder.startLock(),
                () -> {
                    boolean last = FolderUsers.leave(folder.usersLock());
                    if (last && Postmaster.runningOn(folder.cluster()).isPresent()) {
                        stop();
                    }
                    return last;
                });
    }

    private void stop() throws IOException {
        try {
            new PostgresPrograms(PostgresBinaries.unpackedIn(folder.binaries()))
                    .stop(folder.cluster(), settings.startTimeout());
        } catch (InterruptedIOException interrupted) {
            throw interrupted;
        } catch (IOException unwilling) {
            LOG.warn("PostgreSQL does not end in order: {}", said(unwilling));
            abort(folder, settings.startTimeout());
        }
    }

    private static int start(ServerFolder folder, ServerSettings settings) throws IOException {
        var ports = new ServerPort(settings.port());
        int port = ports.free(Postmaster.lastPortOn(folder.cluster()));
        PostgresPrograms programs =
                new PostgresPrograms(PostgresBinaries.unpackInto(folder.binaries()));
        if (!Files.exists(folder.cluster())) {
            create(folder, programs);
        }
        return ports.start(port, free -> startOn(free, folder, programs, settings.startTimeout()));
    }

    /**
     * Starts the server on a port that was free a moment ago.
     *
     * @throws BindException where another program has taken it since
     */
    static void startOn(int port, ServerFolder folder, PostgresPrograms programs, Duration timeout)
            throws IOException {
        Postmaster.forgetCrashedOn(folder.cluster());
        folder.rotateLog();
        int before = log(folder.log()).size();
        try {
            programs.start(folder.cluster(), folder.log(), port, timeout);
        } catch (IOException e) {
            if (log(folder.log()).stream()
                    .skip(before)
                    .anyMatch(line -> line.contains(PORT_IN_USE))) {
                var taken = new BindException("Port %d is in use".formatted(port));
                taken.initCause(e);
                throw taken;
            }
            throw failed(folder, said(e), e);
        }
    }

    private static StartRefused failed(ServerFolder folder, String why, @Nullable IOException cause)
            throws IOException {
        return new StartRefused(
                StartProblem.POSTGRES_FAILED,
                "The embedded PostgreSQL did not start. %s%n%s"
                        .formatted(why, last(log(folder.log()))),
                "Read %s. If the disk is full, make room and try again.".formatted(folder.log()),
                cause);
    }

    /** Creates the cluster beside its place and moves it there when complete: an aborted start leaves nothing half-made. */
    private static void create(ServerFolder folder, PostgresPrograms programs) throws IOException {
        LOG.info("Making a database in {}", folder.root());
        folder.makePassword();
        Path half = folder.halfMadeCluster();
        FileSystemUtils.deleteRecursively(half);
        programs.createCluster(half, folder.passwordFile());
        Files.move(half, folder.cluster(), StandardCopyOption.ATOMIC_MOVE);
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

    /** What to do with the folder once it is known to be usable. */
    @FunctionalInterface
    private interface Start {
        EmbeddedServer on(ServerFolder folder) throws IOException;
    }
}
