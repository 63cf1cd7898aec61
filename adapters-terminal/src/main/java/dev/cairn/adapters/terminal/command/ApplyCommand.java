package dev.cairn.adapters.terminal.command;

import dev.cairn.application.port.in.DefineUseCase.Action;
import dev.cairn.application.port.in.DefineUseCase.Change;
import dev.cairn.application.port.in.DefinitionFilesUseCase;
import dev.cairn.application.port.in.DefinitionFilesUseCase.Outcome;
import dev.cairn.application.port.in.DefinitionFilesUseCase.Request;
import dev.cairn.application.port.in.PacksUseCase;
import dev.cairn.domain.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Puts the definitions of files in force, all or none. */
@Command(
        name = "apply",
        description =
                "Adds and revises definitions from YAML files, or those of a pack that comes with Cairn: all of them, or none.",
        footer = {
            "",
            "Examples:",
            "  cairn apply my/",
            "  cairn apply --pack customer-success",
            "  cairn apply --pack customer-success --with currency=EUR",
            "  cairn apply --pack customer-success --restore nps"
        })
public final class ApplyCommand extends DataCommand {
    @Mixin private DefinitionOptions definitions;

    @Option(
            names = "--prune",
            description = "Also retires what the files do not define; what a pack defines stays.")
    private boolean prune;

    @Option(
            names = "--validate-only",
            description = "Reports what would change, and changes nothing.")
    private boolean validateOnly;

    @Option(names = "--format", paramLabel = "FORMAT", description = "text (default) or json.")
    private Format format = Format.TEXT;

    @Override
    void check() {
        definitions.check(prune, this);
    }

    @Override
    int run(UseCases cairn) throws Exception {
        var files = definitions.files();
        return files == null ? apply(cairn.packs()) : apply(files, cairn.definitionFiles());
    }

    private int apply(Path start, DefinitionFilesUseCase files) throws IOException {
        return switch (files.define(new Request(start, prune, validateOnly))) {
            case Outcome.Empty() -> throw notUnderstood("There is no definition in %s.", start);
            case Outcome.Rejected(var problems, var count) ->
                    refused(problems, Report.counted(count, "file"));
            case Outcome.Applied(var changes, _, _) -> applied(changes);
        };
    }

    private int apply(PacksUseCase packs) {
        return switch (packs.apply(definitions.request(validateOnly))) {
            case PacksUseCase.Outcome.Rejected(var problems, var kept) -> {
                int code = refused(problems, "pack " + definitions.name());
                if (format == Format.TEXT) {
                    DefinitionOptions.sayKept(kept, err());
                }
                yield code;
            }
            case PacksUseCase.Outcome.Applied(_, var changes, _) -> applied(changes);
        };
    }

    private int refused(List<Problem> problems, String where) {
        Report.problems(problems, format, out(), err());
        if (format == Format.TEXT) {
            err().println(
                            "%s in %s; nothing was changed."
                                    .formatted(Report.counted(problems.size(), "problem"), where));
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
        if (change.action() == Action.KEPT) {
            out().printf(
                            "kept yours %s %s, version %d%n",
                            change.kind(), change.name(), change.version());
            return;
        }
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
        changes.stream()
                .flatMap(change -> change.deprecated().stream())
                .distinct()
                .forEach(sentence -> out().println("note: " + sentence + "."));
        long unchanged =
                changes.stream().filter(change -> change.action() == Action.UNCHANGED).count();
        long kept = changes.stream().filter(change -> change.action() == Action.KEPT).count();
        out().printf(
                        "%d %s, %d unchanged%s.%n",
                        changes.size() - unchanged - kept,
                        validateOnly ? "would change" : "changed",
                        unchanged,
                        kept == 0 ? "" : ", %d of your own kept".formatted(kept));
    }
}
