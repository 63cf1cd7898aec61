package dev.cairn.adapters.graphql.account;

import dev.cairn.adapters.graphql.problem.ErrorCode;
import dev.cairn.adapters.graphql.problem.RejectedException;
import dev.cairn.adapters.graphql.standing.HealthChangeOutput;
import dev.cairn.adapters.graphql.trust.SourceTrustOutput;
import dev.cairn.adapters.graphql.trust.SourcedAnswer;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.AccountOverviewUseCase;
import dev.cairn.application.port.in.AccountOverviewUseCase.AskedMetrics;
import dev.cairn.application.port.in.AccountOverviewUseCase.Child;
import dev.cairn.application.port.in.AccountOverviewUseCase.Found;
import dev.cairn.application.port.in.AccountOverviewUseCase.Outcome;
import dev.cairn.application.port.in.BrowseCatalogUseCase;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.model.Metric.MetricDomain;
import dev.cairn.domain.overview.BandOfAccount;
import dev.cairn.domain.overview.MetricsQuestion;
import dev.cairn.domain.time.Grain;
import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** What is known of one account: of all parts those that are selected are asked for, for one account of a request at a time. */
@Controller
public final class AccountOverviewController {
    private static final String TYPE = "AccountOverview";

    private final AccountOverviewUseCase overviews;
    private final BrowseCatalogUseCase catalogs;

    public AccountOverviewController(
            AccountOverviewUseCase overviews, BrowseCatalogUseCase catalogs) {
        this.overviews = overviews;
        this.catalogs = catalogs;
    }

    @QueryMapping
    @Nullable AccountOverviewOutput accountOverview(
            @Argument AccountOverviewInput input, Caller caller) {
        return switch (overviews.find(input.toDomain(), caller)) {
            case Found.Known known -> new AccountOverviewOutput(known);
            case Found.Unknown _ -> null;
        };
    }

    @SchemaMapping(typeName = TYPE)
    List<AccountAttributeOutput> attributes(AccountOverviewOutput overview) {
        return overviews.attributes(overview.known()).stream()
                .map(AccountAttributeOutput::new)
                .toList();
    }

    @SchemaMapping(typeName = TYPE)
    List<Child> children(AccountOverviewOutput overview, Caller caller) {
        return answered(overviews.children(overview.known(), caller, Deadline.current()));
    }

    /** Never null: the field is, so that an error stays local. */
    @SchemaMapping(typeName = TYPE)
    @Nullable AccountMetricsOutput metrics(
            AccountOverviewOutput overview,
            @Argument @Nullable List<String> keys,
            @Argument @Nullable List<MetricDomain> domains,
            @Argument @Nullable Grain grain,
            @Argument @Nullable Integer periods,
            @Argument @Nullable String peersBy,
            Caller caller,
            DataFetchingEnvironment environment) {
        boolean withPeers =
                environment.getSelectionSet().containsAnyOf("metrics/standing", "peerGroup");
        var asked =
                new AskedMetrics(
                        Objects.requireNonNullElse(keys, List.of()),
                        Objects.requireNonNullElse(domains, List.of()),
                        Objects.requireNonNullElse(grain, Grain.MONTH),
                        Objects.requireNonNullElse(periods, MetricsQuestion.PERIODS),
                        peersBy,
                        withPeers);
        return SourcedAnswer.of(
                environment,
                () ->
                        new AccountMetricsOutput(
                                answered(
                                        overviews.metrics(
                                                overview.known(),
                                                asked,
                                                caller,
                                                Deadline.current())),
                                catalogs.catalog()));
    }

    /** Never null, as metrics. */
    @SchemaMapping(typeName = TYPE)
    @Nullable HealthChangeOutput health(
            AccountOverviewOutput overview,
            @Argument String metric,
            @Argument int days,
            Caller caller,
            DataFetchingEnvironment field) {
        return SourcedAnswer.of(
                field,
                () ->
                        new HealthChangeOutput(
                                metric,
                                answered(
                                        overviews.health(
                                                overview.known(),
                                                metric,
                                                days,
                                                caller,
                                                Deadline.current()))));
    }

    /** Never null, as metrics. */
    @SchemaMapping(typeName = TYPE)
    @Nullable BandOfAccount band(
            AccountOverviewOutput overview,
            @Argument String metric,
            @Argument String outcome,
            @Argument int days,
            Caller caller,
            DataFetchingEnvironment field) {
        return SourcedAnswer.of(
                field,
                () ->
                        answered(
                                overviews.band(
                                        overview.known(),
                                        metric,
                                        outcome,
                                        days,
                                        caller,
                                        Deadline.current())));
    }

    /** Never null, as metrics. */
    @SchemaMapping(typeName = TYPE)
    @Nullable AccountSuccesses successes(
            AccountOverviewOutput overview, Caller caller, DataFetchingEnvironment field) {
        var successes =
                SourcedAnswer.of(
                        field,
                        () ->
                                answered(
                                        overviews.successes(
                                                overview.known(), caller, Deadline.current())));
        return new AccountSuccesses(successes.stream().map(AccountSuccessOutput::new).toList());
    }

    /** By each definition. */
    record AccountSuccesses(List<AccountSuccessOutput> items) {}

    /** Never null, as metrics. */
    @SchemaMapping(typeName = TYPE)
    @Nullable AccountChanges changes(AccountOverviewOutput overview, Caller caller) {
        return new AccountChanges(
                answered(overviews.changes(overview.known(), caller, Deadline.current())).stream()
                        .map(AccountChangeOutput::new)
                        .toList());
    }

    /** The latest first. */
    record AccountChanges(List<AccountChangeOutput> items) {}

    /** Never null, as metrics. */
    @SchemaMapping(typeName = TYPE)
    @Nullable AccountAlerts alerts(
            AccountOverviewOutput overview, @Argument int first, Caller caller) {
        return new AccountAlerts(
                answered(overviews.alerts(overview.known(), first, caller)).stream()
                        .map(AccountAlertOutput::new)
                        .toList());
    }

    /** The latest first. */
    record AccountAlerts(List<AccountAlertOutput> items) {}

    @SchemaMapping(typeName = TYPE)
    List<SourceTrustOutput> trust(AccountOverviewOutput overview, Caller caller) {
        return overviews.trust(caller, Deadline.current()).stream()
                .map(SourceTrustOutput::of)
                .toList();
    }

    /** Never null, as metrics. */
    @SchemaMapping(typeName = TYPE)
    @Nullable AccountRowsOutput lists(
            AccountOverviewOutput overview,
            @Argument int first,
            Caller caller,
            DataFetchingEnvironment field) {
        return SourcedAnswer.of(
                field,
                () ->
                        new AccountRowsOutput(
                                answered(
                                        overviews.lists(
                                                overview.known(),
                                                first,
                                                caller,
                                                Deadline.current())),
                                false));
    }

    /** Never null, as metrics. */
    @SchemaMapping(typeName = TYPE)
    @Nullable AccountRowsOutput facts(
            AccountOverviewOutput overview,
            @Argument @Nullable List<String> sources,
            @Argument int first,
            @Argument @Nullable String after,
            Caller caller,
            DataFetchingEnvironment field) {
        return SourcedAnswer.of(
                field,
                () ->
                        new AccountRowsOutput(
                                answered(
                                        overviews.facts(
                                                overview.known(),
                                                Objects.requireNonNullElse(sources, List.of()),
                                                first,
                                                after,
                                                caller,
                                                Deadline.current())),
                                after != null));
    }

    private static <T> T answered(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Answered<T>(var answer) -> answer;
            case Outcome.Rejected<T>(var problems) ->
                    throw new RejectedException(ErrorCode.BAD_QUERY, problems);
        };
    }
}
