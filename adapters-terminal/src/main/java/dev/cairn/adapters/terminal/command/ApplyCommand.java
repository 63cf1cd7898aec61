package dev.cairn.adapters.terminal.command;

import dev.cairn.application.port.in.DefineUseCase.Action;
import dev.cairn.application.port.in.DefineUseCase.Change;
import dev.cairn.application.port.in.DefinitionFilesUseCase.Outcome;
import dev.cairn.application.port.in.DefinitionFilesUseCase.Request;
import dev.cairn.domain.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts the definitions of files in force, all or none. */
@Command(
        name = "apply",
        description = "Adds and revises definitions from YAML files: all of them, or none.")
public final class ApplyCommand extends DataCommand {
    @Parameters(
            paramLabel = "DIR|FILE",
            description = "All *.yaml and *.yml beneath the folder, or one file.")
    private Path files;

    @Option(names = "--prune", description = "Also retires what the files do not define.")
    private boolean prune;

    @Option(
            names = "--validate-only",
            description = "Reports what would change, and changes nothing.")
    private boolean validateOnly;

    @Option(names = "--format", paramLabel = "FORMAT", description = "text (default) or json.")
    private Format format = Format.TEXT;

    @Override
    void check() {
        if (!Files.exists(files)) {
            throw notUnderstood("There is no file or folder %s.", files);
        }
    }

    @Override
    int run(UseCases cairn) throws Exception {
        var request = new Request(files, prune, validateOnly);
        return switch (cairn.definitionFiles().define(request)) {
            case Outcome.Empty() -> throw notUnderstood("There is no definition in %s.", files);
            case Outcome.Rejected(var problems, var count) -> refused(problems, count);
            case Outcome.Applied(var changes, _, _) -> applied(changes);
        };
    }

    private int refused(List<Problem> problems, int count) {
        Report.problems(problems, format, out(), err());
        if (format == Format.TEXT) {
            err().println(
                            "%s in %s; nothing was changed."
                                    .formatted(
                                            Report.counted(problems.size(), "problem"),
                                            Report.counted(count, "file")));
        }
        return 1;
    }

    private int applied(List<Change> changes) {
        switch (format) {
            case TEXT -> say(changes);
            case JSON ->
                    Report.json(Map.of("changes", changes, "validateOnly", validateOnly), out());
        }
        return 0;
    }

    private void say(Change change) {
        out().printf(
                        "%-9s  %s %s, version %d%n",
                        change.action().name().toLowerCase(Locale.ROOT),
                        change.kind(),
                        change.name(),
                        change.version());
        if (change.redone() > 0) {
            out().printf(
                            "           %s %s read again and %s other values%n",
                            Report.counted(change.redone(), "stored row"),
                            validateOnly ? "would be" : change.redone() == 1 ? "was" : "were",
                            validateOnly ? "get" : change.redone() == 1 ? "has" : "have");
        }
        if (change.leftOut() > 0) {
            out().printf(
                            "           %s %s removed, as the condition on rows is not true of %s%n",
                            Report.counted(change.leftOut(), "stored row"),
                            validateOnly ? "would be" : change.leftOut() == 1 ? "was" : "were",
                            change.leftOut() == 1 ? "it" : "them");
        }
        if (!change.unread().isEmpty()) {
            out().printf(
                            "           stored rows were read without %s: empty there until the files are imported again%n",
                            String.join(", ", change.unread()));
        }
    }

    private void say(List<Change> changes) {
        changes.stream().filter(change -> change.action() != Action.UNCHANGED).forEach(this::say);
        long unchanged =
                changes.stream().filter(change -> change.action() == Action.UNCHANGED).count();
        out().printf(
                        "%d %s, %d unchanged.%n",
                        changes.size() - unchanged,
                        validateOnly ? "would change" : "changed",
                        unchanged);
    }
}
