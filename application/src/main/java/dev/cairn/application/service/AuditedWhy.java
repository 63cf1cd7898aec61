package dev.cairn.application.service;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.WhyUseCase;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.why.WhyQuery;

/** Has each explanation of a change written down. */
public final class AuditedWhy implements WhyUseCase {
    private final WhyUseCase changes;
    private final Audit audit;

    public AuditedWhy(WhyUseCase changes, Audit audit) {
        this.changes = changes;
        this.audit = audit;
    }

    @Override
    public Outcome why(WhyQuery query, Caller caller, Deadline deadline) {
        var outcome = changes.why(query, caller, deadline);
        if (outcome instanceof Outcome.Explained) {
            audit.read(caller, "why", query, 1);
        }
        return outcome;
    }
}
