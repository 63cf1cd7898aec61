package dev.cairn.adapters.graphql.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.SliceTest;
import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AccountsTest extends SliceTest {
    @Test
    void accounts_are_paged_by_cursor_until_all_are_had() {
        accounts.has("a-1", "a-2", "a-3", "a-4", "a-5");
        var keys = new ArrayList<String>();
        var arguments = "first: 2";
        JsonNode page;
        do {
            page =
                    ask("{ accounts(%s) { edges { node { key } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"
                                    .formatted(arguments))
                            .json()
                            .at("/data/accounts");
            keys.addAll(page.findValuesAsString("key"));
            arguments =
                    "first: 2, after: \"%s\"".formatted(page.at("/pageInfo/endCursor").asString());
        } while (page.at("/pageInfo/hasNextPage").asBoolean());

        assertThat(keys).containsExactly("a-1", "a-2", "a-3", "a-4", "a-5");
        assertThat(page.at("/pageInfo/hasPreviousPage").asBoolean()).isTrue();
    }

    @Test
    void a_filter_is_passed_on() {
        ask(
                "{ accounts(filter: {not: {where: {field: \"account.plan\", op: IN, values: [\"free\"]}}}) { edges { cursor } } }");

        assertThat(accounts.filters)
                .containsExactly(
                        new Filter.Not(
                                new Filter.Where("account.plan", Operator.IN, List.of("free"))));
    }

    @Test
    void an_account_by_its_key() {
        accounts.has("a-17");

        graphQl.document(
                        "{ account(key: \"a-17\") { key name } none: account(key: \"a-18\") { key } }")
                .execute()
                .path("account")
                .matchesJsonStrictly("{\"key\": \"a-17\", \"name\": \"Name of a-17\"}")
                .path("none")
                .valueIsNull();
    }
}
