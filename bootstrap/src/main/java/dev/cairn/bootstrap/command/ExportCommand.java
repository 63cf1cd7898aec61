package dev.cairn.bootstrap.command;

import dev.cairn.adapters.files.definition.DefinitionDirectory;
import dev.cairn.application.port.in.BrowseCatalogUseCase;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.context.ApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes what is in force to files. */
@Command(
        name = "export",
        description =
                "Writes the definitions in force as YAML files, KIND/NAME.yaml; applying them again changes nothing.")
final class ExportCommand extends DataCommand {
    @Parameters(paramLabel = "DIR", description = "A folder; made where there is none.")
    private Path directory;

    @Option(names = "--format", paramLabel = "FORMAT", description = "text (as standard) or json.")
    private Format format = Format.TEXT;

    @Override
    int run(ApplicationContext cairn) throws Exception {
        var entries =
                cairn.getBean(BrowseCatalogUseCase.class).catalog().entries().stream()
                        .filter(entry -> entry.version() > 0)
                        .toList();
        var problems = DefinitionDirectory.write(directory, entries);
        if (!problems.isEmpty()) {
            Report.problems(problems, format, out(), err());
            return 1;
        }
        switch (format) {
            case TEXT ->
                    out().println(
                                    "%s written to %s."
                                            .formatted(
                                                    Report.counted(entries.size(), "definition"),
                                                    directory));
            case JSON -> Report.json(Map.of("definitions", entries.size()), out());
        }
        return 0;
    }
}
