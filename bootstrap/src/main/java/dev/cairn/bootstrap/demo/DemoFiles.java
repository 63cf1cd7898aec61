package dev.cairn.bootstrap.demo;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.cairn.demo.Company;
import dev.cairn.demo.Options;
import dev.cairn.demo.Table;
import dev.cairn.demo.Truths;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The made-up company as files: a CSV for each source, and what is true of it as JSON. */
public final class DemoFiles {
    /** What is true of the company stands in the file of this name. */
    public static final String TRUTHS = "truths.json";

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private DemoFiles() {}

    /** Writes all files into a folder, which is made where there is none. */
    public static void write(Company company, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (var table : company.tables()) {
            write(table, folder.resolve(table.target() + ".csv"));
        }
        write(company.truths(), folder.resolve(TRUTHS));
    }

    /** Writes what is true of a company into a file. */
    public static void write(Truths truths, Path file) throws IOException {
        Files.writeString(file, JSON.writeValueAsString(truths) + "\n");
    }

    /** Which company a file of truths is of; null where there is no such file. */
    public static @Nullable Options optionsIn(Path file) throws IOException {
        return Files.exists(file)
                ? JSON.treeToValue(
                        JSON.readTree(Files.readString(file)).get("options"), Options.class)
                : null;
    }

    /** A text that comes with the made-up company. */
    static String resource(String name) {
        try (var text =
                Objects.requireNonNull(DemoFiles.class.getResourceAsStream("/demo/" + name))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Table table, Path file) throws IOException {
        try (var csv = CsvWriter.builder().build(file)) {
            csv.writeRecord(table.header());
            for (var rows = table.rows().get(); rows.hasNext(); ) {
                csv.writeRecord(rows.next());
            }
        }
    }
}
