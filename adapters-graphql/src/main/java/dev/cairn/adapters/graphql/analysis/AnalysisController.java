package dev.cairn.adapters.graphql.analysis;

import dev.cairn.adapters.graphql.limit.Cost;
import dev.cairn.adapters.graphql.limit.Limit;
import dev.cairn.adapters.graphql.limit.Limits;
import dev.cairn.adapters.graphql.problem.ErrorCode;
import dev.cairn.adapters.graphql.problem.RejectedException;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.application.port.in.AnalyzeUseCase.Outcome;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.MembersQuery;
import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.dataloader.DataLoader;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.Arguments;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.graphql.execution.BatchLoaderRegistry;
import org.springframework.stereotype.Controller;

/** Questions. */
@Controller
public final class AnalysisController {
    private static final Set<String> UNCERTAINTY =
            Set.of("standardError", "effectiveN", "interval", "noInterval", "survival", "change");

    private final AnalyzeUseCase analyses;
    private final Limits limits;

    /** @param loaders where the questions of one request come together */
    public AnalysisController(AnalyzeUseCase analyses, Limits limits, BatchLoaderRegistry loaders) {
        this.analyses = analyses;
        this.limits = limits;
        new Tiles(analyses).register(loaders);
    }

    /** Its value is never null: the field is, so that an error stays local. */
    @QueryMapping
    CompletableFuture<AnalysisOutput> analyze(
            @Argument AnalysisInput input,
            Caller caller,
            DataFetchingEnvironment environment,
            DataLoader<Tiles.Tile, Tiles.Asked> tiles) {
        var question = question(input, environment, List.of());
        return AskedQuestions.outcome(
                        environment,
                        question,
                        () ->
                                tiles.load(new Tiles.Tile(question, caller))
                                        .thenCompose(Tiles.Asked::outcome))
                .thenApply(outcome -> answered(question, outcome, input.after() != null));
    }

    /**
     * A question as a field asks it: what is not selected is not asked for.
     *
     * @param answer names that lead from the field to the answer; empty: it is the field's own
     */
    public static AnalysisQuery question(
            AnalysisInput input, DataFetchingEnvironment environment, List<String> answer) {
        return question(input.toDomain(), environment, answer);
    }

    /** The same of a question that is no input. */
    static AnalysisQuery question(
            AnalysisQuery asked, DataFetchingEnvironment environment, List<String> answer) {
        var selected = new SelectedFields(environment);
        return asked.withUncertainty(asksForUncertainty(environment))
                .withKeys(
                        selected.has(path(answer, "rows", "key"))
                                || selected.has(path(answer, "rows", "cells", "members")));
    }

    private static List<String> path(List<String> start, String... rest) {
        return Stream.concat(start.stream(), Stream.of(rest)).toList();
    }

    static AnalysisOutput answered(
            AnalysisQuery question, Outcome outcome, boolean hasPreviousPage) {
        return switch (outcome) {
            case Outcome.Answered(var result) ->
                    new AnalysisOutput(question, result, hasPreviousPage);
            case Outcome.Rejected(var problems) ->
                    throw new RejectedException(ErrorCode.BAD_QUERY, problems);
        };
    }

    /** Never null, as analyze. */
    @QueryMapping
    @Nullable AnalysisOutput members(
            @Argument AnalysisInput input,
            @Argument String key,
            @Argument String column,
            @Arguments OpeningInput opening,
            Caller caller) {
        return opened(opening.of(input.toDomain(), key, column), caller);
    }

    /** Of a cell of an answer in the same request; null for what is not opened. */
    @SchemaMapping(typeName = "Cell", field = "members")
    @Nullable AnalysisOutput membersOfCell(
            CellOutput cell, @Arguments OpeningInput opening, Caller caller) {
        var key = cell.rowKey();
        return key == null || !cell.isOpenable()
                ? null
                : opened(opening.of(cell.question(), key, cell.column()), caller);
    }

    private AnalysisOutput opened(MembersQuery query, Caller caller) {
        return answered(
                query.question(),
                analyses.members(query, caller, Deadline.current()),
                query.after() != null);
    }

    /** More is computed for it, so only where it is selected. */
    public static boolean asksForUncertainty(DataFetchingEnvironment environment) {
        return new SelectedFields(environment).anyNamed(UNCERTAINTY);
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
