package dev.cairn.application.service;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.StoreFailed;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.application.port.in.TrustUseCase;
import dev.cairn.application.port.out.SourceCounts;
import dev.cairn.application.port.out.Versions;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.Cancellation;
import dev.cairn.domain.planner.Readers;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.trust.Assessment;
import dev.cairn.domain.trust.MetricTrust;
import dev.cairn.domain.trust.SourceFigures;
import dev.cairn.domain.trust.SourceTrust;
import dev.cairn.domain.trust.Touched;
import dev.cairn.domain.trust.TrustQuestions;
import dev.cairn.domain.trust.Trusts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Has what is expected of sources counted by questions of the language, and keeps the counts for as long as the facts stay as they are. */
public final class TrustService implements TrustUseCase, Trusts {
    /** Tables of one's own change without a version: what was counted of them holds for so long. */
    private static final Duration OF_TABLES = Duration.ofMinutes(10);

    private static final Deadline NO_TIME = Deadline.in(Duration.ZERO, () -> 0);

    private final Catalogs catalogs;
    private final AnalyzeUseCase analyses;
    private final Versions versions;
    private final Stored stored;
    private final Clock clock;
    private final Supplier<Deadline> deadlines;
    private final Executor counters;
    private final Supplier<Deadline> patience;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();
    private volatile @Nullable Read readers;

    /**
     * @param analyses that hold no floor of trust, and have threads of their own: questions wait for this
     * @param stored what other processes have counted
     * @param deadlines of counts, from now on: a count goes on when the question that began it has no more time, so that the next one finds it
     * @param counters does one count after the other
     * @param patience until when, from the beginning of a count, an answer waits that only says how far its data can be trusted
     */
    public TrustService(
            Catalogs catalogs,
            AnalyzeUseCase analyses,
            Versions versions,
            Stored stored,
            Clock clock,
            Supplier<Deadline> deadlines,
            Executor counters,
            Supplier<Deadline> patience) {
        this.catalogs = catalogs;
        this.analyses = analyses;
        this.versions = versions;
        this.stored = stored;
        this.clock = clock;
        this.deadlines = deadlines;
        this.counters = counters;
        this.patience = patience;
    }

    /**
     * Where counts are kept for other processes.
     *
     * @param program its version: another one may count otherwise
     */
    public record Stored(SourceCounts counts, String program) {
        /** Nowhere. */
        public static final Stored NOWHERE = new Stored(SourceCounts.NONE, "");

        /** None where it cannot be read: then it is counted. */
        private SourceCounts.Found find(String source, String basis) {
            try {
                return counts.find(source, basis);
            } catch (StoreFailed outOfReach) {
                return new SourceCounts.Found.Nothing();
            }
        }

        private void keep(String source, String basis, SourceFigures figures) {
            try {
                counts.keep(source, basis, figures);
            } catch (StoreFailed outOfReach) {
                // It is counted again.
            }
        }

        private void takesLong(String source, String basis) {
            try {
                counts.takesLong(source, basis);
            } catch (StoreFailed outOfReach) {
                // Others wait for themselves.
            }
        }
    }

    /** Who reads what by the definitions of a catalogue. */
    private record Read(Catalog catalog, Readers readers) {}

    /** What was counted last of a source, and is being counted. Guarded by itself. */
    private static final class Kept {
        private @Nullable Basis basis;
        private @Nullable SourceTrust trust;
        private @Nullable Counting counting;
        private @Nullable String toldLong;
        private long ended;
    }

    /**
     * @param key of the basis, for other processes
     * @param patience until when an answer waits that does not depend on it
     */
    private record Counting(
            Basis basis, String key, CompletableFuture<SourceTrust> trust, Deadline patience) {}

    /**
     * What counts rest on: with an equal one they are the same.
     *
     * @param catalog version of the definitions; 0: none but the source's own is read
     * @param today in the source's zone: days that are over
     * @param slot of what has no version
     */
    private record Basis(
            Source source, long catalog, Map<String, Long> data, LocalDate today, long slot) {}

    @Override
    public Outcome trust(Set<String> sources, Caller caller, Deadline deadline) {
        var known = versions.now();
        var catalog = catalogs.latest(known.catalog());
        var unknown =
                sources.stream()
                        .filter(name -> catalog.source(name).isEmpty())
                        .sorted()
                        .map(name ->
                                Problem.of(
                                                ProblemCode.UNKNOWN_SOURCE,
                                                Place.of("sources"),
                                                "No source '%s'.",
                                                name)
                                        .suggesting(catalog.nearest(name, Source.class)))
                        .toList();
        if (!unknown.isEmpty()) {
            return new Outcome.Rejected(unknown);
        }
        var wanted =
                sources.isEmpty()
                        ? catalog.all(Source.class).stream()
                                .filter(source -> !source.expectations().isNone())
                                .map(Source::name)
                                .collect(Collectors.toCollection(TreeSet::new))
                        : new TreeSet<>(sources);
        return new Outcome.Assessed(told(of(wanted, catalog, known, deadline), caller));
    }

    @Override
    public Map<String, Touched> touched(Set<String> sources) {
        var readers = readers(catalogs.latest());
        var touched = new TreeMap<String, Touched>();
        sources.forEach(source -> touched.put(source, readers.of(source)));
        return touched;
    }

    @Override
    public Map<String, MetricTrust> ofMetrics(
            Set<String> metrics, Caller caller, Deadline deadline) {
        var versionsNow = versions.now();
        var catalog = catalogs.latest(versionsNow.catalog());
        var read = readers(catalog).byMetric();
        var known = metrics.stream().filter(read::containsKey).toList();
        var sources = new TreeSet<String>();
        known.forEach(metric -> sources.addAll(Objects.requireNonNull(read.get(metric))));
        var all = told(of(sources, catalog, versionsNow, deadline), caller);
        var found = new TreeMap<String, MetricTrust>();
        for (var metric : known) {
            var own = new TreeSet<>(Objects.requireNonNull(read.get(metric)));
            found.put(
                    metric,
                    new MetricTrust(
                            metric,
                            all.stream().filter(trust -> own.contains(trust.source())).toList()));
        }
        return found;
    }

    /** Counts and days are of all accounts, and told to who sees all. */
    private static List<SourceTrust> told(Map<String, SourceTrust> trusts, Caller caller) {
        return trusts.values().stream()
                .map(trust -> caller.isScoped() ? trust.withoutFigures() : trust)
                .toList();
    }

    private Readers readers(Catalog catalog) {
        var known = readers;
        if (known == null || known.catalog() != catalog) {
            known = new Read(catalog, Readers.of(catalog, clock.instant()));
            readers = known;
        }
        return known.readers();
    }

    /** Asked by whoever plans a question, within its deadline. */
    @Override
    public Map<String, SourceTrust> of(Set<String> sources) {
        var current = Deadline.current();
        var deadline = current.equals(Deadline.NEVER) ? deadlines.get() : current;
        try {
            var known = versions.now();
            return of(sources, catalogs.latest(known.catalog()), known, deadline);
        } catch (AnalysisFailed | StoreFailed | IllegalStateException failed) {
            deadline.check();
            return unknown(sources);
        }
    }

    @Override
    public Map<String, SourceTrust> soon(Set<String> sources) {
        var begun = new TreeMap<String, Counting>();
        var found = new TreeMap<String, SourceTrust>();
        try {
            var known = versions.now();
            begin(
                    sources,
                    catalogs.latest(known.catalog()),
                    known,
                    found,
                    (source, basis) -> begun.put(source.name(), atHand(source, basis, known)));
            begun.forEach((name, counting) -> found.put(name, soon(name, counting)));
            return found;
        } catch (AnalysisFailed | StoreFailed | IllegalStateException failed) {
            Deadline.current().check();
            return unknown(sources);
        }
    }

    @Override
    public Map<String, Long> ended() {
        var ended = new TreeMap<String, Long>();
        kept.forEach((source, of) -> {
            synchronized (of) {
                ended.put(source, of.ended);
            }
        });
        return ended;
    }

    private static Map<String, SourceTrust> unknown(Set<String> sources) {
        var unknown = new TreeMap<String, SourceTrust>();
        sources.forEach(source ->
                unknown.put(
                        source,
                        SourceTrust.unknown(
                                source, "What is expected of it could not be counted.")));
        return unknown;
    }

    /** Of all accounts, with every figure; of names that are of no source nothing. */
    private Map<String, SourceTrust> of(
            Set<String> names, Catalog catalog, Versions.Known known, Deadline deadline) {
        var begun = new TreeMap<String, Counting>();
        var found = new TreeMap<String, SourceTrust>();
        begin(
                names,
                catalog,
                known,
                found,
                (source, basis) -> begun.put(source.name(), counting(source, basis, known)));
        begun.forEach((name, counting) ->
                found.put(
                        name, waited(counting, deadline).orElseThrow(Cancellation.Cancelled::new)));
        return found;
    }

    private void begin(
            Set<String> names,
            Catalog catalog,
            Versions.Known known,
            Map<String, SourceTrust> unchecked,
            BiConsumer<Source, Basis> begin) {
        var now = clock.instant();
        for (var name : names) {
            var source = catalog.source(name);
            if (source.isPresent() && source.get().expectations().isNone()) {
                unchecked.put(name, SourceTrust.unchecked(name));
            } else if (source.isPresent()) {
                begin.accept(source.get(), basis(source.get(), catalog, known, now));
            }
        }
    }

    private static Basis basis(Source source, Catalog catalog, Versions.Known known, Instant now) {
        boolean readsOthers =
                !source.expectations().controls().isEmpty() || !source.pointers().isEmpty();
        boolean isOfTables =
                Stream.concat(
                                catalog.all(Source.class).stream()
                                        .filter(other -> readsOthers || other.equals(source))
                                        .map(Source::mapping),
                                // Orphans are told by the accounts.
                                Stream.of(catalog.entity(EntityRef.ACCOUNT).mapping()))
                        .anyMatch(Objects::nonNull);
        return new Basis(
                source,
                readsOthers ? catalog.version() : 0,
                readsOthers
                        ? known.data()
                        : Stream.of(source.name(), EntityRef.ACCOUNT.name())
                                .distinct()
                                .collect(
                                        Collectors.toMap(
                                                name -> name,
                                                name -> known.data().getOrDefault(name, 0L))),
                now.atZone(source.zone()).toLocalDate(),
                isOfTables ? now.toEpochMilli() / OF_TABLES.toMillis() : 0);
    }

    /** Whoever comes while it is being counted waits for that. Within a day the same counts are judged alike. */
    private Counting counting(Source source, Basis basis, Versions.Known known) {
        var of = kept.computeIfAbsent(source.name(), _ -> new Kept());
        var key = key(basis, known);
        synchronized (of) {
            if (of.trust != null && basis.equals(of.basis)) {
                return ended(basis, key, of.trust);
            }
            if (of.counting != null && basis.equals(of.counting.basis())) {
                return of.counting;
            }
            return switch (stored.find(source.name(), key)) {
                case SourceCounts.Found.Counted(var figures) -> {
                    var judged = Assessment.of(source, figures, clock.instant());
                    of.trust = judged;
                    of.basis = basis;
                    yield ended(basis, key, judged);
                }
                case SourceCounts.Found.TakesLong _ -> begun(source, basis, key, of, NO_TIME);
                case SourceCounts.Found.Nothing _ -> begun(source, basis, key, of, patience.get());
            };
        }
    }

    private static Counting ended(Basis basis, String key, SourceTrust trust) {
        return new Counting(basis, key, CompletableFuture.completedFuture(trust), NO_TIME);
    }

    private Counting begun(Source source, Basis basis, String key, Kept of, Deadline waits) {
        var begun = new Counting(basis, key, new CompletableFuture<>(), waits);
        of.counting = begun;
        counters.execute(() -> count(source, of, begun));
        return begun;
    }

    /** The same in each process: definitions as a whole, as other processes know them by their version alone. */
    private String key(Basis basis, Versions.Known known) {
        return "%s, definitions %d, facts %s, %s, %d"
                .formatted(
                        stored.program(),
                        known.catalog(),
                        new TreeMap<>(basis.data()),
                        basis.today(),
                        basis.slot());
    }

    /** While a count goes on of facts that were there before, that one: where they change all the time, no count would end before they do. */
    private Counting atHand(Source source, Basis basis, Versions.Known known) {
        var of = kept.computeIfAbsent(source.name(), _ -> new Kept());
        synchronized (of) {
            return of.counting != null
                            && of.counting.basis().source().equals(source)
                            && !basis.equals(of.basis)
                    ? of.counting
                    : counting(source, basis, known);
        }
    }

    private void count(Source source, Kept of, Counting begun) {
        try {
            var now = clock.instant();
            var figures = counted(source, now, deadlines.get());
            stored.keep(source.name(), begun.key(), figures);
            var judged = Assessment.of(source, figures, now);
            synchronized (of) {
                of.trust = judged;
                of.basis = begun.basis();
                of.ended++;
                of.counting = begun.equals(of.counting) ? null : of.counting;
            }
            begun.trust().complete(judged);
        } catch (RuntimeException | Error failed) {
            synchronized (of) {
                of.ended++;
                of.counting = begun.equals(of.counting) ? null : of.counting;
            }
            begun.trust().completeExceptionally(failed);
        }
    }

    /** As soon as an answer needs it that does not depend on it. */
    private SourceTrust soon(String source, Counting counting) {
        var current = Deadline.current();
        var patience =
                counting.patience().left().compareTo(current.left()) < 0
                        ? counting.patience()
                        : current;
        return waited(counting, patience)
                .orElseGet(() -> {
                    Deadline.current().check();
                    var of = Objects.requireNonNull(kept.get(source));
                    synchronized (of) {
                        if (of.trust != null
                                && of.basis != null
                                && of.basis.source().equals(counting.basis().source())) {
                            return of.trust;
                        }
                        if (!counting.key().equals(of.toldLong)) {
                            of.toldLong = counting.key();
                            stored.takesLong(source, counting.key());
                        }
                        return SourceTrust.beingCounted(source);
                    }
                });
    }

    /** Empty where the time is over before. */
    private static Optional<SourceTrust> waited(Counting counting, Deadline deadline) {
        try {
            return Optional.of(
                    counting.trust().get(deadline.left().toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException _) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AnalysisFailed(AnalysisFailed.Reason.TIMEOUT, interrupted);
        } catch (ExecutionException failed) {
            throw switch (failed.getCause()) {
                case AnalysisFailed cause -> new AnalysisFailed(cause.reason(), cause);
                case StoreFailed cause -> cause;
                case Cancellation.Cancelled cause ->
                        new AnalysisFailed(AnalysisFailed.Reason.TIMEOUT, cause);
                case null, default ->
                        new IllegalStateException(
                                "what is expected of a source cannot be counted",
                                failed.getCause());
            };
        }
    }

    private SourceFigures counted(Source source, Instant now, Deadline deadline) {
        var questions = new TrustQuestions(source, now);
        var newest = TrustQuestions.newest(answer(questions.newest(), deadline));
        if (newest.isEmpty()) {
            return SourceFigures.EMPTY;
        }
        var counts = answer(questions.counts(newest.get()), deadline);
        var segments =
                questions.segments(newest.get()).map(query -> answer(query, deadline)).orElse(null);
        var controls = new LinkedHashMap<TrustQuestions.Controls, AnalysisResult>();
        questions
                .controls(newest.get())
                .forEach(control -> controls.put(control, answer(control.question(), deadline)));
        return questions.figures(newest.get(), counts, segments, controls);
    }

    private AnalysisResult answer(AnalysisQuery query, Deadline deadline) {
        return switch (analyses.analyze(query, Caller.LOCAL, deadline)) {
            case AnalyzeUseCase.Outcome.Answered(var result) -> result;
            case AnalyzeUseCase.Outcome.Rejected(var problems) ->
                    throw new IllegalStateException(
                            "what is expected of a source cannot be counted: " + said(problems));
        };
    }

    private static String said(List<Problem> problems) {
        return problems.stream().map(Problem::message).collect(Collectors.joining(" "));
    }
}
