package dev.cairn.application.service;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.GuardUseCase;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.guard.Guard;
import dev.cairn.domain.guard.GuardMoves;
import dev.cairn.domain.guard.GuardQuery;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.problem.Problems;
import dev.cairn.domain.sample.Sample;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads metrics and their counter-metrics of each account over two cycles, and tests them. */
public final class GuardService implements GuardUseCase {
    private static final int MOST_METRICS = 24;

    /** Of one statement. */
    private static final int AT_ONCE = 12;

    private final Catalogs catalogs;
    private final AccountSample samples;
    private final Clock clock;

    public GuardService(Catalogs catalogs, AccountSample samples, Clock clock) {
        this.catalogs = catalogs;
        this.samples = samples;
        this.clock = clock;
    }

    /** @param before of the cycle before */
    private record Both(Sample before, Sample now) {}

    @Override
    public Outcome guards(GuardQuery query, Caller caller, Deadline deadline) {
        var catalog = catalogs.current();
        var problems = problems(query, catalog);
        if (!problems.isEmpty()) {
            return new Outcome.Rejected(problems);
        }
        var asOf = query.asOf() == null ? clock.instant() : query.asOf();
        var until = query.every().start(asOf.atZone(query.zone()).toLocalDate());
        var from = query.every().before(until);
        var moves = new GuardMoves(from, until, query.every().looks());
        var pairs = pairs(query, catalog);
        if (query.metrics().isEmpty()) {
            return new Outcome.Watched(
                    pairs.stream()
                            .map(metric ->
                                    untested(
                                            metric,
                                            moves,
                                            Guard.State.NOT_ASKED,
                                            "Name the metric to have its pair tested."))
                            .toList());
        }
        var asked = new TreeSet<String>();
        pairs.forEach(metric -> {
            asked.add(metric.name());
            asked.add(String.valueOf(metric.counter()));
        });
        asked.removeIf(name -> catalog.metric(name).filter(GuardService::hasBetter).isEmpty());
        var reading = new Reading(query, from, until, asOf, caller, deadline);
        var read = new HashMap<String, Both>();
        for (var some : batches(asked)) {
            var both = reading.of(some);
            both.forEach(read::put);
        }
        return new Outcome.Watched(
                Guard.inOrder(
                        pairs.stream()
                                .map(one -> guard(one, catalog, read, reading.refused, moves))
                                .toList()));
    }

    private static List<Problem> problems(GuardQuery query, Catalog catalog) {
        var problems = new Problems();
        for (int at = 0; at < query.metrics().size(); at++) {
            var name = query.metrics().get(at);
            var place = Place.of("metrics", Integer.toString(at));
            var metric = catalog.metric(name);
            if (metric.isEmpty()) {
                problems.add(
                        Problem.of(ProblemCode.UNKNOWN_METRIC, place, "No metric '%s'.", name),
                        name,
                        () -> catalog.names(Metric.class));
            } else if (metric.get().counter() == null) {
                problems.add(
                        Problem.of(
                                ProblemCode.MISSING,
                                place,
                                "'%s' names no counter-metric: say one in its definition (counter).",
                                name));
            }
        }
        if (query.metrics().size() > MOST_METRICS) {
            problems.add(
                    Problem.of(
                            ProblemCode.LIMIT,
                            Place.of("metrics"),
                            "Ask for %d metrics at most.",
                            MOST_METRICS));
        }
        return problems.all();
    }

    private static List<Metric> pairs(GuardQuery query, Catalog catalog) {
        var names =
                query.metrics().isEmpty()
                        ? catalog.names(Metric.class)
                        : List.copyOf(new LinkedHashSet<>(query.metrics()));
        boolean isAll = query.metrics().isEmpty();
        return names.stream()
                .flatMap(name -> catalog.metric(name).stream())
                .filter(metric -> metric.counter() != null)
                .filter(metric -> !isAll || metric.status() == Metric.Status.PUBLISHED)
                .toList();
    }

    private static boolean hasBetter(Metric metric) {
        return metric.direction() != Metric.Direction.NEUTRAL;
    }

    private static List<List<String>> batches(Set<String> names) {
        var all = List.copyOf(names);
        var batches = new ArrayList<List<String>>();
        for (int at = 0; at < all.size(); at += AT_ONCE) {
            batches.add(all.subList(at, Math.min(all.size(), at + AT_ONCE)));
        }
        return batches;
    }

    /** @param refused by metric, why it cannot be read of accounts */
    private static Guard guard(
            Metric metric,
            Catalog catalog,
            Map<String, Both> read,
            Map<String, String> refused,
            GuardMoves moves) {
        var counter = String.valueOf(metric.counter());
        var own = read.get(metric.name());
        var others = read.get(counter);
        if (own == null || others == null) {
            var name = own == null ? metric.name() : counter;
            var why = refused.get(name);
            return untested(
                    metric,
                    moves,
                    Guard.State.NOT_TESTABLE,
                    why == null
                            ? "'%s' has no better direction.".formatted(name)
                            : "'%s' cannot be read of each account: %s".formatted(name, why));
        }
        return moves.guard(
                metric.name(),
                column(metric, own),
                counter,
                column(catalog.metric(counter).orElseThrow(), others));
    }

    private static Guard untested(
            Metric metric, GuardMoves moves, Guard.State state, String reason) {
        return new Guard(
                metric.name(),
                String.valueOf(metric.counter()),
                state,
                moves.from(),
                moves.until(),
                null,
                null,
                moves.level(),
                reason);
    }

    private static GuardMoves.Column column(Metric metric, Both both) {
        return new GuardMoves.Column(
                both.before(),
                both.now(),
                metric.name(),
                metric.direction() == Metric.Direction.HIGHER);
    }

    /** Reads both cycles. */
    private final class Reading {
        private final GuardQuery query;
        private final LocalDate from;
        private final LocalDate until;
        private final Instant asOf;
        private final Caller caller;
        private final Deadline deadline;
        private final Map<String, String> refused = new HashMap<>();

        Reading(
                GuardQuery query,
                LocalDate from,
                LocalDate until,
                Instant asOf,
                Caller caller,
                Deadline deadline) {
            this.query = query;
            this.from = from;
            this.until = until;
            this.asOf = asOf;
            this.caller = caller;
            this.deadline = deadline;
        }

        /** Those that accounts can have; where they cannot all be asked at once, each by itself. */
        Map<String, Both> of(List<String> names) {
            var both = new HashMap<String, Both>();
            switch (sample(names, query.every().before(from), from)) {
                case AccountSample.Outcome.Rejected(var problems) ->
                        both.putAll(halves(names, problems));
                case AccountSample.Outcome.Taken(var before) -> {
                    switch (sample(names, from, until)) {
                        case AccountSample.Outcome.Rejected(var problems) ->
                                both.putAll(halves(names, problems));
                        case AccountSample.Outcome.Taken(var now) ->
                                names.forEach(name -> both.put(name, new Both(before, now)));
                    }
                }
            }
            return both;
        }

        private Map<String, Both> halves(List<String> names, List<Problem> problems) {
            if (names.size() == 1) {
                refused.put(names.getFirst(), problems.getFirst().message());
                return Map.of();
            }
            int half = names.size() / 2;
            var both = new HashMap<>(of(names.subList(0, half)));
            both.putAll(of(names.subList(half, names.size())));
            return both;
        }

        private AccountSample.Outcome sample(List<String> names, LocalDate start, LocalDate end) {
            List<AskedMetric> columns = names.stream().map(AccountSample::metric).toList();
            return samples.of(
                    AccountSample.question(
                                    columns, new AskedRange.Between(start, end), query.zone())
                            .withAsOf(asOf),
                    caller,
                    deadline);
        }
    }
}
