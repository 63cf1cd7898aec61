package dev.cairn.adapters.graphql.standing;

import dev.cairn.application.port.in.DefineUseCase.Draft;
import dev.cairn.application.port.in.DefineUseCase.Request;
import dev.cairn.domain.model.Target;
import dev.cairn.domain.model.Target.Goal;
import dev.cairn.domain.model.Target.ScopeKey;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.time.Grain;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a metric is to reach. */
public record SetTargetInput(
        String key,
        @Nullable String label,
        @Nullable String summary,
        String metric,
        BigDecimal value,
        @Nullable BigDecimal most,
        LocalDate from,
        @Nullable LocalDate to,
        @Nullable List<ScopeInput> scope,
        Target.@Nullable Holds holds,
        @Nullable Grain each,
        @Nullable BigDecimal baseline,
        @Nullable BigDecimal near,
        @Nullable Boolean validateOnly) {
    /** Where parts of the definition stand here, if not under the same name. */
    static final Map<String, List<String>> PARTS =
            Map.of(
                    "name", List.of("key"),
                    "until", List.of("to"),
                    "for", List.of("scope"),
                    "between", List.of("most"));

    /** A dimension and its value. */
    public record ScopeInput(String dimension, String value) {}

    Target toDomain() {
        return new Target(
                key,
                label == null ? key : label,
                summary == null ? "" : summary,
                metric,
                most == null ? new Goal.Reach(value) : new Goal.Between(value, most),
                from,
                to,
                scope == null
                        ? List.of()
                        : scope.stream()
                                .map(part -> new ScopeKey(part.dimension(), part.value()))
                                .toList(),
                holds,
                each,
                baseline,
                near == null ? Target.NEAR : near);
    }

    boolean isCheck() {
        return validateOnly != null && validateOnly;
    }

    Request toRequest() {
        return new Request(List.of(new Draft(toDomain(), Place.NOWHERE)), false, isCheck());
    }
}
