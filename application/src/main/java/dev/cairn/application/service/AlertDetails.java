package dev.cairn.application.service;

import dev.cairn.application.port.AlertNews;
import dev.cairn.application.port.AlertNews.Figure;
import dev.cairn.application.port.AlertNews.Reason;
import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.application.service.AlertGroups.Group;
import dev.cairn.domain.alert.AlertQuestion;
import dev.cairn.domain.alert.Standing;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.MembersQuery;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.FormulaPrinter;
import dev.cairn.domain.model.Alert;
import dev.cairn.domain.model.Alert.Watched;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.planner.QuestionLimits;
import dev.cairn.domain.sample.Sample;
import dev.cairn.domain.why.Why;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Says of groups that are news why they are, and which accounts are behind them. */
public final class AlertDetails {
    /** Of what came to be news while its details were asked for. */
    static final Reason NOTHING = new Reason(List.of(), List.of(), null, List.of(), 0);

    /** Told of each group of several accounts. */
    static final int MOST_ACCOUNTS = 10;

    /** Groups whose accounts are told: each is a question of its own. */
    private static final int MOST_OPENED = 10;

    /** Groups that are explained: each is several questions. */
    private static final int MOST_EXPLAINED = 10;

    private final AnalyzeUseCase analyses;
    private final RowChanges changes;
    private final AccountSample samples;
    private final Supplier<Deadline> deadlines;

    /** @param deadlines of one question, from now on */
    public AlertDetails(
            AnalyzeUseCase analyses,
            RowChanges changes,
            AccountSample samples,
            Supplier<Deadline> deadlines) {
        this.analyses = analyses;
        this.changes = changes;
        this.samples = samples;
        this.deadlines = deadlines;
    }

    /** What was asked, and answered. */
    record Answered(AnalysisQuery query, AnalysisResult answer, Catalog catalog) {}

    /** In the order of news. */
    Map<String, Reason> of(
            Alert alert,
            List<String> news,
            Map<String, Group> groups,
            Standing known,
            Answered answered) {
        return switch (alert.watched()) {
            case Watched.Groups _ -> groups(news, groups, answered);
            case Watched.Entered(var of, _) ->
                    entered(news, groups, answered, cohort(of, answered.catalog()));
            case Watched.BandLeft _ -> bands(news, groups, known, answered);
            case Watched.GuardTripped _, Watched.TrustLost _ -> Map.of();
        };
    }

    private static Cohort cohort(String name, Catalog catalog) {
        return catalog.find(name, Cohort.class).orElseThrow();
    }

    // ---- groups of an answer

    private Map<String, Reason> groups(
            List<String> news, Map<String, Group> groups, Answered answered) {
        var reasons = new LinkedHashMap<String, Reason>();
        for (var text : news) {
            var group = Objects.requireNonNull(groups.get(text));
            var accounts =
                    group.account() == null && news.size() > MOST_OPENED
                            ? List.<String>of()
                            : accounts(group, answered.query());
            reasons.put(
                    text,
                    new Reason(
                            group.keys(),
                            group.figures(),
                            reasons.size() < MOST_EXPLAINED
                                    ? why(group, answered).orElse(null)
                                    : null,
                            accounts.stream().limit(MOST_ACCOUNTS).toList(),
                            Math.max(0, accounts.size() - MOST_ACCOUNTS)));
        }
        return reasons;
    }

    private Optional<String> why(Group group, Answered answered) {
        return group.measure() == null
                ? Optional.empty()
                : changes.why(
                                answered.query(),
                                answered.answer(),
                                group.row(),
                                group.measure(),
                                AlertWatcher.ALERTS,
                                deadlines.get())
                        .filter(found -> found.change() != 0)
                        .map(Why::sentence);
    }

    /** The account that it is, or those that give most of its first figure. */
    private List<String> accounts(Group group, AnalysisQuery query) {
        if (group.account() != null) {
            return List.of(group.account());
        }
        var key = group.row().key();
        if (key == null || group.measure() == null) {
            return List.of();
        }
        var opened =
                MembersQuery.of(query, key, group.measure()).page(QuestionLimits.MOST_ROWS, null);
        try {
            return switch (analyses.members(opened, AlertWatcher.ALERTS, deadlines.get())) {
                // What is no sum over accounts has none behind it.
                case AnalyzeUseCase.Outcome.Rejected _ -> List.of();
                case AnalyzeUseCase.Outcome.Answered(var members) ->
                        members.rows().stream()
                                .map(row -> AlertGroups.account(members.columns(), row))
                                .filter(Objects::nonNull)
                                .toList();
            };
        } catch (AnalysisFailed tooLong) {
            // The alert is told all the same, without accounts.
            return List.of();
        }
    }

    // ---- accounts in another band

    private Map<String, Reason> bands(
            List<String> news, Map<String, Group> groups, Standing known, Answered answered) {
        var before = AlertDecider.bands(known);
        var reasons = new LinkedHashMap<String, Reason>();
        for (var text : news) {
            var group = Objects.requireNonNull(groups.get(text));
            var left = before.getOrDefault(AlertGroups.accountOf(text), "none");
            var figures = new ArrayList<>(group.figures());
            figures.add(new Figure("band before", left, null));
            var moved = "It was %s and is %s.".formatted(left, AlertGroups.bandOf(text));
            reasons.put(
                    text,
                    new Reason(
                            group.keys(),
                            figures,
                            reasons.size() < MOST_EXPLAINED
                                    ? why(group, answered)
                                            .map(sentence -> moved + " In a day " + sentence)
                                            .orElse(moved)
                                    : moved,
                            Optional.ofNullable(group.account()).stream().toList(),
                            0));
        }
        return reasons;
    }

    // ---- accounts that came into a cohort

    private Map<String, Reason> entered(
            List<String> news, Map<String, Group> groups, Answered answered, Cohort cohort) {
        var conditions = AlertQuestion.conditions(cohort);
        var accounts =
                news.stream()
                        .map(groups::get)
                        .map(group -> Objects.requireNonNull(group).account())
                        .filter(Objects::nonNull)
                        .toList();
        var before = before(conditions, accounts, answered);
        var reasons = new LinkedHashMap<String, Reason>();
        for (var text : news) {
            var group = Objects.requireNonNull(groups.get(text));
            reasons.put(
                    text,
                    new Reason(
                            group.keys(),
                            group.figures(),
                            entered(
                                    cohort,
                                    conditions,
                                    before.getOrDefault(
                                            String.valueOf(group.account()), List.of())),
                            Optional.ofNullable(group.account()).stream().toList(),
                            0));
        }
        return reasons;
    }

    /** By account which of the conditions held a day before; nothing of those that were not there then. */
    private Map<String, List<Boolean>> before(
            List<Formula> conditions, List<String> accounts, Answered answered) {
        if (conditions.isEmpty() || accounts.isEmpty()) {
            return Map.of();
        }
        var zone = answered.query().zone();
        LocalDate today = answered.answer().asOf().atZone(zone).toLocalDate();
        var asked =
                AccountSample.question(
                                IntStream.range(0, conditions.size())
                                        .mapToObj(at ->
                                                AccountSample.formula(
                                                        "case when (%s) then 1 else 0 end"
                                                                .formatted(
                                                                        FormulaPrinter.print(
                                                                                conditions.get(
                                                                                        at))),
                                                        "c" + at))
                                        .toList(),
                                new AskedRange.Between(today.minusDays(2), today.minusDays(1)),
                                zone)
                        .withAsOf(today.minusDays(1).atStartOfDay(zone).toInstant())
                        .withFilter(new Filter.Where("account", Operator.IN, accounts));
        try {
            return switch (samples.of(asked, AlertWatcher.ALERTS, deadlines.get())) {
                case AccountSample.Outcome.Rejected _ -> Map.of();
                case AccountSample.Outcome.Taken(var sample) -> held(sample, conditions.size());
            };
        } catch (AnalysisFailed tooLong) {
            return Map.of();
        }
    }

    private static Map<String, List<Boolean>> held(Sample sample, int conditions) {
        var held = new HashMap<String, List<Boolean>>();
        for (int account = 0; account < sample.size(); account++) {
            int row = account;
            held.put(
                    sample.accounts().get(account),
                    IntStream.range(0, conditions)
                            .mapToObj(at -> sample.column("c" + at).value(row) == 1)
                            .toList());
        }
        return held;
    }

    private static String entered(Cohort cohort, List<Formula> conditions, List<Boolean> before) {
        if (conditions.isEmpty()) {
            return cohort.members() instanceof Cohort.Members.Accounts
                    ? "It was put on the list of '%s'.".formatted(cohort.name())
                    : "The rule of '%s' holds.".formatted(cohort.name());
        }
        var texts = conditions.stream().map(FormulaPrinter::print).toList();
        if (before.isEmpty()) {
            return "It was not there a day before; now holds: %s."
                    .formatted(String.join(" and ", texts));
        }
        var come = texts(texts, before, false);
        if (come.isEmpty()) {
            return "All of it held a day before, too, by what is known now: %s."
                    .formatted(String.join(" and ", texts));
        }
        var stayed = texts(texts, before, true);
        return "Now holds and did not a day before: %s.".formatted(come)
                + (stayed.isEmpty() ? "" : " Held before: %s.".formatted(stayed));
    }

    private static String texts(List<String> texts, List<Boolean> before, boolean held) {
        return IntStream.range(0, texts.size())
                .filter(at -> before.get(at) == held)
                .mapToObj(texts::get)
                .collect(Collectors.joining(" and "));
    }

    /** Figures and keys of what is no group of an answer. */
    static Reason reason(
            AlertNews.Key key, List<Figure> figures, String why, List<String> accounts, int more) {
        return new Reason(List.of(key), figures, why, accounts, more);
    }
}
