package dev.cairn.adapters.terminal.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where days and weeks begin, what counts as now, and as of when facts are known. */
final class TimeOptions {
    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            defaultValue = "UTC",
            description = "The time zone in which days begin. Default: ${DEFAULT-VALUE}.")
    private String zone = "UTC";

    @Option(
            names = "--week-starts",
            paramLabel = "DAY",
            description =
                    "The first day of a week. Default: as the service is configured, else monday.")
    private @Nullable String weekStarts;

    @Option(
            names = "--as-of",
            paramLabel = "INSTANT",
            description = "What counts as now: 2026-07-01T12:00Z, or a date for its start.")
    private @Nullable String asOf;

    @Option(
            names = "--known-at",
            paramLabel = "INSTANT",
            description = "Of the facts as they were known then. Written as --as-of.")
    private @Nullable String knownAt;

    String zone() {
        return zone;
    }

    @Nullable String weekStarts() {
        return weekStarts;
    }

    /** Null: the clock's. */
    @Nullable String asOf() {
        return asOf;
    }

    /** Null: as of now. */
    @Nullable String knownAt() {
        return knownAt;
    }
}
