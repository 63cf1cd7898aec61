package dev.cairn.application.port.out;

import dev.cairn.application.port.out.DefinitionText.Placed;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Reads and writes files of definitions. */
public interface DefinitionFiles {
    /** All definition files beneath a folder, or the one file. */
    Read read(Path start) throws IOException;

    /**
     * Writes each definition, except built-in ones, to a file of its own.
     *
     * @return why nothing was written; empty where everything was
     */
    List<Problem> write(Path folder, Collection<Entry> entries) throws IOException;

    /**
     * What was read.
     *
     * @param files how many there are
     * @param definitions those without a problem of their own, in the order of the files
     * @param problems what cannot be read; line and column are those of the file
     * @param locator adds line and column in the file to a problem that is found later in one of the definitions
     * @param mayFollow whether a problem that is found later may be there only because some files could not be read
     */
    record Read(
            int files,
            List<Placed> definitions,
            List<Problem> problems,
            UnaryOperator<Problem> locator,
            Predicate<Problem> mayFollow) {
        public Read {
            definitions = List.copyOf(definitions);
            problems = List.copyOf(problems);
        }
    }
}
