package dev.cairn.adapters.files.definition;

import dev.cairn.application.port.out.DefinitionText;
import java.util.List;

/** Definitions in text, as they stand in definition files. */
public final class YamlDefinitionText implements DefinitionText {
    @Override
    public Read read(String name, String text) {
        var read = DefinitionReader.read(List.of(new DefinitionFile(name, text)));
        if (!read.problems().isEmpty()) {
            return new Read.Malformed(read.problems());
        }
        var placed =
                read.drafts().stream()
                        .map(draft -> new Placed(draft.definition(), draft.place()))
                        .toList();
        return new Read.Found(placed, read.positions()::inFile);
    }
}
