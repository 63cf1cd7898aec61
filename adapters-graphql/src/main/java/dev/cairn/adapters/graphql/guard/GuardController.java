package dev.cairn.adapters.graphql.guard;

import dev.cairn.adapters.graphql.caller.CallerInterceptor;
import dev.cairn.adapters.graphql.catalog.MetricOutput;
import dev.cairn.adapters.graphql.problem.ErrorCode;
import dev.cairn.adapters.graphql.problem.RejectedException;
import dev.cairn.adapters.graphql.trust.SourcedAnswer;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.GuardStandingsUseCase;
import dev.cairn.application.port.in.GuardUseCase;
import dev.cairn.application.port.in.GuardUseCase.Outcome;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.guard.Guard;
import dev.cairn.domain.guard.GuardQuery;
import dev.cairn.domain.guard.GuardQuery.Cycle;
import graphql.GraphQLContext;
import graphql.schema.DataFetchingEnvironment;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

/** Guards. */
@Controller
public final class GuardController {
    private static final ZoneId DEFAULT_ZONE = ZoneId.of("UTC");

    private final GuardUseCase guards;
    private final GuardStandingsUseCase standings;

    public GuardController(GuardUseCase guards, GuardStandingsUseCase standings) {
        this.guards = guards;
        this.standings = standings;
    }

    /** Which pairs. An explicit null means the same as leaving a field out. */
    public record GuardsInput(
            @Nullable List<String> metrics,
            @Nullable Cycle every,
            @Nullable ZoneId timeZone,
            @Nullable Instant asOf) {
        GuardQuery toDomain() {
            return new GuardQuery(
                    metrics == null ? List.of() : metrics,
                    every == null ? Cycle.MONTH : every,
                    timeZone == null ? DEFAULT_ZONE : timeZone,
                    asOf);
        }
    }

    /** Pairs over one cycle. */
    public record Guards(List<Guard> pairs) {
        public Guards {
            pairs = List.copyOf(pairs);
        }
    }

    /** As it was measured last, within what the caller may see. */
    @BatchMapping(typeName = "Metric", field = "guard")
    Map<MetricOutput, Guard> guards(List<MetricOutput> metrics, GraphQLContext context) {
        var known = standings.standings(CallerInterceptor.callerOf(context));
        var guards = new HashMap<MetricOutput, Guard>();
        metrics.forEach(
                metric -> known.of(metric.key()).ifPresent(guard -> guards.put(metric, guard)));
        return guards;
    }

    /** Never null: the field is, so that an error stays local. */
    @QueryMapping
    @Nullable Guards guards(
            @Argument GuardsInput input, Caller caller, DataFetchingEnvironment field) {
        return SourcedAnswer.of(field, () -> answer(input, caller));
    }

    private Guards answer(GuardsInput input, Caller caller) {
        return switch (guards.guards(input.toDomain(), caller, Deadline.current())) {
            case Outcome.Watched(var watched) -> new Guards(watched);
            case Outcome.Rejected(var problems) ->
                    throw new RejectedException(ErrorCode.BAD_QUERY, problems);
        };
    }
}
