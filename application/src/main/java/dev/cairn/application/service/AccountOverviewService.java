package dev.cairn.application.service;

import dev.cairn.application.port.Account;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.AccountOverviewUseCase;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.application.port.in.BrowseCatalogUseCase;
import dev.cairn.application.port.out.AccountDirectory;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.ScoreChange;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Link;
import dev.cairn.domain.model.LinkTarget;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.overview.AccountMetrics;
import dev.cairn.domain.overview.AttributeOfAccount;
import dev.cairn.domain.overview.BandOfAccount;
import dev.cairn.domain.overview.ChangeOfAccount;
import dev.cairn.domain.overview.ChildrenQuestion;
import dev.cairn.domain.overview.RowsOfAccount;
import dev.cairn.domain.overview.RowsQuestion;
import dev.cairn.domain.overview.Subject;
import dev.cairn.domain.overview.SuccessOfAccount;
import dev.cairn.domain.planner.Listings;
import dev.cairn.domain.planner.QuestionLimits;
import dev.cairn.domain.problem.NearestNames;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.problem.Problems;
import dev.cairn.domain.trust.SourceTrust;
import java.time.Clock;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks what the parts of an overview are answers to. */
public final class AccountOverviewService implements AccountOverviewUseCase {
    /** Accounts that are looked through for one that may have been meant. */
    private static final int MOST_NEAR = 10_000;

    /** Rows of a list, a page. */
    private static final int MOST_FIRST = 200;

    private static final int MOST_DAYS = 3_660;

    private final Catalogs catalogs;
    private final BrowseCatalogUseCase browse;
    private final AccountDirectory directory;
    private final AnalyzeUseCase analyses;
    private final AccountEvidence evidence;
    private final Clock clock;
    private final DayOfWeek weekStarts;

    /** @param weekStarts the first day of a week, unless one says another */
    public AccountOverviewService(
            Catalogs catalogs,
            BrowseCatalogUseCase browse,
            AccountDirectory directory,
            AnalyzeUseCase analyses,
            AccountEvidence evidence,
            Clock clock,
            DayOfWeek weekStarts) {
        this.catalogs = catalogs;
        this.browse = browse;
        this.directory = directory;
        this.analyses = analyses;
        this.evidence = evidence;
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
                case AnalyzeUseCase.Outcome.Answered(var result) when result.hasNextPage() -> {
                    return new Outcome.Rejected<>(
                            List.of(
                                    Problem.of(
                                            ProblemCode.LIMIT,
                                            Place.of("children"),
                                            "More than %,d accounts belong to it by '%s': ask for count(account) with a filter on it.",
                                            QuestionLimits.MOST_ROWS,
                                            link)));
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

    @Override
    public Outcome<ScoreChange> health(
            Found.Known account, String metric, int days, Caller caller, Deadline deadline) {
        if (days < 1 || days > MOST_DAYS) {
            return new Outcome.Rejected<>(
                    List.of(
                            Problem.of(
                                    ProblemCode.LIMIT,
                                    Place.of("days"),
                                    "The change is of 1 to %,d days, not %d.",
                                    MOST_DAYS,
                                    days)));
        }
        var subject = account.subject();
        return switch (analyses.analyze(subject.score(metric, days), caller, deadline)) {
            case AnalyzeUseCase.Outcome.Answered(var answer) ->
                    new Outcome.Answered<>(ScoreChange.of(answer));
            case AnalyzeUseCase.Outcome.Rejected(var problems) ->
                    new Outcome.Rejected<>(
                            problems.stream()
                                    .map(problem -> problem.in(Place.of("metric")))
                                    .toList());
        };
    }

    @Override
    public Outcome<BandOfAccount> band(
            Found.Known account,
            String metric,
            String outcome,
            int days,
            Caller caller,
            Deadline deadline) {
        return evidence.band(account.subject(), metric, outcome, days, caller, deadline);
    }

    @Override
    public Outcome<List<SuccessOfAccount>> successes(
            Found.Known account, Caller caller, Deadline deadline) {
        return evidence.successes(account.subject(), caller, deadline);
    }

    @Override
    public Outcome<List<ChangeOfAccount>> changes(
            Found.Known account, Caller caller, Deadline deadline) {
        return evidence.changes(account.subject(), caller, deadline);
    }

    @Override
    public Outcome<List<AlertOfAccount>> alerts(Found.Known account, int first, Caller caller) {
        return isPage(first)
                ? new Outcome.Answered<>(
                        evidence.alerts(account.account().key(), caller).stream()
                                .limit(first)
                                .toList())
                : new Outcome.Rejected<>(badPage(first));
    }

    @Override
    public List<SourceTrust> trust(Caller caller, Deadline deadline) {
        return evidence.trust(caller, deadline);
    }

    @Override
    public Outcome<RowsOfAccount> lists(
            Found.Known account, int first, Caller caller, Deadline deadline) {
        return rowsOf(
                account, RowsQuestion.lists(catalogs.latest()), first, null, caller, deadline);
    }

    @Override
    public Outcome<RowsOfAccount> facts(
            Found.Known account,
            List<String> sources,
            int first,
            @Nullable String after,
            Caller caller,
            Deadline deadline) {
        var catalog = catalogs.latest();
        var known =
                catalog.all(Source.class).stream()
                        .flatMap(source -> RowsQuestion.facts(source).stream())
                        .toList();
        var problems = new ArrayList<Problem>();
        var names = known.stream().map(RowsQuestion::name).toList();
        for (int at = 0; at < sources.size(); at++) {
            if (!names.contains(sources.get(at))) {
                problems.add(
                        Problem.of(
                                        ProblemCode.BAD_VALUE,
                                        Place.of("sources", Integer.toString(at)),
                                        "'%s' is no source whose facts are of accounts and have a time.",
                                        sources.get(at))
                                .suggesting(NearestNames.nearest(sources.get(at), names)));
            }
        }
        if (after != null && sources.size() != 1) {
            problems.add(
                    Problem.of(
                            ProblemCode.INCOMPATIBLE,
                            Place.of("after"),
                            "A cursor is of the facts of one source: name it."));
        }
        if (!problems.isEmpty()) {
            return new Outcome.Rejected<>(problems);
        }
        var chosen =
                known.stream()
                        .filter(one -> sources.isEmpty() || sources.contains(one.name()))
                        .toList();
        return rowsOf(account, chosen, first, after, caller, deadline);
    }

    private Outcome<RowsOfAccount> rowsOf(
            Found.Known account,
            List<RowsQuestion> lists,
            int first,
            @Nullable String after,
            Caller caller,
            Deadline deadline) {
        return isPage(first)
                ? new RowsAsked(analyses, account.subject(), first, after, caller, deadline)
                        .answer(lists)
                : new Outcome.Rejected<>(badPage(first));
    }

    private static boolean isPage(int first) {
        return first >= 1 && first <= MOST_FIRST;
    }

    private static List<Problem> badPage(int first) {
        return List.of(
                Problem.of(
                        ProblemCode.BAD_PAGE,
                        Place.of("first"),
                        "Ask for 1 to %d rows of each, not %d.",
                        MOST_FIRST,
                        first));
    }
}
