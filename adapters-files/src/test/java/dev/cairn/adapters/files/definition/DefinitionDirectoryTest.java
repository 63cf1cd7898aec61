package dev.cairn.adapters.files.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Link;
import dev.cairn.domain.model.Notation;
import dev.cairn.domain.model.Slice;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.problem.ProblemCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefinitionDirectoryTest {
    @TempDir Path directory;

    private Path file(String name, String text) throws IOException {
        var path = directory.resolve(name);
        Files.createDirectories(path.resolveSibling(""));
        return Files.writeString(path, text);
    }

    @Test
    void all_yaml_files_beneath_are_read_in_order_and_nothing_else() throws IOException {
        file("b.yml", "b");
        file("a/z.yaml", "z");
        file("a.yaml", "a");
        file("readme.md", "no");
        file(".hidden/x.yaml", "no");
        file(".x.yaml", "no");

        var found = DefinitionDirectory.read(directory);

        assertThat(found.problems()).isEmpty();
        assertThat(found.files()).extracting(DefinitionFile::text).containsExactly("a", "z", "b");
        assertThat(found.files().get(1).name()).endsWith("a/z.yaml");
    }

    @Test
    void one_file_is_read_whatever_it_is_called() throws IOException {
        assertThat(DefinitionDirectory.read(file("definitions.txt", "x")).files()).hasSize(1);
    }

    @Test
    void a_directory_without_definitions_is_a_problem_rather_than_nothing() throws IOException {
        assertThat(DefinitionDirectory.read(directory).problems())
                .singleElement()
                .extracting("code")
                .isEqualTo(ProblemCode.MISSING);
        assertThat(DefinitionDirectory.read(directory.resolve("nowhere")).problems()).hasSize(1);
    }

    @Test
    void a_file_that_is_not_utf_8_is_told_with_its_place() throws IOException {
        Files.write(
                directory.resolve("a.yaml"),
                "metric: m\nlabel: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));

        var problems = DefinitionDirectory.read(directory).problems();

        assertThat(problems).hasSize(1);
        assertThat(problems.getFirst().message()).contains("0xe9").contains("UTF-8");
        assertThat(problems.getFirst().place().line()).isEqualTo(2);
        assertThat(problems.getFirst().place().column()).isEqualTo(11);
    }

    @Test
    void built_in_entities_that_nobody_declared_are_not_exported() throws IOException {
        assertThat(DefinitionDirectory.write(directory.resolve("out"), Catalog.empty().entries()))
                .isEmpty();
        assertThat(directory.resolve("out")).isEmptyDirectory();
    }

    @Test
    void an_export_is_refused_where_other_definitions_stand() throws IOException {
        file("mine.yaml", "x");

        var problems =
                DefinitionDirectory.write(
                        directory,
                        List.of(new Entry(new Slice("s", "s", "", "a", "x"), 1, Map.of())));

        assertThat(problems).singleElement().extracting("code").isEqualTo(ProblemCode.CONFLICT);
        assertThat(directory.resolve("slice")).doesNotExist();
    }

    @Test
    void links_to_declared_entities_are_exported_as_such() throws IOException {
        var listing =
                Source.entity(
                        "listing",
                        "listing",
                        "",
                        List.of("listing_id"),
                        List.of(Field.of("listing_id", DataType.TEXT)),
                        Notation.STANDARD,
                        List.of(
                                new Link("of", "ticket", List.of("ticket_no")),
                                new Link("twin", "listing", List.of("listing_id"))));

        assertThat(
                        DefinitionDirectory.write(
                                directory.resolve("out"), List.of(new Entry(listing, 1, Map.of()))))
                .isEmpty();

        assertThat(Files.readString(directory.resolve("out/entity/listing.yaml")))
                .contains("of: {source: ticket, fields: [ticket_no]}")
                .contains("twin: {entity: listing, fields: [listing_id]}");
    }
}
