package dev.cairn.application.service;

import dev.cairn.application.port.Author;
import dev.cairn.application.port.in.DefineUseCase;
import dev.cairn.application.port.in.DefineUseCase.Draft;
import dev.cairn.application.port.in.DefinitionFilesUseCase;
import dev.cairn.application.port.out.DefinitionFiles;
import dev.cairn.application.port.out.DefinitionFiles.Read;
import dev.cairn.application.port.out.DefinitionStore;
import dev.cairn.application.port.out.TableMappings;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads files, defines what is in them, and gives problems their places in the files. */
public final class DefinitionFilesService implements DefinitionFilesUseCase {
    private final DefinitionFiles files;
    private final Catalogs catalogs;
    private final DefineUseCase definitions;

    public DefinitionFilesService(
            DefinitionFiles files, Catalogs catalogs, DefineUseCase definitions) {
        this.files = files;
        this.catalogs = catalogs;
        this.definitions = definitions;
    }

    /** For files that stand alone: they are checked against nothing, and nothing is kept. */
    public static DefinitionFilesUseCase alone(DefinitionFiles files, Clock clock) {
        var nothing = new NothingDefined();
        var catalogs = new Catalogs(nothing);
        return new DefinitionFilesService(
                files,
                catalogs,
                new DefineService(catalogs, nothing, DayOfWeek.MONDAY, TableMappings.NONE, clock));
    }

    @Override
    public Outcome define(Request request) throws IOException {
        var read = files.read(request.start());
        if (!read.problems().isEmpty()) {
            var problems = new ArrayList<>(read.problems());
            problems.addAll(further(read));
            return new Outcome.Rejected(problems, read.files());
        }
        if (read.definitions().isEmpty()) {
            return new Outcome.Empty();
        }
        return switch (define(read, request.prune(), request.validateOnly())) {
            case DefineUseCase.Outcome.Applied(var changes) ->
                    new Outcome.Applied(changes, read.definitions().size(), read.files());
            case DefineUseCase.Outcome.Rejected(var problems) ->
                    new Outcome.Rejected(located(problems, read), read.files());
        };
    }

    /** What is wrong beyond doubt with the definitions that could be read, where others could not. */
    private List<Problem> further(Read read) {
        return switch (define(read, false, true)) {
            case DefineUseCase.Outcome.Applied _ -> List.of();
            case DefineUseCase.Outcome.Rejected(var problems) ->
                    located(problems, read).stream()
                            .filter(problem -> !read.mayFollow().test(problem))
                            .toList();
        };
    }

    private DefineUseCase.Outcome define(Read read, boolean prune, boolean validateOnly) {
        var drafts =
                read.definitions().stream()
                        .map(placed -> new Draft(placed.definition(), placed.place()))
                        .toList();
        return definitions.define(
                new DefineUseCase.Request(drafts, prune, validateOnly).by(Author.local("apply")));
    }

    private static List<Problem> located(List<Problem> problems, Read read) {
        return problems.stream().map(read.locator()).toList();
    }

    @Override
    public Export export(Path folder) throws IOException {
        var entries =
                catalogs.latest().entries().stream()
                        .filter(entry -> entry.version() > 0 && !entry.isOfPack())
                        .toList();
        var problems = files.write(folder, entries);
        return problems.isEmpty()
                ? new Export.Written(entries.size())
                : new Export.Rejected(problems);
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
            throw new IllegalStateException("there is nowhere to keep definitions");
        }

        @Override
        public Saved rehearse(
                long expectedVersion, Collection<Entry> changed, Set<String> retired) {
            return new Saved.Done(Catalog.empty(), Map.of());
        }
    }
}
