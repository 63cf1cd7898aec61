package dev.cairn.application.port.in;

import dev.cairn.application.port.AuditEntry.Kept;
import dev.cairn.application.port.AuditSearch;
import dev.cairn.domain.analysis.Caller;
import java.util.List;

/** Shows what was done, to those who see everything. */
public interface AuditUseCase {
    /** The latest first; what was done before the call is among them. */
    Outcome latest(AuditSearch search, int first, Caller caller);

    /** What came of it. */
    sealed interface Outcome {
        record Page(List<Kept> entries, boolean hasNextPage) implements Outcome {
            public Page {
                entries = List.copyOf(entries);
            }
        }

        /** The caller is no admin, or sees some accounts only: entries are of all. */
        record Forbidden(String reason) implements Outcome {}
    }
}
