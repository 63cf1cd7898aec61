package dev.cairn.adapters.graphql.relay;

import org.jspecify.annotations.Nullable;

/** Page of a list; cursors are null where it is empty. */
public record PageInfo(
        boolean hasNextPage,
        boolean hasPreviousPage,
        @Nullable String startCursor,
        @Nullable String endCursor) {}
