package dev.cairn.adapters.persistence.generated;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedTablesTest {
    @Test
    void generated_tables_are_those_of_the_changelog(@TempDir Path folder) throws Exception {
        TableGenerator.generateInto(folder);

        assertThat(contents(folder)).isNotEmpty().isEqualTo(contents(TableGenerator.CHECKED_IN));
    }

    private static Map<String, String> contents(Path folder) throws IOException {
        var contents = new TreeMap<String, String>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(folder.relativize(file).toString(), Files.readString(file).replace("\r\n", "\n"));
            }
        }
        return contents;
    }
}
