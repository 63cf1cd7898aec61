package dev.cairn.application.service;

import dev.cairn.application.port.in.CompareUseCase;
import dev.cairn.application.port.in.DefineUseCase.Action;
import dev.cairn.application.port.in.DefinitionFilesUseCase;
import dev.cairn.application.port.out.DefinitionFiles;
import dev.cairn.application.port.out.DefinitionText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Has files applied for show, and sets the text of what would change beside that of what is in force. */
public final class CompareService implements CompareUseCase {
    private final DefinitionFiles files;
    private final DefinitionFilesUseCase definitions;
    private final Catalogs catalogs;
    private final DefinitionText texts;

    public CompareService(
            DefinitionFiles files,
            DefinitionFilesUseCase definitions,
            Catalogs catalogs,
            DefinitionText texts) {
        this.files = files;
        this.definitions = definitions;
        this.catalogs = catalogs;
        this.texts = texts;
    }

    @Override
    public Outcome compare(Path start, boolean prune) throws IOException {
        var before = catalogs.latest();
        return switch (definitions.define(new DefinitionFilesUseCase.Request(start, prune, true))) {
            case DefinitionFilesUseCase.Outcome.Empty() -> new Outcome.Compared(List.of(), 0);
            case DefinitionFilesUseCase.Outcome.Rejected(var problems, _) ->
                    new Outcome.Rejected(problems);
            case DefinitionFilesUseCase.Outcome.Applied(var changes, _, _) ->
                    new Outcome.Compared(
                            new Differences(before, texts)
                                    .of(changes, files.read(start).definitions()),
                            changes.stream()
                                    .filter(change -> change.action() == Action.UNCHANGED)
                                    .count());
        };
    }
}
