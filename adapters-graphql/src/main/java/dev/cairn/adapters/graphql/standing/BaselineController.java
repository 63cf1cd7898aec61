package dev.cairn.adapters.graphql.standing;

import dev.cairn.adapters.graphql.problem.InputPlaces;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.BaselineUseCase;
import dev.cairn.application.port.in.BaselineUseCase.Outcome;
import dev.cairn.domain.analysis.Caller;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

/** Values of metrics that are kept. */
@Controller
public final class BaselineController {
    private final BaselineUseCase baselines;

    public BaselineController(BaselineUseCase baselines) {
        this.baselines = baselines;
    }

    /** In the order of their keys. */
    @QueryMapping
    BaselineList baselines(@Argument @Nullable String metric, Caller caller) {
        return new BaselineList(
                baselines.baselines(metric, caller).stream().map(BaselineOutput::new).toList());
    }

    @MutationMapping
    BaselinePayload keepBaseline(@Argument KeepBaselineInput input, Caller caller) {
        return payload(
                baselines.keep(input.toDomain(), caller, Deadline.current()),
                KeepBaselineInput.PARTS);
    }

    @MutationMapping
    BaselinePayload removeBaseline(@Argument RemoveBaselineInput input, Caller caller) {
        return payload(baselines.remove(List.of(input.key()), caller), Map.of());
    }

    /** Kept baselines. */
    record BaselineList(List<BaselineOutput> items) {}

    /** Which baseline is removed. */
    record RemoveBaselineInput(String key) {}

    private static BaselinePayload payload(Outcome outcome, Map<String, List<String>> parts) {
        return switch (outcome) {
            case Outcome.Done(var done) ->
                    new BaselinePayload(new BaselineOutput(done.getFirst()), List.of());
            case Outcome.Rejected(var problems) ->
                    new BaselinePayload(null, InputPlaces.details(problems, parts));
        };
    }
}
