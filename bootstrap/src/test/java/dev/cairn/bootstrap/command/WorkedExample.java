package dev.cairn.bootstrap.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * A question next to SQL that somebody wrote by hand over the raw file.
 *
 * @param data folder of the data set
 * @param question variables of the question, as in GraphQL
 * @param shape the field of Query that it is asked of, a question of fixed shape, whose table and its totals are compared, of why the first level of pieces; empty: analyze
 * @param answer with shape, what is asked of it in place of its table, in GraphQL: lists in lists are told as one list, each row with what stands beside its list, and parts of an object as
 *     {@code object.part}; empty: its table
 * @param uncertainty each metric is followed by what its cells say of it: standardError, effectiveN, low, high, z and p where it is compared, and the name of
 *     each part of a score
 * @param ordered the rows of both come in the same order
 * @param open the arguments of {@code members} but for the question and the key, with {@code at}: values of columns that tell the row whose cell is opened; empty:
 *     none is
 */
record WorkedExample(
        String file,
        String title,
        String data,
        Map<String, Object> question,
        String shape,
        String answer,
        String sql,
        boolean uncertainty,
        boolean ordered,
        Map<String, Object> open) {

    static List<WorkedExample> all() {
        return in("examples/worked");
    }

    /** All examples of a folder of the repository, by their names. */
    static List<WorkedExample> in(String folder) {
        try (var files = Files.list(RunningCairn.inRepository(folder))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(WorkedExample::read)
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static WorkedExample read(Path file) {
        try {
            Map<String, Object> yaml =
                    new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
            return new WorkedExample(
                    file.getFileName().toString(),
                    (String) yaml.get("title"),
                    (String) yaml.get("data"),
                    (Map<String, Object>) yaml.get("question"),
                    (String) yaml.getOrDefault("shape", ""),
                    (String) yaml.getOrDefault("answer", ""),
                    (String) yaml.get("sql"),
                    (Boolean) yaml.getOrDefault("uncertainty", false),
                    (Boolean) yaml.getOrDefault("ordered", true),
                    (Map<String, Object>) yaml.getOrDefault("open", Map.of()));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
