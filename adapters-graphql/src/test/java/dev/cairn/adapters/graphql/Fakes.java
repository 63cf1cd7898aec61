package dev.cairn.adapters.graphql;

import dev.cairn.adapters.graphql.caller.Authority;
import dev.cairn.application.port.Account;
import dev.cairn.application.port.AlertEvent;
import dev.cairn.application.port.Author;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.KeyRange;
import dev.cairn.application.port.Reads;
import dev.cairn.application.port.in.AccountOverviewUseCase;
import dev.cairn.application.port.in.AlertsUseCase;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.application.port.in.BaselineUseCase;
import dev.cairn.application.port.in.BrowseAccountsUseCase;
import dev.cairn.application.port.in.BrowseCatalogUseCase;
import dev.cairn.application.port.in.CalibrateUseCase;
import dev.cairn.application.port.in.DefineSourceUseCase;
import dev.cairn.application.port.in.DefineUseCase;
import dev.cairn.application.port.in.ExportUseCase;
import dev.cairn.application.port.in.GuardStandingsUseCase;
import dev.cairn.application.port.in.GuardUseCase;
import dev.cairn.application.port.in.ImpactUseCase;
import dev.cairn.application.port.in.PredictUseCase;
import dev.cairn.application.port.in.ReviseMetricUseCase;
import dev.cairn.application.port.in.SeparateUseCase;
import dev.cairn.application.port.in.SubscribeUseCase;
import dev.cairn.application.port.in.TrustUseCase;
import dev.cairn.application.port.in.WhyUseCase;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.ValueType;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.Dimension;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.analysis.MembersQuery;
import dev.cairn.domain.analysis.ScoreChange;
import dev.cairn.domain.calibration.Calibration.BandOutcomes;
import dev.cairn.domain.calibration.CalibrationQuery;
import dev.cairn.domain.calibration.RenewalForecastQuery;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.check.WrittenOut;
import dev.cairn.domain.guard.GuardQuery;
import dev.cairn.domain.guard.GuardStandings;
import dev.cairn.domain.impact.ChangeMarker;
import dev.cairn.domain.impact.ImpactQuery;
import dev.cairn.domain.model.Baseline;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Success;
import dev.cairn.domain.overview.AccountMetrics;
import dev.cairn.domain.overview.AttributeOfAccount;
import dev.cairn.domain.overview.BandOfAccount;
import dev.cairn.domain.overview.ChangeOfAccount;
import dev.cairn.domain.overview.RowsOfAccount;
import dev.cairn.domain.overview.SuccessOfAccount;
import dev.cairn.domain.prediction.PredictionQuery;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.separation.MetricAudit;
import dev.cairn.domain.separation.Separation;
import dev.cairn.domain.separation.SeparationQuery;
import dev.cairn.domain.trust.MetricTrust;
import dev.cairn.domain.trust.SourceTrust;
import dev.cairn.domain.trust.Touched;
import dev.cairn.domain.why.WhyQuery;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Use cases that answer what a test tells them to, and keep what they were asked. */
public final class Fakes {
    /** Of all that was asked of any of them. */
    public static final List<Deadline> DEADLINES = new CopyOnWriteArrayList<>();

    /** What is read for whatever is answered from several questions. */
    public static final Set<String> READ = Set.of("event");

    private Fakes() {}

    /** Asked changes, and what comes of all of them. */
    public static final class Changes implements WhyUseCase {
        public final List<WhyQuery> asked = new CopyOnWriteArrayList<>();
        private volatile Outcome outcome = new Outcome.Rejected(List.of());

        public void answers(Outcome answer) {
            outcome = answer;
        }

        @Override
        public Outcome why(WhyQuery query, Caller caller, Deadline deadline) {
            DEADLINES.add(deadline);
            asked.add(query);
            Reads.note(READ);
            return outcome;
        }
    }

    /** Asked predictions, and what comes of all of them. */
    public static final class Predictions implements PredictUseCase {
        public final List<PredictionQuery> asked = new CopyOnWriteArrayList<>();
        private volatile Outcome outcome = new Outcome.Rejected(List.of());

        public void answers(Outcome answer) {
            outcome = answer;
        }

        @Override
        public Outcome predict(PredictionQuery query, Caller caller, Deadline deadline) {
            DEADLINES.add(deadline);
            asked.add(query);
            Reads.note(READ);
            return outcome;
        }
    }

    /** What was asked of the trust of sources, and what is answered. */
    public static final class Trust implements TrustUseCase {
        public final List<Set<String>> asked = new CopyOnWriteArrayList<>();
        private volatile Outcome outcome = new Outcome.Assessed(List.of());

        public void answers(Outcome answer) {
            outcome = answer;
        }

        @Override
        public Outcome trust(Set<String> sources, Caller caller, Deadline deadline) {
            asked.add(sources);
            return outcome;
        }

        @Override
        public Map<String, Touched> touched(Set<String> sources) {
            return sources.stream()
                    .collect(
                            Collectors.toMap(
                                    name -> name,
                                    _ ->
                                            new Touched(
                                                    List.of("active_users", "dau"),
                                                    List.of("weekly"))));
        }

        @Override
        public Map<String, MetricTrust> ofMetrics(
                Set<String> metrics, Caller caller, Deadline deadline) {
            return Map.of();
        }
    }

    /** What was asked of guards, what is answered, and how they stand. */
    public static final class Guards implements GuardUseCase, GuardStandingsUseCase {
        public final List<GuardQuery> asked = new CopyOnWriteArrayList<>();
        public final List<Caller> askedBy = new CopyOnWriteArrayList<>();
        private volatile GuardUseCase.Outcome outcome = new GuardUseCase.Outcome.Watched(List.of());
        private volatile GuardStandings standings = new GuardStandings(Map.of());

        public void answers(GuardUseCase.Outcome answer) {
            outcome = answer;
        }

        public void stand(GuardStandings now) {
            standings = now;
        }

        @Override
        public GuardUseCase.Outcome guards(GuardQuery query, Caller caller, Deadline deadline) {
            asked.add(query);
            Reads.note(READ);
            return outcome;
        }

        @Override
        public GuardStandings standings(Caller caller) {
            askedBy.add(caller);
            return standings;
        }
    }

    /** Asked impacts, and what comes of all of them. */
    public static final class Impacts implements ImpactUseCase {
        public final List<ImpactQuery> asked = new CopyOnWriteArrayList<>();
        private volatile Outcome outcome = new Outcome.Rejected(List.of());

        public void answers(Outcome answer) {
            outcome = answer;
        }

        @Override
        public Outcome impact(ImpactQuery query, Caller caller, Deadline deadline) {
            DEADLINES.add(deadline);
            asked.add(query);
            Reads.note(READ);
            return outcome;
        }
    }

    /** Alerts as a test has them. */
    public static final class Alerts implements AlertsUseCase {
        public volatile List<Defined> defined = List.of();
        public volatile List<AlertEvent.Kept> events = List.of();

        @Override
        public List<Defined> alerts(Caller caller) {
            return defined;
        }

        @Override
        public List<AlertEvent.Kept> events(
                @Nullable String alert, @Nullable Long before, int most, Caller caller) {
            return events;
        }
    }

    /** Asked calibrations, and what comes of all of them. */
    public static final class Calibrations implements CalibrateUseCase {
        public final List<CalibrationQuery> asked = new CopyOnWriteArrayList<>();
        public final List<RenewalForecastQuery> forecasts = new CopyOnWriteArrayList<>();
        public volatile Forecast forecast = new Forecast.Rejected(List.of());
        private volatile Outcome outcome = new Outcome.Rejected(List.of());

        public void answers(Outcome answer) {
            outcome = answer;
        }

        @Override
        public Forecast forecast(RenewalForecastQuery query, Caller caller, Deadline deadline) {
            DEADLINES.add(deadline);
            forecasts.add(query);
            Reads.note(READ);
            return forecast;
        }

        @Override
        public Outcome calibrate(CalibrationQuery query, Caller caller, Deadline deadline) {
            DEADLINES.add(deadline);
            asked.add(query);
            Reads.note(READ);
            return outcome;
        }
    }

    /** Asked separations, and what comes of all of them. */
    public static final class Separations implements SeparateUseCase {
        public final List<SeparationQuery> asked = new CopyOnWriteArrayList<>();
        private volatile Outcome<Separation> outcome = new Outcome.Rejected<>(List.of());
        private volatile Outcome<MetricAudit> audit = new Outcome.Rejected<>(List.of());

        public void answers(Outcome<Separation> answer) {
            outcome = answer;
        }

        public void audits(Outcome<MetricAudit> answer) {
            audit = answer;
        }

        @Override
        public Outcome<Separation> separate(
                SeparationQuery query, Caller caller, Deadline deadline) {
            DEADLINES.add(deadline);
            asked.add(query);
            Reads.note(READ);
            return outcome;
        }

        @Override
        public Outcome<MetricAudit> audit(SeparationQuery query, Caller caller, Deadline deadline) {
            DEADLINES.add(deadline);
            asked.add(query);
            Reads.note(READ);
            return audit;
        }
    }

    /** What was to be kept, and what came of it. */
    public static final class Baselines implements BaselineUseCase {
        public final List<Keep> kept = new CopyOnWriteArrayList<>();
        public final List<String> removed = new CopyOnWriteArrayList<>();
        private volatile Outcome outcome = new Outcome.Rejected(List.of());

        public void answers(Outcome answer) {
            kept.clear();
            removed.clear();
            outcome = answer;
        }

        @Override
        public Outcome keep(Keep keep, Caller caller, Deadline deadline) {
            DEADLINES.add(deadline);
            kept.add(keep);
            return outcome;
        }

        @Override
        public Outcome remove(List<String> keys, Caller caller) {
            removed.addAll(keys);
            return outcome;
        }

        @Override
        public List<Baseline> baselines(@Nullable String metric, Caller caller) {
            return outcome instanceof Outcome.Done(var all)
                    ? all.stream().filter(one -> one.metric().equals(metric)).toList()
                    : List.of();
        }
    }

    /** Asked questions, and the answer to all of them. */
    public static final class Analyses implements AnalyzeUseCase {
        public static final AnalysisResult EMPTY =
                new AnalysisResult(
                        List.of(),
                        List.of(),
                        false,
                        null,
                        Instant.parse("2026-01-31T10:00:00Z"),
                        List.of());

        public final List<AnalysisQuery> asked = new CopyOnWriteArrayList<>();
        public final List<MembersQuery> opened = new CopyOnWriteArrayList<>();
        public final List<Caller> callers = new CopyOnWriteArrayList<>();
        private volatile Function<AnalysisQuery, Outcome> outcome =
                _ -> new Outcome.Answered(EMPTY);
        private volatile Explanation explanation =
                new Explanation(List.of(), List.of(), List.of(), null, null);

        public void reset() {
            asked.clear();
            opened.clear();
            callers.clear();
            answers(EMPTY);
        }

        public void answers(AnalysisResult result) {
            outcome = _ -> new Outcome.Answered(result);
        }

        public void rejects(Problem... problems) {
            outcome = _ -> new Outcome.Rejected(List.of(problems));
        }

        public void does(Function<AnalysisQuery, Outcome> what) {
            outcome = what;
        }

        public void explains(Explanation what) {
            explanation = what;
        }

        @Override
        public Outcome analyze(AnalysisQuery query, Caller caller, Deadline deadline) {
            DEADLINES.add(deadline);
            asked.add(query);
            callers.add(caller);
            Reads.note(READ);
            return outcome.apply(query);
        }

        @Override
        public List<Supplier<Outcome>> together(
                List<AnalysisQuery> queries, Caller caller, Deadline deadline) {
            return queries.stream()
                    .<Supplier<Outcome>>map(query -> () -> analyze(query, caller, deadline))
                    .toList();
        }

        @Override
        public Outcome members(MembersQuery query, Caller caller, Deadline deadline) {
            DEADLINES.add(deadline);
            opened.add(query);
            callers.add(caller);
            return outcome.apply(query.question());
        }

        @Override
        public Explanation explain(AnalysisQuery query, Caller caller, Deadline deadline) {
            DEADLINES.add(deadline);
            asked.add(query);
            callers.add(caller);
            return explanation;
        }
    }

    /** Asked exports, and what is done for each of them. */
    public static final class Exports implements ExportUseCase {
        public final List<AnalysisQuery> asked = new CopyOnWriteArrayList<>();
        public final List<@Nullable Integer> rows = new CopyOnWriteArrayList<>();
        private volatile Function<Taker, Outcome> work = _ -> new Outcome.Rejected(List.of());

        public void does(Function<Taker, Outcome> what) {
            asked.clear();
            rows.clear();
            work = what;
        }

        /** Gives the rows of an answer. */
        public void gives(AnalysisResult result) {
            does(taker -> {
                taker.begin(result.columns(), Samples.kinds(result), result.asOf());
                result.rows().forEach(row -> taker.take(row.cells()));
                return new Outcome.Exported(result.rows().size());
            });
        }

        @Override
        public Outcome export(
                AnalysisQuery query,
                @Nullable Integer most,
                Caller caller,
                Deadline deadline,
                Taker taker) {
            asked.add(query);
            rows.add(most);
            return work.apply(taker);
        }
    }

    /** Subscriptions that are answered by hand. */
    public static final class Subscriptions implements SubscribeUseCase {
        public final List<AnalysisQuery> asked = new CopyOnWriteArrayList<>();
        public final List<Open> open = new CopyOnWriteArrayList<>();
        private volatile boolean isAnswered = true;

        /** One that is open. */
        public static final class Open implements Flow.Subscription {
            private final Flow.Subscriber<? super Update> to;
            private final List<Open> all;
            private final AtomicLong demand = new AtomicLong();
            private int sequence;

            Open(Flow.Subscriber<? super Update> to, List<Open> all) {
                this.to = to;
                this.all = all;
            }

            /** How many more are asked for. */
            public long demand() {
                return demand.get();
            }

            @Override
            public void request(long n) {
                demand.addAndGet(n);
            }

            @Override
            public void cancel() {
                all.remove(this);
            }

            /** Signals come one after another, as whoever is told may rely on. */
            public synchronized void answer(Cause cause, AnalysisResult result) {
                demand.decrementAndGet();
                to.onNext(new Update(++sequence, cause, result));
            }

            public synchronized void fail(Throwable why) {
                all.remove(this);
                to.onError(why);
            }
        }

        /** Whether the last was asked for trust. */
        public volatile boolean isWithTrust;

        public void reset() {
            asked.clear();
            isAnswered = true;
        }

        /** Does not answer at once. */
        public void waits() {
            isAnswered = false;
        }

        @Override
        public Flow.Publisher<Update> subscribe(
                AnalysisQuery query, boolean withTrust, Supplier<Optional<Caller>> authority) {
            asked.add(query);
            isWithTrust = withTrust;
            return to -> {
                var subscription = new Open(to, open);
                open.add(subscription);
                to.onSubscribe(subscription);
                if (isAnswered) {
                    subscription.answer(Cause.INITIAL, Analyses.EMPTY);
                }
            };
        }
    }

    /** Who may ask, by what they say of themselves. */
    public static final class SignIn implements Function<String, Optional<Authority>> {
        public volatile Optional<Caller> now = Optional.of(SliceApplication.CALLER);
        public volatile boolean isOutOfReach;
        final Authority ofRequests = this::look;

        Optional<Caller> look() {
            if (isOutOfReach) {
                throw new IllegalStateException("cannot be looked at");
            }
            return now;
        }

        public void reset() {
            isOutOfReach = false;
            now = Optional.of(SliceApplication.CALLER);
        }

        @Override
        public Optional<Authority> apply(String said) {
            return said.equals("Bearer good") ? Optional.of(ofRequests) : Optional.empty();
        }
    }

    /** A catalogue in which each metric depends on those its formula names. */
    public static final class Catalogs implements BrowseCatalogUseCase {
        public final List<String> calls = new CopyOnWriteArrayList<>();
        private volatile Catalog catalog = Catalog.empty();
        private volatile Map<String, List<Dimension>> dimensions = Map.of();
        private volatile Function<String, Values> values = _ -> new Values.Found(List.of());

        public void reset() {
            calls.clear();
            catalog = Catalog.empty();
            dimensions = Map.of();
            values = _ -> new Values.Found(List.of());
        }

        public void has(Definition... definitions) {
            catalog =
                    Catalog.of(
                            1,
                            Arrays.stream(definitions)
                                    .map(definition -> new Entry(definition, 3, Map.of()))
                                    .toList(),
                            List.of());
        }

        public void has(Entry entry) {
            catalog = Catalog.of(1, List.of(entry), List.of());
        }

        public void hasDimensions(Map<String, List<Dimension>> ofMetrics) {
            dimensions = ofMetrics;
        }

        public void hasValues(Function<String, Values> ofDimension) {
            values = ofDimension;
        }

        @Override
        public Catalog catalog() {
            DEADLINES.add(Deadline.current());
            calls.add("catalog");
            return catalog;
        }

        @Override
        public Optional<WrittenOut> writtenOut(String metric) {
            throw new UnsupportedOperationException("no field has it");
        }

        @Override
        public Map<String, List<String>> dependencies(Collection<String> metrics) {
            calls.add("dependencies " + metrics);
            var all = new HashMap<String, List<String>>();
            for (String name : metrics) {
                var formula = catalog.metric(name).orElseThrow().formula();
                all.put(
                        name,
                        catalog.all(Metric.class).stream()
                                .map(Metric::name)
                                .filter(other ->
                                        Arrays.asList(formula.split("\\W+")).contains(other))
                                .toList());
            }
            return all;
        }

        @Override
        public Map<String, List<Dimension>> dimensions(Collection<String> metrics) {
            calls.add("dimensions " + metrics);
            var all = new HashMap<String, List<Dimension>>();
            metrics.stream()
                    .filter(dimensions::containsKey)
                    .forEach(name -> all.put(name, dimensions.getOrDefault(name, List.of())));
            return all;
        }

        @Override
        public Optional<Dimension> dimension(String key) {
            return dimensions.values().stream()
                    .flatMap(List::stream)
                    .filter(dimension -> dimension.key().equals(key))
                    .findFirst();
        }

        @Override
        public List<Metric> commonMetrics(Set<String> keys) {
            return catalog.all(Metric.class).stream()
                    .filter(metric ->
                            dimensions.getOrDefault(metric.name(), List.of()).stream()
                                    .map(Dimension::key)
                                    .toList()
                                    .containsAll(keys))
                    .toList();
        }

        @Override
        public Values values(String dimension, String startsWith, int first, Caller caller) {
            DEADLINES.add(Deadline.current());
            calls.add(
                    "values %s '%s' %s %s".formatted(dimension, startsWith, first, caller.name()));
            return values.apply(dimension);
        }
    }

    /** What is known of one account. */
    public static final class Overviews implements AccountOverviewUseCase {
        public final List<AskedMetrics> asked = new ArrayList<>();
        public final List<String> parts = new ArrayList<>();
        public volatile Found found = new Found.Unknown(List.of());
        public volatile AccountMetrics metrics =
                new AccountMetrics(List.of(), null, List.of(), List.of());
        public volatile List<Problem> problems = List.of();

        public void reset() {
            asked.clear();
            parts.clear();
            found = new Found.Unknown(List.of());
            problems = List.of();
        }

        @Override
        public Found find(Asked account, Caller caller) {
            return found;
        }

        @Override
        public List<AttributeOfAccount> attributes(Found.Known account) {
            return List.of(
                    new AttributeOfAccount(
                            "plan",
                            "Plan",
                            "pro",
                            List.of(
                                    new AttributeOfAccount.Held(
                                            null, LocalDate.of(2026, 3, 1), "free"),
                                    new AttributeOfAccount.Held(
                                            LocalDate.of(2026, 3, 1), null, "pro"))));
        }

        @Override
        public Outcome<List<Child>> children(
                Found.Known account, Caller caller, Deadline deadline) {
            Reads.note(READ);
            return new Outcome.Answered<>(List.of(new Child("a-18", null, "parent")));
        }

        @Override
        public Outcome<AccountMetrics> metrics(
                Found.Known account, AskedMetrics wanted, Caller caller, Deadline deadline) {
            Reads.note(READ);
            asked.add(wanted);
            return problems.isEmpty()
                    ? new Outcome.Answered<>(metrics)
                    : new Outcome.Rejected<>(problems);
        }

        @Override
        public Outcome<ScoreChange> health(
                Found.Known account, String metric, int days, Caller caller, Deadline deadline) {
            Reads.note(READ);
            parts.add("health of %s within %d days".formatted(metric, days));
            return new Outcome.Answered<>(ScoreChange.of(Analyses.EMPTY));
        }

        @Override
        public Outcome<BandOfAccount> band(
                Found.Known account,
                String metric,
                String outcome,
                int days,
                Caller caller,
                Deadline deadline) {
            Reads.note(READ);
            parts.add("band of %s, %s within %d days".formatted(metric, outcome, days));
            return new Outcome.Answered<>(
                    new BandOfAccount(
                            "red",
                            LocalDate.of(2026, 4, 2),
                            days,
                            List.of(new BandOutcomes("red", 4, 1, 0.25, 0.05, 0.7)),
                            2,
                            0));
        }

        @Override
        public Outcome<List<SuccessOfAccount>> successes(
                Found.Known account, Caller caller, Deadline deadline) {
            Reads.note(READ);
            parts.add("successes");
            return problems.isEmpty()
                    ? new Outcome.Answered<>(
                            List.of(
                                    new SuccessOfAccount(
                                            new Success(
                                                    "renewed", "Renewed", "", null, "true", null,
                                                    null),
                                            LocalDate.of(2026, 6, 1),
                                            LocalDate.of(2026, 9, 1),
                                            SuccessOfAccount.State.UNDECIDED,
                                            true)))
                    : new Outcome.Rejected<>(problems);
        }

        @Override
        public Outcome<List<ChangeOfAccount>> changes(
                Found.Known account, Caller caller, Deadline deadline) {
            parts.add("changes");
            return new Outcome.Answered<>(
                    List.of(
                            new ChangeOfAccount(
                                    new ChangeMarker(
                                            "M1", "Shared views", LocalDate.of(2026, 5, 4), "plan"),
                                    ChangeOfAccount.State.UNKNOWN,
                                    List.of(
                                            Problem.of(
                                                    ProblemCode.UNKNOWN_FIELD,
                                                    Place.of("changes"),
                                                    "No field.")))));
        }

        @Override
        public Outcome<List<AlertOfAccount>> alerts(Found.Known account, int first, Caller caller) {
            parts.add("%d alerts".formatted(first));
            return new Outcome.Answered<>(List.of());
        }

        @Override
        public List<SourceTrust> trust(Caller caller, Deadline deadline) {
            Reads.note(READ);
            parts.add("trust");
            return List.of(SourceTrust.unknown("event", "Not counted."));
        }

        @Override
        public Outcome<RowsOfAccount> lists(
                Found.Known account, int first, Caller caller, Deadline deadline) {
            Reads.note(READ);
            parts.add("lists of %d".formatted(first));
            return new Outcome.Answered<>(new RowsOfAccount(List.of(), List.of()));
        }

        @Override
        public Outcome<RowsOfAccount> facts(
                Found.Known account,
                List<String> sources,
                int first,
                @Nullable String after,
                Caller caller,
                Deadline deadline) {
            Reads.note(READ);
            parts.add("facts of %s, %d after %s".formatted(sources, first, after));
            var value =
                    new AnalysisResult.Cell.Value(
                            new Measured("2026-06-30", null, null, null, null), Set.of());
            return new Outcome.Answered<>(
                    new RowsOfAccount(
                            List.of(
                                    new RowsOfAccount.RowList(
                                            "event",
                                            "Events",
                                            value,
                                            account.subject().score("event", 1),
                                            Analyses.EMPTY)),
                            List.of()));
        }
    }

    /** Accounts by key. */
    public static final class Accounts implements BrowseAccountsUseCase {
        public final List<@Nullable Filter> filters = new ArrayList<>();
        private volatile List<Account> accounts = List.of();
        private volatile List<Problem> problems = List.of();

        public void reset() {
            filters.clear();
            problems = List.of();
            accounts = List.of();
        }

        public void has(String... keys) {
            accounts =
                    Arrays.stream(keys)
                            .map(key -> new Account(key, "Name of " + key, null, Map.of()))
                            .toList();
        }

        public void rejects(Problem... all) {
            problems = List.of(all);
        }

        @Override
        public Outcome accounts(@Nullable Filter filter, KeyRange range, Caller caller) {
            DEADLINES.add(Deadline.current());
            filters.add(filter);
            if (!problems.isEmpty()) {
                return new Outcome.Rejected(problems);
            }
            var rest = accounts.stream().filter(account -> isWithin(account.key(), range)).toList();
            int size = Math.min(range.most(), rest.size());
            return new Outcome.Page(
                    range.fromEnd()
                            ? rest.subList(rest.size() - size, rest.size())
                            : rest.subList(0, size),
                    rest.size() > size);
        }

        private static boolean isWithin(String key, KeyRange range) {
            return (range.after() == null || key.compareTo(range.after()) > 0)
                    && (range.before() == null || key.compareTo(range.before()) < 0);
        }

        @Override
        public Optional<Account> account(String key, Caller caller) {
            DEADLINES.add(Deadline.current());
            return accounts.stream().filter(account -> account.key().equals(key)).findFirst();
        }
    }

    /** Takes every definition, unless told otherwise. */
    public static final class Definitions
            implements DefineUseCase, DefineSourceUseCase, ReviseMetricUseCase {
        public final List<Request> requests = new CopyOnWriteArrayList<>();
        public final List<String> texts = new CopyOnWriteArrayList<>();
        public final List<Revision> revisions = new CopyOnWriteArrayList<>();
        private volatile @Nullable RuntimeException failure;
        private volatile List<Problem> problems = List.of();

        public void reset() {
            requests.clear();
            texts.clear();
            revisions.clear();
            problems = List.of();
            failure = null;
        }

        public void rejects(Problem... all) {
            problems = List.of(all);
        }

        public void fails(RuntimeException with) {
            failure = with;
        }

        @Override
        public DefineUseCase.Outcome define(Request request) {
            DEADLINES.add(Deadline.current());
            requests.add(request);
            return outcome(request.drafts().getFirst().definition());
        }

        @Override
        public DefineUseCase.Outcome defineSource(
                String text, boolean validateOnly, Author author) {
            texts.add((validateOnly ? "check " : "define ") + text);
            return outcome(new Cohort("survey", "", "", new Cohort.Members.Accounts(List.of())));
        }

        @Override
        public ReviseMetricUseCase.Outcome revise(Revision revision, Author author) {
            revisions.add(revision);
            return problems.isEmpty()
                    ? new ReviseMetricUseCase.Outcome.Revised(
                            Samples.metric(revision.metric(), revision.formula()),
                            revision.expectedVersion() + 1)
                    : new ReviseMetricUseCase.Outcome.Rejected(problems);
        }

        private DefineUseCase.Outcome outcome(Definition definition) {
            if (failure != null) {
                throw failure;
            }
            return problems.isEmpty()
                    ? new DefineUseCase.Outcome.Applied(
                            List.of(
                                    new Change(
                                            definition.kind(), definition.name(), Action.ADDED, 1)))
                    : new DefineUseCase.Outcome.Rejected(problems);
        }
    }

    /** A dimension of text. */
    public static Dimension dimension(String key) {
        return new Dimension(key, "Label of " + key, ValueType.TEXT);
    }
}
