package dev.cairn.adapters.graphql.catalog;

import dev.cairn.adapters.graphql.problem.InputPlaces;
import dev.cairn.application.port.Author;
import dev.cairn.application.port.in.DefineSourceUseCase;
import dev.cairn.application.port.in.DefineUseCase;
import dev.cairn.application.port.in.DefineUseCase.Outcome;
import dev.cairn.application.port.in.ReviseMetricUseCase;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.problem.ProblemDetails;
import java.util.List;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.stereotype.Controller;

/** How metrics, sources and slices are made. */
@Controller
public final class DefinitionController {
    private final DefineUseCase definitions;
    private final DefineSourceUseCase sources;
    private final ReviseMetricUseCase revisions;

    public DefinitionController(
            DefineUseCase definitions, DefineSourceUseCase sources, ReviseMetricUseCase revisions) {
        this.definitions = definitions;
        this.sources = sources;
        this.revisions = revisions;
    }

    @MutationMapping
    MetricPayload defineMetric(@Argument DefineMetricInput input, Caller caller) {
        return switch (definitions.define(
                input.toRequest().by(Author.of(caller, "defineMetric")))) {
            case Outcome.Applied(var changes) ->
                    new MetricPayload(
                            input.isCheck()
                                    ? null
                                    : new MetricOutput(
                                            input.toDomain(), changes.getFirst().version()),
                            List.of());
            case Outcome.Rejected(var problems) ->
                    new MetricPayload(null, InputPlaces.details(problems, DefineMetricInput.PARTS));
        };
    }

    @MutationMapping
    MetricPayload reviseMetric(@Argument ReviseMetricInput input, Caller caller) {
        return switch (revisions.revise(input.toDomain(), Author.of(caller, "reviseMetric"))) {
            case ReviseMetricUseCase.Outcome.Revised(var metric, var version) ->
                    new MetricPayload(
                            input.isCheck() ? null : new MetricOutput(metric, version), List.of());
            case ReviseMetricUseCase.Outcome.Rejected(var problems) ->
                    new MetricPayload(null, ProblemDetails.of(problems));
        };
    }

    @MutationMapping
    SourcePayload defineSource(@Argument DefineSourceInput input, Caller caller) {
        return switch (sources.defineSource(
                input.yaml(), input.isCheck(), Author.of(caller, "defineSource"))) {
            case Outcome.Applied(var changes) ->
                    SourcePayload.of(changes.getFirst(), input.isCheck());
            case Outcome.Rejected(var problems) ->
                    SourcePayload.refused(ProblemDetails.of(problems));
        };
    }

    @MutationMapping
    SlicePayload defineSlice(@Argument DefineSliceInput input, Caller caller) {
        return switch (definitions.define(input.toRequest().by(Author.of(caller, "defineSlice")))) {
            case Outcome.Applied _ ->
                    new SlicePayload(input.isCheck() ? null : input.key(), List.of());
            case Outcome.Rejected(var problems) ->
                    new SlicePayload(null, InputPlaces.details(problems, DefineSliceInput.PARTS));
        };
    }
}
