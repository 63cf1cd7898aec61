package dev.cairn.testkit.database;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A server of an installed PostgreSQL on a folder of its own, until the JVM ends. */
final class InstalledPostgres {
    private final Path programs;
    private final Path folder;
    private final Optional<UserPrincipal> user;

    private InstalledPostgres(Path programs, Path folder, Optional<UserPrincipal> user) {
        this.programs = programs;
        this.folder = folder;
        this.user = user;
    }

    static ServerAddress start(Path programs, Duration wait) throws IOException {
        Path folder = ServerFolder.create();
        Optional<UserPrincipal> user =
                isRoot() ? Optional.of(unprivileged(folder)) : Optional.empty();
        if (user.isPresent()) {
            Files.setOwner(folder, user.get());
        }
        InstalledPostgres postgres = new InstalledPostgres(programs, folder, user);
        int port = freePort();
        postgres.run(
                "initdb",
                "-D",
                folder + "/data",
                "-U",
                "postgres",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C");
        Runtime.getRuntime().addShutdownHook(new Thread(postgres::stop, "stop-test-postgres"));
        String options =
                "-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c synchronous_commit=off -c max_connections=300"
                        .formatted(port);
        postgres.run(
                "pg_ctl",
                "start",
                "-w",
                "-s",
                "-t",
                String.valueOf(wait.toSeconds()),
                "-D",
                folder + "/data",
                "-l",
                folder + "/log",
                "-o",
                options);
        return ServerAddress.local("the PostgreSQL of " + programs, port, "postgres");
    }

    private void stop() {
        try {
            run("pg_ctl", "stop", "-w", "-s", "-m", "immediate", "-D", folder + "/data");
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        user.ifPresent(name -> command.addAll(List.of("runuser", "-u", name.getName(), "--")));
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile("cairn-test-postgres", ".out");
        try {
            Process process =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            if (process.waitFor() != 0) {
                throw new IOException("%s failed: %s".formatted(command, Files.readString(output)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException(program);
            interrupted.initCause(e);
            throw interrupted;
        } finally {
            Files.delete(output);
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** PostgreSQL refuses to run as root. */
    private static UserPrincipal unprivileged(Path folder) throws IOException {
        var users = folder.getFileSystem().getUserPrincipalLookupService();
        try {
            return users.lookupPrincipalByName("postgres");
        } catch (UserPrincipalNotFoundException _) {
            return users.lookupPrincipalByName("nobody");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
