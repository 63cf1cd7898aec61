package dev.cairn.adapters.graphql.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.SchemaWiring;
import dev.cairn.adapters.graphql.limit.Limits;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentFolderTest {
    private static final String DOCUMENT = "{ metrics { totalCount } }";

    private static GraphQLSchema schema;

    @TempDir private Path folder;

    @BeforeAll
    static void readSchema() throws IOException {
        try (var text =
                Objects.requireNonNull(
                        DocumentFolder.class.getResourceAsStream("/graphql/cairn.graphqls"))) {
            var wiring = RuntimeWiring.newRuntimeWiring();
            new SchemaWiring().configure(wiring);
            schema =
                    new SchemaGenerator()
                            .makeExecutableSchema(new SchemaParser().parse(text), wiring.build());
        }
    }

    @Test
    void documents_are_had_by_name_and_by_hash() throws IOException {
        write("how-many.graphql", DOCUMENT);
        var listed = "query Listed { metrics { edges { node { key } } } }";
        write(
                "persisted-documents.json",
                "{\"%s\": \"%s\"}".formatted(DocumentHash.of(listed).hex(), listed));
        write(".hidden", "anything");
        var read = read();

        assertThat(read.problems()).isEmpty();
        assertThat(read.documents().find("how-many")).contains(DOCUMENT);
        assertThat(read.documents().find(DocumentHash.of(DOCUMENT))).contains(DOCUMENT);
        assertThat(read.documents().find(DocumentHash.of(listed))).contains(listed);
    }

    @Test
    void all_that_is_wrong_is_told() throws IOException {
        write("fields.graphql", "{\n  nothing\n  metrics { nobody }\n}");
        write("syntax.graphql", "{");
        write("two words.graphql", DOCUMENT);
        write("deep.graphql", "{ metrics".repeat(13) + "}".repeat(13));
        write("notes.txt", "");
        write("list.json", "[]");
        write("half.json", "{");
        write("hashes.json", "{\"abc\": \"{ __typename }\", \"def\": 5}");
        Files.write(folder.resolve("bytes.graphql"), new byte[] {(byte) 0xff});
        var problems = read().problems();

        assertThat(problems)
                .anyMatch(problem -> problem.startsWith("fields.graphql:2:3: "))
                .anyMatch(problem -> problem.startsWith("fields.graphql:3:13: "))
                .anyMatch(problem -> problem.startsWith("syntax.graphql: "))
                .anyMatch(problem -> problem.startsWith("two words.graphql: a name has letters"))
                .anyMatch(problem ->
                        problem.startsWith("deep.graphql: ") && problem.contains("at most 12"))
                .anyMatch(problem -> problem.startsWith("notes.txt: ends neither"))
                .anyMatch(problem -> problem.startsWith("list.json: is no object"))
                .anyMatch(problem -> problem.startsWith("half.json: is not JSON"))
                .anyMatch(problem ->
                        problem.startsWith(
                                "hashes.json, abc: the SHA-256 of this document is another"))
                .anyMatch(problem -> problem.startsWith("hashes.json, def: is no text"))
                .anyMatch(problem -> problem.startsWith("bytes.graphql: is not in UTF-8"))
                .hasSize(11);
    }

    @Test
    void a_folder_without_a_document_is_told() {
        assertThat(read().problems()).singleElement().asString().endsWith(": has no document.");
    }

    @Test
    void a_folder_that_there_is_not_is_told_and_not_that_it_is_empty() {
        assertThat(DocumentFolder.read(folder.resolve("none"), schema, Limits.STANDARD).problems())
                .singleElement()
                .asString()
                .endsWith("is no folder that can be read.");
    }

    private DocumentFolder.Read read() {
        return DocumentFolder.read(folder, schema, Limits.STANDARD);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
    }
}
