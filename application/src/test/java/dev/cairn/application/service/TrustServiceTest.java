package dev.cairn.application.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.StoreFailed;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.application.port.in.TrustUseCase;
import dev.cairn.application.port.out.SourceCounts;
import dev.cairn.application.port.out.Versions;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.MembersQuery;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Expectations;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Grade;
import dev.cairn.domain.model.Mapping;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.Cancellation;
import dev.cairn.domain.time.Grain;
import dev.cairn.domain.trust.Check;
import dev.cairn.domain.trust.SourceFigures;
import dev.cairn.domain.trust.SourceTrust;
import dev.cairn.domain.trust.Touched;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TrustServiceTest {
    private static final Deadline OVER = Deadline.in(Duration.ZERO, () -> 0);

    private static final Source EVENT =
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
                                    Field.of("customer", DataType.TEXT)))
                    .with(
                            new Expectations(
                                    Grain.DAY,
                                    null,
                                    List.of(),
                                    List.of(),
                                    null,
                                    true,
                                    List.of(),
                                    List.of(),
                                    "account.region"));

    /** Nothing is expected of it. */
    private static final Source SILENT =
            new Source(
                    "silent",
                    "silent",
                    "",
                    "at",
                    ZoneOffset.UTC,
                    null,
                    null,
                    null,
                    null,
                    List.of(),
                    List.of(Field.of("at", DataType.TIMESTAMP)));

    private static Metric metric(String name, String formula) {
        return new Metric(
                name,
                name,
                "",
                Metric.Level.CELL,
                null,
                formula,
                null,
                Metric.Direction.HIGHER,
                null,
                null,
                null,
                false,
                Metric.Status.PUBLISHED);
    }

    private final Map<String, Long> data = new HashMap<>();
    private int counted;
    private SourceCounts stored = SourceCounts.NONE;

    private final AnalyzeUseCase counting =
            new OneByOne() {
                @Override
                public Outcome analyze(AnalysisQuery query, Caller caller, Deadline deadline) {
                    counted++;
                    return new Outcome.Answered(
                            new AnalysisResult(
                                    List.of(),
                                    List.of(),
                                    false,
                                    null,
                                    Instant.EPOCH,
                                    null,
                                    List.of()));
                }

                @Override
                public Outcome members(MembersQuery query, Caller caller, Deadline deadline) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public Explanation explain(AnalysisQuery query, Caller caller, Deadline deadline) {
                    throw new UnsupportedOperationException();
                }
            };

    private TrustService trust(Executor counters, Deadline patience) {
        return new TrustService(
                new Catalogs(
                        new MemoryStore(
                                Catalog.of(
                                        1,
                                        Stream.of(
                                                        EVENT,
                                                        SILENT,
                                                        metric("events", "count(event)"),
                                                        metric("twice", "2 * events"),
                                                        metric(
                                                                "both",
                                                                "count(event) + count(silent)"),
                                                        metric("unseen", "count(silent)"))
                                                .map(each -> new Entry(each, 1, Map.of()))
                                                .toList(),
                                        List.of()))),
                counting,
                () -> new Versions.Known(1, data),
                new TrustService.Stored(stored, "1.0"),
                Clock.fixed(Instant.parse("2026-07-01T00:00:00Z"), ZoneOffset.UTC),
                () -> Deadline.NEVER,
                counters,
                () -> patience);
    }

    private final TrustService trust = trust(Runnable::run, Deadline.NEVER);

    private int countedAfter(String changed) {
        counted = 0;
        data.merge(changed, 1L, Long::sum);
        trust.of(Set.of("event"));
        return counted;
    }

    @Test
    void facts_are_counted_again_when_they_or_their_accounts_have_changed() {
        assertThat(countedAfter("event")).isOne();
        assertThat(countedAfter("ticket")).isZero();
        assertThat(countedAfter("account")).isOne();
        assertThat(countedAfter("event")).isOne();
    }

    /** Which facts are of no account is told by the accounts. */
    @Test
    void facts_are_counted_again_after_a_while_where_accounts_stay_in_a_table() {
        var accounts =
                Catalog.empty()
                        .entity(EntityRef.ACCOUNT)
                        .withMapping(new Mapping("crm", "accounts"));
        var now = new AtomicReference<>(Instant.parse("2026-07-01T00:00:00Z"));
        var mapped =
                new TrustService(
                        new Catalogs(
                                new MemoryStore(
                                        Catalog.of(
                                                1,
                                                Stream.of(EVENT, accounts)
                                                        .map(each -> new Entry(each, 1, Map.of()))
                                                        .toList(),
                                                List.of()))),
                        counting,
                        () -> new Versions.Known(1, data),
                        TrustService.Stored.NOWHERE,
                        new Clock() {
                            @Override
                            public ZoneId getZone() {
                                return ZoneOffset.UTC;
                            }

                            @Override
                            public Clock withZone(ZoneId zone) {
                                throw new UnsupportedOperationException();
                            }

                            @Override
                            public Instant instant() {
                                return now.get();
                            }
                        },
                        () -> Deadline.NEVER,
                        Runnable::run,
                        () -> Deadline.NEVER);

        mapped.of(Set.of("event"));
        now.updateAndGet(before -> before.plus(Duration.ofMinutes(9)));
        mapped.of(Set.of("event"));
        assertThat(counted).isOne();
        now.updateAndGet(before -> before.plus(Duration.ofMinutes(1)));
        mapped.of(Set.of("event"));
        assertThat(counted).isEqualTo(2);
    }

    private static SourceTrust event(Map<String, SourceTrust> found) {
        return Objects.requireNonNull(found.get("event"));
    }

    /** As a database does, for one command after the other. */
    private static final class Memory implements SourceCounts {
        private final Map<String, Found> found = new HashMap<>();

        @Override
        public Found find(String source, String basis) {
            return found.getOrDefault(source + basis, new Found.Nothing());
        }

        @Override
        public void keep(String source, String basis, SourceFigures figures) {
            found.put(source + basis, new Found.Counted(figures));
        }

        @Override
        public void takesLong(String source, String basis) {
            found.putIfAbsent(source + basis, new Found.TakesLong());
        }
    }

    @Test
    void what_another_process_has_counted_is_not_counted_again_until_facts_change() {
        stored = new Memory();
        var first = event(trust(Runnable::run, Deadline.NEVER).of(Set.of("event")));
        assertThat(counted).isOne();

        var later = trust(Runnable::run, Deadline.NEVER);
        assertThat(event(later.of(Set.of("event")))).isEqualTo(first);
        assertThat(counted).isOne();
        data.merge("event", 1L, Long::sum);
        later.of(Set.of("event"));
        assertThat(counted).isEqualTo(2);
    }

    @Test
    void no_answer_waits_for_a_count_that_took_another_process_longer_than_answers_wait() {
        stored = new Memory();
        var ofFirst = new ArrayDeque<Runnable>();
        assertThat(event(trust(ofFirst::add, OVER).soon(Set.of("event"))).isBeingCounted())
                .isTrue();

        var ofSecond = new ArrayDeque<Runnable>();
        // Its patience would never end.
        var second = trust(ofSecond::add, Deadline.NEVER);
        assertThat(event(second.soon(Set.of("event"))).isBeingCounted()).isTrue();
        ofSecond.remove().run();
        assertThat(event(second.soon(Set.of("event"))).isBeingCounted()).isFalse();
    }

    @Test
    void it_is_counted_where_what_others_counted_is_out_of_reach() {
        stored =
                new SourceCounts() {
                    @Override
                    public Found find(String source, String basis) {
                        throw new StoreFailed("out", new IllegalStateException());
                    }

                    @Override
                    public void keep(String source, String basis, SourceFigures figures) {
                        throw new StoreFailed("out", new IllegalStateException());
                    }

                    @Override
                    public void takesLong(String source, String basis) {
                        throw new StoreFailed("out", new IllegalStateException());
                    }
                };
        assertThat(event(trust(Runnable::run, Deadline.NEVER).of(Set.of("event"))).grade())
                .isEqualTo(Grade.F);
        assertThat(counted).isOne();
    }

    /** Of a great source, whose facts come all the time. */
    @Test
    void an_answer_that_does_not_depend_on_a_long_count_is_told_what_was_counted_before() {
        var counts = new ArrayDeque<Runnable>();
        var slow = trust(counts::add, OVER);

        assertThat(event(slow.soon(Set.of("event"))).isBeingCounted()).isTrue();
        data.merge("event", 1L, Long::sum);
        assertThat(event(slow.soon(Set.of("event"))).isBeingCounted()).isTrue();
        assertThat(counts).hasSize(1);
        assertThat(slow.ended()).isEqualTo(Map.of("event", 0L));
        counts.remove().run();
        assertThat(slow.ended()).isEqualTo(Map.of("event", 1L));
        assertThat(event(slow.soon(Set.of("event"))).grade()).isEqualTo(Grade.F);
        assertThat(event(slow.soon(Set.of("event"))).grade()).isEqualTo(Grade.F);
        assertThat(counts).hasSize(1);
        counts.remove().run();
        assertThat(event(slow.soon(Set.of("event"))).grade()).isEqualTo(Grade.F);
        assertThat(counts).isEmpty();
        assertThat(counted).isEqualTo(2);
    }

    @Test
    void a_count_goes_on_for_the_next_question_when_the_first_has_no_more_time() {
        var counts = new ArrayDeque<Runnable>();
        var slow = trust(counts::add, OVER);

        for (int question = 0; question < 2; question++) {
            assertThatThrownBy(() -> slow.trust(Set.of("event"), Caller.LOCAL, OVER))
                    .isInstanceOf(Cancellation.Cancelled.class);
        }
        assertThat(counts).hasSize(1);
        counts.remove().run();
        assertThat(slow.trust(Set.of("event"), Caller.LOCAL, OVER))
                .isInstanceOf(TrustUseCase.Outcome.Assessed.class);
        assertThat(counted).isOne();
    }

    @Test
    void the_data_under_many_metrics_is_looked_at_once() {
        counted = 0;
        var found =
                trust.ofMetrics(
                        Set.of("events", "twice", "both", "unseen", "no_metric"),
                        Caller.LOCAL,
                        Deadline.NEVER);
        assertThat(counted).isOne();
        assertThat(found.keySet()).containsExactly("both", "events", "twice", "unseen");
        assertThat(found.get("twice").worst()).isEqualTo(Grade.F);
        assertThat(found.get("both").worst()).isEqualTo(Grade.F);
        assertThat(found.get("unseen").worst()).isNull();
    }

    @Test
    void who_sees_some_accounts_is_told_no_figure_of_the_data_under_a_metric() {
        var scoped = new Caller("ann", "account = 'a-1'");
        var told =
                trust.ofMetrics(Set.of("events"), scoped, Deadline.NEVER)
                        .get("events")
                        .sources()
                        .getFirst();
        assertThat(told.checks()).isNotEmpty();
        assertThat(told.checks()).extracting(Check::found).containsExactly("has no facts");
    }

    @Test
    void a_source_names_what_it_touches() {
        assertThat(trust.touched(Set.of("event", "silent")))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "event",
                                new Touched(List.of("both", "events", "twice"), List.of()),
                                "silent",
                                new Touched(List.of("both", "unseen"), List.of())));
    }
}
