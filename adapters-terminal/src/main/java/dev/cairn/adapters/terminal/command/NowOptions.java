package dev.cairn.adapters.terminal.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The time zone, and what counts as now. */
final class NowOptions {
    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            defaultValue = "UTC",
            description = "The time zone in which days begin. Default: ${DEFAULT-VALUE}.")
    private String zone = "UTC";

    @Option(
            names = "--as-of",
            paramLabel = "INSTANT",
            description = "What counts as now, as for query.")
    private @Nullable String asOf;

    String zone() {
        return zone;
    }

    /** Null: the clock's. */
    @Nullable String asOf() {
        return asOf;
    }
}
