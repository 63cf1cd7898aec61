package dev.cairn.adapters.graphql.alert;

import dev.cairn.application.port.in.AlertsUseCase.Defined;
import dev.cairn.application.port.in.AlertsUseCase.StandingGroup;
import dev.cairn.domain.model.Alert;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An alert, and for what it stands. */
public record AlertOutput(Defined defined) {
    public String key() {
        return defined.alert().name();
    }

    public String label() {
        return defined.alert().label();
    }

    public String description() {
        return defined.alert().description();
    }

    public @Nullable String owner() {
        return defined.alert().owner();
    }

    public String question() {
        return defined.alert().question();
    }

    public Alert.When when() {
        return defined.alert().when();
    }

    public boolean provisional() {
        return defined.alert().provisional();
    }

    public List<StandingGroup> standing() {
        return defined.standing();
    }

    public int waiting() {
        return defined.waiting();
    }
}
