package dev.cairn.adapters.graphql.alert;

import dev.cairn.application.port.in.AlertsUseCase.Defined;
import dev.cairn.application.port.in.AlertsUseCase.StandingGroup;
import dev.cairn.domain.model.Alert;
import dev.cairn.domain.model.Alert.Watched;
import dev.cairn.domain.model.Grade;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An alert, and for what it stands. */
public record AlertOutput(Defined defined) {
    /** Of what it is. */
    public enum Watches {
        QUESTION,
        COHORT,
        BAND,
        GUARD,
        TRUST
    }

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

    public Watches watches() {
        return switch (defined.alert().watched()) {
            case Watched.Groups _ -> Watches.QUESTION;
            case Watched.Entered _ -> Watches.COHORT;
            case Watched.BandLeft _ -> Watches.BAND;
            case Watched.GuardTripped _ -> Watches.GUARD;
            case Watched.TrustLost _ -> Watches.TRUST;
        };
    }

    public String of() {
        return defined.alert().watched().of();
    }

    public Alert.@Nullable When when() {
        return defined.alert().watched() instanceof Watched.Groups groups ? groups.when() : null;
    }

    public @Nullable String band() {
        return defined.alert().watched() instanceof Watched.BandLeft left ? left.band() : null;
    }

    public Alert.@Nullable Every every() {
        return defined.alert().watched() instanceof Watched.GuardTripped guard
                ? guard.every()
                : null;
    }

    public @Nullable Grade atLeast() {
        return defined.alert().watched() instanceof Watched.TrustLost trust
                ? trust.atLeast()
                : null;
    }

    public boolean provisional() {
        return switch (defined.alert().watched()) {
            case Watched.Groups(_, _, var provisional) -> provisional;
            case Watched.Entered(_, var provisional) -> provisional;
            case Watched.BandLeft(_, _, var provisional) -> provisional;
            case Watched.GuardTripped _, Watched.TrustLost _ -> false;
        };
    }

    public List<StandingGroup> standing() {
        return defined.standing();
    }

    public int waiting() {
        return defined.waiting();
    }

    public @Nullable String failure() {
        return defined.failure();
    }
}
