package dev.cairn.bootstrap.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What Cairn runs on.
 *
 * @param java the feature version of the JDK
 * @param jdk the JDK in words
 * @param heap bytes the heap may grow to
 * @param memory bytes the machine or container has
 * @param options what the JVM was started with
 * @param free bytes that may be written beside a folder
 */
record Machine(
        int java,
        String jdk,
        long heap,
        long memory,
        List<String> options,
        ToLongFunction<Path> free) {

    static Machine current() {
        return new Machine(
                Runtime.version().feature(),
                "%s (%s) in %s"
                        .formatted(
                                Runtime.version(),
                                System.getProperty("java.vendor"),
                                System.getProperty("java.home")),
                Runtime.getRuntime().maxMemory(),
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                        .getTotalMemorySize(),
                ManagementFactory.getRuntimeMXBean().getInputArguments(),
                Machine::free);
    }

    private static long free(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
