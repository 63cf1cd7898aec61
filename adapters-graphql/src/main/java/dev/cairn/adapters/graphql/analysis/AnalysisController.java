package dev.cairn.adapters.graphql.analysis;

import dev.cairn.adapters.graphql.limit.Cost;
import dev.cairn.adapters.graphql.limit.Limit;
import dev.cairn.adapters.graphql.limit.Limits;
import dev.cairn.adapters.graphql.problem.ErrorCode;
import dev.cairn.adapters.graphql.problem.RejectedException;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.application.port.in.AnalyzeUseCase.Outcome;
import dev.cairn.domain.analysis.Caller;
import graphql.schema.DataFetchingEnvironment;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

/** Questions. */
@Controller
public final class AnalysisController {
    private final AnalyzeUseCase analyses;
    private final Limits limits;

    public AnalysisController(AnalyzeUseCase analyses, Limits limits) {
        this.analyses = analyses;
        this.limits = limits;
    }

    /** Never null: the field is, so that an error stays local. */
    @QueryMapping
    @Nullable AnalysisOutput analyze(
            @Argument AnalysisInput input, Caller caller, DataFetchingEnvironment environment) {
        var question = input.toDomain().withUncertainty(asksForUncertainty(environment));
        return switch (analyses.analyze(question, caller, Deadline.current())) {
            case Outcome.Answered(var result) -> new AnalysisOutput(result, input.after() != null);
            case Outcome.Rejected(var problems) ->
                    throw new RejectedException(ErrorCode.BAD_QUERY, problems);
        };
    }

    /** More is computed for it, so only where it is selected. */
    private static boolean asksForUncertainty(DataFetchingEnvironment environment) {
        return environment
                .getSelectionSet()
                .containsAnyOf(
                        "**/standardError",
                        "**/effectiveN",
                        "**/interval",
                        "**/noInterval",
                        "**/change");
    }

    @QueryMapping
    ExplanationOutput explain(
            @Argument AnalysisInput input, Caller caller, DataFetchingEnvironment environment) {
        var question = input.toDomain();
        var cost = Cost.ofAnalysis(environment.getGraphQLSchema(), question.first());
        return new ExplanationOutput(
                analyses.explain(question, caller, Deadline.current()),
                new QueryCost(cost, limits.most(Limit.COST)));
    }
}
