package dev.cairn.adapters.graphql.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.SliceTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents by their hash and their name, as clients ask for them. */
class PersistedDocumentsTest extends SliceTest {
    private static final String JSON = "application/json";
    private static final String GRAPHQL = "application/graphql-response+json";

    @Test
    void a_document_that_was_sent_with_its_hash_is_had_by_its_hash() {
        var document = "query First { metrics { totalCount } }";
        var hash = DocumentHash.of(document).hex();
        var missed = byHash(hash);
        var sent = post(body(document, hash), JSON, GRAPHQL);
        var found = byHash(hash);

        assertThat(missed.code()).isEqualTo("PERSISTED_QUERY_NOT_FOUND");
        assertThat(missed.error().path("message").asString()).isEqualTo("PersistedQueryNotFound");
        assertThat(missed.status()).isEqualTo(400);
        assertThat(sent.json().at("/data/metrics/totalCount").asInt(-1)).isZero();
        assertThat(found.status()).isEqualTo(200);
        assertThat(found.json()).isEqualTo(sent.json());
    }

    @Test
    void a_document_is_had_by_the_id_of_the_specification_too() {
        var document = "query Second { metrics { totalCount } }";
        var hash = DocumentHash.of(document).hex();
        post(body(document, hash), JSON, GRAPHQL);

        assertThat(
                        post("{\"documentId\": \"sha256:%s\"}".formatted(hash), JSON, GRAPHQL)
                                .json()
                                .at("/data/metrics/totalCount")
                                .asInt(-1))
                .isZero();
    }

    @Test
    void a_registered_document_is_had_by_its_name() {
        assertThat(
                        post("{\"documentId\": \"how-many\", \"extensions\": null}", JSON, GRAPHQL)
                                .json()
                                .at("/data/metrics/totalCount")
                                .asInt(-1))
                .isZero();
    }

    @Test
    void a_name_that_there_is_not_is_refused_with_a_near_one() {
        var reply = post("{\"documentId\": \"how-mamy\"}", JSON, GRAPHQL);

        assertThat(reply.code()).isEqualTo("DOCUMENT_NOT_REGISTERED");
        assertThat(reply.error().path("message").asString()).contains("Did you mean 'how-many'?");
    }

    @Test
    void variables_and_the_name_of_the_operation_go_with_a_hash() {
        var document =
                "query A { __typename } query B($key: String!) { metric(key: $key) { key } }";
        var hash = DocumentHash.of(document).hex();
        var operation = "\"operationName\": \"B\", \"variables\": {\"key\": \"none\"}, ";
        post("{" + operation + body(document, hash).substring(1), JSON, GRAPHQL);
        var found = post("{" + operation + extension(hash) + "}", JSON, GRAPHQL);

        assertThat(found.json().at("/data/metric").isNull()).as(found.json().toString()).isTrue();
    }

    @Test
    void a_hash_of_another_document_is_refused_and_nothing_kept() {
        var hash = DocumentHash.of("{ __typename }").hex();

        assertThat(post(body("{ metrics { totalCount } }", hash), JSON, GRAPHQL).code())
                .isEqualTo("GRAPHQL_VALIDATION_FAILED");
        assertThat(byHash(hash).code()).isEqualTo("PERSISTED_QUERY_NOT_FOUND");
        assertThat(catalogs.calls).isEmpty();
    }

    /** Invalid, over a limit, not to be parsed. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ nothing }",
                "{",
                "{ metrics(first: 200) { edges { node { dimensions { values } } } } }"
            })
    void what_was_not_executed_is_not_kept(String document) {
        var hash = DocumentHash.of(document).hex();

        assertThat(post(body(document, hash), JSON, GRAPHQL).json().has("data")).isFalse();
        assertThat(byHash(hash).code()).isEqualTo("PERSISTED_QUERY_NOT_FOUND");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"extensions\": {\"persistedQuery\": {\"version\": 1}}",
                "\"extensions\": {\"persistedQuery\": {\"version\": 2, \"sha256Hash\": \"HASH\"}}",
                "\"extensions\": {\"persistedQuery\": {\"sha256Hash\": \"HASH\"}}",
                "\"extensions\": {\"persistedQuery\": {\"version\": 1, \"sha256Hash\": 5}}",
                "\"extensions\": {\"persistedQuery\": {\"version\": 1, \"sha256Hash\": \"abc\"}}",
                "\"extensions\": {\"persistedQuery\": \"HASH\"}",
                "\"extensions\": {\"persistedQuery\": false}",
                "\"documentId\": \"\"",
                "\"documentId\": \"sha256:abc\"",
                "\"documentId\": \"md5:HASH\"",
                "\"documentId\": \"sha256:HASH\", \"extensions\": {\"persistedQuery\": {\"version\": 1, \"sha256Hash\": \"HASH\"}}",
                "\"documentId\": \"how-many\", \"query\": \"{ __typename }\"",
                "\"documentId\": \"sha256:HASH\", \"query\": \"{ metrics { totalCount } }\"",
                "\"query\": \"{ __typename }\", \"extensions\": {\"persistedQuery\": []}"
            })
    void a_reference_that_cannot_be_read_is_refused(String parts) {
        var body = "{" + parts.replace("HASH", DocumentHash.of("{ __typename }").hex()) + "}";
        var reply = post(body, JSON, GRAPHQL);

        assertThat(reply.code()).isEqualTo("GRAPHQL_VALIDATION_FAILED");
        assertThat(reply.status()).isEqualTo(400);
    }

    @Test
    void a_document_id_of_another_kind_is_no_request() {
        assertThat(post("{\"documentId\": 5}", JSON, GRAPHQL).status()).isEqualTo(400);
    }

    private Reply byHash(String hash) {
        return post("{" + extension(hash) + "}", JSON, GRAPHQL);
    }

    private static String body(String document, String hash) {
        return "{\"query\": \"%s\", %s}".formatted(document, extension(hash));
    }

    private static String extension(String hash) {
        return "\"extensions\": {\"persistedQuery\": {\"version\": 1, \"sha256Hash\": \"%s\"}}"
                .formatted(hash);
    }
}
