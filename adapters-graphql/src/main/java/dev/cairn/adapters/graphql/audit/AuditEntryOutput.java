package dev.cairn.adapters.graphql.audit;

import dev.cairn.adapters.graphql.relay.Node;
import dev.cairn.application.port.AuditEntry;
import dev.cairn.application.port.AuditEntry.Kept;
import dev.cairn.domain.analysis.Role;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that was done. */
public record AuditEntryOutput(Kept kept) implements Node {
    @Override
    public String typeName() {
        return "AuditEntry";
    }

    /** Its number: where a page goes on. */
    @Override
    public String key() {
        return Long.toString(kept.number());
    }

    public Instant at() {
        return kept.entry().at();
    }

    public @Nullable String caller() {
        var caller = kept.entry().caller();
        return caller.isEmpty() ? null : caller;
    }

    public @Nullable Role role() {
        return kept.entry().role();
    }

    public AuditEntry.Kind kind() {
        return kept.entry().kind();
    }

    public String by() {
        return kept.entry().by();
    }

    public String subject() {
        return kept.entry().subject();
    }

    public @Nullable Integer version() {
        return kept.entry().version();
    }

    public @Nullable Integer rows() {
        var rows = kept.entry().rows();
        return rows == null ? null : (Integer) (int) Math.min(rows, Integer.MAX_VALUE);
    }
}
