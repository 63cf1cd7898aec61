package dev.cairn.adapters.graphql.live;

import dev.cairn.adapters.graphql.alert.AlertEventOutput;
import dev.cairn.adapters.graphql.analysis.AnalysisController;
import dev.cairn.adapters.graphql.analysis.AnalysisInput;
import dev.cairn.adapters.graphql.analysis.AnalysisOutput;
import dev.cairn.adapters.graphql.caller.CallerInterceptor;
import dev.cairn.adapters.graphql.limit.Limits;
import dev.cairn.adapters.graphql.limit.TimeLimit;
import dev.cairn.adapters.graphql.problem.ErrorCode;
import dev.cairn.adapters.graphql.problem.RejectedException;
import dev.cairn.application.port.AlertEvent.Kept;
import dev.cairn.application.port.SubscriptionEnded;
import dev.cairn.application.port.SubscriptionEnded.Reason;
import dev.cairn.application.port.in.FollowAlertsUseCase;
import dev.cairn.application.port.in.SubscribeUseCase;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import graphql.schema.DataFetchingEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.SubscriptionMapping;
import org.springframework.stereotype.Controller;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.BufferOverflowStrategy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink.OverflowStrategy;
import reactor.core.scheduler.Schedulers;

/** Questions that stay answered. What a field gives is followed by {@link AnswersOneByOne}. */
@Controller
public final class LiveController {
    /** Between two looks at the rights of who follows alerts and is given none meanwhile. */
    private static final Duration REVIEW = Duration.ofSeconds(15);

    /** Events that wait for who reads slowly; of more the oldest are left out. */
    private static final int WAITING = 256;

    private final SubscribeUseCase subscriptions;
    private final FollowAlertsUseCase alerts;
    private final SubscriptionCounts counts;
    private final Limits limits;

    public LiveController(
            SubscribeUseCase subscriptions, FollowAlertsUseCase alerts, Limits limits) {
        this.subscriptions = subscriptions;
        this.alerts = alerts;
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
                                question,
                                environment.getSelectionSet().contains("analysis/trust"),
                                CallerInterceptor.authorityOf(environment)));
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

    @SubscriptionMapping
    Flux<AlertEventOutput> alertRaised(
            @Argument @Nullable String alert,
            @Argument @Nullable Instant since,
            Caller caller,
            DataFetchingEnvironment environment) {
        if (caller.isScoped()) {
            throw new RejectedException(
                    ErrorCode.FORBIDDEN,
                    List.of(
                            Problem.of(
                                    ProblemCode.INCOMPATIBLE,
                                    Place.NOWHERE,
                                    "Alerts are of all accounts, and you see only some of them.")));
        }
        var authority = CallerInterceptor.authorityOf(environment);
        var context = environment.getGraphQlContext();
        var rights =
                Flux.interval(REVIEW)
                        .onBackpressureDrop()
                        .publishOn(Schedulers.boundedElastic())
                        .doOnNext(_ -> review(authority))
                        .<Kept>handle((_, _) -> {});
        var events =
                events(alert, since, caller)
                        .publishOn(Schedulers.boundedElastic())
                        .doOnNext(_ -> review(authority));
        return counts.counted(
                caller.name(),
                Flux.merge(events, rights)
                        .map(kept -> {
                            TimeLimit.begin(context, limits.time());
                            return new AlertEventOutput(kept);
                        }));
    }

    private Flux<Kept> events(@Nullable String alert, @Nullable Instant since, Caller caller) {
        return Flux.<Kept>create(
                        sink -> {
                            var following = alerts.follow(alert, since, caller, sink::next);
                            sink.onDispose(following::close);
                        },
                        OverflowStrategy.IGNORE)
                .onBackpressureBuffer(WAITING, BufferOverflowStrategy.DROP_OLDEST);
    }

    private static void review(Supplier<Optional<Caller>> authority) {
        var now = authority.get();
        if (now.isEmpty()) {
            throw new SubscriptionEnded(Reason.SIGNED_OUT);
        }
        if (now.get().isScoped()) {
            throw new SubscriptionEnded(Reason.OTHER_RIGHTS);
        }
    }
}
