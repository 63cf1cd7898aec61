package dev.cairn.adapters.graphql.alert;

import dev.cairn.adapters.graphql.relay.Connection;
import dev.cairn.adapters.graphql.relay.Cursors;
import dev.cairn.adapters.graphql.relay.PageRequest;
import dev.cairn.application.port.Seal;
import dev.cairn.application.port.in.AlertsUseCase;
import dev.cairn.domain.analysis.Caller;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

/** Alerts. */
@Controller
public final class AlertController {
    private final AlertsUseCase alerts;
    private final Seal seal;

    /** Alerts that are defined. */
    record AlertList(List<AlertOutput> items) {}

    /** What a cursor is of. */
    private record Search(@Nullable String alert) {}

    public AlertController(AlertsUseCase alerts, Seal seal) {
        this.alerts = alerts;
        this.seal = seal;
    }

    @QueryMapping
    AlertList alerts(Caller caller) {
        return new AlertList(alerts.alerts(caller).stream().map(AlertOutput::new).toList());
    }

    @QueryMapping
    Connection<AlertEventOutput> alertEvents(
            @Argument @Nullable String alert,
            @Argument @Nullable Integer first,
            @Argument @Nullable String after,
            Caller caller) {
        var cursors = Cursors.of(seal, "AlertEvent", new Search(alert), caller);
        var page = PageRequest.of(cursors, first, after, null, null);
        var before = page.afterKey() == null ? null : (Long) Long.parseLong(page.afterKey());
        var found = alerts.events(alert, before, page.size() + 1, caller);
        return Connection.of(
                found.stream().limit(page.size()).map(AlertEventOutput::new).toList(),
                cursors,
                found.size() > page.size(),
                before != null);
    }
}
