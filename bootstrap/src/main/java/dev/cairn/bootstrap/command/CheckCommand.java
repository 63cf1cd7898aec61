package dev.cairn.bootstrap.command;

import dev.cairn.application.port.in.DefineUseCase;
import dev.cairn.application.port.in.DefineUseCase.Outcome;
import dev.cairn.application.port.out.DefinitionStore;
import dev.cairn.application.service.Catalogs;
import dev.cairn.application.service.DefineService;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks at definition files and changes nothing. */
@Command(
        name = "check",
        description =
                "Says everything that is wrong with definition files, with file, line and column; changes nothing.",
        footer = {
            "",
            "Examples:",
            "  cairn check examples/online-retail --alone",
            "  cairn check examples/sfo-survey/survey.yaml",
            "  cairn check examples/sfo-survey --format json"
        })
final class CheckCommand extends Subcommand {
    @Parameters(
            paramLabel = "DIR|FILE",
            description = "All *.yaml and *.yml beneath the folder, or one file.")
    private Path files;

    @Option(
            names = "--alone",
            description =
                    "By themselves, without a database; left out: together with the definitions in force.")
    private boolean alone;

    @Option(names = "--format", paramLabel = "FORMAT", description = "text (as standard) or json.")
    private Format format = Format.TEXT;

    @Override
    public Integer call() throws Exception {
        if (!Files.exists(files)) {
            throw notUnderstood("There is no file or folder %s.", files);
        }
        var definitions = DefinitionFiles.read(files);
        if (definitions.isEmpty()) {
            throw notUnderstood("There is no definition in %s.", files);
        }
        if (alone) {
            var nothing = new NothingDefined();
            return check(definitions, new DefineService(new Catalogs(nothing), nothing));
        }
        return cairn().run(context -> check(definitions, context.getBean(DefineUseCase.class)));
    }

    private int check(DefinitionFiles definitions, DefineUseCase useCase) {
        return switch (definitions.define(useCase, false, true)) {
            case Outcome.Rejected(var problems) -> wrong(problems, definitions);
            case Outcome.Applied _ -> right(definitions);
        };
    }

    private int wrong(List<Problem> problems, DefinitionFiles definitions) {
        Report.problems(problems, format, out(), err());
        if (format == Format.TEXT) {
            err().println(
                            "%s in %s."
                                    .formatted(
                                            Report.counted(problems.size(), "problem"),
                                            Report.counted(definitions.files(), "file")));
        }
        return 1;
    }

    private int right(DefinitionFiles definitions) {
        switch (format) {
            case TEXT ->
                    out().println(
                                    "%s in %s, no problems."
                                            .formatted(
                                                    Report.counted(
                                                            definitions.definitions(),
                                                            "definition"),
                                                    Report.counted(definitions.files(), "file")));
            case JSON -> Report.json(Map.of("problems", List.of()), out());
        }
        return 0;
    }

    /** What definitions are checked against where they stand alone. */
    private static final class NothingDefined implements DefinitionStore {
        @Override
        public Catalog load() {
            return Catalog.empty();
        }

        @Override
        public long version() {
            return 0;
        }

        @Override
        public Saved save(long expectedVersion, Collection<Entry> changed, Set<String> retired) {
            throw new IllegalStateException("a check saves nothing");
        }

        @Override
        public Saved rehearse(
                long expectedVersion, Collection<Entry> changed, Set<String> retired) {
            return new Saved.Done(Catalog.empty(), Map.of());
        }
    }
}
