package dev.cairn.application.service;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.TrustUseCase;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.trust.MetricTrust;
import dev.cairn.domain.trust.Touched;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Has it written down who looked at the trust of sources: counts that are kept are answered without a question. */
public final class AuditedTrust implements TrustUseCase {
    private final TrustUseCase trust;
    private final Audit audit;

    public AuditedTrust(TrustUseCase trust, Audit audit) {
        this.trust = trust;
        this.audit = audit;
    }

    @Override
    public Outcome trust(Set<String> sources, Caller caller, Deadline deadline) {
        var outcome = trust.trust(sources, caller, deadline);
        if (outcome instanceof Outcome.Assessed(var assessed)) {
            audit.read(caller, "trust", new TreeSet<>(sources), assessed.size());
        }
        return outcome;
    }

    @Override
    public Map<String, Touched> touched(Set<String> sources) {
        return trust.touched(sources);
    }

    @Override
    public Map<String, MetricTrust> ofMetrics(
            Set<String> metrics, Caller caller, Deadline deadline) {
        var found = trust.ofMetrics(metrics, caller, deadline);
        audit.read(caller, "trust", new TreeSet<>(metrics), found.size());
        return found;
    }
}
