package dev.cairn.adapters.graphql.catalog;

import java.util.List;

/** Things that go together; a list of its own, so that it can say more one day. */
public record Items<T>(List<T> items) {
    public Items {
        items = List.copyOf(items);
    }
}
