import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Walks through README.md as a newcomer would: runs each block marked {@code sh} in order, in the folder it is started from, and compares
 * what it prints with the block marked {@code json} or {@code text} behind it, white space aside. The service is started by the README's own
 * words, on free ports and an empty data folder, and stopped at the end.
 */
final class Walk {
    private static final Pattern BLOCK =
            Pattern.compile("```(\\w*)\\n(.*?)```", Pattern.DOTALL | Pattern.MULTILINE);
    private static final String SERVE = "./cairn demo";

    /** What answers say of trust: a slow machine answers before it has counted how far the data can be trusted. */
    private static final Pattern OF_TRUST =
            Pattern.compile("(?m)^(\\?   broken data|Some of this is read|How far ').*$|\\?");
    private static final String TEST = "./cairn test";
    private static final String READY = "Stop it with Ctrl-C.";
    private static final Duration SILENCE = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofMinutes(45);

    private final Path data = Files.createTempDirectory("cairn-walk");
    private final int port = freePort();
    private Process service;
    private int commands;
    private int answers;
    private int wrong;

    private Walk() throws IOException {}

    public static void main(String[] arguments) throws Exception {
        var walk = new Walk();
        String failure = null;
        try {
            walk.through(Files.readString(Path.of("README.md")));
        } catch (Stumbled stumbled) {
            failure = stumbled.getMessage();
        } finally {
            walk.tidy();
        }
        if (failure != null) {
            System.out.println("walk: FAILED: " + failure);
            System.exit(1);
        }
    }

    private void through(String readme) throws Exception {
        String ran = null;
        var blocks = BLOCK.matcher(readme);
        while (blocks.find()) {
            String text = blocks.group(2);
            switch (blocks.group(1)) {
                case "sh" -> ran = run(text);
                case "json", "text" -> {
                    compare(text, ran);
                    ran = null;
                }
                default -> ran = null;
            }
        }
        stop();
        if (answers == 0 || wrong > 0) {
            throw new Stumbled(
                    "%d of %d answers are not as README.md says".formatted(wrong, answers));
        }
        System.out.printf(
                "walk: %d blocks of commands run, %d answers as README.md says, stopped cleanly%n",
                commands, answers);
    }

    /** What it printed; null where that is not looked at. */
    private String run(String block) throws Exception {
        commands++;
        String words = block.strip();
        if (words.equals(TEST)) {
            return null;
        }
        System.out.println("walk: $ " + words.lines().findFirst().orElse(""));
        if (words.equals(SERVE)) {
            serve();
            return null;
        }
        return said(words);
    }

    private String said(String words) throws Exception {
        var process = start(words.replace("127.0.0.1:8080", "127.0.0.1:" + port));
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new Stumbled(
                    "exit code %d of%n%s%n%s".formatted(process.exitValue(), words, said));
        }
        return said;
    }

    private void compare(String expected, String said) {
        if (said == null) {
            return;
        }
        answers++;
        if (!bare(said).equals(bare(expected))) {
            wrong++;
            System.out.printf("walk: README.md says%n%s%nand it was%n%s%n", expected, said);
        }
    }

    private static String bare(String text) {
        return OF_TRUST.matcher(text).replaceAll("").replaceAll("\\s+", "");
    }

    private void serve() throws Exception {
        service = start(SERVE);
        var ready = new CountDownLatch(1);
        var said = Collections.synchronizedList(new ArrayList<String>());
        Thread.ofVirtual().start(() -> listen(ready, said));
        long begun = System.nanoTime();
        long seen = begun;
        var sign = new Sign(0, Duration.ZERO);
        while (!ready.await(1, TimeUnit.SECONDS)) {
            var now = signOfLife(said);
            if (!now.equals(sign)) {
                sign = now;
                seen = System.nanoTime();
            }
            if (System.nanoTime() - seen > SILENCE.toNanos()
                    || System.nanoTime() - begun > LONGEST.toNanos()) {
                throw new Stumbled("the service does not get on:\n" + String.join("\n", said));
            }
        }
        if (!service.isAlive()) {
            throw new Stumbled("the service did not start:\n" + String.join("\n", said));
        }
    }

    /** What grows while something is done, however slow the machine is. */
    private record Sign(int lines, Duration worked) {}

    private Sign signOfLife(List<String> said) {
        var worked =
                Stream.concat(Stream.of(service.toHandle()), service.descendants())
                        .flatMap(process -> process.info().totalCpuDuration().stream())
                        .reduce(Duration.ZERO, Duration::plus);
        return new Sign(said.size(), worked);
    }

    private void listen(CountDownLatch ready, List<String> said) {
        try (var lines = service.inputReader()) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                said.add(line);
                if (line.equals(READY)) {
                    ready.countDown();
                }
            }
        } catch (IOException e) {
            said.add(e.toString());
        }
        ready.countDown();
    }

    private Process start(String words) throws IOException {
        var builder = new ProcessBuilder("bash", "-euo", "pipefail", "-c", words);
        builder.environment().put("SERVER_PORT", String.valueOf(port));
        builder.environment().put("CAIRN_POSTGRES_PORT", "0");
        builder.environment().put("CAIRN_DATADIR", data.toString());
        return builder.redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
    }

    private void stop() throws Exception {
        if (service == null) {
            throw new Stumbled("README.md does not start the service");
        }
        service.destroy();
        if (!service.waitFor(1, TimeUnit.MINUTES)) {
            throw new Stumbled("the service does not stop");
        }
        if (Files.exists(data.resolve("postgres/postmaster.pid"))) {
            throw new Stumbled("PostgreSQL still runs in " + data);
        }
    }

    private void tidy() throws IOException {
        if (service != null && service.isAlive()) {
            service.descendants().forEach(ProcessHandle::destroyForcibly);
            service.destroyForcibly();
        }
        try (var files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** The walk went wrong. */
    private static final class Stumbled extends RuntimeException {
        Stumbled(String message) {
            super(message);
        }
    }
}
