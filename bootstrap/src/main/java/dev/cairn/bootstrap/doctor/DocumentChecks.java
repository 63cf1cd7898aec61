package dev.cairn.bootstrap.doctor;

import dev.cairn.adapters.graphql.document.DocumentFolder;
import dev.cairn.adapters.graphql.limit.Limits;
import dev.cairn.bootstrap.StartProblem;
import dev.cairn.bootstrap.doctor.Finding.Check;
import dev.cairn.bootstrap.settings.Documents;
import dev.cairn.bootstrap.settings.LimitSettings;
import dev.cairn.bootstrap.settings.Settings;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.UnExecutableSchemaGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** The registered documents, where there is a folder of them: read and compared with the schema as at a start. */
record DocumentChecks(Settings settings) {
    private static final String FOLDER = "cairn.documents-dir";

    Optional<Finding> look() {
        var folder = settings.value(FOLDER, Path.class);
        var allowed = settings.value("cairn.documents", Documents.class);
        return folder.isEmpty() && allowed.filter(Documents.REGISTERED::equals).isPresent()
                ? Optional.of(
                        Finding.wrong(
                                Check.DOCUMENTS,
                                "cairn.documents is 'registered', and cairn.documents-dir names no folder: nothing could be asked. [%s]"
                                        .formatted(StartProblem.BAD_DOCUMENTS),
                                "Set cairn.documents-dir to the folder of documents, or cairn.documents to any."))
                : folder.map(this::look);
    }

    private Finding look(Path folder) {
        var read = DocumentFolder.read(folder, schema(), limits());
        return read.problems().isEmpty()
                ? Finding.ok(
                        Check.DOCUMENTS,
                        "%d in %s".formatted(read.documents().byHash().size(), folder))
                : Finding.wrong(
                        Check.DOCUMENTS,
                        "%s [%s]"
                                .formatted(
                                        String.join(System.lineSeparator(), read.problems()),
                                        StartProblem.BAD_DOCUMENTS),
                        "Correct what is in cairn.documents-dir, or take it away. The schema says what can be asked.");
    }

    /** Those of the service; where they cannot be read, that is told with the settings. */
    private Limits limits() {
        var below = settings.below("cairn.limits");
        return LimitSettings.problems(below).isEmpty()
                ? LimitSettings.read(below)
                : Limits.STANDARD;
    }

    private static GraphQLSchema schema() {
        try (InputStream text =
                Objects.requireNonNull(
                        DocumentFolder.class.getResourceAsStream("/graphql/cairn.graphqls"))) {
            return UnExecutableSchemaGenerator.makeUnExecutableSchema(
                    new SchemaParser()
                            .parse(new String(text.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
