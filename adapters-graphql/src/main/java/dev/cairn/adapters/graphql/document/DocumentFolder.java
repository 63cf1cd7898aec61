package dev.cairn.adapters.graphql.document;

import dev.cairn.adapters.graphql.limit.DocumentCheck;
import dev.cairn.adapters.graphql.limit.Limits;
import dev.cairn.adapters.graphql.limit.OverLimit;
import dev.cairn.adapters.graphql.limit.RequestLimits;
import graphql.ExecutionInput;
import graphql.GraphQLError;
import graphql.ParseAndValidate;
import graphql.language.SourceLocation;
import graphql.parser.ParserOptions;
import graphql.schema.GraphQLSchema;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a folder of documents: {@code NAME.graphql} is one document under that name, {@code *.json} has documents by their hash, as graphql-codegen writes them
 * (persisted-documents.json).
 */
public final class DocumentFolder {
    private static final String DOCUMENT = ".graphql";
    private static final String MANIFEST = ".json";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+");

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private final GraphQLSchema schema;
    private final Limits limits;
    private final Map<String, String> byHash = new HashMap<>();
    private final Map<String, String> byName = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    private DocumentFolder(GraphQLSchema schema, Limits limits) {
        this.schema = schema;
        this.limits = limits;
    }

    /**
     * What a folder has.
     *
     * @param problems sentences that begin with the file; where there are any, nothing of the folder should be used
     */
    public record Read(RegisteredDocuments documents, List<String> problems) {
        public Read {
            problems = List.copyOf(problems);
        }
    }

    /** Reads all of it, and finds everything that is wrong. */
    public static Read read(Path folder, GraphQLSchema schema, Limits limits) {
        var found = new DocumentFolder(schema, limits);
        try (var files = Files.list(folder)) {
            files.sorted().filter(file -> !isHidden(file)).forEach(found::take);
        } catch (IOException _) {
            found.problems.add("%s: is no folder that can be read.".formatted(folder));
        }
        if (found.problems.isEmpty() && found.byHash.isEmpty()) {
            found.problems.add("%s: has no document.".formatted(folder));
        }
        return new Read(new RegisteredDocuments(found.byHash, found.byName), found.problems);
    }

    private static boolean isHidden(Path file) {
        return file.getFileName().toString().startsWith(".");
    }

    private void take(Path file) {
        var name = file.getFileName().toString();
        try {
            if (name.endsWith(DOCUMENT)) {
                takeDocument(name, Files.readString(file));
            } else if (name.endsWith(MANIFEST)) {
                takeManifest(name, JSON.readTree(Files.readString(file)));
            } else {
                problems.add("%s: ends neither in .graphql nor in .json.".formatted(name));
            }
        } catch (CharacterCodingException _) {
            problems.add("%s: is not in UTF-8.".formatted(name));
        } catch (IOException _) {
            problems.add("%s: cannot be read.".formatted(name));
        } catch (JacksonException notJson) {
            problems.add("%s: is not JSON: %s".formatted(name, notJson.getOriginalMessage()));
        }
    }

    private void takeDocument(String file, String document) {
        var name = file.substring(0, file.length() - DOCUMENT.length());
        if (!NAME.matcher(name).matches()) {
            problems.add("%s: a name has letters, digits, and _ . - only.".formatted(file));
        }
        if (isFine(file, document)) {
            byHash.put(DocumentHash.of(document).hex(), document);
            byName.put(name, document);
        }
    }

    private void takeManifest(String file, JsonNode manifest) {
        if (!manifest.isObject()) {
            problems.add("%s: is no object of documents by their hash.".formatted(file));
            return;
        }
        manifest.forEachEntry((id, text) -> {
            var hash =
                    id.startsWith(DocumentReference.HASH_PREFIX)
                            ? id.substring(DocumentReference.HASH_PREFIX.length())
                            : id;
            if (!text.isString()) {
                problems.add("%s, %s: is no text.".formatted(file, id));
            } else if (!DocumentHash.of(text.asString()).hex().equals(hash)) {
                problems.add(
                        "%s, %s: the SHA-256 of this document is another: %s. (For graphql-codegen, set hashAlgorithm to sha256.)"
                                .formatted(file, id, DocumentHash.of(text.asString()).hex()));
            } else if (isFine(file + ", " + id, text.asString())) {
                byHash.put(hash, text.asString());
            }
        });
    }

    /** Whether it fits the schema, and every limit that does not depend on variables. */
    private boolean isFine(String where, String document) {
        var before = problems.size();
        try {
            var parsed = ParseAndValidate.parse(input(document));
            if (parsed.isFailure()) {
                problems.add("%s: %s".formatted(where, parsed.getSyntaxException().getMessage()));
                return false;
            }
            DocumentCheck.check(parsed.getDocument(), limits);
            ParseAndValidate.validate(schema, parsed.getDocument(), Locale.ENGLISH)
                    .forEach(error -> problems.add(text(where, error)));
        } catch (OverLimit over) {
            problems.add("%s: %s".formatted(where, over.getMessage()));
        }
        return problems.size() == before;
    }

    private ExecutionInput input(String document) {
        return ExecutionInput.newExecutionInput(document)
                .graphQLContext(Map.of(ParserOptions.class, RequestLimits.parserOptions(limits)))
                .build();
    }

    private static String text(String where, GraphQLError error) {
        List<SourceLocation> at = error.getLocations() == null ? List.of() : error.getLocations();
        return at.isEmpty()
                ? "%s: %s".formatted(where, error.getMessage())
                : "%s:%d:%d: %s"
                        .formatted(
                                where,
                                at.getFirst().getLine(),
                                at.getFirst().getColumn(),
                                error.getMessage());
    }
}
