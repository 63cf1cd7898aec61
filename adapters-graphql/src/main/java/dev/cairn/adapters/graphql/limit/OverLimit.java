package dev.cairn.adapters.graphql.limit;

/** A document is over a limit; the message says over which. */
final class OverLimit extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OverLimit(String what, int limit) {
        super(
                "%s; at most %d are allowed. Nothing was executed.".formatted(what, limit),
                null,
                false,
                false);
    }
}
