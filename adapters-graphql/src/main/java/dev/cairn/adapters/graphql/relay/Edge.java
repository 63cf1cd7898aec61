package dev.cairn.adapters.graphql.relay;

/** An element of a page with its cursor. */
public record Edge<N>(N node, String cursor) {}
