package dev.cairn.application.service;

import dev.cairn.application.port.AlertNews;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.AccountOverviewUseCase;
import dev.cairn.application.port.in.AccountOverviewUseCase.AlertOfAccount;
import dev.cairn.application.port.in.AccountOverviewUseCase.Outcome;
import dev.cairn.application.port.in.AlertsUseCase;
import dev.cairn.application.port.in.AlertsUseCase.StandingGroup;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.application.port.in.CalibrateUseCase;
import dev.cairn.application.port.in.TrustUseCase;
import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.ScoreChange;
import dev.cairn.domain.calibration.CalibrationQuery;
import dev.cairn.domain.calibration.CalibrationQuery.Outcomes;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.impact.ChangeMarker;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.model.Success;
import dev.cairn.domain.overview.BandOfAccount;
import dev.cairn.domain.overview.ChangeOfAccount;
import dev.cairn.domain.overview.Subject;
import dev.cairn.domain.overview.SuccessOfAccount;
import dev.cairn.domain.overview.SuccessQuestion;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.trust.SourceTrust;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What is known of an account by other accounts, by what was defined as success, by changes, by alerts and by how good the data is. */
public final class AccountEvidence {
    /** How groups that stand name what is no value. */
    private static final Set<String> NO_VALUES =
            Stream.of(GroupValue.Kind.values()).map(Enum::name).collect(Collectors.toSet());

    private static final Comparator<ChangeMarker> LATEST_FIRST =
            Comparator.comparing(ChangeMarker::changedOn)
                    .reversed()
                    .thenComparing(ChangeMarker::key);

    private final Catalogs catalogs;
    private final AnalyzeUseCase analyses;
    private final CalibrateUseCase calibrations;
    private final AlertsUseCase alerts;
    private final TrustUseCase trust;

    public AccountEvidence(
            Catalogs catalogs,
            AnalyzeUseCase analyses,
            CalibrateUseCase calibrations,
            AlertsUseCase alerts,
            TrustUseCase trust) {
        this.catalogs = catalogs;
        this.analyses = analyses;
        this.calibrations = calibrations;
        this.alerts = alerts;
        this.trust = trust;
    }

    Outcome<BandOfAccount> band(
            Subject subject,
            String metric,
            String outcome,
            int days,
            Caller caller,
            Deadline deadline) {
        if (subject.knownAt() != null) {
            return new Outcome.Rejected<>(
                    List.of(
                            Problem.of(
                                    ProblemCode.INCOMPATIBLE,
                                    Place.of("knownAt"),
                                    "What became of accounts is asked of what is known now: leave 'knownAt' out, or this part.")));
        }
        var date = subject.date().minusDays(Math.clamp(days, 1, 3_660));
        var query =
                new CalibrationQuery(
                        metric,
                        null,
                        null,
                        List.of(),
                        new Outcomes.Within(outcome, true, List.of(date), days),
                        null,
                        null,
                        subject.zone(),
                        subject.asOf(),
                        false);
        return switch (calibrations.calibrate(query, caller, deadline)) {
            case CalibrateUseCase.Outcome.Rejected(var problems) ->
                    new Outcome.Rejected<>(
                            problems.stream()
                                    .map(problem -> placed(problem, outcome))
                                    .distinct()
                                    .toList());
            case CalibrateUseCase.Outcome.Calibrated(var calibration) ->
                    switch (analyses.analyze(subject.score(metric, 1), caller, deadline)) {
                        case AnalyzeUseCase.Outcome.Rejected(var problems) ->
                                new Outcome.Rejected<>(
                                        problems.stream()
                                                .map(problem -> problem.in(Place.of("metric")))
                                                .toList());
                        case AnalyzeUseCase.Outcome.Answered(var answer) -> {
                            var found = calibration.checkpoints().getFirst();
                            yield new Outcome.Answered<>(
                                    new BandOfAccount(
                                            ScoreChange.of(answer).after().band(),
                                            date,
                                            days,
                                            found.scores().getFirst().bands(),
                                            found.pending(),
                                            found.incomplete()));
                        }
                    };
        };
    }

    /** Where an overview has what a calibration has, which asks the condition and, after it, its opposite, each on lines of its own. */
    private static Problem placed(Problem problem, String outcome) {
        var path = problem.place().path();
        return path.isEmpty()
                ? problem
                : problem.in(
                        switch (path.getLast()) {
                            case "score" -> Place.of("metric");
                            case "outcome" ->
                                    Place.of("outcome")
                                            .at(
                                                    line(problem.place().line(), outcome),
                                                    problem.place().column());
                            default -> Place.of("days");
                        });
    }

    private static int line(int line, String outcome) {
        int lines = (int) Math.max(1, outcome.lines().count());
        return line > lines + 1 ? line - lines - 2 : Math.max(line - 1, 0);
    }

    Outcome<List<SuccessOfAccount>> successes(Subject subject, Caller caller, Deadline deadline) {
        var questions = SuccessQuestion.of(subject, catalogs.latest().all(Success.class));
        return switch (asked(questions, caller, deadline)) {
            case Outcome.Rejected<List<SuccessOfAccount>> rejected -> rejected;
            case Outcome.Answered<List<SuccessOfAccount>>(var found) ->
                    switch (asked(SuccessQuestion.soFar(subject, found), caller, deadline)) {
                        case Outcome.Rejected<List<SuccessOfAccount>> rejected -> rejected;
                        case Outcome.Answered<List<SuccessOfAccount>>(var soFar) ->
                                new Outcome.Answered<>(holding(found, soFar));
                    };
        };
    }

    private Outcome<List<SuccessOfAccount>> asked(
            List<SuccessQuestion> questions, Caller caller, Deadline deadline) {
        var found = new ArrayList<SuccessOfAccount>();
        for (var asked : questions) {
            var question = asked.question();
            if (question == null) {
                found.addAll(asked.folded(null));
                continue;
            }
            switch (analyses.analyze(question, caller, deadline)) {
                case AnalyzeUseCase.Outcome.Answered(var answer) ->
                        found.addAll(asked.folded(answer));
                case AnalyzeUseCase.Outcome.Rejected(var problems) -> {
                    return new Outcome.Rejected<>(
                            problems.stream()
                                    .map(problem -> problem.in(Place.of("successes")))
                                    .toList());
                }
            }
        }
        found.sort(Comparator.comparing(success -> success.success().name()));
        return new Outcome.Answered<>(found);
    }

    private static List<SuccessOfAccount> holding(
            List<SuccessOfAccount> found, List<SuccessOfAccount> soFar) {
        var holds =
                soFar.stream()
                        .collect(
                                Collectors.toMap(
                                        of -> of.success().name(), SuccessOfAccount::holds));
        return found.stream()
                .map(of -> of.holding(holds.getOrDefault(of.success().name(), of.holds())))
                .toList();
    }

    Outcome<List<ChangeOfAccount>> changes(Subject subject, Caller caller, Deadline deadline) {
        var catalog = catalogs.latest();
        if (!ChangeMarker.problems(catalog).isEmpty()) {
            return new Outcome.Answered<>(List.of());
        }
        var unseen = ChangeMarker.outOfSight(catalog, caller);
        if (!unseen.isEmpty()) {
            return new Outcome.Rejected<>(
                    unseen.stream().map(problem -> problem.in(Place.of("changes"))).toList());
        }
        var asked =
                ChangeMarker.question(catalog, subject.zone(), subject.asOf())
                        .withKnownAt(subject.knownAt());
        return switch (analyses.analyze(asked, caller, deadline)) {
            case AnalyzeUseCase.Outcome.Rejected(var problems) ->
                    new Outcome.Rejected<>(
                            problems.stream()
                                    .map(problem -> problem.in(Place.of("changes")))
                                    .toList());
            case AnalyzeUseCase.Outcome.Answered(var answer) ->
                    new Outcome.Answered<>(
                            ChangeMarker.all(answer).stream()
                                    .sorted(LATEST_FIRST)
                                    .limit(ChangeOfAccount.MOST)
                                    .map(change ->
                                            change(subject, change, catalog, caller, deadline))
                                    .toList());
        };
    }

    private ChangeOfAccount change(
            Subject subject,
            ChangeMarker change,
            Catalog catalog,
            Caller caller,
            Deadline deadline) {
        var all = new CohortReference.Rule("account is not none");
        var concerned = Objects.requireNonNullElse(change.concerns(catalog), all);
        var question = ChangeOfAccount.question(subject, change, concerned);
        return switch (analyses.analyze(question, caller, deadline)) {
            case AnalyzeUseCase.Outcome.Answered(var answer) -> ChangeOfAccount.of(change, answer);
            case AnalyzeUseCase.Outcome.Rejected(var problems) ->
                    new ChangeOfAccount(change, ChangeOfAccount.State.UNKNOWN, problems);
        };
    }

    List<AlertOfAccount> alerts(String account, Caller caller) {
        Map<String, List<StandingGroup>> standing =
                alerts.alerts(caller).stream()
                        .collect(
                                Collectors.toMap(
                                        defined -> defined.alert().name(),
                                        AlertsUseCase.Defined::standing));
        return alerts.events(null, null, AccountOverviewUseCase.EVENTS, caller).stream()
                .map(kept -> kept.event())
                .flatMap(event ->
                        event.news().reasons().stream()
                                .filter(reason -> reason.accounts().contains(account))
                                .map(reason ->
                                        new AlertOfAccount(
                                                event,
                                                reason,
                                                stands(
                                                        event.news().kind(),
                                                        reason,
                                                        standing.getOrDefault(
                                                                event.news().alert(), List.of())))))
                .toList();
    }

    /** Groups that stand are told apart by more than events say: an account by its band, a cycle by its first day. */
    private static boolean stands(
            AlertNews.Kind kind, AlertNews.Reason reason, List<StandingGroup> standing) {
        var keys = reason.keys();
        return standing.stream()
                .map(StandingGroup::keys)
                .anyMatch(group ->
                        switch (kind) {
                            case GROUP_THERE, TARGET_MISSED, COHORT_ENTERED, TRUST_LOST ->
                                    group.size() == keys.size() && isOf(keys, group);
                            case BAND_LEFT ->
                                    group.size() == keys.size() + 1
                                            && isOf(keys, group)
                                            && isInBand(reason, group.getLast());
                            case GUARD_TRIPPED ->
                                    String.valueOf(keys.getFirst().value())
                                            .startsWith(group.getFirst() + " to ");
                        });
    }

    private static boolean isOf(List<AlertNews.Key> keys, List<String> group) {
        return IntStream.range(0, keys.size())
                .allMatch(at -> {
                    var value = keys.get(at).value();
                    return value == null
                            ? NO_VALUES.contains(group.get(at))
                            : value.equals(group.get(at));
                });
    }

    private static boolean isInBand(AlertNews.Reason reason, String band) {
        return reason.figures().stream()
                .anyMatch(
                        figure -> figure.column().endsWith(".band") && band.equals(figure.value()));
    }

    List<SourceTrust> trust(Caller caller, Deadline deadline) {
        var ofAccounts =
                catalogs.latest().all(Source.class).stream()
                        .filter(Source::isOfAccounts)
                        .map(Source::name)
                        .collect(Collectors.toSet());
        // None named would be all.
        if (ofAccounts.isEmpty()) {
            return List.of();
        }
        return switch (trust.trust(ofAccounts, caller, deadline)) {
            case TrustUseCase.Outcome.Assessed(var sources) ->
                    sources.stream().filter(source -> source.grade() != null).toList();
            case TrustUseCase.Outcome.Rejected _ -> List.of();
        };
    }
}
