package dev.cairn.application.port.in;

import dev.cairn.application.port.RecordInput;
import dev.cairn.domain.problem.Problem;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Imports facts of a source, or attributes of an entity, from records of text. */
public interface ImportUseCase {
    Outcome importRecords(Request request);

    /**
     * @param target a source, or the entity {@code account} or {@code user}
     * @param records closed where they are those of a file; others are the caller's to close
     * @param columns columns of the file that have another declared name: from the file's to the declared one
     * @param completeUntil first local day that is not complete after this import; null: as declared
     * @param asOf day from which the attributes of all rows hold, or that a complete file is of; null: as the rows say, or of attributes without a history
     * @param complete the file says all that holds; null: what it does not say stays
     * @param isTrial tells what would come of it, and changes nothing
     * @param maxRejects with more rejected rows than this the import stops and changes nothing; {@link Long#MAX_VALUE}: no limit
     * @param rejects receives each wrong cell of rejected rows in the order of the file
     * @param progress receives now and then how far it is
     */
    record Request(
            String target,
            RecordInput records,
            Map<String, String> columns,
            @Nullable LocalDate completeUntil,
            @Nullable LocalDate asOf,
            @Nullable Complete complete,
            boolean isTrial,
            long maxRejects,
            Consumer<Reject> rejects,
            Consumer<Progress> progress) {
        public Request {
            if (maxRejects < 0) {
                throw new IllegalArgumentException("at most %d rejects".formatted(maxRejects));
            }
            columns = Map.copyOf(columns);
        }

        /** Of rows that say themselves since when they hold, or need not. */
        public Request(
                String target,
                RecordInput records,
                Map<String, String> columns,
                @Nullable LocalDate completeUntil,
                long maxRejects,
                Consumer<Reject> rejects,
                Consumer<Progress> progress) {
            this(
                    target,
                    records,
                    columns,
                    completeUntil,
                    null,
                    null,
                    false,
                    maxRejects,
                    rejects,
                    progress);
        }
    }

    /**
     * That a file says all that holds: what it does not say any more is closed.
     *
     * @param acceptClosing how many may be closed; null: a tenth of those that hold
     */
    record Complete(@Nullable Long acceptClosing) {
        public Complete {
            if (acceptClosing != null && acceptClosing < 0) {
                throw new IllegalArgumentException("closes at most %d".formatted(acceptClosing));
            }
        }
    }

    /**
     * How far an import is.
     *
     * @param rows of the file that were read
     */
    record Progress(Phase phase, long rows) {}

    /** What an import does. */
    enum Phase {
        /** Passes over rows that an interrupted import of the same file has already stored. */
        SKIPPING,
        READING,
        /** Everything is read; the table is being changed. */
        MERGING
    }

    /**
     * Why a row was rejected; a row has one for each of its wrong cells.
     *
     * @param line in the file, from 1
     * @param column name of the column, or its number from 1, or empty where it is the whole row
     * @param value the text of the cell
     */
    record Reject(long line, String column, String value, String reason) {}

    /** What came of it. */
    sealed interface Outcome {
        record Imported(Summary summary) implements Outcome {}

        /** Nothing was imported. */
        record Rejected(List<Problem> problems) implements Outcome {}
    }

    /**
     * Read = loaded + duplicates + deleted + rejected + filtered.
     *
     * @param loaded rows that are new or have new content
     * @param superseded rows that are no longer in force: others replace them, or the source's condition excludes them now
     * @param duplicates rows that were known with the same content
     * @param deleted rows of facts or accounts that were deleted, and stay deleted
     * @param filtered rows that the source's condition on rows excludes
     * @param undecided how many of these as the condition is empty for them
     * @param emptied how many values of each field were outside its range and became empty
     * @param ignored columns of the file that the declaration does not name
     * @param doubtful columns whose numbers fit two readings
     * @param similar columns with keys that differ from others of the file, or from stored ones, by blanks, case or zeros before a number only
     * @param taken attributes of accounts or users that the file has a column for
     * @param left attributes that it has no column for, and that stay as they were; optional fields of facts that it has none for, and that are empty
     * @param overlaps rows that hold while an earlier row of the same thing does
     * @param closed rows, or accounts and users, that a complete file does not say any more, and that were closed
     */
    record Summary(
            long read,
            long loaded,
            long superseded,
            long duplicates,
            long deleted,
            long rejected,
            long filtered,
            long undecided,
            Map<String, Long> emptied,
            List<String> ignored,
            List<Doubtful> doubtful,
            List<Similar> similar,
            List<String> taken,
            List<Left> left,
            Overlaps overlaps,
            long closed) {}

    /**
     * Rows in force that begin to hold while an earlier row of the same thing still holds, among all that are about what the file is about.
     *
     * @param rows how many
     * @param first some of them
     */
    record Overlaps(long rows, List<Overlap> first) {}

    /**
     * A row that overlaps an earlier one.
     *
     * @param of what both hold for: the values of the fields that {@code per} of the validity names
     * @param from when it begins
     * @param earlierUntil when the earlier one ends; null: it has no end
     */
    record Overlap(List<String> of, String from, @Nullable String earlierUntil) {}

    /**
     * An attribute or an optional field that a file has no column for.
     *
     * @param near undeclared columns of the file that may be meant for it
     */
    record Left(String attribute, List<String> near) {}

    /**
     * Keys of accounts or users that differ from others by blanks, case or zeros before a number only, and so are of accounts or users of their own.
     *
     * @param column in the file
     * @param keys how many differ from the first of their kind
     * @param one the first of a kind
     * @param other that differs from it
     * @param among the others
     */
    record Similar(String column, long keys, String one, String other, Among among) {}

    /** Which keys others are compared with. */
    enum Among {
        /** Those of the same file. */
        FILE,
        /** Those that were stored before. */
        STORED
    }

    /**
     * Numbers that were read with a decimal point, although the point may separate thousands: nothing in their column decides.
     *
     * @param column in the file
     * @param example the first of them
     */
    record Doubtful(String column, long values, String example) {}
}
