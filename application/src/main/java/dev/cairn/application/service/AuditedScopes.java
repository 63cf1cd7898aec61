package dev.cairn.application.service;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.ListScopesUseCase;
import dev.cairn.domain.analysis.Caller;
import java.util.List;

/** Has each look at access scopes written down. */
public final class AuditedScopes implements ListScopesUseCase {
    private final ListScopesUseCase scopes;
    private final Audit audit;

    public AuditedScopes(ListScopesUseCase scopes, Audit audit) {
        this.scopes = scopes;
        this.audit = audit;
    }

    @Override
    public List<Listed> scopes(Caller caller, Deadline deadline) {
        var found = scopes.scopes(caller, deadline);
        audit.read(caller, "scopes", "all", found.size());
        return found;
    }
}
