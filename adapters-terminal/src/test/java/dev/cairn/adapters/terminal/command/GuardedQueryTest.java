package dev.cairn.adapters.terminal.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.application.port.in.BrowseCatalogUseCase;
import dev.cairn.application.port.in.GuardUseCase;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.AnalysisResult.ValueType;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.Dimension;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.analysis.MembersQuery;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.check.WrittenOut;
import dev.cairn.domain.guard.Guard;
import dev.cairn.domain.guard.Guard.Move;
import dev.cairn.domain.guard.Guard.State;
import dev.cairn.domain.guard.GuardQuery;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Metric.Direction;
import dev.cairn.domain.model.Metric.Level;
import dev.cairn.domain.model.Metric.Status;
import dev.cairn.domain.plan.Cancellation.Cancelled;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What guards say beside the answers of a command, which has nothing measured before it. */
class GuardedQueryTest {
    private static final LocalDate JUNE = LocalDate.parse("2026-06-01");
    private static final Instant JULY = Instant.parse("2026-07-10T00:00:00Z");

    private final List<List<String>> measured = new ArrayList<>();
    private @Nullable RuntimeException failure;
    private Status status = Status.PUBLISHED;
    private Instant asOf = JULY;

    private Metric metric(String name, @Nullable String counter) {
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
                status);
    }

    private GuardUseCase.Outcome measured(GuardQuery query, Caller caller, Deadline deadline) {
        measured.add(query.metrics());
        assertThat(deadline.left()).isLessThan(Deadline.NEVER.left());
        if (failure != null) {
            throw failure;
        }
        return new GuardUseCase.Outcome.Watched(
                List.of(
                        new Guard(
                                "replies",
                                "reopened",
                                State.TRIPPED,
                                JUNE,
                                JUNE.plusMonths(1),
                                new Move(-2.5, 0.001, 0.999, 400),
                                new Move(0.125, 0.999, 0.001, 400),
                                0.05 / 12,
                                null,
                                JUNE,
                                JULY)));
    }

    private String asked(String metric, String format) {
        var said =
                FakeCairn.with(new TwoPages(metric, asOf))
                        .and(
                                new Definitions(
                                        Catalog.of(
                                                1,
                                                List.of(
                                                        new Entry(
                                                                metric("replies", "reopened"),
                                                                1,
                                                                Map.of()),
                                                        new Entry(
                                                                metric("reopened", null),
                                                                1,
                                                                Map.of())),
                                                List.of())),
                                this::measured)
                        .execute("query", metric, "--range=2026-06", "--format=" + format);
        assertThat(said.exit()).as(said.errors()).isZero();
        return said.output();
    }

    @Test
    void answer_says_it_where_it_has_notices_and_the_pair_is_measured_once_for_all_its_pages() {
        assertThat(asked("replies", "text"))
                .containsOnlyOnce("'replies' got better (-2.50 of 400 accounts)");
        assertThat(measured).containsExactly(List.of("replies"));
        assertThat(asked("replies", "json")).containsOnlyOnce("COUNTER_MOVED");
        assertThat(measured).hasSize(2);
    }

    @Test
    void nothing_is_measured_where_nothing_could_be_said() {
        asked("replies", "csv");
        asked("replies", "ndjson");
        asked("reopened", "text");
        status = Status.DRAFT;
        asked("replies", "text");
        assertThat(measured).isEmpty();
    }

    @Test
    void answer_as_of_a_moment_when_it_was_not_known_says_nothing() {
        asOf = Instant.parse("2026-06-20T00:00:00Z");
        assertThat(asked("replies", "text")).doesNotContain("got better");
    }

    @Test
    void answer_is_shown_also_where_guards_take_too_long() {
        failure =
                new AnalysisFailed(
                        AnalysisFailed.Reason.TIMEOUT, new IllegalStateException("planted"));
        assertThat(asked("replies", "text")).contains("42").doesNotContain("got better");
        failure = new Cancelled();
        assertThat(asked("replies", "text")).contains("42").doesNotContain("got better");
    }

    private record TwoPages(String metric, Instant asOf) implements AnalyzeUseCase {
        @Override
        public Outcome analyze(AnalysisQuery query, Caller caller, Deadline deadline) {
            boolean isFirst = query.after() == null;
            var value = new Measured(42, null, null, null, null);
            return new Outcome.Answered(
                    new AnalysisResult(
                            List.of(
                                    new Column(
                                            metric,
                                            metric,
                                            Role.MEASURE,
                                            ValueType.NUMBER,
                                            null,
                                            null,
                                            metric,
                                            Direction.LOWER)),
                            List.of(
                                    new Row(
                                            RowKind.CELL,
                                            List.of(new Cell.Value(value, Set.of())),
                                            List.of())),
                            isFirst,
                            isFirst ? "next" : null,
                            asOf,
                            List.of()));
        }

        @Override
        public List<Supplier<Outcome>> together(
                List<AnalysisQuery> queries, Caller caller, Deadline deadline) {
            throw new AssertionError("no tiles are asked");
        }

        @Override
        public Outcome members(MembersQuery query, Caller caller, Deadline deadline) {
            throw new AssertionError("no cell is opened");
        }

        @Override
        public Explanation explain(AnalysisQuery query, Caller caller, Deadline deadline) {
            throw new AssertionError("nothing is explained");
        }
    }

    /** Of the catalogue only what is defined. */
    private record Definitions(Catalog catalog) implements BrowseCatalogUseCase {
        @Override
        public Map<String, List<String>> dependencies(Collection<String> metrics) {
            throw new AssertionError("not to be called");
        }

        @Override
        public Optional<WrittenOut> writtenOut(String metric) {
            throw new AssertionError("not to be called");
        }

        @Override
        public Map<String, List<Dimension>> dimensions(Collection<String> metrics) {
            throw new AssertionError("not to be called");
        }

        @Override
        public Optional<Dimension> dimension(String key) {
            throw new AssertionError("not to be called");
        }

        @Override
        public List<Metric> commonMetrics(Set<String> dimensions) {
            throw new AssertionError("not to be called");
        }

        @Override
        public Values values(String dimension, String startsWith, int first, Caller caller) {
            throw new AssertionError("not to be called");
        }
    }
}
