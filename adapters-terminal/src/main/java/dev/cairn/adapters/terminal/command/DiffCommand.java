package dev.cairn.adapters.terminal.command;

import dev.cairn.adapters.terminal.display.DisplayText;
import dev.cairn.application.port.in.CompareUseCase;
import dev.cairn.application.port.in.CompareUseCase.Difference;
import dev.cairn.application.port.in.DefineUseCase.Action;
import dev.cairn.application.port.in.PacksUseCase;
import dev.cairn.domain.problem.Problem;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what applying files or a pack would change. */
@Command(
        name = "diff",
        description =
                "Shows what 'apply' would add, change and keep, line by line, and changes nothing.",
        footer = {
            "",
            "Examples:",
            "  cairn diff my/",
            "  cairn diff my/ --prune",
            "  cairn diff --pack customer-success"
        })
public final class DiffCommand extends DataCommand {
    @Mixin private DefinitionOptions definitions;

    @Option(names = "--prune", description = "Also shows what 'apply --prune' would retire.")
    private boolean prune;

    @Option(names = "--format", paramLabel = "FORMAT", description = "text (default) or json.")
    private Format format = Format.TEXT;

    @Override
    void check() {
        definitions.check(prune, this);
    }

    @Override
    int run(UseCases cairn) throws Exception {
        var files = definitions.files();
        if (files == null) {
            return switch (cairn.packs().apply(definitions.request(true))) {
                case PacksUseCase.Outcome.Rejected(var problems, var kept) -> {
                    int code = refused(problems);
                    if (format == Format.TEXT) {
                        DefinitionOptions.sayKept(kept, err());
                    }
                    yield code;
                }
                case PacksUseCase.Outcome.Applied(_, var changes, var differences) ->
                        compared(
                                differences,
                                changes.stream()
                                        .filter(change -> change.action() == Action.UNCHANGED)
                                        .count());
            };
        }
        return switch (cairn.comparisons().compare(files, prune)) {
            case CompareUseCase.Outcome.Rejected(var problems) -> refused(problems);
            case CompareUseCase.Outcome.Compared(var differences, var unchanged) ->
                    compared(differences, unchanged);
        };
    }

    private int refused(List<Problem> problems) {
        Report.problems(problems, format, out(), err());
        return 1;
    }

    private int compared(List<Difference> differences, long unchanged) {
        switch (format) {
            case TEXT -> {
                differences.forEach(this::say);
                say(differences, unchanged);
            }
            case JSON ->
                    Report.json(Map.of("differences", differences, "unchanged", unchanged), out());
        }
        return 0;
    }

    private void say(Difference difference) {
        out().println(
                        "%s %s %s"
                                .formatted(
                                        word(difference.action()),
                                        difference.kind(),
                                        difference.name()));
        difference
                .lines()
                .forEach(line ->
                        out().println(
                                        "  %s %s"
                                                .formatted(
                                                        line.isNew() ? "+" : "-",
                                                        DisplayText.plain(line.text()))));
    }

    private static String word(Action action) {
        return switch (action) {
            case ADDED -> "adds";
            case REVISED -> "revises";
            case DESCRIBED -> "describes";
            case UNCHANGED -> "leaves";
            case KEPT -> "keeps your";
            case RETIRED -> "retires";
        };
    }

    private void say(List<Difference> differences, long unchanged) {
        long kept = differences.stream().filter(one -> one.action() == Action.KEPT).count();
        out().println(
                        "%d would change, %d unchanged%s."
                                .formatted(
                                        differences.size() - kept,
                                        unchanged,
                                        kept == 0 ? "" : ", %d of your own kept".formatted(kept)));
    }
}
