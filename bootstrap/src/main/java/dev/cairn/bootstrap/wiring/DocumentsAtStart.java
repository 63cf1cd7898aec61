package dev.cairn.bootstrap.wiring;

import dev.cairn.adapters.graphql.document.DocumentFolder;
import dev.cairn.adapters.graphql.document.RegisteredDocuments;
import dev.cairn.adapters.graphql.limit.Limits;
import dev.cairn.bootstrap.StartProblem;
import dev.cairn.bootstrap.StartRefused;
import dev.cairn.bootstrap.settings.Documents;
import graphql.schema.GraphQLSchema;

/** Registered documents: read once, and checked before anybody asks. */
final class DocumentsAtStart {
    private DocumentsAtStart() {}

    /** @throws StartRefused with all that is wrong */
    static RegisteredDocuments read(CairnSettings settings, GraphQLSchema schema, Limits limits) {
        var folder = settings.documentsDir();
        if (folder == null) {
            if (settings.documents() == Documents.REGISTERED) {
                throw new StartRefused(
                        StartProblem.BAD_DOCUMENTS,
                        "cairn.documents is 'registered', and cairn.documents-dir names no folder: nothing could be asked.",
                        "Set cairn.documents-dir to the folder of documents, or cairn.documents to any.");
            }
            return RegisteredDocuments.NONE;
        }
        var read = DocumentFolder.read(folder, schema, limits);
        if (!read.problems().isEmpty()) {
            throw new StartRefused(
                    StartProblem.BAD_DOCUMENTS,
                    String.join(System.lineSeparator(), read.problems()),
                    "Correct what is in cairn.documents-dir, or take it away. The schema says what can be asked.");
        }
        return read.documents();
    }
}
