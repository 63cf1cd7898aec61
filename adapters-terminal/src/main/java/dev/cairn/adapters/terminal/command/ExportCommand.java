package dev.cairn.adapters.terminal.command;

import dev.cairn.application.port.in.DefinitionFilesUseCase.Export;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes what is in force to files. */
@Command(
        name = "export",
        description =
                "Writes the definitions in force as YAML files, KIND/NAME.yaml, except those of packs; applying them again changes nothing.")
public final class ExportCommand extends DataCommand {
    @Parameters(paramLabel = "DIR", description = "A folder; made where there is none.")
    private Path directory;

    @Option(names = "--format", paramLabel = "FORMAT", description = "text (default) or json.")
    private Format format = Format.TEXT;

    @Override
    int run(UseCases cairn) throws Exception {
        return switch (cairn.definitionFiles().export(directory)) {
            case Export.Rejected(var problems) -> {
                Report.problems(problems, format, out(), err());
                yield 1;
            }
            case Export.Written(var definitions) -> written(definitions);
        };
    }

    private int written(int definitions) {
        switch (format) {
            case TEXT ->
                    out().println(
                                    "%s written to %s."
                                            .formatted(
                                                    Report.counted(definitions, "definition"),
                                                    directory));
            case JSON -> Report.json(Map.of("definitions", definitions), out());
        }
        return 0;
    }
}
