package dev.cairn.adapters.graphql.live;

import dev.cairn.adapters.graphql.analysis.AnalysisController;
import dev.cairn.adapters.graphql.analysis.AnalysisInput;
import dev.cairn.adapters.graphql.analysis.AnalysisOutput;
import dev.cairn.adapters.graphql.caller.CallerInterceptor;
import dev.cairn.adapters.graphql.limit.Limits;
import dev.cairn.adapters.graphql.limit.TimeLimit;
import dev.cairn.application.port.in.SubscribeUseCase;
import dev.cairn.domain.analysis.Caller;
import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.SubscriptionMapping;
import org.springframework.stereotype.Controller;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;

/** Questions that stay answered. */
@Controller
public final class LiveController {
    private final SubscribeUseCase subscriptions;
    private final SubscriptionCounts counts;
    private final Limits limits;

    public LiveController(SubscribeUseCase subscriptions, Limits limits) {
        this.subscriptions = subscriptions;
        this.counts = new SubscriptionCounts(limits);
        this.limits = limits;
    }

    @SubscriptionMapping
    Flux<AnalysisUpdateOutput> analysisUpdated(
            @Argument AnalysisInput input, Caller caller, DataFetchingEnvironment environment) {
        var question = AnalysisController.question(input, environment, List.of("analysis"));
        boolean hasPreviousPage = input.after() != null;
        // The environment is not kept, which has every field that is asked for.
        var context = environment.getGraphQlContext();
        var answers =
                JdkFlowAdapter.flowPublisherToFlux(
                        subscriptions.subscribe(
                                question, CallerInterceptor.authorityOf(environment)));
        return counts.counted(
                caller.name(),
                answers.map(update -> {
                    TimeLimit.begin(context, limits.time());
                    return new AnalysisUpdateOutput(
                            update.sequence(),
                            update.cause(),
                            new AnalysisOutput(question, update.result(), hasPreviousPage));
                }));
    }
}
