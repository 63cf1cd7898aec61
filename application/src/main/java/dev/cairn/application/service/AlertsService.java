package dev.cairn.application.service;

import dev.cairn.application.port.AlertEvent;
import dev.cairn.application.port.in.AlertsUseCase;
import dev.cairn.application.port.out.AlertStore;
import dev.cairn.domain.alert.Standing;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.model.Alert;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what is kept of alerts. */
public final class AlertsService implements AlertsUseCase {
    private final Catalogs catalogs;
    private final AlertStore store;

    public AlertsService(Catalogs catalogs, AlertStore store) {
        this.catalogs = catalogs;
        this.store = store;
    }

    @Override
    public List<Defined> alerts(Caller caller) {
        if (caller.isScoped()) {
            return List.of();
        }
        var standing = store.standing();
        return catalogs.current().all(Alert.class).stream()
                .sorted(Comparator.comparing(Alert::name))
                .map(alert -> defined(alert, standing.getOrDefault(alert.name(), Standing.NOTHING)))
                .toList();
    }

    private static Defined defined(Alert alert, Standing standing) {
        return new Defined(alert, groups(standing), standing.waiting(), standing.failure());
    }

    private static List<StandingGroup> groups(Standing standing) {
        return standing.there().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(group -> new StandingGroup(AlertGroups.keys(group.getKey()), group.getValue()))
                .toList();
    }

    @Override
    public List<AlertEvent.Kept> events(
            @Nullable String alert, @Nullable Long before, int most, Caller caller) {
        return caller.isScoped() ? List.of() : store.latest(alert, before, most);
    }
}
