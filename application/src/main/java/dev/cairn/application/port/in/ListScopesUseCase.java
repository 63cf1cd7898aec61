package dev.cairn.application.port.in;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.Deadline;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.model.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists the named access scopes: who may see what. */
public interface ListScopesUseCase {
    /**
     * In the order of their names. They are of all accounts: none for who sees only some.
     *
     * @throws AnalysisFailed where accounts cannot be counted now
     */
    List<Listed> scopes(Caller caller, Deadline deadline);

    /**
     * A scope.
     *
     * @param claims that its formula reads of whoever asks ({@code caller.<claim>}), in order
     * @param accounts that it lets through today in UTC, without test accounts, as questions count them; null where it reads claims, has a problem, or the count has no value
     * @param role of the database that reads the views of this scope; null: none does
     * @param problem why nobody who has it is answered: a sentence; null: there is none
     */
    record Listed(
            Scope scope,
            List<String> claims,
            @Nullable Long accounts,
            @Nullable String role,
            @Nullable String problem) {
        public Listed {
            claims = List.copyOf(claims);
        }
    }
}
