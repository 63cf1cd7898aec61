package dev.cairn.application.port.in;

import dev.cairn.application.port.Deletion;
import dev.cairn.application.port.Deletion.Counts;
import dev.cairn.application.port.Deletion.Selection;
import dev.cairn.application.port.RecordInput;
import dev.cairn.domain.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Deletes facts and accounts: they leave every answer at once, and can be restored until they are purged. */
public interface DeleteUseCase {
    /** Counts what would be deleted, and changes nothing. */
    Choice choose(Request request);

    /** Deletes what was chosen; empty where nothing is left of it. */
    Optional<Deletion> delete(Choice.Chosen chosen);

    /** All deletions, latest first. */
    List<Deletion> deletions();

    /** Restores what a deletion took. */
    Outcome restore(long id);

    /** Removes what deletions took for good: of all of them, or of none where one is not pending. */
    Outcome purge(Set<Long> ids);

    /** Deletions that have been pending for that long or longer. */
    List<Deletion> pending(Duration age);

    /** What to delete. */
    sealed interface Request {
        /** @param where a condition over the facts of the source, as a slice has one */
        record Facts(String source, String where) implements Request {}

        /**
         * @param records with a column for each field of the source's key; closed where they are those of a file
         * @param columns columns of the file that have another declared name: from the file's to the declared one
         */
        record Keys(String source, RecordInput records, Map<String, String> columns)
                implements Request {}

        record Accounts(Set<String> keys) implements Request {}
    }

    /** What a request comes to. */
    sealed interface Choice {
        /**
         * @param what in words
         * @param counts as of now
         */
        record Chosen(Selection selection, String what, Counts counts) implements Choice {}

        record Rejected(List<Problem> problems) implements Choice {}
    }

    /** What came of it. */
    sealed interface Outcome {
        record Done(List<Deletion> deletions) implements Outcome {}

        /** Nothing was changed. */
        record Rejected(List<Problem> problems) implements Outcome {}
    }
}
