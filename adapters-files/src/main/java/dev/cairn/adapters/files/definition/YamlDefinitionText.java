package dev.cairn.adapters.files.definition;

import dev.cairn.application.port.out.DefinitionText;
import dev.cairn.domain.inference.SourceProposal;
import dev.cairn.domain.model.Definition;
import java.util.List;

/** Definitions in text, as they stand in definition files. */
public final class YamlDefinitionText implements DefinitionText {
    @Override
    public Read read(String name, String text) {
        var read = DefinitionReader.read(List.of(new DefinitionFile(name, text)));
        if (!read.problems().isEmpty()) {
            return new Read.Malformed(read.problems());
        }
        return new Read.Found(read.placed(), read.positions()::inFile);
    }

    @Override
    public String write(SourceProposal proposal) {
        return ProposalWriter.text(proposal);
    }

    @Override
    public String write(Definition definition) {
        return DefinitionWriter.text(definition);
    }
}
