package dev.cairn.application.service;

import dev.cairn.application.port.Author;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.application.port.in.BaselineUseCase;
import dev.cairn.application.port.in.BrowseAccountsUseCase;
import dev.cairn.application.port.in.DefineUseCase;
import dev.cairn.application.port.in.DefineUseCase.Draft;
import dev.cairn.application.port.in.DefineUseCase.Request;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.model.Baseline;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks a question of one value for each metric, and defines what is answered as baselines. */
public final class BaselineService implements BaselineUseCase {
    /** As of targets. */
    private static final int MOST_KEYS = 10;

    private final Catalogs catalogs;
    private final AnalyzeUseCase analyses;
    private final BrowseAccountsUseCase accounts;
    private final DefineUseCase definitions;
    private final Clock clock;

    public BaselineService(
            Catalogs catalogs,
            AnalyzeUseCase analyses,
            BrowseAccountsUseCase accounts,
            DefineUseCase definitions,
            Clock clock) {
        this.catalogs = catalogs;
        this.analyses = analyses;
        this.accounts = accounts;
        this.definitions = definitions;
        this.clock = clock;
    }

    @Override
    public List<Baseline> baselines(@Nullable String metric, Caller caller) {
        return caller.isScoped()
                ? List.of()
                : catalogs.current().all(Baseline.class).stream()
                        .filter(baseline -> metric == null || baseline.metric().equals(metric))
                        .toList();
    }

    @Override
    public Outcome keep(Keep keep, Caller caller, Deadline deadline) {
        if (keep.scope().size() > MOST_KEYS) {
            return new Outcome.Rejected(
                    List.of(
                            Problem.of(
                                    ProblemCode.LIMIT,
                                    Place.of("for"),
                                    "A baseline is of at most %d dimensions, not %d.",
                                    MOST_KEYS,
                                    keep.scope().size())));
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var problems = new ArrayList<>(objections(keep, caller, now));
        var catalog = catalogs.latest();
        return switch (analyses.analyze(question(keep), caller, deadline)) {
            case AnalyzeUseCase.Outcome.Rejected(var found) -> {
                found.stream().map(BaselineService::placed).forEach(problems::add);
                yield new Outcome.Rejected(problems);
            }
            case AnalyzeUseCase.Outcome.Answered _
                    when catalogs.latest().version() != catalog.version() ->
                    new Outcome.Rejected(
                            List.of(
                                    Problem.of(
                                            ProblemCode.CONFLICT,
                                            Place.NOWHERE,
                                            "Definitions changed while the values were asked for; keep them again.")));
            case AnalyzeUseCase.Outcome.Answered(var answer) when problems.isEmpty() -> {
                var drafts = new KeptDrafts(keep, catalog, now).of(answer);
                yield drafts.problems().isEmpty()
                        ? defined(keep, drafts.baselines(), catalog, caller)
                        : new Outcome.Rejected(drafts.problems());
            }
            case AnalyzeUseCase.Outcome.Answered _ -> new Outcome.Rejected(problems);
        };
    }

    private List<Problem> objections(Keep keep, Caller caller, Instant now) {
        var problems = new ArrayList<Problem>();
        if (caller.isScoped()) {
            problems.add(
                    Problem.of(
                            ProblemCode.INCOMPATIBLE,
                            Place.NOWHERE,
                            "Who sees only some accounts keeps no baseline: it would be of those, and stand beside values of others."));
        }
        if (keep.asOf() != null && keep.asOf().isAfter(now)) {
            problems.add(
                    Problem.of(
                            ProblemCode.BAD_RANGE,
                            Place.of("as_of"),
                            "A value as of %s is not known yet: it is %s.",
                            keep.asOf(),
                            now));
        }
        var until = keep.until().atStartOfDay(keep.zone()).toInstant();
        var asOf = keep.asOf() == null ? now : keep.asOf();
        if (keep.from().isBefore(keep.until()) && until.isAfter(asOf)) {
            problems.add(
                    Problem.of(
                            ProblemCode.BAD_RANGE,
                            Place.of("until"),
                            "The time from %s until %s is not over as of %s: its value may still change. Keep one of a time that has passed.",
                            keep.from(),
                            keep.until(),
                            asOf));
        }
        keep.scope().stream()
                .filter(key -> key.dimension().equals(EntityRef.ACCOUNT.name()))
                .filter(key -> accounts.account(key.value(), caller).isEmpty())
                .map(key ->
                        Problem.of(
                                ProblemCode.BAD_VALUE,
                                Place.of("for", key.dimension()),
                                "There is no account '%s'.",
                                key.value()))
                .forEach(problems::add);
        if (keep.key() != null && keep.metrics().size() > 1) {
            problems.add(
                    Problem.of(
                            ProblemCode.CONFLICT,
                            Place.of("key"),
                            "'%s' is the key of one baseline; keep each metric by itself, or leave it out.",
                            keep.key()));
        }
        return problems;
    }

    private static AnalysisQuery question(Keep keep) {
        var metrics =
                keep.metrics().stream()
                        .map(metric -> new AskedMetric(new MetricReference.ByKey(metric), null))
                        .toList();
        return AnalysisQuery.of(
                        metrics, new AskedRange.Between(keep.from(), keep.until()), keep.zone())
                .withFilter(keep.scope().isEmpty() ? null : new Filter.All(filters(keep)))
                .withAsOf(keep.asOf())
                .withUncertainty(true)
                .withKeys(false);
    }

    private static List<Filter> filters(Keep keep) {
        return keep.scope().stream()
                .map(key ->
                        (Filter)
                                new Filter.Where(
                                        key.dimension(), Operator.IN, List.of(key.value())))
                .toList();
    }

    /** Where a problem of the question is in what was asked for. */
    private static Problem placed(Problem problem) {
        var path = problem.place().path();
        return problem.in(
                switch (path.isEmpty() ? "" : path.getFirst()) {
                    case "metrics" -> Place.of("metric");
                    case "timeRange" -> Place.of("until");
                    case "filter" -> Place.of("for");
                    case "asOf" -> Place.of("as_of");
                    default -> Place.NOWHERE;
                });
    }

    private Outcome defined(Keep keep, List<Baseline> baselines, Catalog catalog, Caller caller) {
        var drafts =
                baselines.stream()
                        .map(baseline ->
                                new Draft(
                                        baseline,
                                        Place.NOWHERE,
                                        catalog.entry(baseline.name())
                                                .map(Entry::version)
                                                .orElse(0)))
                        .toList();
        return switch (definitions.define(
                new Request(drafts, false, keep.validateOnly())
                        .by(Author.of(caller, "keepBaseline")))) {
            case DefineUseCase.Outcome.Rejected(var problems) -> new Outcome.Rejected(problems);
            case DefineUseCase.Outcome.Applied _ -> new Outcome.Done(baselines);
        };
    }

    @Override
    public Outcome remove(List<String> keys, Caller caller) {
        var catalog = catalogs.latest();
        var problems = new ArrayList<Problem>();
        var removed = new ArrayList<Baseline>();
        for (var key : keys) {
            catalog.find(key, Baseline.class)
                    .filter(_ -> !caller.isScoped())
                    .ifPresentOrElse(
                            removed::add,
                            () ->
                                    problems.add(
                                            Problem.of(
                                                            ProblemCode.BAD_VALUE,
                                                            Place.of("key"),
                                                            "There is no baseline '%s'.",
                                                            key)
                                                    .suggesting(
                                                            caller.isScoped()
                                                                    ? List.of()
                                                                    : catalog.nearest(
                                                                            key, Baseline.class))));
        }
        if (!problems.isEmpty()) {
            return new Outcome.Rejected(problems);
        }
        return switch (definitions.define(
                new Request(List.of(), false, false, null, Set.copyOf(keys))
                        .by(Author.of(caller, "removeBaseline")))) {
            case DefineUseCase.Outcome.Rejected(var found) -> new Outcome.Rejected(found);
            case DefineUseCase.Outcome.Applied _ -> new Outcome.Done(removed);
        };
    }
}
