package dev.cairn.application.port.in;

import dev.cairn.application.port.in.DefineUseCase.Change;
import dev.cairn.domain.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Puts the definitions of files in force, and writes those in force to files. */
public interface DefinitionFilesUseCase {
    /** All that the files define, or nothing. */
    Outcome define(Request request) throws IOException;

    /**
     * Writes each definition, except built-in ones and those of packs, to a file of its own; where the same packs are applied, applying the files changes
     * nothing.
     */
    Export export(Path folder) throws IOException;

    /**
     * @param start a folder with its subfolders, or one file
     * @param prune also retire what is in force and not in the files, except what a pack defines
     * @param validateOnly report what would change, change nothing
     */
    record Request(Path start, boolean prune, boolean validateOnly) {}

    /** What came of it. */
    sealed interface Outcome {
        /**
         * @param changes in the order of the files, then what was retired
         * @param definitions how many the files have
         */
        record Applied(List<Change> changes, int definitions, int files) implements Outcome {
            public Applied {
                changes = List.copyOf(changes);
            }
        }

        /** @param problems at their places in the files. Where some files cannot be read, the certain problems of the others are included */
        record Rejected(List<Problem> problems, int files) implements Outcome {
            public Rejected {
                problems = List.copyOf(problems);
            }
        }

        /** The files define nothing. */
        record Empty() implements Outcome {}
    }

    /** What came of an export. */
    sealed interface Export {
        record Written(int definitions) implements Export {}

        /** Nothing was written. */
        record Rejected(List<Problem> problems) implements Export {
            public Rejected {
                problems = List.copyOf(problems);
            }
        }
    }
}
