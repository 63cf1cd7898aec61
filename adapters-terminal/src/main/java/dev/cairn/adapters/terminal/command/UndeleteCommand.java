package dev.cairn.adapters.terminal.command;

import dev.cairn.application.port.in.DeleteUseCase.Outcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Restores what was deleted. */
@Command(
        name = "undelete",
        description = "Restores what a deletion took, as it was.",
        footer = {
            "",
            "cairn deletions lists them. Exit codes: 0 done, 1 there is nothing to restore, 2 not understood, 3 failed."
        })
public final class UndeleteCommand extends DataCommand {
    @Parameters(paramLabel = "ID", description = "The number of the deletion.")
    private long id;

    @Option(names = "--format", paramLabel = "FORMAT", description = "text (default) or json.")
    private Format format = Format.TEXT;

    @Override
    int run(UseCases cairn) {
        return switch (cairn.deletions().restore(id)) {
            case Outcome.Rejected(var problems) -> {
                Report.problems(problems, format, out(), err());
                yield 1;
            }
            case Outcome.Done(var deletions) -> {
                switch (format) {
                    case JSON -> Report.json(deletions, out());
                    case TEXT ->
                            deletions.forEach(deletion ->
                                    out().println(
                                                    "Restored %s."
                                                            .formatted(
                                                                    DeletionText.of(
                                                                            deletion.counts()))));
                }
                yield 0;
            }
        };
    }
}
