package dev.cairn.adapters.terminal.command;

import dev.cairn.application.port.RecordFile;
import dev.cairn.application.port.in.DeleteUseCase;
import dev.cairn.application.port.in.DeleteUseCase.Choice;
import dev.cairn.application.port.in.DeleteUseCase.Request;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deletes facts of a source, or accounts with all that hangs on them; until they are purged they can be brought back. */
@Command(
        name = "delete",
        description =
                "Deletes facts of a source, or accounts with their users, attributes and all their facts.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  cairn delete facts invoice_line --where \"country = 'Unspecified'\" --dry-run",
            "  cairn delete facts invoice_line --keys wrong-lines.csv",
            "  cairn delete account a-17 a-42",
            "  cairn deletions",
            "  cairn undelete 3",
            "  cairn purge 3",
            "",
            "Deleted data leaves every answer at once, and stays deleted when the same files are imported again. cairn undelete restores it as it was; cairn purge removes it for good."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, or nothing to delete",
            "1:problems in what was given, or not confirmed",
            "2:not understood",
            "3:failed"
        })
public final class DeleteCommand extends DataCommand {
    /** What can be deleted. */
    private enum Kind {
        FACTS,
        ACCOUNT
    }

    @Parameters(index = "0", paramLabel = "facts|account", description = "What to delete.")
    private Kind kind;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "SOURCE|KEY",
            description = "The source of the facts, or keys of accounts.")
    private List<String> names;

    @Option(
            names = "--where",
            paramLabel = "CONDITION",
            description =
                    "Which facts, by a condition as in a slice: \"quantity < 0 and country = 'EIRE'\".")
    private @Nullable String where;

    @Option(
            names = "--keys",
            paramLabel = "FILE",
            description =
                    "Which facts, by a file with a column for each field of the source's key; the options of import describe the file.")
    private @Nullable Path keys;

    @Mixin private FileOptions written;

    @Mixin private Consent consent;

    @Option(names = "--format", paramLabel = "FORMAT", description = "text (default) or json.")
    private Format format = Format.TEXT;

    @Override
    void check() {
        boolean both = where != null && keys != null;
        boolean neither = where == null && keys == null;
        switch (kind) {
            case FACTS -> {
                if (names.size() > 1) {
                    throw notUnderstood("Delete facts of one source at a time.");
                }
                if (both || neither) {
                    throw notUnderstood(
                            "Choose facts by either --where or --keys; --where true means all of them.");
                }
            }
            case ACCOUNT -> {
                if (!neither) {
                    throw notUnderstood(
                            "Accounts are chosen by their keys; --where and --keys are for facts.");
                }
            }
        }
        if (keys != null && !Files.isRegularFile(keys)) {
            throw notUnderstood("There is no file %s.", keys);
        }
        try {
            written.check(String.valueOf(keys));
        } catch (IllegalArgumentException contradiction) {
            throw notUnderstood("%s", String.valueOf(contradiction.getMessage()));
        }
        if (consent.cannotBeGiven()) {
            throw notUnderstood(
                    "There is no terminal to confirm at: --yes deletes without asking, --dry-run only reports what would be deleted.");
        }
    }

    @Override
    int run(UseCases cairn) throws IOException {
        var deletes = cairn.deletions();
        return switch (choose(deletes)) {
            case Choice.Rejected(var problems) -> {
                Report.problems(problems.stream().map(this::inFile).toList(), format, out(), err());
                yield 1;
            }
            case Choice.Chosen chosen -> delete(chosen, deletes);
        };
    }

    private Problem inFile(Problem problem) {
        if (keys == null) {
            return problem;
        }
        var path = new ArrayList<>(List.of(keys.toString()));
        path.addAll(problem.place().path());
        return problem.in(new Place(path, problem.place().line(), problem.place().column()));
    }

    private Choice choose(DeleteUseCase deletes) throws IOException {
        if (kind == Kind.ACCOUNT) {
            return deletes.choose(new Request.Accounts(new LinkedHashSet<>(names)));
        }
        if (where != null) {
            return deletes.choose(new Request.Facts(names.getFirst(), where));
        }
        var file = String.valueOf(keys);
        try (var content = Files.newInputStream(Path.of(file))) {
            return deletes.choose(
                    new Request.Keys(
                            names.getFirst(),
                            new RecordFile(content, written.dialect(file)),
                            written.meanings()));
        }
    }

    private int delete(Choice.Chosen chosen, DeleteUseCase deletes) {
        boolean nothing = chosen.counts().isNothing();
        if (nothing || consent.isDryRun()) {
            say(chosen, nothing ? "Nothing to delete." : "Nothing was deleted.");
            return 0;
        }
        if (format == Format.TEXT) {
            out().println(chosen.what() + ": " + DeletionText.of(chosen.counts()));
            out().flush();
        }
        if (!consent.isGiven("Delete")) {
            err().println("Nothing was deleted.");
            return 1;
        }
        var deleted = deletes.delete(chosen);
        switch (format) {
            case JSON -> Report.json(new ArrayList<>(deleted.stream().toList()), out());
            case TEXT ->
                    out().println(
                                    deleted.map(deletion ->
                                                    "Deleted %s. cairn undelete %d restores it, cairn purge %d removes it for good."
                                                            .formatted(
                                                                    DeletionText.of(
                                                                            deletion.counts()),
                                                                    deletion.id(),
                                                                    deletion.id()))
                                            .orElse("Nothing to delete any more."));
        }
        return 0;
    }

    private void say(Choice.Chosen chosen, String outcome) {
        switch (format) {
            case TEXT -> {
                out().println(chosen.what() + ": " + DeletionText.of(chosen.counts()));
                out().println(outcome);
            }
            case JSON ->
                    Report.json(Map.of("what", chosen.what(), "counts", chosen.counts()), out());
        }
    }
}
