package dev.cairn.application.service;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.AccountOverviewUseCase;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.ScoreChange;
import dev.cairn.domain.overview.AccountMetrics;
import dev.cairn.domain.overview.AttributeOfAccount;
import dev.cairn.domain.overview.BandOfAccount;
import dev.cairn.domain.overview.ChangeOfAccount;
import dev.cairn.domain.overview.RowsOfAccount;
import dev.cairn.domain.overview.SuccessOfAccount;
import dev.cairn.domain.trust.SourceTrust;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Has each look at an account written down; its parts are questions, which are written down as such. */
public final class AuditedOverviews implements AccountOverviewUseCase {
    private final AccountOverviewUseCase overviews;
    private final Audit audit;

    public AuditedOverviews(AccountOverviewUseCase overviews, Audit audit) {
        this.overviews = overviews;
        this.audit = audit;
    }

    @Override
    public Found find(Asked asked, Caller caller) {
        var found = overviews.find(asked, caller);
        long rows =
                switch (found) {
                    case Found.Known _ -> 1;
                    case Found.Unknown(var nearest) -> nearest.size();
                };
        audit.read(caller, "accountOverview", asked.account(), rows);
        return found;
    }

    @Override
    public List<AttributeOfAccount> attributes(Found.Known account) {
        return overviews.attributes(account);
    }

    @Override
    public Outcome<List<Child>> children(Found.Known account, Caller caller, Deadline deadline) {
        return overviews.children(account, caller, deadline);
    }

    @Override
    public Outcome<AccountMetrics> metrics(
            Found.Known account, AskedMetrics asked, Caller caller, Deadline deadline) {
        return overviews.metrics(account, asked, caller, deadline);
    }

    @Override
    public Outcome<ScoreChange> health(
            Found.Known account, String metric, int days, Caller caller, Deadline deadline) {
        return overviews.health(account, metric, days, caller, deadline);
    }

    @Override
    public Outcome<BandOfAccount> band(
            Found.Known account,
            String metric,
            String outcome,
            int days,
            Caller caller,
            Deadline deadline) {
        return overviews.band(account, metric, outcome, days, caller, deadline);
    }

    @Override
    public Outcome<List<SuccessOfAccount>> successes(
            Found.Known account, Caller caller, Deadline deadline) {
        return overviews.successes(account, caller, deadline);
    }

    @Override
    public Outcome<List<ChangeOfAccount>> changes(
            Found.Known account, Caller caller, Deadline deadline) {
        return overviews.changes(account, caller, deadline);
    }

    @Override
    public Outcome<List<AlertOfAccount>> alerts(Found.Known account, int first, Caller caller) {
        return overviews.alerts(account, first, caller);
    }

    @Override
    public List<SourceTrust> trust(Caller caller, Deadline deadline) {
        return overviews.trust(caller, deadline);
    }

    @Override
    public Outcome<RowsOfAccount> lists(
            Found.Known account, int first, Caller caller, Deadline deadline) {
        return overviews.lists(account, first, caller, deadline);
    }

    @Override
    public Outcome<RowsOfAccount> facts(
            Found.Known account,
            List<String> sources,
            int first,
            @Nullable String after,
            Caller caller,
            Deadline deadline) {
        return overviews.facts(account, sources, first, after, caller, deadline);
    }
}
