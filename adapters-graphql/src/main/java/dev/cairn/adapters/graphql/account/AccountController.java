package dev.cairn.adapters.graphql.account;

import dev.cairn.adapters.graphql.analysis.FilterInput;
import dev.cairn.adapters.graphql.problem.ErrorCode;
import dev.cairn.adapters.graphql.problem.RejectedException;
import dev.cairn.adapters.graphql.relay.Connection;
import dev.cairn.adapters.graphql.relay.PageRequest;
import dev.cairn.application.port.in.BrowseAccountsUseCase;
import dev.cairn.application.port.in.BrowseAccountsUseCase.Outcome;
import dev.cairn.domain.analysis.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

/** Accounts. */
@Controller
public final class AccountController {
    private final BrowseAccountsUseCase accounts;

    public AccountController(BrowseAccountsUseCase accounts) {
        this.accounts = accounts;
    }

    @QueryMapping
    Connection<AccountOutput> accounts(
            @Argument @Nullable FilterInput filter,
            @Argument @Nullable Integer first,
            @Argument @Nullable String after,
            Caller caller) {
        var page = PageRequest.of("Account", first, after, null, null);
        var wanted = filter == null ? null : filter.toDomain();
        return switch (accounts.accounts(wanted, page.afterKey(), page.size(), caller)) {
            case Outcome.Page(var found, var hasNextPage) ->
                    Connection.of(
                            found.stream().map(AccountOutput::new).toList(),
                            hasNextPage,
                            page.afterKey() != null);
            case Outcome.Rejected(var problems) ->
                    throw new RejectedException(ErrorCode.BAD_USER_INPUT, problems);
        };
    }

    @QueryMapping
    @Nullable AccountOutput account(@Argument String key, Caller caller) {
        return accounts.account(key, caller).map(AccountOutput::new).orElse(null);
    }
}
