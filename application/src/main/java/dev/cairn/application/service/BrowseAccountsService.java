package dev.cairn.application.service;

import dev.cairn.application.port.Account;
import dev.cairn.application.port.KeyRange;
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
    public Outcome accounts(@Nullable Filter filter, KeyRange range, Caller caller) {
        var problems = new Problems();
        var where = Listings.accountFilter(filter, catalogs.latest(), caller, problems);
        if (!problems.isEmpty()) {
            return new Outcome.Rejected(problems.all());
        }
        try {
            var found = directory.page(where, range.withOneMore());
            int others = Math.max(0, found.size() - range.most());
            return new Outcome.Page(
                    range.fromEnd()
                            ? found.subList(others, found.size())
                            : found.subList(0, found.size() - others),
                    others > 0);
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
