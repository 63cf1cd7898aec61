package dev.cairn.adapters.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.relay.OpaqueKey;
import dev.cairn.domain.model.Cohort;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeTest extends SliceTest {
    @BeforeEach
    void one_of_each() {
        catalogs.has(
                Samples.metric("nps", "1"),
                new Cohort("partners", "Partners", "", new Cohort.Members.Accounts(List.of())));
        accounts.has("a-17");
    }

    @ParameterizedTest
    @CsvSource({"metric, nps, Metric", "cohort, partners, Cohort", "account, a-17, Account"})
    void an_id_leads_back_to_its_object(String field, String key, String type) {
        var id =
                ask("{ one: %s(key: \"%s\") { id } }".formatted(field, key))
                        .json()
                        .at("/data/one/id")
                        .asString();

        var node =
                ask(
                                """
                                query($id: ID!) { node(id: $id) {
                                  __typename id ... on Metric { key } ... on Cohort { key } ... on Account { key } } }
                                """,
                                Map.of("id", id))
                        .json()
                        .at("/data/node");

        assertThat(node.toString())
                .isEqualTo(
                        "{\"__typename\":\"%s\",\"id\":\"%s\",\"key\":\"%s\"}"
                                .formatted(type, id, key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "TWV0cmlj", "'; drop table account; --"})
    void an_id_that_was_never_given_is_of_nothing(String id) {
        assertNothing(id);
    }

    @Test
    void an_id_of_something_that_is_gone_or_of_no_type_is_of_nothing() {
        assertNothing(new OpaqueKey("Metric", "gone").text());
        assertNothing(new OpaqueKey("Metric", "partners").text());
        assertNothing(new OpaqueKey("Invoice", "1").text());
    }

    private void assertNothing(String id) {
        var reply = ask("query($id: ID!) { node(id: $id) { id } }", Map.of("id", id));
        assertThat(reply.json().path("errors")).isEmpty();
        assertThat(reply.json().at("/data/node").isNull()).isTrue();
    }
}
