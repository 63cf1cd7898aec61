package dev.cairn.adapters.graphql.trust;

import dev.cairn.adapters.graphql.problem.ErrorCode;
import dev.cairn.adapters.graphql.problem.RejectedException;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.TrustUseCase;
import dev.cairn.application.port.in.TrustUseCase.Outcome;
import dev.cairn.domain.analysis.Caller;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

/** How far sources can be trusted. */
@Controller
public final class TrustController {
    private final TrustUseCase trust;

    public TrustController(TrustUseCase trust) {
        this.trust = trust;
    }

    /** In the order of names. */
    @QueryMapping
    SourceTrustList sourceTrust(@Argument @Nullable List<String> sources, Caller caller) {
        var names = sources == null ? Set.<String>of() : Set.copyOf(sources);
        return switch (trust.trust(names, caller, Deadline.current())) {
            case Outcome.Assessed(var assessed) ->
                    new SourceTrustList(assessed.stream().map(SourceTrustOutput::of).toList());
            case Outcome.Rejected(var problems) ->
                    throw new RejectedException(ErrorCode.BAD_QUERY, problems);
        };
    }

    /** Sources that were looked at. */
    record SourceTrustList(List<SourceTrustOutput> items) {}
}
