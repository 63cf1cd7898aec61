package dev.cairn.adapters.terminal.command;

import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Option;

/** Whether something that is hard to undo may be done: asked on a terminal, given by an option elsewhere. */
final class Consent {
    private static final Set<String> YES = Set.of("y", "yes");

    @Option(
            names = {"-y", "--yes"},
            description = "Does it without asking.")
    private boolean yes;

    @Option(names = "--dry-run", description = "Reports what would be done, and changes nothing.")
    private boolean dryRun;

    boolean isDryRun() {
        return dryRun;
    }

    /** Whether there is no terminal to ask on, and no option that answers. */
    boolean cannotBeGiven() {
        return !yes && !dryRun && Terminal.find().isEmpty();
    }

    /** @param question without its question mark */
    boolean isGiven(String question) {
        return yes
                || Terminal.find()
                        .map(terminal -> terminal.readLine("%s? [y/N] ", question))
                        .filter(answer -> YES.contains(answer.strip().toLowerCase(Locale.ROOT)))
                        .isPresent();
    }
}
