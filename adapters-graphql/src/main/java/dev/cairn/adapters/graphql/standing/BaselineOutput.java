package dev.cairn.adapters.graphql.standing;

import dev.cairn.domain.model.Baseline;
import dev.cairn.domain.model.Target.ScopeKey;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value of a metric that was kept. */
public record BaselineOutput(Baseline baseline) {
    public String key() {
        return baseline.name();
    }

    public String label() {
        return baseline.label();
    }

    public @Nullable String summary() {
        return baseline.description().isEmpty() ? null : baseline.description();
    }

    public String metric() {
        return baseline.metric();
    }

    public @Nullable Integer metricVersion() {
        return baseline.metricVersion();
    }

    public BigDecimal value() {
        return baseline.value();
    }

    public @Nullable BigDecimal sampleSize() {
        return baseline.sampleSize() == null ? null : BigDecimal.valueOf(baseline.sampleSize());
    }

    public @Nullable BigDecimal standardError() {
        return baseline.standardError();
    }

    public LocalDate from() {
        return baseline.from();
    }

    public LocalDate to() {
        return baseline.until();
    }

    public ZoneId timeZone() {
        return baseline.zone();
    }

    public List<ScopeKey> scope() {
        return baseline.scope();
    }

    public boolean level() {
        return baseline.level();
    }

    public Instant keptAt() {
        return baseline.kept();
    }

    public @Nullable Instant asOf() {
        return baseline.asOf();
    }
}
