package dev.cairn.application.service;

import dev.cairn.application.port.AuditSearch;
import dev.cairn.application.port.in.AuditUseCase;
import dev.cairn.application.port.out.AuditLog;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.Role;

/** Reads the audit log once what waits to be written to it is there. */
public final class AuditService implements AuditUseCase {
    private final AuditLog log;
    private final Audit audit;

    public AuditService(AuditLog log, Audit audit) {
        this.log = log;
        this.audit = audit;
    }

    @Override
    public Outcome latest(AuditSearch search, int first, Caller caller) {
        if (!caller.role().includes(Role.ADMIN)) {
            return new Outcome.Forbidden("The audit log is for admins.");
        }
        if (caller.isScoped()) {
            return new Outcome.Forbidden(
                    "The audit log is of all accounts, and you see only some of them.");
        }
        audit.settle();
        var found = log.latest(search, first + 1);
        return new Outcome.Page(
                found.subList(0, Math.min(first, found.size())), found.size() > first);
    }
}
