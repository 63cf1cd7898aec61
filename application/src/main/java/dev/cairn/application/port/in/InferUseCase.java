package dev.cairn.application.port.in;

import dev.cairn.application.port.in.ImportUseCase.Progress;
import dev.cairn.application.port.in.ImportUseCase.Records;
import dev.cairn.domain.inference.SourceProposal;
import dev.cairn.domain.problem.Problem;
import java.util.List;
import java.util.function.Consumer;

/** Proposes the declaration of a source by all records of a file; nothing is changed. */
public interface InferUseCase {
    Outcome infer(Request request);

    /** @param progress told now and then how far it is */
    record Request(String source, Records records, Consumer<Progress> progress) {}

    /** What came of it. */
    sealed interface Outcome {
        /**
         * @param read records
         * @param malformed of them, that could not be taken apart
         */
        record Inferred(SourceProposal proposal, long read, long malformed) implements Outcome {}

        record Rejected(List<Problem> problems) implements Outcome {}
    }
}
