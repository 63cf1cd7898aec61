package dev.cairn.adapters.graphql.scope;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.ListScopesUseCase;
import dev.cairn.application.port.in.ListScopesUseCase.Listed;
import dev.cairn.domain.analysis.Caller;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

/** Named access scopes. */
@Controller
public final class AccessScopeController {
    private final ListScopesUseCase scopes;

    public AccessScopeController(ListScopesUseCase scopes) {
        this.scopes = scopes;
    }

    /** Access scopes. */
    record AccessScopeList(List<AccessScopeOutput> items) {}

    /** One of them. */
    record AccessScopeOutput(
            String key,
            String label,
            @Nullable String summary,
            @Nullable String owner,
            String formula,
            List<String> claims,
            @Nullable BigDecimal accounts,
            @Nullable String sqlRole,
            @Nullable String problem) {
        static AccessScopeOutput of(Listed listed) {
            var scope = listed.scope();
            return new AccessScopeOutput(
                    scope.name(),
                    scope.label(),
                    scope.description().isEmpty() ? null : scope.description(),
                    scope.owner(),
                    scope.where(),
                    listed.claims(),
                    listed.accounts() == null ? null : BigDecimal.valueOf(listed.accounts()),
                    listed.role(),
                    listed.problem());
        }
    }

    @QueryMapping
    AccessScopeList scopes(Caller caller) {
        return new AccessScopeList(
                scopes.scopes(caller, Deadline.current()).stream()
                        .map(AccessScopeOutput::of)
                        .toList());
    }
}
