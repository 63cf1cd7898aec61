package dev.cairn.adapters.graphql.standing;

import dev.cairn.application.port.in.BaselineUseCase.Keep;
import dev.cairn.domain.model.Target.ScopeKey;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value of a metric that is to be kept. */
public record KeepBaselineInput(
        String metric,
        LocalDate from,
        LocalDate to,
        @Nullable List<SetTargetInput.ScopeInput> scope,
        @Nullable ZoneId timeZone,
        @Nullable Instant asOf,
        @Nullable Boolean level,
        @Nullable String key,
        @Nullable String label,
        @Nullable Boolean replace,
        @Nullable Boolean validateOnly) {
    /** Where parts of a baseline stand here, if not under the same name. */
    static final Map<String, List<String>> PARTS =
            Map.of(
                    "name", List.of("key"),
                    "until", List.of("to"),
                    "for", List.of("scope"),
                    "zone", List.of("timeZone"),
                    "as_of", List.of("asOf"));

    Keep toDomain() {
        return new Keep(
                List.of(metric),
                scope == null
                        ? List.of()
                        : scope.stream()
                                .map(part -> new ScopeKey(part.dimension(), part.value()))
                                .toList(),
                from,
                to,
                timeZone == null ? ZoneId.of("UTC") : timeZone,
                asOf,
                level != null && level,
                key,
                label,
                replace != null && replace,
                validateOnly != null && validateOnly);
    }
}
