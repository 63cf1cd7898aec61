package dev.cairn.bootstrap.command;

import dev.cairn.adapters.files.definition.DefinitionDirectory;
import dev.cairn.adapters.files.definition.DefinitionDirectory.Found;
import dev.cairn.adapters.files.definition.DefinitionReader;
import dev.cairn.adapters.files.definition.ReadDefinitions;
import dev.cairn.application.port.in.DefineUseCase;
import dev.cairn.application.port.in.DefineUseCase.Action;
import dev.cairn.application.port.in.DefineUseCase.Change;
import dev.cairn.application.port.in.DefineUseCase.Outcome;
import dev.cairn.application.port.in.DefineUseCase.Request;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.context.ApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts the definitions of files in force, all or none. */
@Command(
        name = "apply",
        description = "Adds and revises definitions from YAML files: all of them, or none.",
        footer = {"", "Exit codes: 0 done, 1 problems in the files, 2 not understood, 3 failed."})
final class ApplyCommand extends DataCommand {
    /** May be told only because a definition with problems of its own is not there. */
    private static final Set<ProblemCode> MAY_FOLLOW =
            EnumSet.of(
                    ProblemCode.UNKNOWN_METRIC,
                    ProblemCode.UNKNOWN_DIMENSION,
                    ProblemCode.UNKNOWN_SOURCE,
                    ProblemCode.UNKNOWN_FIELD,
                    ProblemCode.UNKNOWN_COHORT,
                    ProblemCode.UNKNOWN_FUNCTION,
                    ProblemCode.IN_USE);

    @Parameters(
            paramLabel = "DIR|FILE",
            description = "All *.yaml and *.yml beneath the folder, or one file.")
    private Path files;

    @Option(names = "--prune", description = "Also retires what the files do not define.")
    private boolean prune;

    @Option(names = "--validate-only", description = "Says what would happen, and changes nothing.")
    private boolean validateOnly;

    @Option(names = "--format", description = "text (as standard) or json.")
    private Format format = Format.TEXT;

    @Override
    void check() {
        if (!Files.exists(files)) {
            throw notUnderstood("There is no file or folder %s.", files);
        }
    }

    @Override
    int run(ApplicationContext cairn) throws Exception {
        var definitions = cairn.getBean(DefineUseCase.class);
        var found = DefinitionDirectory.read(files);
        var read = DefinitionReader.read(found.files());
        var problems = new ArrayList<>(found.problems());
        problems.addAll(read.problems());
        if (problems.isEmpty() && read.drafts().isEmpty()) {
            throw notUnderstood("There is no definition in %s.", files);
        }
        if (!problems.isEmpty()) {
            problems.addAll(further(read, definitions));
            return refused(problems, found);
        }
        return switch (definitions.define(new Request(read.drafts(), prune, validateOnly))) {
            case Outcome.Rejected(var rejected) ->
                    refused(read.positions().inFiles(rejected), found);
            case Outcome.Applied(var changes) -> applied(changes);
        };
    }

    /** What is wrong beyond doubt with the definitions that could be read, where others could not. */
    private static List<Problem> further(ReadDefinitions read, DefineUseCase definitions) {
        return switch (definitions.define(new Request(read.drafts(), false, true))) {
            case Outcome.Applied _ -> List.of();
            case Outcome.Rejected(var problems) ->
                    read.positions().inFiles(problems).stream()
                            .filter(problem -> !MAY_FOLLOW.contains(problem.code()))
                            .toList();
        };
    }

    private int refused(List<Problem> problems, Found found) {
        Report.problems(problems, format, out(), err());
        if (format == Format.TEXT) {
            err().println(
                            "%s in %s; nothing was changed."
                                    .formatted(
                                            Report.counted(problems.size(), "problem"),
                                            Report.counted(found.files().size(), "file")));
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

    private void say(List<Change> changes) {
        changes.stream()
                .filter(change -> change.action() != Action.UNCHANGED)
                .forEach(change ->
                        out().printf(
                                        "%-9s  %s %s, version %d%n",
                                        change.action().name().toLowerCase(Locale.ROOT),
                                        change.kind(),
                                        change.name(),
                                        change.version()));
        long unchanged =
                changes.stream().filter(change -> change.action() == Action.UNCHANGED).count();
        out().printf(
                        "%d %s, %d unchanged.%n",
                        changes.size() - unchanged,
                        validateOnly ? "would change" : "changed",
                        unchanged);
    }
}
