package dev.cairn.bootstrap.importing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** An import in a process of its own, which reads what is given to it as a person's would read standard input. */
final class ForkedImport implements AutoCloseable {
    private final Process process;

    private ForkedImport(Process process) {
        this.process = process;
    }

    /** The process: where the database is, then a file on standard input. */
    public static void main(String[] arguments) throws IOException {
        System.out.println(
                Import.run(Import.database(arguments[0], arguments[1], arguments[2]), System.in));
    }

    static ForkedImport start(String url, String user, String password) throws IOException {
        return new ForkedImport(
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                ForkedImport.class.getName(),
                                url,
                                user,
                                password)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start());
    }

    OutputStream input() {
        return process.getOutputStream();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it as the machine would, without giving it a chance to clean up. */
    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(3, TimeUnit.MINUTES)) {
            throw new AssertionError("the process does not end");
        }
    }
}
