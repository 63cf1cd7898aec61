package dev.cairn.application.service;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.GuardUseCase;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.check.DefinitionChecker;
import dev.cairn.domain.guard.Flows;
import dev.cairn.domain.guard.Guard;
import dev.cairn.domain.guard.GuardMoves;
import dev.cairn.domain.guard.GuardQuery;
import dev.cairn.domain.guard.GuardWindows;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.problem.Problems;
import dev.cairn.domain.sample.Sample;
import dev.cairn.domain.time.Grain;
import dev.cairn.domain.trust.SourceTrust;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads metrics and their counter-metrics of each account over two cycles, and tests them. */
public final class GuardService implements GuardUseCase {
    /** Metrics of one statement at most. */
    private static final int AT_ONCE = 60;

    /** Those of the first, when it is not known yet how many accounts there are. */
    private static final int FIRST = 8;

    /** Values that are held at once, each of 24 bytes at most. */
    private static final int MOST_VALUES = 6_000_000;

    /** Cycles that are looked back at for the first of those in a row. */
    private static final int MOST_BACK = 12;

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
        var look = new Look(catalog, query, asOf, caller, deadline);
        var windows = GuardWindows.of(query, asOf.atZone(query.zone()).toLocalDate());
        var guards = look.guards(pairs(query, catalog), windows);
        return new Outcome.Watched(Guard.inOrder(look.since(guards, windows)));
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
        return problems.all();
    }

    private static List<Metric> pairs(GuardQuery query, Catalog catalog) {
        return query.metrics().isEmpty()
                ? pairs(catalog)
                : query.metrics().stream()
                        .distinct()
                        .flatMap(name -> catalog.metric(name).stream())
                        .toList();
    }

    /** Published metrics that name a counter-metric. */
    static List<Metric> pairs(Catalog catalog) {
        return catalog.all(Metric.class).stream()
                .filter(metric -> metric.counter() != null)
                .filter(metric -> metric.status() == Metric.Status.PUBLISHED)
                .toList();
    }

    /** All that is asked at once. */
    private final class Look {
        private final Catalog catalog;
        private final GuardQuery query;
        private final Instant asOf;
        private final Caller caller;
        private final Deadline deadline;

        Look(Catalog catalog, GuardQuery query, Instant asOf, Caller caller, Deadline deadline) {
            this.catalog = catalog;
            this.query = query;
            this.asOf = asOf;
            this.caller = caller;
            this.deadline = deadline;
        }

        List<Guard> guards(List<Metric> pairs, GuardWindows windows) {
            var reading = new Reading(query.zone(), windows, asOf, caller, deadline);
            var moves = new GuardMoves(windows, query.every().looks());
            var left = new ArrayDeque<>(pairs);
            var guards = new ArrayList<Guard>();
            while (!left.isEmpty()) {
                var names = new TreeSet<String>();
                var together = new ArrayList<Metric>();
                do {
                    together.add(left.element());
                    names.addAll(names(left.remove()));
                } while (!left.isEmpty()
                        && names.size() + others(names, left.element()) <= reading.atOnce());
                reading.read(names);
                together.forEach(metric -> guards.add(guard(metric, reading, moves)));
                reading.forget();
            }
            return guards;
        }

        private long others(Set<String> names, Metric metric) {
            return names(metric).stream().filter(name -> !names.contains(name)).count();
        }

        /** What is read of a pair. */
        private Set<String> names(Metric metric) {
            return Stream.of(metric.name(), String.valueOf(metric.counter()))
                    .filter(name -> catalog.metric(name).filter(this::hasBetter).isPresent())
                    .collect(Collectors.toSet());
        }

        /** Since when those that tripped have, each cycle. */
        List<Guard> since(List<Guard> guards, GuardWindows windows) {
            var tripped = new HashMap<String, LocalDate>();
            guards.stream()
                    .filter(Guard::isTripped)
                    .forEach(guard -> tripped.put(guard.metric(), guard.from()));
            var open =
                    tripped.keySet().stream()
                            .flatMap(name -> catalog.metric(name).stream())
                            .toList();
            var earlier = windows;
            for (int back = 0; back < MOST_BACK && !open.isEmpty(); back++) {
                earlier = earlier.earlier(query.every());
                var still = new ArrayList<Metric>();
                for (var guard : guards(open, earlier)) {
                    if (guard.isTripped()) {
                        tripped.put(guard.metric(), guard.from());
                        still.addAll(catalog.metric(guard.metric()).stream().toList());
                    }
                }
                open = still;
            }
            return guards.stream()
                    .map(guard -> guard.measured(tripped.get(guard.metric()), asOf))
                    .toList();
        }

        private boolean hasBetter(Metric metric) {
            return metric.direction() != Metric.Direction.NEUTRAL;
        }

        private Guard guard(Metric metric, Reading reading, GuardMoves moves) {
            var counter = String.valueOf(metric.counter());
            var own = reading.read.get(metric.name());
            var others = reading.read.get(counter);
            if (own == null || others == null) {
                var name = own == null ? metric.name() : counter;
                var why = reading.refused.get(name);
                return Guard.untested(
                        metric.name(),
                        counter,
                        Guard.State.NOT_TESTABLE,
                        moves.windows(),
                        moves.level(),
                        why == null
                                ? "'%s' has no better direction.".formatted(name)
                                : "'%s' cannot be read of each account: %s".formatted(name, why));
            }
            var broken =
                    Stream.of(metric.name(), counter)
                            .filter(name -> isBrokenUnsaid(name, moves.windows()))
                            .findFirst();
            if (broken.isPresent()) {
                return Guard.untested(
                        metric.name(),
                        counter,
                        Guard.State.NOT_ENOUGH_DATA,
                        moves.windows(),
                        moves.level(),
                        GuardMoves.unsound(broken.get()));
            }
            var guard =
                    moves.guard(
                            metric.name(),
                            column(metric, own),
                            counter,
                            column(catalog.metric(counter).orElseThrow(), others));
            return guard.state() == Guard.State.NOT_ENOUGH_DATA
                    ? rarer(List.of(metric.name(), counter)).map(guard::because).orElse(guard)
                    : guard;
        }

        /** What to do where data comes less often than one looks; empty: it does not. */
        private Optional<String> rarer(List<String> metrics) {
            return metrics.stream()
                    .flatMap(metric -> sources(metric).stream())
                    .distinct()
                    .flatMap(name -> catalog.source(name).stream())
                    .filter(source -> isRarer(source.expectations().cadence()))
                    .map(source ->
                            "'%s' is expected by the %s only (its cadence): look by that or longer."
                                    .formatted(
                                            source.name(),
                                            String.valueOf(source.expectations().cadence())
                                                    .toLowerCase(Locale.ROOT)))
                    .findFirst();
        }

        private boolean isRarer(@Nullable Grain cadence) {
            return cadence != null
                    && switch (query.every()) {
                        case WEEK -> cadence.compareTo(Grain.WEEK) > 0;
                        case MONTH -> cadence.compareTo(Grain.MONTH) > 0;
                        case QUARTER -> cadence.compareTo(Grain.QUARTER) > 0;
                    };
        }

        /** Whether checks have found days broken that answers within a scope do not mark: a guard leaves them out, and does not say which they are. */
        private boolean isBrokenUnsaid(String metric, GuardWindows windows) {
            return caller.isScoped()
                    && SourceTrust.isBroken(
                            catalogs.metricsOf(catalog).trusts().of(sources(metric)).values(),
                            windows.start(),
                            windows.until());
        }

        /** Those that a metric reads, near or far. */
        private Set<String> sources(String metric) {
            var sources = new TreeSet<String>();
            var seen = new HashSet<String>();
            var open = new ArrayDeque<>(List.of(metric));
            while (!open.isEmpty()) {
                var entry = catalog.entry(open.pop());
                if (entry.isPresent() && seen.add(entry.get().name())) {
                    if (entry.get().definition() instanceof Source source) {
                        sources.add(source.name());
                    } else {
                        open.addAll(
                                DefinitionChecker.check(catalog, entry.get(), Place.NOWHERE)
                                        .references());
                    }
                }
            }
            return sources;
        }

        private GuardMoves.Column column(Metric metric, Both both) {
            return new GuardMoves.Column(
                    both.before(),
                    both.now(),
                    metric.name(),
                    metric.direction() == Metric.Direction.HIGHER,
                    Flows.isFlow(metric, catalog));
        }
    }

    /** Reads metrics of both cycles, so many by one statement each that their values do not fill the memory; those that cannot be read are left out with the reason. */
    private final class Reading {
        private final ZoneId zone;
        private final GuardWindows windows;
        private final Instant asOf;
        private final Caller caller;
        private final Deadline deadline;
        private final Map<String, String> refused = new HashMap<>();
        private final Map<String, Both> read = new HashMap<>();
        private int accounts;
        private @Nullable String tooMany;

        Reading(ZoneId zone, GuardWindows windows, Instant asOf, Caller caller, Deadline deadline) {
            this.zone = zone;
            this.windows = windows;
            this.asOf = asOf;
            this.caller = caller;
            this.deadline = deadline;
        }

        int atOnce() {
            return accounts == 0 ? FIRST : Math.clamp(MOST_VALUES / 2 / accounts, 2, AT_ONCE);
        }

        void forget() {
            read.clear();
        }

        void read(Collection<String> names) {
            var left = new ArrayList<>(names);
            left.removeAll(refused.keySet());
            if (tooMany != null) {
                refuse(left, tooMany);
                return;
            }
            while (!left.isEmpty()) {
                var problems = tried(left);
                if (problems.isEmpty()) {
                    return;
                }
                if (isOfAll(problems)) {
                    tooMany = problems.getFirst().message();
                    refuse(left, tooMany);
                    return;
                }
                if (!drop(left, problems)) {
                    int half = left.size() / 2;
                    if (half == 0) {
                        refused.put(left.getFirst(), problems.getFirst().message());
                        return;
                    }
                    read(left.subList(0, half));
                    left.subList(0, half).clear();
                }
            }
        }

        private void refuse(List<String> names, String why) {
            names.forEach(name -> refused.put(name, why));
        }

        /** Gives what is wrong; empty: all are read. */
        private List<Problem> tried(List<String> names) {
            return switch (sample(names, windows.before())) {
                case AccountSample.Outcome.Rejected(var problems) -> problems;
                case AccountSample.Outcome.Taken(var before) ->
                        switch (sample(names, windows.now())) {
                            case AccountSample.Outcome.Rejected(var problems) -> problems;
                            case AccountSample.Outcome.Taken(var now) -> {
                                accounts = Math.max(before.size(), now.size());
                                names.forEach(name -> read.put(name, new Both(before, now)));
                                yield List.of();
                            }
                        };
            };
        }

        /** There are more accounts than are held at once, whatever is asked of them. */
        private static boolean isOfAll(List<Problem> problems) {
            return problems.getFirst().place().path().equals(List.of("cohort"));
        }

        /** Takes those away that are said to be wrong; false: it is not said which are. */
        private boolean drop(List<String> names, List<Problem> problems) {
            var faults = new HashMap<String, String>();
            for (var problem : problems) {
                var path = problem.place().path();
                if (path.size() > 1 && path.getFirst().equals("metrics")) {
                    int at = Integer.parseInt(path.get(1));
                    if (at < names.size()) {
                        faults.putIfAbsent(names.get(at), problem.message());
                    }
                }
            }
            refused.putAll(faults);
            return names.removeAll(faults.keySet());
        }

        private AccountSample.Outcome sample(List<String> names, AskedRange.Between days) {
            List<AskedMetric> columns = names.stream().map(AccountSample::metric).toList();
            return samples.of(
                    AccountSample.question(columns, days, zone).withAsOf(asOf), caller, deadline);
        }
    }
}
