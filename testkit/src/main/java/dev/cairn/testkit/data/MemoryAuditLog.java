package dev.cairn.testkit.data;

import dev.cairn.application.port.AuditEntry;
import dev.cairn.application.port.AuditEntry.Kept;
import dev.cairn.application.port.AuditSearch;
import dev.cairn.application.port.out.AuditLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The audit log in memory. */
public final class MemoryAuditLog implements AuditLog {
    private final List<Kept> kept = new ArrayList<>();
    private long last;

    @Override
    public synchronized void append(List<AuditEntry> entries) {
        entries.forEach(entry -> kept.add(new Kept(++last, entry)));
    }

    @Override
    public synchronized List<Kept> latest(AuditSearch search, int most) {
        return kept.reversed().stream().filter(each -> isMeant(each, search)).limit(most).toList();
    }

    private static boolean isMeant(Kept kept, AuditSearch search) {
        var entry = kept.entry();
        return (search.since() == null || !entry.at().isBefore(search.since()))
                && (search.until() == null || entry.at().isBefore(search.until()))
                && (search.caller() == null || entry.caller().equals(search.caller()))
                && (search.before() == null || kept.number() < search.before());
    }

    @Override
    public synchronized long forget(Instant before) {
        long all = kept.size();
        kept.removeIf(each -> each.entry().at().isBefore(before));
        return all - kept.size();
    }
}
