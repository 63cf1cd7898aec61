package dev.cairn.bootstrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who listens on a port of this machine: on Linux, and among the user's own processes; root sees all. */
public final class PortUse {
    private static final Path PROCESSES = Path.of("/proc");
    private static final String LISTENING = "0A";
    private static final int ADDRESS_COLUMN = 1;
    private static final int STATE_COLUMN = 3;
    private static final int INODE_COLUMN = 9;

    private PortUse() {}

    /** Reports that a port is taken, and by whom if that is known. */
    public static String taken(int port) {
        return "Port %d is taken by another program%s."
                .formatted(port, holder(port).map(process -> ": " + name(process)).orElse(""));
    }

    /** The number of a process and what it runs. */
    public static String name(ProcessHandle process) {
        return "process %d%s"
                .formatted(
                        process.pid(),
                        process.info()
                                .command()
                                .map(command -> " (" + Path.of(command).getFileName() + ")")
                                .orElse(""));
    }

    public static Optional<ProcessHandle> holder(int port) {
        Set<String> sockets =
                Stream.of("tcp", "tcp6")
                        .flatMap(table -> lines(PROCESSES.resolve("net").resolve(table)).stream())
                        .map(line -> line.strip().split("\\s+"))
                        .filter(columns -> listensOn(port, columns))
                        .map(columns -> "socket:[" + columns[INODE_COLUMN] + "]")
                        .collect(Collectors.toSet());
        return sockets.isEmpty()
                ? Optional.empty()
                : ProcessHandle.allProcesses()
                        .filter(process -> holdsAny(process, sockets))
                        .findFirst();
    }

    private static boolean listensOn(int port, String[] columns) {
        return columns.length > INODE_COLUMN
                && columns[STATE_COLUMN].equals(LISTENING)
                && columns[ADDRESS_COLUMN].endsWith(
                        ":" + HexFormat.of().withUpperCase().toHexDigits((short) port));
    }

    private static boolean holdsAny(ProcessHandle process, Set<String> sockets) {
        try (var open = Files.list(PROCESSES.resolve(process.pid() + "/fd"))) {
            return open.anyMatch(descriptor -> sockets.contains(target(descriptor)));
        } catch (IOException notOurs) {
            return false;
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }

    private static List<String> lines(Path table) {
        try {
            return Files.readAllLines(table);
        } catch (IOException notLinux) {
            return List.of();
        }
    }
}
