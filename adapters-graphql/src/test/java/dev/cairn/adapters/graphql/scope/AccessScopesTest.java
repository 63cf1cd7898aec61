package dev.cairn.adapters.graphql.scope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.SliceTest;
import org.junit.jupiter.api.Test;

class AccessScopesTest extends SliceTest {
    @Test
    void scopes_are_given_as_they_are() {
        var items =
                ask("{ scopes { items { key label summary owner formula claims accounts sqlRole problem } } }")
                        .json()
                        .at("/data/scopes/items");
        assertThat(items.get(0).toString())
                .isEqualTo(
                        "{\"key\":\"own\",\"label\":\"Own\",\"summary\":null,\"owner\":\"head of success\",\"formula\":\"account.csm = caller.email\",\"claims\":[\"email\"],\"accounts\":null,\"sqlRole\":null,\"problem\":null}");
        assertThat(items.get(1).toString())
                .isEqualTo(
                        "{\"key\":\"pro\",\"label\":\"Pro\",\"summary\":\"Who pays\",\"owner\":null,\"formula\":\"account.plan = 'pro'\",\"claims\":[],\"accounts\":\"12\",\"sqlRole\":\"bi_pro\",\"problem\":null}");
    }
}
