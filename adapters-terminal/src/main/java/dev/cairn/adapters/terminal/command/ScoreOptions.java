package dev.cairn.adapters.terminal.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
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

    @Mixin private NowOptions now = new NowOptions();

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
        return now.zone();
    }

    @Nullable String asOf() {
        return now.asOf();
    }

    boolean isKnownThen() {
        return knownThen;
    }
}
