package dev.cairn.application.port.in;

import dev.cairn.application.port.in.DefineUseCase.Action;
import dev.cairn.domain.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Says what applying definitions would change, line by line, and changes nothing. */
public interface CompareUseCase {
    /** @param prune also what would be retired */
    Outcome compare(Path start, boolean prune) throws IOException;

    /** What came of it. */
    sealed interface Outcome {
        /**
         * @param differences of what would change, in the order of the files, then what would be retired
         * @param unchanged how many would stay as they are
         */
        record Compared(List<Difference> differences, long unchanged) implements Outcome {
            public Compared {
                differences = List.copyOf(differences);
            }
        }

        record Rejected(List<Problem> problems) implements Outcome {
            public Rejected {
                problems = List.copyOf(problems);
            }
        }
    }

    /**
     * What would change of one definition.
     *
     * @param lines of its text, in order; none where it is added or retired whole
     */
    record Difference(String kind, String name, Action action, List<Line> lines) {
        public Difference {
            lines = List.copyOf(lines);
        }
    }

    /**
     * A line that is in one of two texts only.
     *
     * @param isNew whether it is in the later one
     */
    record Line(boolean isNew, String text) {}
}
