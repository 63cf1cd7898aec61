package dev.cairn.application.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.AnalysisFailed.Reason;
import dev.cairn.application.port.Capabilities;
import dev.cairn.application.port.Capabilities.Construct;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.Stage;
import dev.cairn.application.port.TableChanged;
import dev.cairn.application.port.in.AnalyzeUseCase.Outcome;
import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.application.port.out.QuestionLog;
import dev.cairn.application.port.out.QuestionLog.End;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisQuery.TopGroups;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.analysis.MembersQuery;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Answer;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AnalyzeServiceTest {
    private static final int LARGE_AT_ONCE = 2;

    private final List<ExecutorService> threads = new ArrayList<>();
    private static final Problem TOO_MUCH =
            Problem.of(ProblemCode.LIMIT, Place.of("metrics"), "Too many rows.");

    private static final Problem GONE =
            Problem.of(ProblemCode.MAPPED_TABLE, Place.of("event"), "There is no table.");

    private final Held executor = new Held();
    private final Workers workers =
            new Workers(threads(2), threads(4), threads(LARGE_AT_ONCE), 1_000);
    private final AnalyzeService analyses =
            new AnalyzeService(
                    new Catalogs(new MemoryStore(Catalog.empty())),
                    executor,
                    Clock.fixed(Instant.parse("2026-07-01T00:00:00Z"), ZoneOffset.UTC),
                    workers);

    private ExecutorService threads(int most) {
        var made = Executors.newFixedThreadPool(most);
        threads.add(made);
        return made;
    }

    @AfterEach
    void stop() {
        executor.release.countDown();
        threads.forEach(ExecutorService::shutdownNow);
    }

    /** Statements of more than one column are large, and are held until they are released. */
    private static final class Held implements AnalysisExecutor {
        final CountDownLatch begun = new CountDownLatch(LARGE_AT_ONCE);
        final CountDownLatch release = new CountDownLatch(1);
        final AtomicInteger large = new AtomicInteger();
        final AtomicInteger most = new AtomicInteger();
        final AtomicInteger sent = new AtomicInteger();
        final AtomicInteger lookedUp = new AtomicInteger();
        final Queue<LocalDate> firstDays = new ArrayDeque<>(List.of(LocalDate.of(2026, 1, 1)));
        volatile Capabilities capabilities = Capabilities.ALL;
        volatile boolean beyondBounds;
        volatile @Nullable TableChanged changed;
        final Queue<AnalysisPlan> plans = new ConcurrentLinkedQueue<>();
        volatile List<Answer.Row> rows = List.of();

        /** Who is interrupted once a large statement has begun. */
        volatile @Nullable Thread asking;

        @Override
        public Capabilities capabilities() {
            return capabilities;
        }

        @Override
        public List<Problem> refusals(AnalysisPlan plan) {
            return beyondBounds ? List.of(TOO_MUCH) : AnalysisExecutor.super.refusals(plan);
        }

        @Override
        public Answer execute(AnalysisPlan plan, Duration limit) {
            plans.add(plan);
            if (isLarge(plan)) {
                sent.incrementAndGet();
                most.accumulateAndGet(large.incrementAndGet(), Math::max);
                begun.countDown();
                if (asking != null) {
                    asking.interrupt();
                }
                try {
                    release.await();
                } catch (InterruptedException cancelled) {
                    throw new AnalysisFailed(Reason.TIMEOUT, cancelled);
                } finally {
                    large.decrementAndGet();
                }
            }
            return new Answer(rows, false, Map.of(), List.of(), "held", 1);
        }

        @Override
        public Map<String, LocalDate> coverageStarts(
                Set<String> sources, @Nullable Instant knownAt) {
            lookedUp.incrementAndGet();
            if (changed != null) {
                throw changed;
            }
            return Map.of("event", firstDays.size() > 1 ? firstDays.remove() : firstDays.element());
        }

        @Override
        public Prepared prepare(AnalysisPlan plan) {
            return new Prepared() {
                @Override
                public long cost() {
                    return isLarge(plan) ? 1_000 : 999;
                }

                @Override
                public Answer execute(Duration limit) {
                    return Held.this.execute(plan, limit);
                }
            };
        }

        private static boolean isLarge(AnalysisPlan plan) {
            return plan.outputs().size() > 1;
        }

        @Override
        public String describe(AnalysisPlan plan) {
            return "held";
        }
    }

    private static AnalysisQuery asking(String... formulas) {
        var metrics = new ArrayList<AskedMetric>();
        for (var formula : formulas) {
            metrics.add(new AskedMetric(new MetricReference.Inline(formula), "m" + metrics.size()));
        }
        return AnalysisQuery.of(
                metrics,
                new AskedRange.Between(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 2, 1)),
                ZoneOffset.UTC);
    }

    private static Deadline far() {
        return Deadline.in(Duration.ofMinutes(10), System::nanoTime);
    }

    private Future<Outcome> asked(ExecutorService callers, AnalysisQuery query) {
        return callers.submit(() -> analyses.analyze(query, Caller.LOCAL, far()));
    }

    @Test
    void a_small_question_is_answered_while_large_ones_are_held() throws Exception {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var large = new ArrayList<Future<Outcome>>();
            for (int caller = 0; caller < 32; caller++) {
                large.add(asked(callers, asking("count(account)", "count(user)")));
            }
            executor.begun.await();

            var small = asked(callers, asking("count(account)")).get();

            assertThat(small).isInstanceOf(Outcome.Answered.class);
            assertThat(large).noneMatch(Future::isDone);
            executor.release.countDown();
            for (var question : large) {
                assertThat(question.get()).isInstanceOf(Outcome.Answered.class);
            }
            assertThat(executor.most).hasValue(LARGE_AT_ONCE);
        }
    }

    @Test
    void a_question_whose_time_is_over_before_its_turn_is_never_sent() throws Exception {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < LARGE_AT_ONCE; caller++) {
                asked(callers, asking("count(account)", "count(user)"));
            }
            executor.begun.await();
            var late = Deadline.in(Duration.ofMillis(300), System::nanoTime);

            assertTimeout(() ->
                    analyses.analyze(
                            asking("count(account)", "count(user)", "1"), Caller.LOCAL, late));

            executor.release.countDown();
            workers.large().threads().shutdown();
            assertThat(workers.large().threads().awaitTermination(1, TimeUnit.MINUTES)).isTrue();
            assertThat(executor.sent).hasValue(LARGE_AT_ONCE);
        }
    }

    private AnalyzeService overEvents() {
        var event =
                new Source(
                        "event",
                        "event",
                        "",
                        "at",
                        ZoneOffset.UTC,
                        null,
                        null,
                        "customer",
                        null,
                        List.of(),
                        List.of(
                                Field.of("at", DataType.TIMESTAMP),
                                Field.of("customer", DataType.TEXT)));
        var catalog = Catalog.of(1, List.of(new Entry(event, 1, Map.of())), List.of());
        return new AnalyzeService(
                new Catalogs(new MemoryStore(catalog)),
                executor,
                Clock.fixed(Instant.parse("2026-07-01T00:00:00Z"), ZoneOffset.UTC),
                workers);
    }

    @Test
    void a_table_that_is_not_as_declared_is_told_by_an_explanation_too() {
        executor.changed = new TableChanged(List.of(GONE), new IllegalStateException("no table"));
        var query = asking("count(day where exists(event)) over all");

        assertThat(overEvents().analyze(query, Caller.LOCAL, far()))
                .isEqualTo(new Outcome.Rejected(List.of(GONE)));
        assertThat(overEvents().explain(query, Caller.LOCAL, far()).problems())
                .containsExactly(GONE);
    }

    @Test
    void a_question_is_planned_again_where_first_facts_came_while_it_was_answered() {
        var service = overEvents();
        executor.firstDays.clear();
        executor.firstDays.addAll(List.of(LocalDate.of(2026, 1, 5), LocalDate.of(2026, 1, 3)));

        var days = asking("count(day where exists(event)) over all");
        assertThat(service.analyze(days, Caller.LOCAL, far())).isInstanceOf(Outcome.Answered.class);
        // For the first plan, after its answer, for the second, and after that.
        assertThat(executor.lookedUp).hasValue(4);

        assertThat(service.analyze(asking("count(event)"), Caller.LOCAL, far()))
                .isInstanceOf(Outcome.Answered.class);
        assertThat(executor.lookedUp).hasValue(4);
    }

    @Test
    void all_others_are_opened_once_it_is_known_which_groups_are_shown() {
        var service = overEvents();
        var query =
                asking("count(event)")
                        .withGroupBy(List.of("account"))
                        .withTop(new TopGroups(1, null, true))
                        .withKeys(true);
        executor.rows = List.of(row(GroupValue.OTHER));
        var answer = (Outcome.Answered) service.analyze(query, Caller.LOCAL, far());
        var key = Objects.requireNonNull(answer.result().rows().getFirst().key());

        // Shown is acme, and what is behind all others is read without it.
        executor.rows = List.of(row(GroupValue.of("acme")));
        executor.plans.clear();
        var opened = service.members(MembersQuery.of(query, key, "m0"), Caller.LOCAL, far());

        assertThat(opened).isInstanceOf(Outcome.Answered.class);
        assertThat(executor.plans)
                .extracting(plan -> plan.scans().getFirst().where().toString().contains("acme"))
                .containsExactly(false, true);
    }

    private static Answer.Row row(GroupValue group) {
        return new Answer.Row(
                RowKind.CELL,
                0,
                List.of(group),
                List.of(new Measured(BigDecimal.valueOf(5), null, null, 5L, null)));
    }

    @Test
    void an_explanation_says_about_how_many_rows_are_expected() {
        assertThat(analyses.explain(asking("1", "2"), Caller.LOCAL, far()).steps().getLast())
                .isEqualTo(
                        "About 1,000 rows are expected to be read and made, as the database knows its tables");
    }

    @Test
    void an_explanation_for_some_accounts_says_nothing_of_tables_and_lists() {
        var caller = new Caller("some", "account in ('acme')");
        var explained = overEvents().explain(asking("count(event)"), caller, far());

        assertThat(explained.problems()).isEmpty();
        assertThat(explained.columns()).isNotEmpty();
        assertThat(explained.steps()).isEmpty();
        assertThat(explained.rowsToRead()).isNull();
        assertThat(explained.sql()).isNull();
    }

    @Test
    void what_the_engine_would_read_beyond_all_bounds_is_refused_before_anything_runs() {
        executor.beyondBounds = true;
        var query = asking("1", "2");
        assertThat(analyses.analyze(query, Caller.LOCAL, far()))
                .isEqualTo(new Outcome.Rejected(List.of(TOO_MUCH)));
        assertThat(executor.sent).hasValue(0);
        assertThat(analyses.explain(query, Caller.LOCAL, far()).problems())
                .containsExactly(TOO_MUCH);
    }

    @Test
    void what_the_engine_cannot_answer_is_refused_before_anything_runs() {
        executor.capabilities = Capabilities.without(Construct.PERCENTILES, Construct.MEMBERS);
        var query = asking("1", "median(account : 1)", "count(account)");
        var refusals =
                List.of(
                        "metrics 1 UNSUPPORTED: 'm1' needs accounts and users as relations, which the engine of this service does not answer exactly.",
                        "metrics 1 UNSUPPORTED: 'm1' needs medians and percentiles, which the engine of this service does not answer exactly.",
                        "metrics 2 UNSUPPORTED: 'm2' needs accounts and users as relations, which the engine of this service does not answer exactly.");

        var outcome = analyses.analyze(query, Caller.LOCAL, far());

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(texts(rejected.problems())).isEqualTo(refusals));
        assertThat(executor.sent).hasValue(0);
        assertThat(texts(analyses.explain(query, Caller.LOCAL, far()).problems()))
                .isEqualTo(refusals);
    }

    private static List<String> texts(List<Problem> problems) {
        return problems.stream()
                .map(problem ->
                        "%s %s: %s"
                                .formatted(
                                        String.join(" ", problem.place().path()),
                                        problem.code(),
                                        problem.message()))
                .toList();
    }

    @Test
    void what_a_question_spends_its_time_on_is_told_when_it_is_over() {
        var told = new ArrayList<QuestionLog.Question>();
        var nanos = new AtomicLong();
        var deadline = new Deadline(() -> nanos.addAndGet(1), Long.MAX_VALUE);
        var observed =
                new AnalyzeService(
                        new Catalogs(new MemoryStore(Catalog.empty())),
                        executor,
                        Clock.fixed(Instant.parse("2026-07-01T00:00:00Z"), ZoneOffset.UTC),
                        workers,
                        DayOfWeek.MONDAY,
                        told::add,
                        0,
                        new KeptAnswers(0));

        observed.analyze(asking("1"), Caller.LOCAL, deadline);
        observed.analyze(asking("nonsense"), Caller.LOCAL, deadline);
        // Whoever asks gives up while the statement runs.
        executor.asking = Thread.currentThread();
        assertTimeout(() -> observed.analyze(asking("1", "2"), Caller.LOCAL, deadline));
        assertThat(Thread.interrupted()).isTrue();

        assertThat(told)
                .extracting(QuestionLog.Question::end)
                .containsExactly(End.ANSWERED, End.REJECTED, End.FAILED);
        assertThat(stages(told.get(0)))
                .containsExactly(Stage.QUEUE, Stage.PLAN, Stage.QUEUE, Stage.DATABASE);
        assertThat(stages(told.get(1))).containsExactly(Stage.QUEUE, Stage.PLAN);
        assertThat(stages(told.get(2)))
                .containsExactly(Stage.QUEUE, Stage.PLAN, Stage.QUEUE, Stage.DATABASE);
        assertThat(told.get(0).passed()).allMatch(passed -> passed.nanos() > 0);
        assertThat(told.get(0).statement()).isNotNull();
        assertThat(told.get(1).statement()).isNull();
    }

    private static List<Stage> stages(QuestionLog.Question question) {
        return question.passed().stream().map(QuestionLog.Passed::stage).toList();
    }

    @Test
    void planning_is_given_up_when_the_time_is_over() {
        var nanos = new AtomicLong();
        var deadline = new Deadline(() -> nanos.addAndGet(1_000_000), 20_000_000);
        var many = "count(account)" + " + count(account)".repeat(150);

        assertTimeout(() -> analyses.analyze(asking(many), Caller.LOCAL, deadline));
        assertTimeout(() -> analyses.explain(asking(many), Caller.LOCAL, deadline));
    }

    @Test
    void work_handed_to_another_thread_keeps_its_deadline() {
        var deadline = far();

        assertThat(Workers.done(workers.planning(), Caller.LOCAL, deadline, Deadline::current))
                .isEqualTo(deadline);

        assertThat(
                        Workers.done(
                                workers.planning(),
                                Caller.LOCAL,
                                Deadline.NEVER,
                                Deadline::current))
                .isEqualTo(Deadline.NEVER);
        assertThat(Deadline.current()).isEqualTo(Deadline.NEVER);
    }

    private static void assertTimeout(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        AnalysisFailed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(Reason.TIMEOUT));
    }
}
