package dev.cairn.application.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.application.port.in.GuardUseCase;
import dev.cairn.application.port.out.Versions;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Notice;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.AnalysisResult.ValueType;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.MembersQuery;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.guard.Guard;
import dev.cairn.domain.guard.Guard.Move;
import dev.cairn.domain.guard.Guard.State;
import dev.cairn.domain.guard.GuardQuery;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Mapping;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Metric.Direction;
import dev.cairn.domain.model.Metric.Level;
import dev.cairn.domain.model.Metric.Status;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GuardWatchTest {
    private static final Caller EMEA = new Caller("ann", "region = 'EMEA'");
    private static final LocalDate JUNE = LocalDate.parse("2026-06-01");

    private final MemoryStore store =
            new MemoryStore(
                    Catalog.of(
                            1,
                            List.of(
                                    new Entry(metric("replies", "reopened"), 1, Map.of()),
                                    new Entry(metric("reopened", null), 1, Map.of())),
                            List.of()));
    private final Catalogs catalogs = new Catalogs(store);
    private final Map<String, Long> data = new HashMap<>(Map.of("ticket", 1L));
    private final List<Caller> measured = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<AnalysisQuery> tilesAsked = new ArrayList<>();
    private Instant now = Instant.parse("2026-07-10T00:00:00Z");
    private State found = State.TRIPPED;
    private boolean fails;
    private boolean isWrong;

    private final Clock clock =
            new Clock() {
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
            };

    private final GuardWatch watch =
            new GuardWatch(
                    catalogs,
                    this::measured,
                    () -> new Versions.Known(store.version(), data),
                    clock,
                    () -> Deadline.NEVER,
                    warnings::add);

    private static Metric metric(String name, @Nullable String counter) {
        return new Metric(
                name,
                name,
                "",
                Level.CELL,
                null,
                "count(ticket)",
                null,
                Direction.LOWER,
                null,
                null,
                counter,
                false,
                Status.PUBLISHED);
    }

    private GuardUseCase.Outcome measured(GuardQuery query, Caller caller, Deadline deadline) {
        measured.add(caller);
        now = now.plusSeconds(2);
        if (fails) {
            throw new AnalysisFailed(
                    AnalysisFailed.Reason.TIMEOUT, new IllegalStateException("late"));
        }
        if (isWrong && !caller.isScoped()) {
            throw new IllegalStateException("wrong");
        }
        boolean isTripped = caller.isScoped() || found == State.TRIPPED;
        return new GuardUseCase.Outcome.Watched(
                List.of(
                        new Guard(
                                "replies",
                                "reopened",
                                isTripped ? State.TRIPPED : found,
                                JUNE,
                                JUNE.plusMonths(1),
                                new Move(-2.5, 0.001, 0.999, caller.isScoped() ? 40 : 400),
                                new Move(0.125, 0.999, 0.001, caller.isScoped() ? 40 : 400),
                                0.05 / 12,
                                null,
                                isTripped ? JUNE : null,
                                now)));
    }

    private State state(Caller caller) {
        return watch.standings(caller).of("replies").orElseThrow().state();
    }

    @Test
    void a_guard_that_nobody_has_looked_at_says_so_and_is_measured_by_the_next_look() {
        assertThat(state(Caller.LOCAL)).isEqualTo(State.NOT_MEASURED);
        assertThat(measured).isEmpty();
        watch.look();
        assertThat(state(Caller.LOCAL)).isEqualTo(State.TRIPPED);
        watch.look();
        assertThat(measured).hasSize(1);
    }

    @Test
    void what_is_measured_of_all_accounts_is_not_told_within_a_scope_whose_own_is_measured() {
        watch.look();
        assertThat(state(EMEA)).isEqualTo(State.NOT_MEASURED);
        found = State.QUIET;
        watch.look();
        assertThat(measured.getLast().access()).isEqualTo(EMEA.access());
        var own = watch.standings(EMEA).of("replies").orElseThrow().metricMove();
        assertThat(own).isNotNull();
        assertThat(own.accounts()).isEqualTo(40);
        assertThat(state(new Caller("bob", "region = 'APAC'"))).isEqualTo(State.NOT_MEASURED);
    }

    @Test
    void more_scopes_than_are_watched_are_told_nothing() {
        for (int scope = 0; scope < 20; scope++) {
            watch.standings(new Caller("ann", "size = " + scope));
        }
        watch.look();
        assertThat(measured).hasSize(9);
        now = now.plus(Duration.ofHours(2));
        watch.look();
        watch.standings(EMEA);
        measured.clear();
        now = now.plus(Duration.ofMinutes(1));
        watch.look();
        assertThat(measured).extracting(Caller::access).contains(EMEA.access());
    }

    @Test
    void
            facts_that_change_have_it_measured_anew_after_a_rest_and_it_stands_so_long_and_no_longer() {
        watch.look();
        data.put("ticket", 2L);
        found = State.QUIET;
        watch.look();
        assertThat(measured).as("2 seconds of work, 40 of rest").hasSize(1);
        assertThat(state(Caller.LOCAL)).isEqualTo(State.TRIPPED);
        fails = true;
        now = now.plusSeconds(40);
        watch.look();
        assertThat(measured).hasSize(2);
        assertThat(warnings).hasSize(1);
        now = now.plus(Duration.ofMinutes(11));
        assertThat(state(Caller.LOCAL)).isEqualTo(State.NOT_MEASURED);
        fails = false;
        watch.look();
        assertThat(state(Caller.LOCAL)).isEqualTo(State.QUIET);
    }

    @Test
    void where_nobody_looks_any_more_it_stands_no_longer() {
        watch.look();
        now = now.plus(Duration.ofMinutes(9));
        assertThat(state(Caller.LOCAL)).isEqualTo(State.TRIPPED);
        now = now.plus(Duration.ofMinutes(1));
        assertThat(state(Caller.LOCAL)).isEqualTo(State.NOT_MEASURED);
        watch.look();
        assertThat(state(Caller.LOCAL)).isEqualTo(State.TRIPPED);
        assertThat(measured).hasSize(1);
    }

    @Test
    void a_scope_that_fails_keeps_no_other_from_being_measured() {
        watch.standings(EMEA);
        isWrong = true;
        assertThatIllegalStateException().isThrownBy(watch::look).withMessage("wrong");
        assertThat(measured).hasSize(2);
        assertThat(state(EMEA)).isEqualTo(State.TRIPPED);
        assertThat(state(Caller.LOCAL)).isEqualTo(State.NOT_MEASURED);
    }

    @Test
    void accounts_of_a_table_may_be_others_ten_minutes_later() {
        var accounts =
                catalogs.current().entity(EntityRef.ACCOUNT).withMapping(new Mapping("crm", "a"));
        store.save(1, List.of(new Entry(accounts, 1, Map.of())), Set.of());
        watch.look();
        now = now.plus(Duration.ofMinutes(11));
        watch.look();
        assertThat(measured).hasSize(2);
    }

    @Test
    void another_definition_or_another_cycle_makes_it_unknown_at_once() {
        watch.look();
        store.save(1, List.of(new Entry(metric("other", null), 1, Map.of())), Set.of());
        catalogs.refresh();
        assertThat(state(Caller.LOCAL)).isEqualTo(State.NOT_MEASURED);
        now = now.plus(Duration.ofMinutes(1));
        watch.look();
        assertThat(state(Caller.LOCAL)).isEqualTo(State.TRIPPED);
        now = Instant.parse("2026-08-01T00:00:00Z");
        assertThat(state(Caller.LOCAL)).isEqualTo(State.NOT_MEASURED);
    }

    private List<Notice> notices(Caller caller, String asOf, @Nullable Instant knownAt) {
        var column =
                new Column(
                        "mine",
                        "Replies",
                        Role.MEASURE,
                        ValueType.NUMBER,
                        null,
                        null,
                        "replies",
                        Direction.LOWER);
        var result =
                new AnalysisResult(
                        List.of(column),
                        List.of(),
                        false,
                        null,
                        Instant.parse(asOf),
                        knownAt,
                        List.of(new Notice("OTHER", "Other.", null)));
        var answers = new GuardedAnalyses(new Answering(result, tilesAsked), watch);
        var query =
                AnalysisQuery.of(
                        List.of(AccountSample.metric("replies")),
                        new AnalysisQuery.AskedRange.Between(JUNE, JUNE.plusMonths(1)),
                        ZoneOffset.UTC);
        var alone = guarding(answers.analyze(query, caller, Deadline.NEVER));
        tilesAsked.clear();
        var tiles = answers.together(List.of(query, query), caller, Deadline.NEVER);
        assertThat(tilesAsked).containsExactly(query, query);
        assertThat(tiles).allSatisfy(tile -> assertThat(guarding(tile.get())).isEqualTo(alone));
        return alone;
    }

    private static List<Notice> guarding(AnalyzeUseCase.Outcome outcome) {
        return outcome instanceof AnalyzeUseCase.Outcome.Answered(var answered)
                ? answered.notices().stream()
                        .filter(notice -> notice.code().equals("COUNTER_MOVED"))
                        .toList()
                : List.of();
    }

    @Test
    void an_answer_that_shows_a_metric_whose_guard_tripped_says_so_beside_it() {
        assertThat(notices(Caller.LOCAL, "2026-07-10T00:00:00Z", null)).isEmpty();
        watch.look();
        assertThat(notices(Caller.LOCAL, "2026-07-10T00:00:00Z", null))
                .containsExactly(
                        new Notice(
                                "COUNTER_MOVED",
                                "'replies' got better (-2.50 of 400 accounts) and its counter-metric 'reopened' worse (+0.125 of 400 accounts), both beyond chance, from 2026-06-01 to 2026-06-30 beside the cycle before: see guards or 'cairn guards'.",
                                "mine"));
        assertThat(notices(EMEA, "2026-07-10T00:00:00Z", null)).isEmpty();
    }

    @Test
    void an_answer_as_of_a_moment_when_it_was_not_known_says_nothing() {
        watch.look();
        assertThat(notices(Caller.LOCAL, "2026-06-20T00:00:00Z", null)).isEmpty();
        assertThat(notices(Caller.LOCAL, "2026-07-10T00:00:00Z", Instant.EPOCH)).isEmpty();
    }

    private record Answering(AnalysisResult result, List<AnalysisQuery> tiles) implements OneByOne {
        @Override
        public List<Supplier<Outcome>> together(
                List<AnalysisQuery> queries, Caller caller, Deadline deadline) {
            tiles.addAll(queries);
            return OneByOne.super.together(queries, caller, deadline);
        }

        @Override
        public Outcome analyze(AnalysisQuery query, Caller caller, Deadline deadline) {
            return new Outcome.Answered(result);
        }

        @Override
        public Outcome members(MembersQuery query, Caller caller, Deadline deadline) {
            return new Outcome.Answered(result);
        }

        @Override
        public Explanation explain(AnalysisQuery query, Caller caller, Deadline deadline) {
            return Explanation.refused(List.of());
        }
    }
}
