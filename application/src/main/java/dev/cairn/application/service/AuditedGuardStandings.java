package dev.cairn.application.service;

import dev.cairn.application.port.in.GuardStandingsUseCase;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.guard.GuardStandings;

/** Has it written down who looked at how guards stand: what was measured before is told without a question. */
public final class AuditedGuardStandings implements GuardStandingsUseCase {
    private final GuardStandingsUseCase guards;
    private final Audit audit;

    public AuditedGuardStandings(GuardStandingsUseCase guards, Audit audit) {
        this.guards = guards;
        this.audit = audit;
    }

    @Override
    public GuardStandings standings(Caller caller) {
        var standings = guards.standings(caller);
        audit.read(caller, "guardStandings", "all", standings.guards().size());
        return standings;
    }
}
