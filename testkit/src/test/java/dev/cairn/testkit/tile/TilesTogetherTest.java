package dev.cairn.testkit.tile;

import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.EntityBuilder.users;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.AnalysisFailed.Reason;
import dev.cairn.application.port.AuditSearch;
import dev.cairn.application.port.Capabilities;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.application.port.in.AnalyzeUseCase.Outcome;
import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.application.port.out.DefinitionStore;
import dev.cairn.application.port.out.QuestionLog;
import dev.cairn.application.service.AnalyzeService;
import dev.cairn.application.service.Audit;
import dev.cairn.application.service.AuditedAnalyses;
import dev.cairn.application.service.Catalogs;
import dev.cairn.application.service.KeptAnswers;
import dev.cairn.application.service.Workers;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.plan.Aggregation;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Answer;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.MemoryAuditLog;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.reference.ReferenceExecutor;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the tiles of a dashboard, which are questions of one request, share statements, and that each is told what it is told alone. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TilesTogetherTest {
    private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");
    private static final long LARGE = 1_000;
    private static final List<String> TEN =
            List.of(
                    "count(event)",
                    "sum(event : amount)",
                    "avg(event : amount)",
                    "count(event where name = 'login')",
                    "share(event : coalesce(name = 'login', false))",
                    "distinct(event.user)",
                    "distinct(event.account)",
                    "max(event : amount)",
                    "median(event : amount)",
                    "sum(event : amount) / count(event)");

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<RuntimeException> broken = new CopyOnWriteArrayList<>();
    private final World world = events();
    private final Counting executor = new Counting(world);
    private final AnalyzeService analyses = service(1 << 20);

    private static World events() {
        return World.world()
                .entity(accounts().text("plan"))
                .entity(users())
                .source(
                        source("event")
                                .timestamp("at")
                                .account("customer")
                                .user("person")
                                .text("name")
                                .decimal("amount"))
                .source(source("ticket").timestamp("at").account("customer").decimal("effort"))
                .member(account("acme").with("plan", "pro"))
                .member(account("bolt").with("plan", "free"))
                .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", 1)
                .fact("event", "2026-01-06T10:00:00Z", "acme", "ann", "login", 3)
                .fact("event", "2026-01-06T11:00:00Z", "bolt", "bob", "search", 5)
                .fact("event", "2026-01-08T11:00:00Z", "bolt", "bob", "search", 8)
                .fact("ticket", "2026-01-06T12:00:00Z", "bolt", 8)
                .build();
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private AnalyzeService service(long bytes) {
        return new AnalyzeService(
                new Catalogs(definitions(world.catalog())),
                executor,
                Clock.fixed(NOW, ZoneOffset.UTC),
                new Workers(threads, threads, threads, LARGE),
                DayOfWeek.MONDAY,
                new QuestionLog() {
                    @Override
                    public void over(Question question) {}

                    @Override
                    public void brokenTogether(RuntimeException failure) {
                        broken.add(failure);
                    }
                },
                1 << 20,
                new KeptAnswers(bytes));
    }

    private static AnalysisQuery asking(String formula) {
        return AnalysisQuery.of(
                        List.of(new AskedMetric(new MetricReference.Inline(formula), "x")),
                        new AskedRange.Between(LocalDate.of(2026, 1, 5), LocalDate.of(2026, 1, 9)),
                        ZoneOffset.UTC)
                .withGrain(Grain.DAY);
    }

    private static List<AnalysisQuery> tiles(List<String> formulas) {
        return formulas.stream().map(TilesTogetherTest::asking).toList();
    }

    private static Deadline far() {
        return Deadline.in(Duration.ofMinutes(10), System::nanoTime);
    }

    private List<CompletableFuture<Outcome>> begun(
            AnalyzeUseCase asked, List<AnalysisQuery> tiles, Caller caller, Deadline deadline) {
        return asked.together(tiles, caller, deadline).stream()
                .map(tile -> CompletableFuture.supplyAsync(tile, threads))
                .toList();
    }

    private List<Outcome> told(List<AnalysisQuery> tiles) {
        return begun(analyses, tiles, Caller.LOCAL, far()).stream()
                .map(CompletableFuture::join)
                .toList();
    }

    /** What each is told alone, by a service that keeps nothing. */
    private List<Outcome> toldAlone(List<AnalysisQuery> tiles) {
        var others = service(0);
        var told = tiles.stream().map(tile -> others.analyze(tile, Caller.LOCAL, far())).toList();
        executor.sent.clear();
        return told;
    }

    @Test
    void ten_tiles_over_one_relation_are_one_statement_and_told_what_they_are_told_alone() {
        var tiles = tiles(TEN);
        var alone = toldAlone(tiles);

        assertThat(told(tiles)).isEqualTo(alone).allMatch(Outcome.Answered.class::isInstance);
        assertThat(executor.sent)
                .singleElement()
                .satisfies(plan -> {
                    assertThat(plan.outputs()).hasSize(10);
                    assertThat(plan.scans()).hasSize(1);
                });
    }

    @Test
    void notices_columns_and_keys_of_rows_are_those_of_each_tile() {
        var tiles =
                List.of(
                        asking("count(event where not name = 'login')").withKeys(true),
                        asking("count(ticket)"),
                        asking("avg(event : amount)"));
        var alone = toldAlone(tiles);

        assertThat(told(tiles)).isEqualTo(alone);
        assertThat(executor.sent).hasSize(2);
    }

    @Test
    void tiles_of_several_relations_are_a_statement_for_each_relation() {
        var tiles =
                tiles(
                        List.of(
                                "count(event)",
                                "count(ticket)",
                                "sum(ticket : effort)",
                                "max(event : amount)"));
        var alone = toldAlone(tiles);

        assertThat(told(tiles)).isEqualTo(alone);
        assertThat(executor.sent).extracting(plan -> plan.outputs().size()).containsExactly(2, 2);
    }

    @Test
    void what_is_kept_of_tiles_is_not_read_again_and_each_is_kept_under_its_own_key() {
        analyses.analyze(asking(TEN.get(0)), Caller.LOCAL, far());
        executor.sent.clear();

        told(tiles(TEN.subList(0, 4)));
        assertThat(executor.sent).extracting(plan -> plan.outputs().size()).containsExactly(3);

        told(tiles(TEN.subList(1, 4)));
        analyses.analyze(asking(TEN.get(3)), Caller.LOCAL, far());
        assertThat(executor.sent).hasSize(1);
    }

    @Test
    void equal_tiles_are_each_answered() {
        var tiles = tiles(List.of("count(event)", "count(event)", "avg(event : amount)"));
        var alone = toldAlone(tiles);

        assertThat(told(tiles)).isEqualTo(alone);
        assertThat(executor.sent).hasSize(1);
    }

    @Test
    void a_tile_that_is_refused_takes_no_other_with_it() {
        var tiles = tiles(List.of("count(event)", "count(evnt)", "avg(event : amount)"));
        var alone = toldAlone(tiles);

        assertThat(told(tiles)).isEqualTo(alone);
        assertThat(alone.get(1)).isInstanceOf(Outcome.Rejected.class);
        assertThat(executor.sent).extracting(plan -> plan.outputs().size()).containsExactly(2);
    }

    @Test
    void where_the_statement_of_all_fails_each_is_asked_alone() {
        var tiles = tiles(TEN);
        var alone = toldAlone(tiles);
        for (var failure :
                List.of(
                        failed(Reason.TIMEOUT),
                        failed(Reason.NUMBER_OUT_OF_RANGE),
                        failed(Reason.ANSWER_TOO_LARGE),
                        failed(Reason.TOO_LARGE),
                        new IllegalStateException("broken"))) {
            executor.sent.clear();
            broken.clear();
            executor.before =
                    plan -> {
                        if (plan.outputs().size() > 1) {
                            throw failure;
                        }
                    };
            var kept = service(1 << 20);
            var told =
                    begun(kept, tiles, Caller.LOCAL, far()).stream()
                            .map(CompletableFuture::join)
                            .toList();

            assertThat(told).isEqualTo(alone);
            assertThat(executor.sent).hasSize(11);
            assertThat(broken)
                    .as("what is not foreseen is told")
                    .isEqualTo(failure instanceof AnalysisFailed ? List.of() : List.of(failure));
        }
    }

    @Test
    void a_tile_that_fails_alone_too_takes_no_other_with_it() {
        executor.before =
                plan -> {
                    if (plan.outputs().size() > 1 || isMedian(plan)) {
                        throw failed(Reason.NUMBER_OUT_OF_RANGE);
                    }
                };
        var told = begun(analyses, tiles(TEN), Caller.LOCAL, far());

        for (int at = 0; at < TEN.size(); at++) {
            var tile = told.get(at);
            if (TEN.get(at).startsWith("median")) {
                assertThatThrownBy(tile::join)
                        .hasCauseInstanceOf(AnalysisFailed.class)
                        .hasMessageContaining("NUMBER_OUT_OF_RANGE");
            } else {
                assertThat(tile.join()).isInstanceOf(Outcome.Answered.class);
            }
        }
    }

    private static boolean isMedian(AnalysisPlan plan) {
        return plan.leaves().stream()
                .anyMatch(leaf -> leaf.aggregation() instanceof Aggregation.Percentile);
    }

    private static AnalysisFailed failed(Reason reason) {
        return new AnalysisFailed(reason, new IllegalStateException(reason.name()));
    }

    /** On a clock that stands still. */
    private static Deadline left(Duration left) {
        return new Deadline(() -> 0, left.toNanos());
    }

    @Test
    void a_statement_of_all_that_takes_half_of_the_time_is_given_up() {
        var limits = new CopyOnWriteArrayList<Duration>();
        executor.before =
                plan -> {
                    if (plan.outputs().size() > 1) {
                        limits.add(Deadline.current().left());
                        throw failed(Reason.TIMEOUT);
                    }
                };
        var told = begun(analyses, tiles(TEN), Caller.LOCAL, left(Duration.ofMinutes(10)));

        assertThat(told.stream().map(CompletableFuture::join))
                .allMatch(Outcome.Answered.class::isInstance);
        assertThat(limits).containsExactly(Duration.ofMinutes(5));
    }

    /** It waits for six seconds at most, others for three of them; what is left to those is six each time, as the clock stands still. */
    @Test
    void a_tile_that_waits_for_another_request_too_long_takes_no_other_with_it() throws Exception {
        var release = new CountDownLatch(1);
        var running = new CountDownLatch(1);
        executor.before =
                _ -> {
                    if (running.getCount() > 0) {
                        running.countDown();
                        awaited(release);
                    }
                };
        var one = threads.submit(() -> analyses.analyze(asking(TEN.get(0)), Caller.LOCAL, far()));
        running.await();
        var told =
                begun(
                        analyses,
                        tiles(TEN.subList(0, 2)),
                        Caller.LOCAL,
                        left(Duration.ofSeconds(6)));

        assertThat(told.get(1).join()).isInstanceOf(Outcome.Answered.class);
        release.countDown();
        assertThat(one.get()).isInstanceOf(Outcome.Answered.class);
    }

    @Test
    void small_tiles_whose_statement_would_be_large_are_asked_alone() {
        executor.cost = plan -> plan.outputs().size() > 1 ? LARGE : 1;
        var tiles = tiles(TEN);
        var alone = toldAlone(tiles);

        assertThat(told(tiles)).isEqualTo(alone);
        assertThat(executor.sent).hasSize(10);
    }

    @Test
    void a_small_tile_does_not_wait_for_large_ones() {
        executor.cost = plan -> plan.toString().contains("login") ? 1 : LARGE;
        told(tiles(TEN));

        assertThat(executor.sent)
                .extracting(plan -> plan.outputs().size())
                .containsExactlyInAnyOrder(8, 2);
    }

    @Test
    void a_statement_of_all_that_is_refused_leaves_each_to_be_asked_alone() {
        executor.refusals =
                plan ->
                        plan.outputs().size() > 1
                                ? List.of(
                                        Problem.of(
                                                ProblemCode.LIMIT,
                                                Place.of("metrics"),
                                                "Too many rows."))
                                : List.of();
        var tiles = tiles(TEN);
        var alone = toldAlone(tiles);

        assertThat(told(tiles)).isEqualTo(alone).allMatch(Outcome.Answered.class::isInstance);
        assertThat(executor.sent).hasSize(10);
    }

    @Test
    void the_same_dashboard_asked_twice_at_once_is_one_statement() throws Exception {
        var release = new CountDownLatch(1);
        var running = new CountDownLatch(1);
        executor.before =
                _ -> {
                    running.countDown();
                    awaited(release);
                };
        var first = begun(analyses, tiles(TEN), Caller.LOCAL, far());
        running.await();
        var second = begun(analyses, tiles(TEN), Caller.LOCAL, far());
        var one = threads.submit(() -> analyses.analyze(asking(TEN.get(3)), Caller.LOCAL, far()));
        release.countDown();

        assertThat(second.stream().map(CompletableFuture::join).toList())
                .isEqualTo(first.stream().map(CompletableFuture::join).toList());
        assertThat(one.get()).isEqualTo(first.get(3).join());
        assertThat(executor.sent).hasSize(1);
    }

    @Test
    void who_sees_some_accounts_is_told_of_those_by_each_tile() {
        var ofAcme = new Caller("ann", "account.plan = 'pro'");
        var told =
                begun(analyses, tiles(TEN), ofAcme, far()).stream()
                        .map(CompletableFuture::join)
                        .toList();
        var all = told(tiles(TEN));

        assertThat(told)
                .isEqualTo(
                        tiles(TEN).stream()
                                .map(tile -> service(0).analyze(tile, ofAcme, far()))
                                .toList())
                .isNotEqualTo(all);
        assertThat(values(told.getFirst())).containsExactly("1", "1", "0", "0");
        assertThat(values(all.getFirst())).containsExactly("1", "2", "0", "1");
    }

    private static List<String> values(Outcome outcome) {
        return ((Outcome.Answered) outcome)
                .result().rows().stream()
                        .map(row -> ((Cell.Value) row.cells().getLast()).value().value())
                        .map(String::valueOf)
                        .toList();
    }

    @Test
    void each_tile_is_an_entry_of_the_audit_log() {
        var log = new MemoryAuditLog();
        try (var audit = new Audit(log, Clock.fixed(NOW, ZoneOffset.UTC), null, _ -> {})) {
            begun(new AuditedAnalyses(analyses, audit), tiles(TEN), Caller.LOCAL, far())
                    .forEach(CompletableFuture::join);
        }

        assertThat(log.latest(AuditSearch.ALL, 100)).hasSize(10);
        assertThat(executor.sent).hasSize(1);
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException given) {
            throw new AnalysisFailed(Reason.TIMEOUT, given);
        }
    }

    /** The reference executor, which takes note of the statements that are sent. */
    private static final class Counting implements AnalysisExecutor {
        private final ReferenceExecutor reference;
        final List<AnalysisPlan> sent = new CopyOnWriteArrayList<>();
        volatile Consumer<AnalysisPlan> before = _ -> {};
        volatile ToLongFunction<AnalysisPlan> cost = _ -> 1;
        volatile Function<AnalysisPlan, List<Problem>> refusals = _ -> List.of();

        Counting(World world) {
            this.reference = new ReferenceExecutor(world);
        }

        private record Known(AnalysisPlan plan) implements State {
            @Override
            public long bytes() {
                return 1;
            }
        }

        @Override
        public Capabilities capabilities() {
            return Capabilities.ALL;
        }

        @Override
        public List<Problem> refusals(AnalysisPlan plan) {
            return refusals.apply(plan);
        }

        @Override
        public Answer execute(AnalysisPlan plan, Duration limit) {
            sent.add(plan);
            before.accept(plan);
            return reference.execute(plan, limit);
        }

        @Override
        public Prepared prepare(AnalysisPlan plan) {
            return new Prepared() {
                @Override
                public long cost() {
                    return cost.applyAsLong(plan);
                }

                @Override
                public Optional<State> state() {
                    return Optional.of(new Known(plan));
                }

                @Override
                public Answer execute(Duration limit) {
                    return Counting.this.execute(plan, limit);
                }
            };
        }

        @Override
        public Map<String, LocalDate> coverageStarts(
                Set<String> sources, @Nullable Instant knownAt) {
            return reference.coverageStarts(sources, knownAt);
        }

        @Override
        public String describe(AnalysisPlan plan) {
            return "counted";
        }
    }

    private static DefinitionStore definitions(Catalog catalog) {
        return new DefinitionStore() {
            @Override
            public Catalog load() {
                return catalog;
            }

            @Override
            public long version() {
                return catalog.version();
            }

            @Override
            public Saved save(long expected, Collection<Entry> changed, Set<String> retired) {
                throw new AssertionError("nothing is defined here");
            }

            @Override
            public Saved rehearse(long expected, Collection<Entry> changed, Set<String> retired) {
                throw new AssertionError("nothing is defined here");
            }
        };
    }
}
