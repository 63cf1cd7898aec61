package dev.cairn.adapters.graphql.standing;

import dev.cairn.domain.model.Target;
import dev.cairn.domain.model.Target.Goal;
import dev.cairn.domain.model.Target.ScopeKey;
import dev.cairn.domain.time.Grain;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a metric is to reach. */
public record TargetOutput(Target target) {
    public String key() {
        return target.name();
    }

    public String label() {
        return target.label();
    }

    public @Nullable String summary() {
        return target.description().isEmpty() ? null : target.description();
    }

    public String metric() {
        return target.metric();
    }

    public BigDecimal value() {
        return switch (target.goal()) {
            case Goal.Reach(var value) -> value;
            case Goal.Between(var least, _) -> least;
        };
    }

    public @Nullable BigDecimal most() {
        return target.goal() instanceof Goal.Between(_, var most) ? most : null;
    }

    public LocalDate from() {
        return target.from();
    }

    public @Nullable LocalDate to() {
        return target.until();
    }

    public List<ScopeKey> scope() {
        return target.scope();
    }

    public Target.@Nullable Holds holds() {
        return target.holds();
    }

    public @Nullable Grain each() {
        return target.each();
    }

    public @Nullable BigDecimal baseline() {
        return target.baseline();
    }

    public BigDecimal near() {
        return target.near();
    }
}
