package dev.cairn.adapters.graphql.impact;

import dev.cairn.adapters.graphql.problem.ErrorCode;
import dev.cairn.adapters.graphql.problem.RejectedException;
import dev.cairn.adapters.graphql.trust.SourcedAnswer;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.ImpactUseCase;
import dev.cairn.application.port.in.ImpactUseCase.Outcome;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.impact.Impact;
import graphql.schema.DataFetchingEnvironment;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

/** What came of changes. */
@Controller
public final class ImpactController {
    private final ImpactUseCase impacts;

    public ImpactController(ImpactUseCase impacts) {
        this.impacts = impacts;
    }

    /** Never null: the field is, so that an error stays local. */
    @QueryMapping
    @Nullable Impact impact(
            @Argument ImpactInput input, Caller caller, DataFetchingEnvironment field) {
        return SourcedAnswer.of(field, () -> answer(input, field, caller));
    }

    private Impact answer(ImpactInput input, DataFetchingEnvironment field, Caller caller) {
        var query = input.toDomain(field.getSelectionSet().contains("metrics/course"));
        return switch (impacts.impact(query, caller, Deadline.current())) {
            case Outcome.Assessed(var impact) -> impact;
            case Outcome.Rejected(var problems) ->
                    throw new RejectedException(ErrorCode.BAD_QUERY, problems);
        };
    }
}
