package dev.cairn.application.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.cairn.application.port.Account;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.KeyRange;
import dev.cairn.application.port.in.BaselineUseCase.Keep;
import dev.cairn.application.port.in.BaselineUseCase.Outcome;
import dev.cairn.application.port.in.BrowseAccountsUseCase;
import dev.cairn.application.port.in.DefineUseCase;
import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.AnalysisResult.ValueType;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.analysis.MembersQuery;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.analysis.Uncertainty;
import dev.cairn.domain.analysis.Uncertainty.NoInterval;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.model.Baseline;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Metric.Direction;
import dev.cairn.domain.model.Target.ScopeKey;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BaselineServiceTest {
    private static final Instant NOW = Instant.parse("2026-06-01T10:00:00Z");
    private static final Uncertainty ERROR =
            new Uncertainty(31.5, 2.25, 400.0, null, NoInterval.NOT_A_MEAN);

    private final MemoryStore store =
            new MemoryStore(
                    Catalog.of(
                            1,
                            List.of(
                                    new Entry(metric("nps"), 4, Map.of()),
                                    new Entry(metric("mrr"), 1, Map.of())),
                            List.of()));
    private final Catalogs catalogs = new Catalogs(store);
    private final DefineService definitions = new DefineService(catalogs, store);
    private final Answers answers = new Answers();
    private final BaselineService service =
            new BaselineService(
                    catalogs,
                    answers,
                    new Accounts(),
                    definitions,
                    Clock.fixed(NOW, ZoneOffset.UTC));

    private static Metric metric(String name) {
        return new Metric(
                name,
                name,
                "",
                Metric.Level.CELL,
                null,
                "count(account)",
                null,
                Direction.HIGHER,
                null,
                null,
                null,
                false,
                Metric.Status.PUBLISHED);
    }

    private static Measured measured(@Nullable Object value, @Nullable Absence absence) {
        return new Measured(value, null, null, 400L, absence).with(ERROR);
    }

    /** The same value for each metric, or the reasons why there is none. */
    private static final class Answers implements OneByOne {
        private final List<AnalysisQuery> asked = new ArrayList<>();
        private Cell.Value value = new Cell.Value(measured(new BigDecimal("31.5"), null), Set.of());
        private List<Problem> problems = List.of();

        @Override
        public Outcome analyze(AnalysisQuery query, Caller caller, Deadline deadline) {
            asked.add(query);
            if (!problems.isEmpty()) {
                return new Outcome.Rejected(problems);
            }
            var columns =
                    query.metrics().stream()
                            .map(asked ->
                                    ((AnalysisQuery.MetricReference.ByKey) asked.metric()).key())
                            .map(key ->
                                    new Column(
                                            key,
                                            key,
                                            Role.MEASURE,
                                            ValueType.NUMBER,
                                            null,
                                            null,
                                            key,
                                            Direction.HIGHER))
                            .toList();
            var cells = query.metrics().stream().map(_ -> (Cell) value).toList();
            return new Outcome.Answered(
                    new AnalysisResult(
                            columns,
                            List.of(new Row(RowKind.CELL, cells, List.of())),
                            false,
                            null,
                            NOW,
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
    }

    /** There is acme. */
    private static final class Accounts implements BrowseAccountsUseCase {
        @Override
        public Outcome accounts(@Nullable Filter filter, KeyRange range, Caller caller) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Account> account(String key, Caller caller) {
            return key.equals("acme")
                    ? Optional.of(new Account("acme", "acme", null, Map.of()))
                    : Optional.empty();
        }
    }

    private static Keep keep(String... metrics) {
        return keep(List.of(), "2026-01-01", "2026-04-01", null, false, metrics);
    }

    private static Keep keep(
            List<ScopeKey> scope,
            String from,
            String until,
            @Nullable String key,
            boolean replace,
            String... metrics) {
        return new Keep(
                List.of(metrics),
                scope,
                LocalDate.parse(from),
                LocalDate.parse(until),
                ZoneId.of("UTC"),
                null,
                false,
                key,
                null,
                replace,
                false);
    }

    private List<Baseline> kept(Keep keep) {
        return ((Outcome.Done) service.keep(keep, Caller.LOCAL, Deadline.NEVER)).baselines();
    }

    private List<String> refused(Keep keep) {
        return refused(keep, Caller.LOCAL);
    }

    private List<String> refused(Keep keep, Caller caller) {
        return ((Outcome.Rejected) service.keep(keep, caller, Deadline.NEVER))
                .problems().stream()
                        .map(problem ->
                                problem.code()
                                        + " "
                                        + String.join(".", problem.place().path())
                                        + " "
                                        + problem.message())
                        .toList();
    }

    @Test
    void a_value_is_kept_as_it_is_answered_with_what_is_known_of_it() {
        var scope = List.of(new ScopeKey("account", "acme"));
        var kept = kept(keep(scope, "2026-01-01", "2026-04-01", null, false, "nps", "mrr"));

        assertThat(kept)
                .extracting(Baseline::name)
                .containsExactly("nps_baseline_acme", "mrr_baseline_acme");
        assertThat(catalogs.current().find("nps_baseline_acme", Baseline.class))
                .contains(
                        new Baseline(
                                "nps_baseline_acme",
                                "nps_baseline_acme",
                                "",
                                "nps",
                                4,
                                new BigDecimal("31.5"),
                                400L,
                                new BigDecimal("2.25"),
                                LocalDate.of(2026, 1, 1),
                                LocalDate.of(2026, 4, 1),
                                ZoneId.of("UTC"),
                                scope,
                                false,
                                NOW,
                                null));
        assertThat(answers.asked.getFirst().filter())
                .isEqualTo(
                        new Filter.All(
                                List.of(
                                        new Filter.Where(
                                                "account", Operator.IN, List.of("acme")))));
    }

    @Test
    void one_that_is_kept_already_is_replaced_or_refused() {
        kept(keep(List.of(), "2026-01-01", "2026-04-01", "first", false, "nps"));

        // Another quarter is as long.
        assertThat(refused(keep(List.of(), "2025-10-01", "2026-01-01", null, false, "nps")))
                .containsExactly(
                        "CONFLICT metric A baseline of 'nps' for the company of a time as long was kept already: 'first', 31.5 from 2026-01-01 until 2026-04-01, kept 2026-06-01T10:00:00Z. Replace it, or remove it first.");
        answers.value = new Cell.Value(measured(new BigDecimal("40"), null), Set.of());
        assertThat(kept(keep(List.of(), "2025-10-01", "2026-01-01", null, true, "nps")))
                .extracting(Baseline::name, Baseline::value)
                .containsExactly(tuple("first", new BigDecimal("40")));
        assertThat(service.baselines("nps", Caller.LOCAL)).hasSize(1);
        assertThat(catalogs.current().entry("first").orElseThrow().version()).isEqualTo(2);
        // A month is not as long.
        assertThat(kept(keep(List.of(), "2026-01-01", "2026-02-01", null, false, "nps")))
                .hasSize(1);
    }

    @Test
    void a_name_that_is_taken_is_refused() {
        assertThat(refused(keep(List.of(), "2026-01-01", "2026-04-01", "mrr", true, "nps")))
                .containsExactly(
                        "CONFLICT key 'mrr' is the name of a metric already; give this baseline a key of its own.");
        kept(keep(List.of(), "2026-01-01", "2026-04-01", "mine", false, "mrr"));
        assertThat(refused(keep(List.of(), "2026-01-01", "2026-04-01", "mine", true, "nps")))
                .containsExactly(
                        "CONFLICT key 'mine' is the name of a baseline already; give this baseline a key of its own.");
        assertThat(refused(keep(List.of(), "2026-01-01", "2026-04-01", "two", false, "nps", "mrr")))
                .containsExactly(
                        "CONFLICT key 'two' is the key of one baseline; keep each metric by itself, or leave it out.");
    }

    @Test
    void what_has_no_value_or_may_still_change_is_not_kept() {
        answers.value = new Cell.Value(measured(null, Absence.NO_DATA), Set.of());
        assertThat(refused(keep("nps")))
                .containsExactly(
                        "NOT_ENOUGH_DATA metric 'nps' has no value to keep for the company from 2026-01-01 until 2026-04-01: no data.");
        answers.value =
                new Cell.Value(
                        measured(BigDecimal.TEN, null),
                        Set.of(Incomplete.BEYOND_COVERAGE, Incomplete.PENDING));
        assertThat(refused(keep("nps")))
                .containsExactly(
                        "NOT_ENOUGH_DATA metric The value of 'nps' for the company from 2026-01-01 until 2026-04-01 is incomplete (beyond coverage, pending): it may still change, or is of less than that time. Keep one of a time that the data is complete for.");
        answers.value = new Cell.Value(measured("high", null), Set.of());
        assertThat(refused(keep("nps")))
                .containsExactly(
                        "TYPE_MISMATCH metric 'nps' has no number to keep for the company from 2026-01-01 until 2026-04-01: it is high.");
        assertThat(service.baselines(null, Caller.LOCAL)).isEmpty();
    }

    @Test
    void all_that_is_wrong_is_said_at_once() {
        answers.problems =
                List.of(
                        Problem.of(
                                ProblemCode.UNKNOWN_METRIC,
                                Place.of("metrics", "0", "metric", "key"),
                                "No metric 'npss'."));
        assertThat(
                        refused(
                                keep(
                                        List.of(new ScopeKey("account", "nobody")),
                                        "2026-05-01",
                                        "2026-07-01",
                                        null,
                                        false,
                                        "npss")))
                .containsExactly(
                        "BAD_RANGE until The time from 2026-05-01 until 2026-07-01 is not over as of 2026-06-01T10:00:00Z: its value may still change. Keep one of a time that has passed.",
                        "BAD_VALUE for.account There is no account 'nobody'.",
                        "UNKNOWN_METRIC metric No metric 'npss'.");
    }

    @Test
    void of_many_dimensions_nothing_is_asked() {
        var many = Collections.nCopies(11, new ScopeKey("account.plan", "pro"));
        assertThat(refused(keep(many, "2026-01-01", "2026-02-01", null, false, "nps")))
                .containsExactly("LIMIT for A baseline is of at most 10 dimensions, not 11.");
        assertThat(answers.asked).isEmpty();
    }

    @Test
    void who_sees_only_some_accounts_keeps_none_and_sees_none() {
        kept(keep("nps"));
        var some = new Caller("some", "account.plan = 'pro'");

        assertThat(refused(keep("mrr"), some))
                .containsExactly(
                        "INCOMPATIBLE  Who sees only some accounts keeps no baseline: it would be of those, and stand beside values of others.");
        assertThat(service.baselines(null, some)).isEmpty();
        assertThat(service.remove(List.of("nps_baseline"), some))
                .isInstanceOf(Outcome.Rejected.class);
    }

    @Test
    void it_stays_where_files_without_it_are_applied_and_is_removed_by_name() {
        kept(keep("nps"));
        definitions.define(
                new DefineUseCase.Request(
                        List.of(new DefineUseCase.Draft(metric("nps"), Place.NOWHERE)),
                        true,
                        false));
        assertThat(catalogs.current().metric("mrr")).isEmpty();
        assertThat(service.baselines(null, Caller.LOCAL)).hasSize(1);

        assertThat(
                        ((Outcome.Rejected) service.remove(List.of("nps_baselin"), Caller.LOCAL))
                                .problems())
                .containsExactly(
                        Problem.of(
                                        ProblemCode.BAD_VALUE,
                                        Place.of("key"),
                                        "There is no baseline 'nps_baselin'.")
                                .suggesting(List.of("nps_baseline")));
        assertThat(service.remove(List.of("nps_baseline"), Caller.LOCAL))
                .isInstanceOf(Outcome.Done.class);
        assertThat(service.baselines(null, Caller.LOCAL)).isEmpty();
    }
}
