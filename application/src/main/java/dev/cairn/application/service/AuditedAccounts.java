package dev.cairn.application.service;

import dev.cairn.application.port.Account;
import dev.cairn.application.port.KeyRange;
import dev.cairn.application.port.in.BrowseAccountsUseCase;
import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.Caller;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Has each list of accounts, and each look at one, written down. */
public final class AuditedAccounts implements BrowseAccountsUseCase {
    private final BrowseAccountsUseCase accounts;
    private final Audit audit;

    public AuditedAccounts(BrowseAccountsUseCase accounts, Audit audit) {
        this.accounts = accounts;
        this.audit = audit;
    }

    @Override
    public Outcome accounts(@Nullable Filter filter, KeyRange range, Caller caller) {
        var outcome = accounts.accounts(filter, range, caller);
        if (outcome instanceof Outcome.Page(var found, _)) {
            audit.read(caller, "accounts", Arrays.asList(filter, range), found.size());
        }
        return outcome;
    }

    @Override
    public Optional<Account> account(String key, Caller caller) {
        var found = accounts.account(key, caller);
        audit.read(caller, "account", key, found.isPresent() ? 1 : 0);
        return found;
    }
}
