package dev.cairn.adapters.graphql.relay;

import java.util.List;

/** One page of a list. */
public record Connection<N>(List<Edge<N>> edges, PageInfo pageInfo) {
    public Connection {
        edges = List.copyOf(edges);
    }

    /** A page of nodes, with cursors at their keys. */
    public static <N extends Node> Connection<N> of(
            List<N> nodes, Cursors cursors, boolean hasNextPage, boolean hasPreviousPage) {
        var edges =
                nodes.stream().map(node -> new Edge<>(node, cursors.cursor(node.key()))).toList();
        var info =
                new PageInfo(
                        hasNextPage,
                        hasPreviousPage,
                        edges.isEmpty() ? null : edges.getFirst().cursor(),
                        edges.isEmpty() ? null : edges.getLast().cursor());
        return new Connection<>(edges, info);
    }
}
