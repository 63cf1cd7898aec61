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
    void accounts_are_paged_backwards_too() {
        accounts.has("a-1", "a-2", "a-3", "a-4", "a-5");
        var last = page("last: 2");
        var before = page("last: 2, before: \"%s\"".formatted(cursor(last, "startCursor")));
        var first = page("last: 2, before: \"%s\"".formatted(cursor(before, "startCursor")));

        assertThat(last.findValuesAsString("key")).containsExactly("a-4", "a-5");
        assertThat(before.findValuesAsString("key")).containsExactly("a-2", "a-3");
        assertThat(before.at("/pageInfo/hasNextPage").asBoolean()).isTrue();
        assertThat(before.at("/pageInfo/hasPreviousPage").asBoolean()).isTrue();
        assertThat(first.findValuesAsString("key")).containsExactly("a-1");
        assertThat(first.at("/pageInfo/hasPreviousPage").asBoolean()).isFalse();
    }

    /** The place in a list without a filter tells of accounts that another list may leave out. */
    @Test
    void a_cursor_of_another_filter_is_refused() {
        accounts.has("a-1", "a-2");
        var cursor = cursor(page("first: 1"), "endCursor");
        var filter = "filter: {where: {field: \"account.plan\", op: IN, values: [\"free\"]}}";

        assertThat(
                        ask("{ accounts(%s, after: \"%s\") { edges { cursor } } }"
                                        .formatted(filter, cursor))
                                .code())
                .isEqualTo("BAD_USER_INPUT");
    }

    private JsonNode page(String arguments) {
        return ask("{ accounts(%s) { edges { node { key } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"
                        .formatted(arguments))
                .json()
                .at("/data/accounts");
    }

    private static String cursor(JsonNode page, String which) {
        return page.at("/pageInfo/" + which).asString();
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
