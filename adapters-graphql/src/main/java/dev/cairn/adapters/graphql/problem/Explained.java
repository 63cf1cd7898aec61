package dev.cairn.adapters.graphql.problem;

import graphql.GraphQLError;

/** A failure that knows what clients are told of it. */
@FunctionalInterface
public interface Explained {
    GraphQLError error();
}
