package dev.cairn.application.service;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.application.port.in.AnalyzeUseCase.Outcome;
import dev.cairn.application.port.in.ListScopesUseCase;
import dev.cairn.application.port.in.ScopesUseCase;
import dev.cairn.domain.analysis.AccessScope;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.lowering.AccessRule;
import dev.cairn.domain.model.Scope;
import dev.cairn.domain.problem.Problem;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists scopes as they are read of those who have them, and counts their accounts as questions do. */
public final class ListScopesService implements ListScopesUseCase {
    private final Catalogs catalogs;
    private final ScopesUseCase scopes;
    private final AnalyzeUseCase analyses;
    private final Map<String, String> roles;
    private final Clock clock;

    /** @param roles of the database that read views, by the names of scopes */
    public ListScopesService(
            Catalogs catalogs,
            ScopesUseCase scopes,
            AnalyzeUseCase analyses,
            Map<String, String> roles,
            Clock clock) {
        this.catalogs = catalogs;
        this.scopes = scopes;
        this.analyses = analyses;
        this.roles = Map.copyOf(roles);
        this.clock = clock;
    }

    @Override
    public List<Listed> scopes(Caller caller, Deadline deadline) {
        return caller.isScoped()
                ? List.of()
                : catalogs.latest().all(Scope.class).stream()
                        .map(scope -> read(scope, caller, deadline))
                        .toList();
    }

    private Listed read(Scope scope, Caller caller, Deadline deadline) {
        return switch (scopes.of(List.of(scope.name()), Map.of())) {
            case ScopesUseCase.Outcome.Refused(var problems) ->
                    listed(scope, null, problems.getFirst());
            case ScopesUseCase.Outcome.Found _ when !claims(scope).isEmpty() ->
                    listed(scope, null, null);
            case ScopesUseCase.Outcome.Found(var access) ->
                    counted(scope, access, caller, deadline);
        };
    }

    private Listed listed(Scope scope, @Nullable Long accounts, @Nullable Problem problem) {
        return new Listed(
                scope,
                claims(scope),
                accounts,
                roles.get(scope.name()),
                problem == null ? null : problem.message());
    }

    private static List<String> claims(Scope scope) {
        return AccessRule.claimsIn(scope.where()).stream().sorted().toList();
    }

    private Listed counted(Scope scope, AccessScope access, Caller caller, Deadline deadline) {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        var accounts = new AskedMetric(new MetricReference.Inline("count(account)"), "accounts");
        var query =
                AnalysisQuery.of(
                                List.of(accounts),
                                new AskedRange.Between(today, today.plusDays(1)),
                                ZoneOffset.UTC)
                        .withTotals(false);
        var sees = new Caller(caller.name(), caller.role(), access);
        return switch (analyses.analyze(query, sees, deadline)) {
            case Outcome.Rejected(var problems) -> listed(scope, null, problems.getFirst());
            case Outcome.Answered(var result) ->
                    listed(
                            scope,
                            result.rows().stream()
                                    .flatMap(row -> row.cells().stream())
                                    .filter(Cell.Value.class::isInstance)
                                    .map(cell -> ((Cell.Value) cell).value().value())
                                    .filter(Number.class::isInstance)
                                    .map(number -> ((Number) number).longValue())
                                    .findFirst()
                                    .orElse(null),
                            null);
        };
    }
}
