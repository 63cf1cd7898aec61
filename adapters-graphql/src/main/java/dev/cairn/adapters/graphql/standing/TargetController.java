package dev.cairn.adapters.graphql.standing;

import dev.cairn.adapters.graphql.caller.CallerInterceptor;
import dev.cairn.adapters.graphql.catalog.MetricOutput;
import dev.cairn.adapters.graphql.problem.InputPlaces;
import dev.cairn.application.port.Author;
import dev.cairn.application.port.in.BrowseCatalogUseCase;
import dev.cairn.application.port.in.DefineUseCase;
import dev.cairn.application.port.in.DefineUseCase.Outcome;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.model.Target;
import graphql.GraphQLContext;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.graphql.data.method.annotation.MutationMapping;
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

    /** A target of some rows names a value that they have, which may be of accounts that the caller does not see. */
    @BatchMapping(typeName = "Metric")
    Map<MetricOutput, List<TargetOutput>> targets(
            List<MetricOutput> metrics, GraphQLContext context) {
        boolean isScoped = CallerInterceptor.callerOf(context).access() != null;
        var all =
                catalogs.catalog().all(Target.class).stream()
                        .filter(target -> !isScoped || target.scope().isEmpty())
                        .collect(
                                Collectors.groupingBy(
                                        Target::metric,
                                        Collectors.mapping(
                                                TargetOutput::new, Collectors.toList())));
        return metrics.stream()
                .collect(
                        Collectors.toMap(
                                Function.identity(),
                                metric -> all.getOrDefault(metric.key(), List.of())));
    }

    @MutationMapping
    TargetPayload setTarget(@Argument SetTargetInput input, Caller caller) {
        return switch (definitions.define(input.toRequest().by(Author.of(caller, "setTarget")))) {
            case Outcome.Applied _ ->
                    new TargetPayload(
                            input.isCheck() ? null : new TargetOutput(input.toDomain()), List.of());
            case Outcome.Rejected(var problems) ->
                    new TargetPayload(null, InputPlaces.details(problems, SetTargetInput.PARTS));
        };
    }
}
