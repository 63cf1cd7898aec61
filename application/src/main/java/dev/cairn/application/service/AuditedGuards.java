package dev.cairn.application.service;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.GuardUseCase;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.guard.GuardQuery;

/** Has each look at guards written down. */
public final class AuditedGuards implements GuardUseCase {
    private final GuardUseCase guards;
    private final Audit audit;

    public AuditedGuards(GuardUseCase guards, Audit audit) {
        this.guards = guards;
        this.audit = audit;
    }

    @Override
    public Outcome guards(GuardQuery query, Caller caller, Deadline deadline) {
        var outcome = guards.guards(query, caller, deadline);
        if (outcome instanceof Outcome.Watched(var watched)) {
            audit.read(caller, "guards", query, watched.size());
        }
        return outcome;
    }
}
