package dev.cairn.application.service;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.SeparateUseCase;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.separation.MetricAudit;
import dev.cairn.domain.separation.Separation;
import dev.cairn.domain.separation.SeparationQuery;

/** Has each answer written down, with how many accounts it is of; what is read for it is written down as exports are. */
public final class AuditedSeparations implements SeparateUseCase {
    private final SeparateUseCase separations;
    private final Audit audit;

    public AuditedSeparations(SeparateUseCase separations, Audit audit) {
        this.separations = separations;
        this.audit = audit;
    }

    @Override
    public Outcome<Separation> separate(SeparationQuery query, Caller caller, Deadline deadline) {
        var outcome = separations.separate(query, caller, deadline);
        if (outcome instanceof Outcome.Answered<Separation>(var answer)) {
            audit.read(
                    caller,
                    "separation",
                    query,
                    answer.whole().successes() + answer.whole().others());
        }
        return outcome;
    }

    @Override
    public Outcome<MetricAudit> audit(SeparationQuery query, Caller caller, Deadline deadline) {
        var outcome = separations.audit(query, caller, deadline);
        if (outcome instanceof Outcome.Answered<MetricAudit>(var answer)) {
            audit.read(caller, "metricAudit", query, answer.rows().size());
        }
        return outcome;
    }
}
