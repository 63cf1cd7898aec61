package dev.cairn.application.service;

import dev.cairn.application.port.Account;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.AccountOverviewUseCase;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.application.port.in.BrowseCatalogUseCase;
import dev.cairn.application.port.out.AccountDirectory;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Link;
import dev.cairn.domain.model.LinkTarget;
import dev.cairn.domain.overview.AccountMetrics;
import dev.cairn.domain.overview.AttributeOfAccount;
import dev.cairn.domain.overview.ChildrenQuestion;
import dev.cairn.domain.overview.Subject;
import dev.cairn.domain.planner.Listings;
import dev.cairn.domain.problem.NearestNames;
import dev.cairn.domain.problem.Problems;
import java.time.Clock;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Asks what the parts of an overview are answers to. */
public final class AccountOverviewService implements AccountOverviewUseCase {
    /** Accounts that are looked through for one that may have been meant. */
    private static final int MOST_NEAR = 10_000;

    private final Catalogs catalogs;
    private final BrowseCatalogUseCase browse;
    private final AccountDirectory directory;
    private final AnalyzeUseCase analyses;
    private final Clock clock;
    private final DayOfWeek weekStarts;

    /** @param weekStarts the first day of a week, unless one says another */
    public AccountOverviewService(
            Catalogs catalogs,
            BrowseCatalogUseCase browse,
            AccountDirectory directory,
            AnalyzeUseCase analyses,
            Clock clock,
            DayOfWeek weekStarts) {
        this.catalogs = catalogs;
        this.browse = browse;
        this.directory = directory;
        this.analyses = analyses;
        this.clock = clock;
        this.weekStarts = weekStarts;
    }

    @Override
    public Found find(Asked asked, Caller caller) {
        var problems = new Problems();
        var scope = Listings.accountFilter(null, catalogs.latest(), caller, problems);
        if (!problems.isEmpty()) {
            return new Found.Unknown(List.of());
        }
        return directory
                .find(asked.account(), scope)
                .<Found>map(account -> new Found.Known(account, subject(account, asked)))
                .orElseGet(() ->
                        new Found.Unknown(
                                nearest(asked.account(), directory.page(scope, null, MOST_NEAR))));
    }

    private Subject subject(Account account, Asked asked) {
        var marks =
                entity().allMarked(Entity.Mark.TEST).stream()
                        .map(field -> field.name())
                        .filter(name -> Boolean.TRUE.equals(account.attributes().get(name)))
                        .toList();
        return new Subject(
                account.key(),
                marks,
                asked.zone(),
                asked.weekStarts() == null ? weekStarts : asked.weekStarts(),
                Stream.of(asked.asOf(), asked.knownAt())
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElseGet(clock::instant),
                asked.knownAt());
    }

    private static List<Near> nearest(String wanted, List<Account> accounts) {
        var nearest = new ArrayList<Near>();
        accounts.stream()
                .filter(account -> account.name().equalsIgnoreCase(wanted))
                .limit(3)
                .forEach(account -> nearest.add(new Near(account.key(), account.name())));
        if (!nearest.isEmpty()) {
            return nearest;
        }
        var keys = NearestNames.nearest(wanted, accounts.stream().map(Account::key).toList());
        var names = NearestNames.nearest(wanted, accounts.stream().map(Account::name).toList());
        return accounts.stream()
                .filter(account -> keys.contains(account.key()) || names.contains(account.name()))
                .sorted(
                        Comparator.comparing((Account account) -> !keys.contains(account.key()))
                                .thenComparing(account -> keys.indexOf(account.key()))
                                .thenComparing(account -> names.indexOf(account.name())))
                .limit(3)
                .map(account -> new Near(account.key(), account.name()))
                .toList();
    }

    private Entity entity() {
        return catalogs.latest().entity(EntityRef.ACCOUNT);
    }

    @Override
    public List<AttributeOfAccount> attributes(Found.Known account) {
        return AttributeOfAccount.on(
                account.subject().lastDay(),
                entity(),
                account.account().attributes(),
                directory.history(account.account().key()));
    }

    @Override
    public Outcome<List<Child>> children(Found.Known account, Caller caller, Deadline deadline) {
        var links =
                entity().links().stream()
                        .filter(link ->
                                link.target() instanceof LinkTarget.OfEntity(var entity)
                                        && entity.equals(EntityRef.ACCOUNT))
                        .map(Link::name)
                        .toList();
        var name = entity().marked(Entity.Mark.NAME).map(field -> field.name()).orElse(null);
        var children = new ArrayList<Child>();
        for (var link : links) {
            var question = ChildrenQuestion.of(account.subject(), link, name);
            switch (analyses.analyze(question, caller, deadline)) {
                case AnalyzeUseCase.Outcome.Rejected(var problems) -> {
                    return new Outcome.Rejected<>(problems);
                }
                case AnalyzeUseCase.Outcome.Answered(var result) ->
                        ChildrenQuestion.folded(result)
                                .forEach(child ->
                                        children.add(new Child(child.key(), child.name(), link)));
            }
        }
        return new Outcome.Answered<>(children);
    }

    @Override
    public Outcome<AccountMetrics> metrics(
            Found.Known account, AskedMetrics asked, Caller caller, Deadline deadline) {
        return new MetricsAsked(analyses, browse, account.subject(), asked, caller, deadline)
                .answer();
    }
}
