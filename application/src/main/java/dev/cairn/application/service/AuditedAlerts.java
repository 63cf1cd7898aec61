package dev.cairn.application.service;

import dev.cairn.application.port.AlertEvent;
import dev.cairn.application.port.in.AlertsUseCase;
import dev.cairn.domain.analysis.Caller;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Has each look at alerts written down: the groups that they stand for are data. */
public final class AuditedAlerts implements AlertsUseCase {
    private final AlertsUseCase alerts;
    private final Audit audit;

    /** What was asked for. */
    private record Events(@Nullable String alert, @Nullable Long before, int most) {}

    public AuditedAlerts(AlertsUseCase alerts, Audit audit) {
        this.alerts = alerts;
        this.audit = audit;
    }

    @Override
    public List<Defined> alerts(Caller caller) {
        var found = alerts.alerts(caller);
        audit.read(caller, "alerts", "all", found.size());
        return found;
    }

    @Override
    public List<AlertEvent.Kept> events(
            @Nullable String alert, @Nullable Long before, int most, Caller caller) {
        var found = alerts.events(alert, before, most, caller);
        audit.read(caller, "alertEvents", new Events(alert, before, most), found.size());
        return found;
    }
}
