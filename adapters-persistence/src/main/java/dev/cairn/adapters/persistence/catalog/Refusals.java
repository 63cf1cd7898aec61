package dev.cairn.adapters.persistence.catalog;

/** Reasons against a declaration, in words. */
final class Refusals {
    private Refusals() {}

    static String of(long rows, String reason) {
        return rows == 1
                ? "1 stored row stands against it: %s.".formatted(reason)
                : "%d stored rows stand against it: %s.".formatted(rows, reason);
    }
}
