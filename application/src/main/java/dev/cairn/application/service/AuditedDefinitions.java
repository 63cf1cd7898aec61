package dev.cairn.application.service;

import dev.cairn.application.port.in.DefineUseCase;

/** Has each change of a definition written down. */
public final class AuditedDefinitions implements DefineUseCase {
    private final DefineUseCase definitions;
    private final Audit audit;

    public AuditedDefinitions(DefineUseCase definitions, Audit audit) {
        this.definitions = definitions;
        this.audit = audit;
    }

    @Override
    public Outcome define(Request request) {
        var outcome = definitions.define(request);
        if (!request.validateOnly() && outcome instanceof Outcome.Applied(var changes)) {
            audit.changed(request.author(), changes);
        }
        return outcome;
    }
}
