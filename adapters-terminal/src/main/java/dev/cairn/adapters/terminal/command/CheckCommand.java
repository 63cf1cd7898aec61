package dev.cairn.adapters.terminal.command;

import dev.cairn.application.port.in.DefinitionFilesUseCase;
import dev.cairn.application.port.in.DefinitionFilesUseCase.Outcome;
import dev.cairn.application.port.in.DefinitionFilesUseCase.Request;
import dev.cairn.domain.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Checks definition files, and changes nothing. */
@Command(
        name = "check",
        description =
                "Reports everything that is wrong with definition files, with file, line and column; changes nothing.",
        footer = {
            "",
            "Examples:",
            "  cairn check examples/online-retail --alone",
            "  cairn check examples/incident-log/incident.yaml",
            "  cairn check examples/incident-log --format json"
        })
public final class CheckCommand extends Subcommand {
    @ParentCommand private Cairn cairn;

    @Parameters(
            paramLabel = "DIR|FILE",
            description = "All *.yaml and *.yml beneath the folder, or one file.")
    private Path files;

    @Option(
            names = "--alone",
            description =
                    "Checks the files by themselves, without a database. Default: together with the definitions in force.")
    private boolean alone;

    @Option(names = "--format", paramLabel = "FORMAT", description = "text (default) or json.")
    private Format format = Format.TEXT;

    @Override
    public Integer call() throws Exception {
        if (!Files.exists(files)) {
            throw notUnderstood("There is no file or folder %s.", files);
        }
        if (alone) {
            return check(cairn.definitionsAlone());
        }
        return cairn.run(started -> check(started.definitionFiles()));
    }

    private int check(DefinitionFilesUseCase definitions) throws IOException {
        return switch (definitions.define(new Request(files, false, true))) {
            case Outcome.Empty() -> throw notUnderstood("There is no definition in %s.", files);
            case Outcome.Rejected(var problems, var count) -> wrong(problems, count);
            case Outcome.Applied(_, var count, var ofFiles) -> right(count, ofFiles);
        };
    }

    private int wrong(List<Problem> problems, int count) {
        Report.problems(problems, format, out(), err());
        if (format == Format.TEXT) {
            err().println(
                            "%s in %s."
                                    .formatted(
                                            Report.counted(problems.size(), "problem"),
                                            Report.counted(count, "file")));
        }
        return 1;
    }

    private int right(int definitions, int count) {
        switch (format) {
            case TEXT ->
                    out().println(
                                    "%s in %s, no problems."
                                            .formatted(
                                                    Report.counted(definitions, "definition"),
                                                    Report.counted(count, "file")));
            case JSON -> Report.json(Map.of("problems", List.of()), out());
        }
        return 0;
    }
}
