package dev.cairn.adapters.terminal.command;

import dev.cairn.application.port.Deletion;
import dev.cairn.application.port.in.DeleteUseCase;
import dev.cairn.application.port.in.DeleteUseCase.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes what was deleted, for good. */
@Command(
        name = "purge",
        description =
                "Removes what was deleted for good: facts with all their earlier versions, accounts, users, attributes.",
        footer = {
            "",
            "  cairn purge 3 --dry-run",
            "  cairn purge --older-than 30d --yes",
            "",
            "Afterwards only an earlier backup or another import brings it back.",
            "Exit codes: 0 done, 1 there is no such deletion or not confirmed, 2 not understood, 3 failed."
        })
public final class PurgeCommand extends DataCommand {
    @Parameters(arity = "0..*", paramLabel = "ID", description = "The numbers of deletions.")
    private Set<Long> ids = new TreeSet<>();

    @Option(
            names = "--older-than",
            paramLabel = "AGE",
            converter = Age.class,
            description = "All deletions made that long ago or longer: 30d, 12h, 4w.")
    private @Nullable Duration age;

    @Mixin private Consent consent;

    @Option(names = "--format", paramLabel = "FORMAT", description = "text (default) or json.")
    private Format format = Format.TEXT;

    @Override
    void check() {
        if (ids.isEmpty() == (age == null)) {
            throw notUnderstood(
                    "Choose what to purge by either numbers of deletions or --older-than.");
        }
        if (consent.cannotBeGiven()) {
            throw notUnderstood(
                    "There is no terminal to confirm at: --yes purges without asking, --dry-run only reports what would be purged.");
        }
    }

    @Override
    int run(UseCases cairn) {
        var deletes = cairn.deletions();
        var chosen = chosen(deletes);
        if (consent.isDryRun() || (age != null && chosen.isEmpty())) {
            say(chosen, chosen.isEmpty() ? "Nothing to purge." : "Would purge");
            return 0;
        }
        if (format == Format.TEXT) {
            say(chosen, "To purge");
            out().flush();
        }
        if (!consent.isGiven("Remove it for good")) {
            err().println("Nothing was purged.");
            return 1;
        }
        return purge(
                deletes,
                age == null ? ids : chosen.stream().map(Deletion::id).collect(Collectors.toSet()));
    }

    private List<Deletion> chosen(DeleteUseCase deletes) {
        return deletes.pending(age == null ? Duration.ZERO : age).stream()
                .filter(deletion -> age != null || ids.contains(deletion.id()))
                .toList();
    }

    private int purge(DeleteUseCase deletes, Set<Long> numbers) {
        return switch (deletes.purge(numbers)) {
            case Outcome.Rejected(var problems) -> {
                Report.problems(problems, format, out(), err());
                yield 1;
            }
            case Outcome.Done(var purged) -> {
                say(purged, "Purged");
                yield 0;
            }
        };
    }

    private void say(List<Deletion> deletions, String what) {
        switch (format) {
            case JSON -> Report.json(deletions, out());
            case TEXT -> {
                if (deletions.isEmpty()) {
                    out().println(what);
                }
                deletions.forEach(deletion ->
                        out().println(
                                        "%s %d: %s"
                                                .formatted(
                                                        what,
                                                        deletion.id(),
                                                        DeletionText.of(deletion.counts()))));
            }
        }
    }
}
