package dev.cairn.adapters.terminal.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whose scores are read, and as of when. */
final class ScoreOptions {
    @Option(
            names = "--where",
            paramLabel = "FORMULA",
            description = "Only accounts that meet the condition when the score is read.")
    private @Nullable String where;

    @Option(
            names = "--cohort",
            paramLabel = "NAME|RULE",
            description = "Only accounts of a cohort then, or that meet a rule.")
    private @Nullable String cohort;

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

    @Option(
            names = "--known-then",
            description =
                    "Scores of what had been recorded by then alone. Default: of what happened until then.")
    private boolean knownThen;

    @Nullable String where() {
        return where;
    }

    @Nullable String cohort() {
        return cohort;
    }

    String zone() {
        return zone;
    }

    @Nullable String asOf() {
        return asOf;
    }

    boolean isKnownThen() {
        return knownThen;
    }
}
