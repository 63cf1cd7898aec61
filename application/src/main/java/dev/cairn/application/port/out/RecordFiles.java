package dev.cairn.application.port.out;

import dev.cairn.application.port.RecordFile;
import dev.cairn.application.port.RecordInput;
import dev.cairn.application.port.Records;
import java.util.function.Function;

/** Reads files of records. */
public interface RecordFiles {
    /**
     * Returns records of which the first is broken where the file cannot be read.
     *
     * @throws java.io.UncheckedIOException where reading the content fails, here and while the records are read
     */
    Records open(RecordFile file);

    /** Does work with records; those of a file are opened before it and closed after it. */
    default <T> T read(RecordInput input, Function<Records, T> work) {
        return switch (input) {
            case RecordFile file -> {
                try (var records = open(file)) {
                    yield work.apply(records);
                }
            }
            case Records records -> work.apply(records);
        };
    }
}
