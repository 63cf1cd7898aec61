package dev.cairn.adapters.graphql.standing;

import dev.cairn.adapters.graphql.problem.InputPlaces;
import dev.cairn.application.port.in.BrowseCatalogUseCase;
import dev.cairn.application.port.in.DefineUseCase;
import dev.cairn.application.port.in.DefineUseCase.Outcome;
import dev.cairn.domain.model.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

/** Targets of metrics. */
@Controller
public final class TargetController {
    private final BrowseCatalogUseCase catalogs;
    private final DefineUseCase definitions;

    public TargetController(BrowseCatalogUseCase catalogs, DefineUseCase definitions) {
        this.catalogs = catalogs;
        this.definitions = definitions;
    }

    @QueryMapping
    List<TargetOutput> targets(@Argument @Nullable String metric) {
        return catalogs.catalog().all(Target.class).stream()
                .filter(target -> metric == null || target.metric().equals(metric))
                .map(TargetOutput::new)
                .toList();
    }

    @MutationMapping
    TargetPayload setTarget(@Argument SetTargetInput input) {
        return switch (definitions.define(input.toRequest())) {
            case Outcome.Applied _ ->
                    new TargetPayload(
                            input.isCheck() ? null : new TargetOutput(input.toDomain()), List.of());
            case Outcome.Rejected(var problems) ->
                    new TargetPayload(null, InputPlaces.details(problems, SetTargetInput.PARTS));
        };
    }
}
