package dev.cairn.adapters.graphql.trust;

import dev.cairn.adapters.graphql.analysis.AnalysisOutput;
import dev.cairn.adapters.graphql.problem.ErrorCode;
import dev.cairn.adapters.graphql.problem.RejectedException;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.TrustUseCase;
import dev.cairn.application.port.in.TrustUseCase.Outcome;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.trust.Touched;
import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
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
        return new SourceTrustList(of(sources == null ? Set.of() : Set.copyOf(sources), caller));
    }

    /** Of what an answer reads. */
    @SchemaMapping(typeName = "Analysis", field = "trust")
    List<SourceTrustOutput> trust(AnalysisOutput answer, Caller caller) {
        return ofRead(answer.result().sources(), caller);
    }

    /** Of what the questions read that an answer is made of. */
    @SchemaMapping(typeName = "SourcedAnswer", field = "trust")
    List<SourceTrustOutput> trust(DataFetchingEnvironment field, Caller caller) {
        return ofRead(SourcedAnswer.sources(field), caller);
    }

    @SchemaMapping(typeName = "SourceTrust", field = "touches")
    Touched touches(SourceTrustOutput of) {
        return Objects.requireNonNull(trust.touched(Set.of(of.source())).get(of.source()));
    }

    /** Without any, nothing was read: it is not all that are asked for. */
    private List<SourceTrustOutput> ofRead(Set<String> sources, Caller caller) {
        return sources.isEmpty() ? List.of() : of(sources, caller);
    }

    private List<SourceTrustOutput> of(Set<String> sources, Caller caller) {
        return switch (trust.trust(sources, caller, Deadline.current())) {
            case Outcome.Assessed(var assessed) ->
                    assessed.stream().map(SourceTrustOutput::of).toList();
            case Outcome.Rejected(var problems) ->
                    throw new RejectedException(ErrorCode.BAD_QUERY, problems);
        };
    }

    /** Sources that were looked at. */
    record SourceTrustList(List<SourceTrustOutput> items) {}
}
