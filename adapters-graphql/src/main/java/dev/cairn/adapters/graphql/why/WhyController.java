package dev.cairn.adapters.graphql.why;

import dev.cairn.adapters.graphql.problem.ErrorCode;
import dev.cairn.adapters.graphql.problem.RejectedException;
import dev.cairn.adapters.graphql.trust.SourcedAnswer;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.WhyUseCase;
import dev.cairn.application.port.in.WhyUseCase.Outcome;
import dev.cairn.domain.analysis.Caller;
import graphql.schema.DataFetchingEnvironment;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

/** Why values moved. */
@Controller
public final class WhyController {
    private final WhyUseCase changes;

    public WhyController(WhyUseCase changes) {
        this.changes = changes;
    }

    /** Never null: the field is, so that an error stays local. */
    @QueryMapping
    @Nullable WhyOutput why(
            @Argument WhyInput input, Caller caller, DataFetchingEnvironment field) {
        return SourcedAnswer.of(field, () -> answer(input, caller));
    }

    private WhyOutput answer(WhyInput input, Caller caller) {
        return switch (changes.why(input.toDomain(), caller, Deadline.current())) {
            case Outcome.Explained(var why) -> new WhyOutput(why);
            case Outcome.Rejected(var problems) ->
                    throw new RejectedException(ErrorCode.BAD_QUERY, problems);
        };
    }
}
