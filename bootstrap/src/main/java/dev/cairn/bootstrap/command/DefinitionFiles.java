package dev.cairn.bootstrap.command;

import dev.cairn.adapters.files.definition.DefinitionDirectory;
import dev.cairn.adapters.files.definition.DefinitionDirectory.Found;
import dev.cairn.adapters.files.definition.DefinitionReader;
import dev.cairn.adapters.files.definition.ReadDefinitions;
import dev.cairn.application.port.in.DefineUseCase;
import dev.cairn.application.port.in.DefineUseCase.Outcome;
import dev.cairn.application.port.in.DefineUseCase.Request;
import dev.cairn.domain.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files of definitions, as far as they could be read. */
record DefinitionFiles(Found found, ReadDefinitions read) {
    static DefinitionFiles read(Path path) throws IOException {
        var found = DefinitionDirectory.read(path);
        return new DefinitionFiles(found, DefinitionReader.read(found.files()));
    }

    int files() {
        return found.files().size();
    }

    int definitions() {
        return read.drafts().size();
    }

    /** Neither a definition nor a problem. */
    boolean isEmpty() {
        return unreadable().isEmpty() && read.drafts().isEmpty();
    }

    private List<Problem> unreadable() {
        var problems = new ArrayList<>(found.problems());
        problems.addAll(read.problems());
        return problems;
    }

    /** Puts them in force, all or none; problems have their places in the files. */
    Outcome define(DefineUseCase definitions, boolean prune, boolean validateOnly) {
        var problems = unreadable();
        if (!problems.isEmpty()) {
            problems.addAll(further(definitions));
            return new Outcome.Rejected(problems);
        }
        return switch (definitions.define(new Request(read.drafts(), prune, validateOnly))) {
            case Outcome.Rejected(var rejected) ->
                    new Outcome.Rejected(read.positions().inFiles(rejected));
            case Outcome.Applied applied -> applied;
        };
    }

    /** What is wrong beyond doubt with the definitions that could be read, where others could not. */
    private List<Problem> further(DefineUseCase definitions) {
        return switch (definitions.define(new Request(read.drafts(), false, true))) {
            case Outcome.Applied _ -> List.of();
            case Outcome.Rejected(var problems) -> {
                var unread = UnreadNames.of(found, read);
                yield read.positions().inFiles(problems).stream()
                        .filter(problem -> !unread.mayExplain(problem))
                        .toList();
            }
        };
    }
}
