package dev.cairn.application.port.in;

import dev.cairn.application.port.Account;
import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.problem.Problem;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists accounts. */
public interface BrowseAccountsUseCase {
    /**
     * Accounts in the order of their keys.
     *
     * @param afterKey the key of the last account of the page before; null: from the start
     */
    Outcome accounts(@Nullable Filter filter, @Nullable String afterKey, int first, Caller caller);

    /** The account; empty where there is none, or the caller may not see it. */
    Optional<Account> account(String key, Caller caller);

    /** What came of it. */
    sealed interface Outcome {
        record Page(List<Account> accounts, boolean hasNextPage) implements Outcome {}

        record Rejected(List<Problem> problems) implements Outcome {}
    }
}
