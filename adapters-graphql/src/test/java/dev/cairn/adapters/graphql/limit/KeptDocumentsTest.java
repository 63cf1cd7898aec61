package dev.cairn.adapters.graphql.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.Samples;
import dev.cairn.adapters.graphql.SliceTest;
import graphql.ExecutionInput;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.language.Document;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What is checked of a request holds for a document that was read before, too. */
class KeptDocumentsTest extends SliceTest {
    private static final String METRICS =
            "query($first: Int, $text: String, $domains: [MetricDomain!]) { metrics(first: $first, filter: {text: $text, domains: $domains}) { totalCount } }";

    @Autowired private KeptDocuments kept;

    @Test
    void a_document_is_read_once() {
        var document = "{ __typename again: __typename }";
        int before = kept.size();

        ask(document);
        ask(document);

        assertThat(kept.size()).isEqualTo(before + 1);
    }

    @Test
    void a_document_with_an_error_is_not_kept_and_refused_each_time() {
        int before = kept.size();

        assertThat(ask("{ nothing }").code()).isEqualTo("GRAPHQL_VALIDATION_FAILED");
        assertThat(ask("{ nothing }").code()).isEqualTo("GRAPHQL_VALIDATION_FAILED");
        assertThat(kept.size()).isEqualTo(before);
    }

    @Test
    void texts_and_numbers_of_variables_are_checked_each_time() {
        catalogs.has(Samples.metric("n", "n"));
        assertThat(ask(METRICS, Map.of("text", "n")).json().path("errors")).isEmpty();

        var text = ask(METRICS, Map.of("text", "n\0"));
        var number = ask(METRICS, Map.of("first", new BigDecimal("1e20000000")));

        assertThat(text.error().path("message").asString()).contains("$text");
        assertThat(number.error().path("message").asString()).contains("$first");
    }

    @Test
    void variables_are_limited_each_time() {
        catalogs.has(Samples.metric("n", "n"));
        assertThat(ask(METRICS, Map.of("domains", List.of("HEALTH"))).json().path("errors"))
                .isEmpty();

        var domains =
                IntStream.rangeClosed(0, Limit.LIST.standard()).mapToObj(_ -> "HEALTH").toList();

        assertThat(ask(METRICS, Map.of("domains", domains)).code())
                .isEqualTo("QUERY_TOO_EXPENSIVE");
    }

    @Test
    void a_document_that_costs_too_much_is_refused_each_time() {
        catalogs.has(Samples.metric("n", "n"));
        var document = "{ metrics(first: 200) { edges { node { dimensions { values } } } } }";

        for (int time = 0; time < 3; time++) {
            assertThat(ask(document).code()).isEqualTo("QUERY_TOO_EXPENSIVE");
        }
    }

    @Test
    void what_a_document_with_variables_costs_is_computed_each_time() {
        catalogs.has(Samples.metric("n", "n"));
        var document =
                "query($first: Int) { metrics(first: $first) { edges { node { dimensions { values } } } } }";

        assertThat(ask(document, Map.of("first", 1)).json().path("errors")).isEmpty();
        assertThat(ask(document, Map.of("first", 200)).code()).isEqualTo("QUERY_TOO_EXPENSIVE");
    }

    @Test
    void the_operation_is_chosen_each_time() {
        var document = "query A { a: __typename } query B { b: __typename }";

        for (var name : List.of("A", "B")) {
            var reply =
                    post(
                            "{\"query\": \"%s\", \"operationName\": \"%s\"}"
                                    .formatted(document, name),
                            "application/json",
                            "application/json");

            assertThat(reply.json().path("data").has(name.toLowerCase(Locale.ROOT))).isTrue();
        }
    }

    @Test
    void what_is_kept_is_bounded_whatever_is_sent() {
        var documents = new KeptDocuments();
        var read = new PreparsedDocumentEntry(Document.newDocument().build());

        for (int number = 0; number < 2_000; number++) {
            var text = number + "c".repeat(10_000);
            assertThat(
                            documents.getDocumentAsync(
                                    ExecutionInput.newExecutionInput(text).build(), _ -> read))
                    .isCompletedWithValue(read);
        }

        assertThat(documents.size()).isBetween(1, 50);
    }

    @Test
    void a_document_that_is_found_again_is_the_one_that_was_read() {
        assertThat(ask("{ one: __typename }").json().path("data").has("one")).isTrue();
        assertThat(ask("{ two: __typename }").json().path("data").has("two")).isTrue();
        assertThat(ask("{ one: __typename }").json().path("data").has("one")).isTrue();
    }
}
