package dev.cairn.application.port.out;

import dev.cairn.application.port.AuditEntry;
import dev.cairn.application.port.AuditEntry.Kept;
import dev.cairn.application.port.AuditSearch;
import java.time.Instant;
import java.util.List;

/** Keeps what was done. Entries are added, and forgotten by age; none is ever changed. */
public interface AuditLog {
    /** Adds all of them, in this order, or none. */
    void append(List<AuditEntry> entries);

    /** The latest that are looked for, the latest first; of one instant those that were added last. */
    List<Kept> latest(AuditSearch search, int most);

    /** Forgets what is older than this, and gives how many that were. */
    long forget(Instant before);
}
