package dev.cairn.application.service;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.BaselineUseCase;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.model.Baseline;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Has each list of kept values written down; that they are kept or removed is a change of definitions. */
public final class AuditedBaselines implements BaselineUseCase {
    private final BaselineUseCase baselines;
    private final Audit audit;

    public AuditedBaselines(BaselineUseCase baselines, Audit audit) {
        this.baselines = baselines;
        this.audit = audit;
    }

    @Override
    public List<Baseline> baselines(@Nullable String metric, Caller caller) {
        var found = baselines.baselines(metric, caller);
        audit.read(caller, "baselines", Objects.toString(metric), found.size());
        return found;
    }

    @Override
    public Outcome keep(Keep keep, Caller caller, Deadline deadline) {
        return baselines.keep(keep, caller, deadline);
    }

    @Override
    public Outcome remove(List<String> keys, Caller caller) {
        return baselines.remove(keys, caller);
    }
}
