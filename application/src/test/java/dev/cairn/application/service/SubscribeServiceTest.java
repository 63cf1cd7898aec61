package dev.cairn.application.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.Capabilities;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.StoreFailed;
import dev.cairn.application.port.SubscriptionEnded;
import dev.cairn.application.port.SubscriptionEnded.Reason;
import dev.cairn.application.port.in.SubscribeUseCase.Update;
import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.application.port.out.CalendarRows;
import dev.cairn.application.port.out.Versions;
import dev.cairn.domain.analysis.AccessScope;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.MembersQuery;
import dev.cairn.domain.analysis.Role;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Grade;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Answer;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.Grain;
import dev.cairn.domain.trust.SourceTrust;
import dev.cairn.domain.trust.Trusts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When there is another answer, to whom, and why; on one thread and by a clock that stands. */
class SubscribeServiceTest {
    private static final AnalysisQuery QUESTION = question("count(event)");
    private static final Instant START = Instant.parse("2026-07-01T10:00:00Z");

    private final Ticking clock = new Ticking();
    private final Answers answers = new Answers();
    private final Reading executor = new Reading();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean isWaiting;
    private Versions.Known known = new Versions.Known(1, Map.of("event", 1L, "ticket", 1L));
    private final Map<String, Long> counts = new HashMap<>();
    private Grade grade = Grade.A;
    private final Trusts trusts =
            new Trusts() {
                @Override
                public Map<String, SourceTrust> of(Set<String> sources) {
                    var all = new HashMap<>(NONE.of(sources));
                    all.computeIfPresent(
                            "event",
                            (name, _) -> new SourceTrust(name, grade, List.of(), List.of(), null));
                    return all;
                }

                @Override
                public Map<String, Long> ended() {
                    return Map.copyOf(counts);
                }
            };
    private int looks;
    private @Nullable StoreFailed outOfReach;
    private Optional<Caller> caller = Optional.of(Caller.LOCAL);
    private final Supplier<Optional<Caller>> authority = () -> caller;
    private final MemoryStore store =
            new MemoryStore(
                    Catalog.of(
                            1,
                            List.of(
                                    new Entry(source("event"), 1, Map.of()),
                                    new Entry(source("ticket"), 1, Map.of())),
                            List.of()));
    private final ExecutorService threads =
            new AbstractExecutorService() {
                @Override
                public void execute(Runnable work) {
                    if (isWaiting) {
                        waiting.add(work);
                    } else {
                        work.run();
                    }
                }

                @Override
                public void shutdown() {}

                @Override
                public List<Runnable> shutdownNow() {
                    return List.of();
                }

                @Override
                public boolean isShutdown() {
                    return false;
                }

                @Override
                public boolean isTerminated() {
                    return false;
                }

                @Override
                public boolean awaitTermination(long time, TimeUnit unit) {
                    return true;
                }
            };
    private SubscribeService service = service(Turns.unlimited(threads));

    private SubscribeService service(Turns turns) {
        return new SubscribeService(
                new Catalogs(store, CalendarRows.NONE, trusts),
                executor,
                answers,
                this::versions,
                clock,
                new SubscribeService.Threads(turns, Runnable::run),
                () -> Deadline.NEVER);
    }

    private Versions.Known versions() {
        if (outOfReach != null) {
            throw outOfReach;
        }
        looks++;
        return known;
    }

    private static Source source(String name) {
        return source(name, LocalDate.of(2020, 1, 1));
    }

    private static Source source(String name, LocalDate coverageFrom) {
        return new Source(
                name,
                name,
                "",
                "at",
                ZoneOffset.UTC,
                coverageFrom,
                null,
                "customer",
                null,
                List.of(),
                List.of(Field.of("at", DataType.TIMESTAMP), Field.of("customer", DataType.TEXT)));
    }

    private static AnalysisQuery question(String formula) {
        return AnalysisQuery.of(
                List.of(new AskedMetric(new MetricReference.Inline(formula), "x")),
                new AskedRange.Between(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 7, 1)),
                ZoneOffset.UTC);
    }

    private static final class Ticking extends Clock {
        private Instant now = START;

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private static final class Answers implements OneByOne {
        private final List<Caller> asked = new ArrayList<>();
        private String value = "1";
        private @Nullable Throwable failure;
        private List<Problem> problems = List.of();
        private Runnable meanwhile = () -> {};

        @Override
        public Outcome analyze(AnalysisQuery query, Caller caller, Deadline deadline) {
            asked.add(caller);
            meanwhile.run();
            switch (failure) {
                case RuntimeException thrown -> throw thrown;
                case Error thrown -> throw thrown;
                case null, default -> {
                    // It is answered.
                }
            }
            return problems.isEmpty()
                    ? new Outcome.Answered(
                            new AnalysisResult(
                                    List.of(),
                                    List.of(),
                                    false,
                                    null,
                                    START,
                                    null,
                                    List.of(new AnalysisResult.Notice("VALUE", value, null)),
                                    Set.of("event")))
                    : new Outcome.Rejected(problems);
        }

        @Override
        public Outcome members(MembersQuery query, Caller caller, Deadline deadline) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Explanation explain(AnalysisQuery query, Caller caller, Deadline deadline) {
            throw new UnsupportedOperationException();
        }
    }

    /** Reads events if it is not told otherwise, and what is outside if it is told so. */
    private static final class Reading implements AnalysisExecutor {
        private String reads = "event";
        private boolean readsOutside;

        @Override
        public Capabilities capabilities() {
            return Capabilities.ALL;
        }

        @Override
        public Answer execute(AnalysisPlan plan, Duration limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Prepared prepare(AnalysisPlan plan) {
            return new Prepared() {
                @Override
                public boolean reads(String name) {
                    return name.equals(reads);
                }

                @Override
                public boolean readsOutside() {
                    return readsOutside;
                }

                @Override
                public long cost() {
                    return 0;
                }

                @Override
                public Answer execute(Duration limit) {
                    throw new UnsupportedOperationException();
                }
            };
        }

        @Override
        public Map<String, LocalDate> coverageStarts(
                Set<String> sources, @Nullable Instant knownAt) {
            return Map.of();
        }

        @Override
        public String describe(AnalysisPlan plan) {
            return "";
        }
    }

    private static class Reader implements Flow.Subscriber<Update> {
        private final List<String> got = new ArrayList<>();
        private Flow.Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription to) {
            subscription = to;
        }

        @Override
        public void onNext(Update update) {
            got.add(
                    "%d %s %s"
                            .formatted(
                                    update.sequence(),
                                    update.cause(),
                                    update.result().notices().getFirst().message()));
        }

        @Override
        public void onError(Throwable failure) {
            got.add(
                    failure instanceof SubscriptionEnded ended
                            ? ended.reason() + " " + ended.problems().size()
                            : failure.getClass().getSimpleName());
        }

        @Override
        public void onComplete() {
            got.add("complete");
        }
    }

    private Reader subscribe(AnalysisQuery query, long wanted) {
        return subscribe(query, wanted, false);
    }

    private Reader subscribe(AnalysisQuery query, long wanted, boolean withTrust) {
        var reader = new Reader();
        service.subscribe(query, withTrust, authority).subscribe(reader);
        reader.subscription.request(wanted);
        return reader;
    }

    private Reader subscribe() {
        return subscribe(QUESTION, Long.MAX_VALUE);
    }

    private void look() {
        clock.pass(Duration.ofSeconds(1));
        service.look();
    }

    private void data(String source, long version, String value) {
        var data = new HashMap<>(known.data());
        data.put(source, version);
        known = new Versions.Known(known.catalog(), data);
        answers.value = value;
    }

    @Test
    void the_first_answer_comes_at_once_and_another_where_data_has_changed() {
        var reader = subscribe();
        assertThat(reader.got).containsExactly("1 INITIAL 1");

        look();
        data("event", 2, "2");
        look();
        assertThat(reader.got).containsExactly("1 INITIAL 1", "2 DATA 2");
    }

    @Test
    void nothing_is_asked_while_nothing_changes_and_one_look_serves_all() {
        subscribe();
        subscribe(question("count(event) + 1"), 9);
        subscribe(question("count(event) + 2"), 9);
        int asked = answers.asked.size();
        int before = looks;
        look();
        look();

        assertThat(answers.asked).hasSize(asked);
        assertThat(looks - before).isEqualTo(2);
    }

    @Test
    void nobody_looks_where_nobody_is_subscribed() {
        subscribe().subscription.cancel();
        int before = looks;
        look();

        assertThat(looks).isEqualTo(before);
        assertThat(service.questions()).isZero();
    }

    @Test
    void a_source_that_is_not_read_does_not_matter() {
        subscribe();
        int asked = answers.asked.size();
        data("ticket", 2, "2");
        look();

        assertThat(answers.asked).hasSize(asked);
    }

    /** Such as a ledger that the facts are compared with. */
    @Test
    void where_trust_is_asked_for_every_source_matters() {
        var guarded =
                new Metric(
                                "guarded",
                                "guarded",
                                "",
                                Metric.Level.CELL,
                                null,
                                "count(event)",
                                null,
                                Metric.Direction.HIGHER,
                                null,
                                null,
                                null,
                                false,
                                Metric.Status.PUBLISHED)
                        .with(new Metric.Sample(null, null, Grade.B));
        store.save(1, List.of(new Entry(guarded, 2, Map.of())), Set.of());
        service = service(Turns.unlimited(threads));
        var reader = subscribe(question("guarded"), 9);
        data("ticket", 2, "2");
        look();

        assertThat(reader.got).containsExactly("1 INITIAL 1", "2 DATA 2");
    }

    /** It was given with the notice that trust is being counted, or with what was counted before. */
    @Test
    void when_a_count_of_trust_ends_the_answer_comes_again_with_what_was_found() {
        answers.value = "pending";
        var reader = subscribe();

        counts.put("ticket", 1L);
        look();
        assertThat(answers.asked).as("of a source that is not read").hasSize(1);

        counts.put("event", 1L);
        answers.value = "broken days are marked";
        look();
        look();
        assertThat(reader.got)
                .containsExactly("1 INITIAL pending", "2 DATA broken days are marked");
        assertThat(answers.asked).hasSize(2);
    }

    @Test
    void another_grade_brings_the_same_values_again_to_who_is_told_of_trust_and_to_nobody_else() {
        var told = subscribe(QUESTION, 9, true);
        var other = subscribe();

        counts.put("event", 1L);
        look();
        assertThat(told.got).as("the same grade").containsExactly("1 INITIAL 1");

        grade = Grade.B;
        counts.put("event", 2L);
        look();
        look();
        assertThat(told.got).containsExactly("1 INITIAL 1", "2 DATA 1");
        assertThat(other.got).containsExactly("1 INITIAL 1");
    }

    @Test
    void a_count_of_trust_that_ends_while_the_answer_is_made_is_seen_with_the_next_look() {
        answers.meanwhile = () -> counts.put("event", 1L);
        var reader = subscribe();
        answers.value = "2";
        look();
        look();
        assertThat(reader.got).containsExactly("1 INITIAL 1", "2 DATA 2");
        assertThat(answers.asked).hasSize(2);
    }

    @Test
    void an_answer_of_the_same_value_is_not_given_again() {
        var reader = subscribe();
        data("event", 2, "1");
        look();
        data("event", 3, "3");
        look();

        assertThat(reader.got).containsExactly("1 INITIAL 1", "2 DATA 3");
    }

    @Test
    void definitions_under_the_question_bring_the_same_values_again_and_others_do_not() {
        var reader = subscribe();
        define(2, source("ticket", LocalDate.of(2021, 1, 1)));
        look();
        assertThat(reader.got).hasSize(1);

        define(3, source("event", LocalDate.of(2021, 1, 1)));
        look();
        assertThat(reader.got).containsExactly("1 INITIAL 1", "2 DEFINITIONS 1");
    }

    private void define(long version, Source changed) {
        store.save(version - 1, List.of(new Entry(changed, 1, Map.of())), Set.of());
        known = new Versions.Known(version, known.data());
    }

    @Test
    void another_day_brings_another_answer_and_with_hours_another_hour() {
        var byDay = subscribe();
        var byHour = subscribe(QUESTION.withGrain(Grain.HOUR), 9);
        var ofThen = subscribe(QUESTION.withAsOf(START), 9);
        answers.value = "later";
        clock.pass(Duration.ofHours(1));
        look();
        assertThat(byHour.got).containsExactly("1 INITIAL 1", "2 TIME later");
        assertThat(byDay.got).hasSize(1);

        clock.pass(Duration.ofHours(13));
        look();
        assertThat(byDay.got).containsExactly("1 INITIAL 1", "2 TIME later");
        assertThat(ofThen.got).hasSize(1);
    }

    @Test
    void tables_without_a_version_are_looked_at_every_half_minute() {
        executor.readsOutside = true;
        var reader = subscribe();
        answers.value = "2";
        look();
        assertThat(reader.got).hasSize(1);

        clock.pass(Duration.ofSeconds(29));
        look();
        assertThat(reader.got).containsExactly("1 INITIAL 1", "2 DATA 2");
    }

    @Test
    void who_reads_slowly_gets_the_latest_and_misses_the_others() {
        var reader = subscribe(QUESTION, 1);
        for (int change = 2; change < 6; change++) {
            data("event", change, "" + change);
            look();
        }
        assertThat(reader.got).containsExactly("1 INITIAL 1");

        reader.subscription.request(1);
        assertThat(reader.got).containsExactly("1 INITIAL 1", "2 DATA 5");
    }

    @Test
    void a_second_passes_between_two_answers() {
        var reader = subscribe();
        data("event", 2, "2");
        service.look();
        assertThat(reader.got).hasSize(1);

        look();
        assertThat(reader.got).containsExactly("1 INITIAL 1", "2 DATA 2");
    }

    @Test
    void the_same_question_of_one_caller_is_asked_once() {
        var first = subscribe();
        var second = subscribe();
        int asked = answers.asked.size();
        data("event", 2, "2");
        look();

        assertThat(answers.asked).hasSize(asked + 1);
        assertThat(first.got).contains("2 DATA 2");
        assertThat(second.got).containsExactly("1 INITIAL 1", "2 DATA 2");
        assertThat(service.questions()).isOne();
    }

    @Test
    void each_scope_has_its_own_answers() {
        subscribe();
        caller = Optional.of(new Caller("a", Role.VIEWER, new AccessScope("account.plan = 'pro'")));
        subscribe();

        assertThat(service.questions()).isEqualTo(2);
        assertThat(answers.asked).containsExactly(Caller.LOCAL, caller.get());
    }

    /** Cursors are sealed for who asked, and what is read is written down as read by him. */
    @Test
    void each_caller_has_his_own_answers_whatever_others_may_see() {
        subscribe();
        caller = Optional.of(new Caller("other", Role.ADMIN, null));
        subscribe();

        assertThat(answers.asked).containsExactly(Caller.LOCAL, caller.get());
    }

    @Test
    void nobody_waits_for_all_questions_of_another() {
        service = service(new Turns(threads, 1, Turns.Most.ANY));
        isWaiting = true;
        for (int question = 0; question < 4; question++) {
            subscribe(question("count(event) + " + question), 9);
        }
        var other = new Caller("other", Role.VIEWER, null);
        caller = Optional.of(other);
        subscribe();
        while (!waiting.isEmpty()) {
            waiting.remove().run();
        }

        assertThat(answers.asked).hasSize(5);
        assertThat(answers.asked.indexOf(other)).isLessThan(4);
    }

    @Test
    void who_has_left_before_he_was_there_leaves_nothing_behind() {
        var reader =
                new Reader() {
                    @Override
                    public void onSubscribe(Flow.Subscription to) {
                        to.cancel();
                    }
                };
        service.subscribe(QUESTION, false, authority).subscribe(reader);

        assertThat(service.questions()).isZero();
        assertThat(answers.asked).isEmpty();
    }

    @Test
    void a_day_that_begins_while_it_is_answered_brings_another_answer() {
        clock.pass(Duration.ofHours(14).minusSeconds(1));
        answers.meanwhile = () -> clock.pass(Duration.ofSeconds(5));
        var reader = subscribe();
        answers.value = "2";
        look();

        assertThat(reader.got).containsExactly("1 INITIAL 1", "2 TIME 2");
    }

    /** As the formula of a scope, or a target, may name what the question does not. */
    @Test
    void what_is_read_is_found_out_again_with_any_change_of_definitions() {
        var reader = subscribe();
        executor.reads = "ticket";
        define(2, source("ticket", LocalDate.of(2021, 1, 1)));
        look();
        data("ticket", 2, "2");
        look();

        assertThat(reader.got).containsExactly("1 INITIAL 1", "2 DATA 2");
    }

    @Test
    void the_first_answer_of_another_subscription_is_no_first_one_of_those_before() {
        var first = subscribe();
        clock.pass(Duration.ofSeconds(1));
        data("event", 2, "2");
        var second = subscribe();

        assertThat(first.got).containsExactly("1 INITIAL 1", "2 DATA 2");
        assertThat(second.got).containsExactly("1 INITIAL 2");
    }

    @Test
    void an_answer_that_breaks_ends_it_and_the_question_can_be_asked_again() {
        answers.failure = new StackOverflowError();
        assertThat(subscribe().got).containsExactly("StackOverflowError");

        answers.failure = null;
        assertThat(subscribe().got).containsExactly("1 INITIAL 1");
    }

    @Test
    void a_question_that_is_not_valid_any_more_ends_with_its_problems() {
        var reader = subscribe();
        answers.problems = List.of(Problem.of(ProblemCode.UNKNOWN_METRIC, Place.NOWHERE, "gone"));
        define(2, source("event", LocalDate.of(2021, 1, 1)));
        look();

        assertThat(reader.got).containsExactly("1 INITIAL 1", "INVALID 1");
        assertThat(service.questions()).isZero();
    }

    @Test
    void rights_are_looked_at_before_each_answer() {
        var reader = subscribe();
        caller = Optional.empty();
        data("event", 2, "2");
        look();

        assertThat(reader.got).containsExactly("1 INITIAL 1", Reason.SIGNED_OUT + " 0");
        assertThat(service.questions()).isZero();
    }

    @Test
    void rights_are_looked_at_where_nothing_changes_and_once_for_one_authority() {
        var asked = new ArrayList<String>();
        Supplier<Optional<Caller>> counting =
                () -> {
                    asked.add("asked");
                    return caller;
                };
        var readers = List.of(new Reader(), new Reader());
        readers.forEach(reader -> service.subscribe(QUESTION, false, counting).subscribe(reader));
        asked.clear();
        service.review();
        assertThat(asked).hasSize(1);

        caller = Optional.of(new Caller("local", Role.VIEWER, null));
        service.review();
        assertThat(readers)
                .allSatisfy(reader -> assertThat(reader.got).containsExactly("OTHER_RIGHTS 0"));
    }

    @Test
    void nobody_is_refused_at_once() {
        caller = Optional.empty();

        var reader = new Reader();
        service.subscribe(QUESTION, false, authority).subscribe(reader);
        assertThat(reader.got).containsExactly("SIGNED_OUT 0");
    }

    @Test
    void a_store_out_of_reach_ends_who_waits_for_the_first_answer_and_not_the_others() {
        var reader = subscribe();
        answers.failure = new StoreFailed("away", new IllegalStateException());
        data("event", 2, "2");
        look();
        assertThat(subscribe(question("count(event) + 1"), 9).got).containsExactly("StoreFailed");
        assertThat(reader.got).hasSize(1);

        answers.failure = null;
        look();
        assertThat(reader.got).containsExactly("1 INITIAL 1", "2 DATA 2");
    }

    @Test
    void where_too_much_waits_those_who_have_an_answer_wait_for_the_next_look() {
        var reader = subscribe();
        answers.failure =
                new AnalysisFailed(AnalysisFailed.Reason.TOO_MANY, new IllegalStateException());
        data("event", 2, "2");
        look();
        assertThat(reader.got).hasSize(1);

        answers.failure = null;
        look();
        assertThat(reader.got).containsExactly("1 INITIAL 1", "2 DATA 2");
    }

    @ParameterizedTest
    @EnumSource(
            value = AnalysisFailed.Reason.class,
            names = {"TIMEOUT", "STILL_RECORDED"})
    void where_a_later_answer_is_not_there_in_time_it_is_tried_again_after_a_minute(
            AnalysisFailed.Reason reason) {
        var reader = subscribe();
        answers.failure = new AnalysisFailed(reason, new IllegalStateException());
        data("event", 2, "2");
        look();
        answers.failure = null;
        look();
        assertThat(reader.got).as("left alone for a while").hasSize(1);

        // A look takes a second.
        clock.pass(Duration.ofSeconds(57));
        look();
        assertThat(reader.got).hasSize(1);
        look();
        assertThat(reader.got).containsExactly("1 INITIAL 1", "2 DATA 2");
    }

    @Test
    void whoever_subscribes_while_an_answer_takes_too_long_does_not_wait_for_a_minute() {
        var reader = subscribe();
        var later = new ArrayList<Reader>();
        answers.failure =
                new AnalysisFailed(AnalysisFailed.Reason.TIMEOUT, new IllegalStateException());
        answers.meanwhile =
                () -> {
                    answers.meanwhile = () -> {};
                    later.add(subscribe());
                };
        data("event", 2, "2");
        look();
        answers.failure = null;
        look();
        assertThat(reader.got).containsExactly("1 INITIAL 1", "2 DATA 2");
        assertThat(later.getFirst().got).containsExactly("1 INITIAL 2");
    }

    @Test
    void a_first_answer_that_takes_too_long_ends_its_subscription_and_not_those_before_it() {
        var reader = subscribe();
        answers.failure =
                new AnalysisFailed(AnalysisFailed.Reason.TIMEOUT, new IllegalStateException());
        data("event", 2, "2");
        look();
        assertThat(subscribe().got).containsExactly("AnalysisFailed");
        assertThat(reader.got).hasSize(1);
    }

    @Test
    void what_changes_while_it_is_answered_is_answered_again() {
        isWaiting = true;
        var reader = subscribe();
        waiting.remove().run();
        data("event", 2, "2");
        look();
        data("event", 3, "3");
        look();
        assertThat(waiting).as("once at a time").hasSize(1);
        while (!waiting.isEmpty()) {
            waiting.remove().run();
        }

        look();
        assertThat(reader.got).containsExactly("1 INITIAL 1", "2 DATA 3");
    }
}
