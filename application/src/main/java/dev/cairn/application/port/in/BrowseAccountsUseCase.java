package dev.cairn.application.port.in;

import dev.cairn.application.port.Account;
import dev.cairn.application.port.KeyRange;
import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.problem.Problem;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists accounts. */
public interface BrowseAccountsUseCase {
    /** Accounts in the order of their keys. */
    Outcome accounts(@Nullable Filter filter, KeyRange range, Caller caller);

    /** The account; empty where there is none, or the caller may not see it. */
    Optional<Account> account(String key, Caller caller);

    /** What came of it. */
    sealed interface Outcome {
        /** @param hasMore whether there are others within the range: after these, or before them where they are the last */
        record Page(List<Account> accounts, boolean hasMore) implements Outcome {
            public Page {
                accounts = List.copyOf(accounts);
            }
        }

        record Rejected(List<Problem> problems) implements Outcome {}
    }
}
