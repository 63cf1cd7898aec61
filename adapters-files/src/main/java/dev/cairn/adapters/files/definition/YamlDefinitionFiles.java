package dev.cairn.adapters.files.definition;

import dev.cairn.application.port.out.DefinitionFiles;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Definitions in files of YAML. */
public final class YamlDefinitionFiles implements DefinitionFiles {
    @Override
    public Read read(Path start) throws IOException {
        var found = DefinitionDirectory.read(start);
        var read = DefinitionReader.read(found.files());
        var problems = new ArrayList<>(found.problems());
        problems.addAll(read.problems());
        return new Read(
                found.files().size(),
                read.placed(),
                problems,
                read.positions()::inFile,
                UnreadNames.of(found, read)::mayExplain);
    }

    @Override
    public List<Problem> write(Path folder, Collection<Entry> entries) throws IOException {
        return DefinitionDirectory.write(folder, entries);
    }
}
