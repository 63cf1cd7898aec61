package dev.cairn.adapters.graphql.relay;

import java.util.List;

/**
 * One page of a list that is at hand whole.
 *
 * @param totalCount on all pages
 */
public record CountedConnection<N>(List<Edge<N>> edges, PageInfo pageInfo, int totalCount) {
    public CountedConnection {
        edges = List.copyOf(edges);
    }
}
