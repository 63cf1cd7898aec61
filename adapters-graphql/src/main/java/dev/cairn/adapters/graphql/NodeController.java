package dev.cairn.adapters.graphql;

import dev.cairn.adapters.graphql.account.AccountOutput;
import dev.cairn.adapters.graphql.catalog.MetricOutput;
import dev.cairn.adapters.graphql.cohort.CohortOutput;
import dev.cairn.adapters.graphql.relay.Node;
import dev.cairn.adapters.graphql.relay.OpaqueKey;
import dev.cairn.application.port.in.BrowseAccountsUseCase;
import dev.cairn.application.port.in.BrowseCatalogUseCase;
import dev.cairn.domain.analysis.Caller;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

/** Any object by its global id. */
@Controller
public final class NodeController {
    private final BrowseCatalogUseCase catalogs;
    private final BrowseAccountsUseCase accounts;

    public NodeController(BrowseCatalogUseCase catalogs, BrowseAccountsUseCase accounts) {
        this.catalogs = catalogs;
        this.accounts = accounts;
    }

    /** An id that was never given is of no object. */
    @QueryMapping
    @Nullable Node node(@Argument String id, Caller caller) {
        return OpaqueKey.read(id).flatMap(key -> find(key, caller)).orElse(null);
    }

    private Optional<? extends Node> find(OpaqueKey id, Caller caller) {
        return switch (id.of()) {
            case "Metric" -> MetricOutput.in(catalogs.catalog(), id.key());
            case "Cohort" -> catalogs.catalog().cohort(id.key()).map(CohortOutput::new);
            case "Account" -> accounts.account(id.key(), caller).map(AccountOutput::new);
            default -> Optional.empty();
        };
    }
}
