package dev.cairn.application.service;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.AccountOverviewUseCase.AskedMetrics;
import dev.cairn.application.port.in.AccountOverviewUseCase.Outcome;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.application.port.in.BrowseCatalogUseCase;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.overview.AccountMetrics;
import dev.cairn.domain.overview.AccountMetrics.MetricOfAccount;
import dev.cairn.domain.overview.AccountMetrics.PeerGroup;
import dev.cairn.domain.overview.AccountMetrics.Refused;
import dev.cairn.domain.overview.MetricsQuestion;
import dev.cairn.domain.overview.Subject;
import dev.cairn.domain.planner.QuestionLimits;
import dev.cairn.domain.problem.NearestNames;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks the metrics of one account, so many at a time, and those of its peers. Without a choice, what cannot be asked is left out with the reason. */
final class MetricsAsked {
    private final AnalyzeUseCase analyses;
    private final BrowseCatalogUseCase browse;
    private final AskedMetrics asked;
    private final Caller caller;
    private final Deadline deadline;
    private final MetricsQuestion question;
    private final List<Refused> refused = new ArrayList<>();

    MetricsAsked(
            AnalyzeUseCase analyses,
            BrowseCatalogUseCase browse,
            Subject subject,
            AskedMetrics asked,
            Caller caller,
            Deadline deadline) {
        this.analyses = analyses;
        this.browse = browse;
        this.asked = asked;
        this.caller = caller;
        this.deadline = deadline;
        this.question =
                new MetricsQuestion(subject, asked.grain(), asked.periods(), asked.peersBy());
    }

    /** Some question was refused. */
    private static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient List<Problem> problems;

        RefusedException(List<Problem> problems) {
            super("refused", null, false, false);
            this.problems = problems;
        }
    }

    Outcome<AccountMetrics> answer() {
        var problems = new ArrayList<>(question.problems());
        problems.addAll(unknown());
        if (!problems.isEmpty()) {
            return new Outcome.Rejected<>(problems);
        }
        try {
            return new Outcome.Answered<>(answered());
        } catch (RefusedException refusal) {
            return new Outcome.Rejected<>(refusal.problems);
        }
    }

    private List<Problem> unknown() {
        var known =
                browse.catalog().all(Metric.class).stream()
                        .map(Metric::name)
                        .collect(Collectors.toSet());
        var problems = new ArrayList<Problem>();
        for (int at = 0; at < asked.metrics().size(); at++) {
            var name = asked.metrics().get(at);
            if (!known.contains(name)) {
                problems.add(
                        Problem.of(
                                        ProblemCode.UNKNOWN_METRIC,
                                        Place.of("metrics", Integer.toString(at)),
                                        "No metric '%s'.",
                                        name)
                                .suggesting(NearestNames.nearest(name, known)));
            }
        }
        return problems;
    }

    private AccountMetrics answered() {
        var group = group();
        var metrics = new ArrayList<MetricOfAccount>();
        var names = names();
        for (int from = 0; from < names.size(); from += MetricsQuestion.BATCH) {
            var batch = names.subList(from, Math.min(names.size(), from + MetricsQuestion.BATCH));
            metrics.addAll(batch(batch, from, group));
        }
        return new AccountMetrics(question.starts(), group, metrics, refused);
    }

    /** Those asked for, each once, or all that are published and that an account can have. */
    private List<String> names() {
        var chosen =
                asked.metrics().isEmpty()
                        ? browse.commonMetrics(Set.of("account")).stream()
                                .filter(metric -> metric.status() == Metric.Status.PUBLISHED)
                                .sorted(
                                        Comparator.comparing(
                                                        Metric::domain,
                                                        Comparator.nullsLast(
                                                                Comparator.naturalOrder()))
                                                .thenComparing(Metric::name))
                                .toList()
                        : asked.metrics().stream()
                                .distinct()
                                .map(name -> browse.catalog().metric(name).orElseThrow())
                                .toList();
        return chosen.stream()
                .filter(metric ->
                        asked.domains().isEmpty() || asked.domains().contains(metric.domain()))
                .map(Metric::name)
                .toList();
    }

    private @Nullable PeerGroup group() {
        return asked.withPeers()
                ? question.group()
                        .flatMap(query ->
                                question.groupOf(
                                        ask(query, problem -> problem.in(Place.of("peersBy")))))
                        .orElse(null)
                : null;
    }

    /** An account that did not exist in the last period shares nothing with those that did. */
    private boolean hasPeers(@Nullable PeerGroup group) {
        return asked.withPeers() && (asked.peersBy() == null || group != null);
    }

    private List<MetricOfAccount> batch(
            List<String> metrics, int offset, @Nullable PeerGroup group) {
        if (metrics.isEmpty()) {
            return List.of();
        }
        var trend = question.trend(metrics);
        switch (analyses.analyze(trend, caller, deadline)) {
            case AnalyzeUseCase.Outcome.Rejected(var problems) -> {
                return batch(withoutRefused(metrics, problems, offset), offset, group);
            }
            case AnalyzeUseCase.Outcome.Answered(var result) -> {
                return question.folded(
                        metrics,
                        trend,
                        result,
                        hasPeers(group) ? peers(metrics, offset, group) : null);
            }
        }
    }

    private AnalysisResult peers(List<String> metrics, int offset, @Nullable PeerGroup group) {
        var result = ask(question.peers(metrics, group), problem -> moved(problem, offset));
        if (result.hasNextPage()) {
            throw new RefusedException(
                    List.of(
                            Problem.of(
                                    ProblemCode.LIMIT,
                                    Place.of("peersBy"),
                                    "There are more than %,d peers: compare with the accounts that share an attribute, such as account.segment, or ask without peers.",
                                    QuestionLimits.MOST_ROWS)));
        }
        return result;
    }

    private AnalysisResult ask(AnalysisQuery query, Function<Problem, Problem> placed) {
        return switch (analyses.analyze(query, caller, deadline)) {
            case AnalyzeUseCase.Outcome.Answered(var result) -> result;
            case AnalyzeUseCase.Outcome.Rejected(var problems) ->
                    throw new RefusedException(problems.stream().map(placed).toList());
        };
    }

    /** What was chosen is refused with what is wrong with it; of all that there are, those without fault remain. */
    private List<String> withoutRefused(List<String> metrics, List<Problem> problems, int offset) {
        var faults = new LinkedHashMap<String, Problem>();
        problems.forEach(problem ->
                metricOf(problem, metrics).ifPresent(name -> faults.putIfAbsent(name, problem)));
        if (!asked.metrics().isEmpty() || faults.isEmpty()) {
            throw new RefusedException(
                    problems.stream().map(problem -> moved(problem, offset)).toList());
        }
        faults.forEach((name, problem) -> refused.add(new Refused(name, problem.message())));
        return metrics.stream().filter(name -> !faults.containsKey(name)).toList();
    }

    private static Optional<String> metricOf(Problem problem, List<String> metrics) {
        var path = problem.place().path();
        return path.size() > 1 && path.getFirst().equals("metrics")
                ? Optional.of(metrics.get(Integer.parseInt(path.get(1))))
                : Optional.empty();
    }

    private static Problem moved(Problem problem, int offset) {
        var path = new ArrayList<>(problem.place().path());
        if (path.size() > 1 && path.getFirst().equals("metrics")) {
            path.set(1, Integer.toString(Integer.parseInt(path.get(1)) + offset));
            return problem.in(Place.of(path.toArray(String[]::new)));
        }
        return problem;
    }
}
