package dev.cairn.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A rule is only a rule once it has failed.
 *
 * <p>Which test noticed a fault is kept in a file, and that test is tried first: to search for one takes a hundred times as long. A fault that is not in the file,
 * or that its test does not notice any more, is searched for. {@code -Dfaults=write} writes the file anew.
 */
@Execution(ExecutionMode.CONCURRENT)
class PlantedFaultsTest {
    private static final Path FILE = Path.of("src/test/resources/faults-noticed-by.txt");
    private static final Map<String, String> KEPT = read();
    private static final Map<String, String> FOUND = new ConcurrentSkipListMap<>();
    private static final Contracts SOUND = new Contracts(null);

    @ParameterizedTest
    @EnumSource(Fault.class)
    void every_planted_fault_makes_a_contract_test_fail_that_passes_without_it(Fault fault) {
        var faulty = new Contracts(fault);
        var noticed =
                Contracts.likelyToNotice(fault, KEPT.get(fault.name()))
                        .filter(test -> !faulty.pass(test))
                        .findFirst();
        assertThat(noticed).as(fault.name()).isPresent();
        assertThat(SOUND.pass(noticed.get())).as(noticed.get().method().getName()).isTrue();
        FOUND.put(fault.name(), noticed.get().method().getName());
    }

    @AfterAll
    static void keep_what_was_found() throws IOException {
        if ("write".equals(System.getProperty("faults"))) {
            Files.write(
                    FILE,
                    FOUND.entrySet().stream()
                            .map(found -> found.getKey() + " " + found.getValue())
                            .toList());
        }
        var searched =
                FOUND.entrySet().stream()
                        .filter(found -> !found.getValue().equals(KEPT.get(found.getKey())))
                        .map(Map.Entry::getKey)
                        .toList();
        if (!searched.isEmpty()) {
            System.out.printf(
                    "planted faults: %s had to be searched for; -Dfaults=write keeps what noticed them%n",
                    searched);
        }
    }

    private static Map<String, String> read() {
        try (var lines = Files.lines(FILE)) {
            return lines.map(line -> line.split(" "))
                    .collect(Collectors.toUnmodifiableMap(line -> line[0], line -> line[1]));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
