package dev.cairn.application.port;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of the audit log; null everywhere: all.
 *
 * @param since from then on, in
 * @param until before then
 * @param caller name, as it is
 * @param before the number of the last entry had: only those that were added before
 */
public record AuditSearch(
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable String caller,
        @Nullable Long before) {
    public static final AuditSearch ALL = new AuditSearch(null, null, null, null);

    public AuditSearch before(@Nullable Long number) {
        return new AuditSearch(since, until, caller, number);
    }
}
