package dev.cairn.adapters.graphql.shape;

import dev.cairn.adapters.graphql.analysis.AnalysisController;
import dev.cairn.adapters.graphql.analysis.AnalysisOutput;
import dev.cairn.adapters.graphql.analysis.FrameInput;
import dev.cairn.adapters.graphql.analysis.OpeningInput;
import dev.cairn.adapters.graphql.problem.ErrorCode;
import dev.cairn.adapters.graphql.problem.RejectedException;
import dev.cairn.adapters.graphql.trust.SourcedAnswer;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.application.port.in.AnalyzeUseCase.Outcome;
import dev.cairn.application.port.in.AnalyzeUseCase.ShapeOutcome;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.shape.Shape;
import dev.cairn.domain.shape.Shaped;
import graphql.schema.DataFetchingEnvironment;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.Arguments;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

/** Questions of fixed shape. */
@Controller
public final class ShapeController {
    private final AnalyzeUseCase analyses;

    public ShapeController(AnalyzeUseCase analyses) {
        this.analyses = analyses;
    }

    /** Never null: the field is, so that an error stays local. */
    @QueryMapping
    @Nullable RetentionOutput retention(
            @Argument RetentionInput input, Caller caller, DataFetchingEnvironment environment) {
        var shape = input.toDomain(frame(input.frame(), environment));
        return answered(shape, caller, RetentionOutput::new, environment);
    }

    /** Never null, as retention. */
    @QueryMapping
    @Nullable AnalysisOutput retentionMembers(
            @Argument RetentionInput input,
            @Argument String key,
            @Argument String column,
            @Arguments OpeningInput opening,
            Caller caller) {
        return opened(input.toDomain(input.frame().toDomain()), key, column, opening, caller);
    }

    /** Never null, as retention. */
    @QueryMapping
    @Nullable FunnelOutput funnel(
            @Argument FunnelInput input, Caller caller, DataFetchingEnvironment environment) {
        var shape = input.toDomain(frame(input.frame(), environment));
        return answered(shape, caller, FunnelOutput::new, environment);
    }

    /** Never null, as retention. */
    @QueryMapping
    @Nullable AnalysisOutput funnelMembers(
            @Argument FunnelInput input,
            @Argument String key,
            @Argument String column,
            @Arguments OpeningInput opening,
            Caller caller) {
        return opened(input.toDomain(input.frame().toDomain()), key, column, opening, caller);
    }

    /** Never null, as retention. */
    @QueryMapping
    @Nullable LifecycleOutput lifecycle(
            @Argument LifecycleInput input, Caller caller, DataFetchingEnvironment environment) {
        var shape = input.toDomain(frame(input.frame(), environment));
        return answered(shape, caller, LifecycleOutput::new, environment);
    }

    /** Never null, as retention. */
    @QueryMapping
    @Nullable AnalysisOutput lifecycleMembers(
            @Argument LifecycleInput input,
            @Argument String key,
            @Argument String column,
            @Arguments OpeningInput opening,
            Caller caller) {
        return opened(input.toDomain(input.frame().toDomain()), key, column, opening, caller);
    }

    /** Never null, as retention. */
    @QueryMapping
    @Nullable StickinessOutput stickiness(
            @Argument StickinessInput input, Caller caller, DataFetchingEnvironment environment) {
        var shape = input.toDomain(frame(input.frame(), environment));
        return answered(shape, caller, StickinessOutput::new, environment);
    }

    /** Never null, as retention. */
    @QueryMapping
    @Nullable AnalysisOutput stickinessMembers(
            @Argument StickinessInput input,
            @Argument String key,
            @Argument String column,
            @Arguments OpeningInput opening,
            Caller caller) {
        return opened(input.toDomain(input.frame().toDomain()), key, column, opening, caller);
    }

    /** Never null, as retention. */
    @QueryMapping
    @Nullable BridgeOutput bridge(
            @Argument BridgeInput input, Caller caller, DataFetchingEnvironment environment) {
        var shape = input.toDomain(frame(input.frame(), environment));
        return answered(shape, caller, BridgeOutput::new, environment);
    }

    /** Never null, as retention. */
    @QueryMapping
    @Nullable AnalysisOutput bridgeMembers(
            @Argument BridgeInput input,
            @Argument String key,
            @Argument String column,
            @Arguments OpeningInput opening,
            Caller caller) {
        return opened(input.toDomain(input.frame().toDomain()), key, column, opening, caller);
    }

    /** Never null, as retention. */
    @QueryMapping
    @Nullable TrendOutput trend(
            @Argument TrendInput input, Caller caller, DataFetchingEnvironment environment) {
        var shape = input.toDomain(frame(input.frame(), environment));
        return answered(shape, caller, TrendOutput::new, environment);
    }

    /** Never null, as retention. */
    @QueryMapping
    @Nullable AnalysisOutput trendMembers(
            @Argument TrendInput input,
            @Argument String key,
            @Argument String column,
            @Arguments OpeningInput opening,
            Caller caller) {
        return opened(input.toDomain(input.frame().toDomain()), key, column, opening, caller);
    }

    private static AnalysisQuery frame(FrameInput input, DataFetchingEnvironment environment) {
        return input.toDomain().withUncertainty(AnalysisController.asksForUncertainty(environment));
    }

    private <A extends Shaped, O> O answered(
            Shape<A> shape,
            Caller caller,
            BiFunction<ShapeAnswer, A, O> output,
            DataFetchingEnvironment environment) {
        return SourcedAnswer.of(
                environment,
                () -> {
                    var answered = answered(shape, caller);
                    return output.apply(answer(answered), answered.answer());
                });
    }

    private <A extends Shaped> ShapeOutcome.Answered<A> answered(Shape<A> shape, Caller caller) {
        return switch (analyses.answer(shape, caller, Deadline.current())) {
            case ShapeOutcome.Answered<A> answered -> answered;
            case ShapeOutcome.Rejected<A>(var problems) ->
                    throw new RejectedException(ErrorCode.BAD_QUERY, problems);
        };
    }

    private static ShapeAnswer answer(ShapeOutcome.Answered<?> answered) {
        return new ShapeAnswer(answered.query(), answered.answer().table());
    }

    private AnalysisOutput opened(
            Shape<?> shape, String key, String column, OpeningInput opening, Caller caller) {
        var asked = shape.asked();
        if (!asked.problems().isEmpty()) {
            throw new RejectedException(ErrorCode.BAD_QUERY, asked.problems());
        }
        var query = opening.of(asked.query(), key, column);
        return switch (analyses.members(query, caller, Deadline.current())) {
            case Outcome.Answered(var result) ->
                    new AnalysisOutput(asked.query(), result, query.after() != null);
            case Outcome.Rejected(var problems) ->
                    throw new RejectedException(ErrorCode.BAD_QUERY, asked.placed(problems));
        };
    }
}
