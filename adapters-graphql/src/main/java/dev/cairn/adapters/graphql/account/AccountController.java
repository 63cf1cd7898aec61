package dev.cairn.adapters.graphql.account;

import dev.cairn.adapters.graphql.analysis.FilterInput;
import dev.cairn.adapters.graphql.problem.ErrorCode;
import dev.cairn.adapters.graphql.problem.RejectedException;
import dev.cairn.adapters.graphql.relay.Connection;
import dev.cairn.adapters.graphql.relay.Cursors;
import dev.cairn.adapters.graphql.relay.PageRequest;
import dev.cairn.application.port.Seal;
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
    private final Seal seal;

    public AccountController(BrowseAccountsUseCase accounts, Seal seal) {
        this.accounts = accounts;
        this.seal = seal;
    }

    @QueryMapping
    Connection<AccountOutput> accounts(
            @Argument @Nullable FilterInput filter,
            @Argument @Nullable Integer first,
            @Argument @Nullable String after,
            @Argument @Nullable Integer last,
            @Argument @Nullable String before,
            Caller caller) {
        var cursors = Cursors.of(seal, "Account", filter, caller);
        var page = PageRequest.of(cursors, first, after, last, before);
        var wanted = filter == null ? null : filter.toDomain();
        return switch (accounts.accounts(wanted, page.range(), caller)) {
            case Outcome.Page(var found, var hasMore) ->
                    Connection.of(
                            found.stream().map(AccountOutput::new).toList(),
                            cursors,
                            page.beforeKey() != null || (hasMore && !page.fromEnd()),
                            page.afterKey() != null || (hasMore && page.fromEnd()));
            case Outcome.Rejected(var problems) ->
                    throw new RejectedException(ErrorCode.BAD_USER_INPUT, problems);
        };
    }

    @QueryMapping
    @Nullable AccountOutput account(@Argument String key, Caller caller) {
        return accounts.account(key, caller).map(AccountOutput::new).orElse(null);
    }
}
