package dev.cairn.application.service;

import dev.cairn.application.port.Account;
import dev.cairn.application.port.TableChanged;
import dev.cairn.application.port.in.BrowseAccountsUseCase;
import dev.cairn.application.port.out.AccountDirectory;
import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.planner.Listings;
import dev.cairn.domain.problem.Problems;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists the accounts that a caller may see. */
public final class BrowseAccountsService implements BrowseAccountsUseCase {
    private final Catalogs catalogs;
    private final AccountDirectory directory;

    public BrowseAccountsService(Catalogs catalogs, AccountDirectory directory) {
        this.catalogs = catalogs;
        this.directory = directory;
    }

    @Override
    public Outcome accounts(
            @Nullable Filter filter, @Nullable String afterKey, int first, Caller caller) {
        var problems = new Problems();
        var where = Listings.accountFilter(filter, catalogs.latest(), caller, problems);
        if (!problems.isEmpty()) {
            return new Outcome.Rejected(problems.all());
        }
        try {
            var found = directory.page(where, afterKey, first + 1);
            boolean more = found.size() > first;
            return new Outcome.Page(more ? found.subList(0, first) : found, more);
        } catch (TableChanged changed) {
            return new Outcome.Rejected(changed.problems());
        }
    }

    @Override
    public Optional<Account> account(String key, Caller caller) {
        var problems = new Problems();
        var where = Listings.accountFilter(null, catalogs.latest(), caller, problems);
        return problems.isEmpty() ? directory.find(key, where) : Optional.empty();
    }
}
