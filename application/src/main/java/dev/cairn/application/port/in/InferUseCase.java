package dev.cairn.application.port.in;

import dev.cairn.application.port.RecordInput;
import dev.cairn.application.port.in.ImportUseCase.Progress;
import dev.cairn.domain.inference.SourceProposal;
import dev.cairn.domain.problem.Problem;
import java.util.List;
import java.util.function.Consumer;

/** Proposes the declaration of a source by all records of a file; nothing is changed. */
public interface InferUseCase {
    Outcome infer(Request request);

    /**
     * @param records closed where they are those of a file; others are the caller's to close
     * @param progress receives now and then how far it is
     */
    record Request(String source, RecordInput records, Consumer<Progress> progress) {}

    /** What came of it. */
    sealed interface Outcome {
        /**
         * @param declaration the proposal as a definition file, to edit
         * @param read records
         * @param malformed records of these that could not be parsed
         */
        record Inferred(SourceProposal proposal, String declaration, long read, long malformed)
                implements Outcome {}

        record Rejected(List<Problem> problems) implements Outcome {}
    }
}
