package dev.cairn.adapters.graphql.audit;

import dev.cairn.adapters.graphql.problem.ErrorCode;
import dev.cairn.adapters.graphql.problem.RejectedException;
import dev.cairn.adapters.graphql.relay.Connection;
import dev.cairn.adapters.graphql.relay.Cursors;
import dev.cairn.adapters.graphql.relay.PageRequest;
import dev.cairn.application.port.AuditSearch;
import dev.cairn.application.port.Seal;
import dev.cairn.application.port.in.AuditUseCase;
import dev.cairn.application.port.in.AuditUseCase.Outcome;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

/** The audit log. */
@Controller
public final class AuditController {
    private final AuditUseCase audit;
    private final Seal seal;

    public AuditController(AuditUseCase audit, Seal seal) {
        this.audit = audit;
        this.seal = seal;
    }

    @QueryMapping
    Connection<AuditEntryOutput> auditLog(
            @Argument @Nullable Instant since,
            @Argument @Nullable Instant until,
            @Argument @Nullable String caller,
            @Argument @Nullable Integer first,
            @Argument @Nullable String after,
            Caller asking) {
        var all = new AuditSearch(since, until, caller, null);
        var cursors = Cursors.of(seal, "AuditEntry", all, asking);
        var page = PageRequest.of(cursors, first, after, null, null);
        var before = page.afterKey() == null ? null : (Long) Long.parseLong(page.afterKey());
        return switch (audit.latest(all.before(before), page.size(), asking)) {
            case Outcome.Page(var entries, var hasNextPage) ->
                    Connection.of(
                            entries.stream().map(AuditEntryOutput::new).toList(),
                            cursors,
                            hasNextPage,
                            before != null);
            case Outcome.Forbidden(var reason) ->
                    throw new RejectedException(
                            ErrorCode.FORBIDDEN,
                            List.of(
                                    Problem.of(
                                            ProblemCode.INCOMPATIBLE,
                                            Place.NOWHERE,
                                            "%s",
                                            reason)));
        };
    }
}
