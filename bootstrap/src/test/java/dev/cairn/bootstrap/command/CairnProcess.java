package dev.cairn.bootstrap.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Cairn in a process of its own, as a person starts it, on any free ports. */
final class CairnProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private CairnProcess(Process process) {
        this.process = process;
        this.output = process.inputReader();
    }

    static CairnProcess start(Path dataDir, String... arguments) throws IOException {
        return start(List.of(), dataDir, arguments);
    }

    /** As an ordinary user, with only what the files' rights allow, also where the tests are run by root. */
    static CairnProcess startAsOrdinaryUser(Path dataDir, String... arguments) throws IOException {
        boolean root = "root".equals(System.getProperty("user.name"));
        return start(root ? List.of("unshare", "--user") : List.of(), dataDir, arguments);
    }

    /** Where no other program is found. */
    static CairnProcess startAlone(Path dataDir, String... arguments) throws IOException {
        return start(List.of("/usr/bin/env", "PATH=/nonexistent"), dataDir, arguments);
    }

    private static CairnProcess start(List<String> within, Path dataDir, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(within);
        command.addAll(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CommandLineMain.class.getName()));
        command.addAll(List.of(arguments));
        command.addAll(
                List.of(
                        "--data-dir",
                        dataDir.toString(),
                        "--set",
                        "cairn.postgres.port=0",
                        "--set",
                        "server.port=0"));
        return new CairnProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** Reads on to the next line that contains the text; fails when the process ends before. */
    String lineWith(String text) throws IOException {
        return linesUpTo(text).getLast();
    }

    /** The same with all lines before it. */
    List<String> linesUpTo(String text) throws IOException {
        var read = new ArrayList<String>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            read.add(line);
            if (line.contains(text)) {
                return read;
            }
        }
        throw new AssertionError(
                "no line with '%s', but:%n%s".formatted(text, String.join("\n", read)));
    }

    /** What it says from here to its end. */
    String rest() {
        return output.lines().map(line -> line + "\n").collect(Collectors.joining());
    }

    /** Waits until it ends by itself, and gives its exit code. */
    int end() throws InterruptedException {
        awaitEnd();
        return process.exitValue();
    }

    long pid() {
        return process.pid();
    }

    /** Asks it to stop, as a service manager does, and waits until it has. */
    void stop() throws InterruptedException {
        process.destroy();
        awaitEnd();
    }

    /** Asks it to stop, as Ctrl-C does, and waits until it has. */
    void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
        awaitEnd();
    }

    /** Ends it without giving it a chance to clean up. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        awaitEnd();
    }

    private void awaitEnd() throws InterruptedException {
        if (!process.waitFor(3, TimeUnit.MINUTES)) {
            throw new AssertionError("the process does not end");
        }
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }
}
