package dev.cairn.application.service;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.Reads;
import dev.cairn.application.port.TableChanged;
import dev.cairn.application.port.in.ExportUseCase;
import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.expression.Type.Kind;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Answer;
import dev.cairn.domain.planner.Planned;
import dev.cairn.domain.planner.Planner;
import dev.cairn.domain.planner.ResultAssembler;
import dev.cairn.domain.planner.SourcesRead;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Plans a question as {@link AnalyzeService} does, and hands its rows on while they are read. */
public final class ExportService implements ExportUseCase {
    private static final int ATTEMPTS = 5;

    private final Catalogs catalogs;
    private final AnalysisExecutor executor;
    private final Clock clock;
    private final Workers workers;
    private final Turns exports;
    private final DayOfWeek weekStarts;
    private final int mostRows;

    /**
     * @param exports threads that rows are read on: so many exports run at once
     * @param weekStarts the first day of a week, unless a question says another
     * @param mostRows of one export
     */
    public ExportService(
            Catalogs catalogs,
            AnalysisExecutor executor,
            Clock clock,
            Workers workers,
            Turns exports,
            DayOfWeek weekStarts,
            int mostRows) {
        this.catalogs = catalogs;
        this.executor = executor;
        this.clock = clock;
        this.workers = workers;
        this.exports = exports;
        this.weekStarts = weekStarts;
        this.mostRows = mostRows;
    }

    /** Something changed between the plan and the moment that the rows are of; nothing was given yet. */
    private static final class Outdated extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Outdated() {
            super("", null, false, false);
        }
    }

    /** There are more rows than are given; nothing was given. */
    private static final class TooMany extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooMany() {
            super("", null, false, false);
        }
    }

    @Override
    public Outcome export(
            AnalysisQuery asked,
            @Nullable Integer most,
            Caller caller,
            Deadline deadline,
            Taker taker) {
        var question = asked.weekStarts() == null ? asked.withWeekStarts(weekStarts) : asked;
        var query = question.withTotals(false).page(most == null ? 1 : most, question.after());
        var now = clock.instant();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var outcome =
                    new Attempt(catalogs.current(), query, most, deadline, taker)
                            .outcome(caller, now);
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
        return rejected(
                ProblemCode.CONFLICT,
                Place.NOWHERE,
                "Definitions or first facts are being changed faster than the question can be planned; ask again.");
    }

    private static Outcome rejected(
            ProblemCode code, Place place, String message, Object... arguments) {
        return new Outcome.Rejected(List.of(Problem.of(code, place, message, arguments)));
    }

    /** By one catalogue. */
    private final class Attempt implements AnalysisExecutor.RowTaker {
        private final Catalog catalog;
        private final AnalysisQuery query;
        private final @Nullable Integer most;
        private final Deadline deadline;
        private final Taker taker;
        private final StartsRead starts = new StartsRead(executor);
        private Planned.@Nullable Ready plan;
        private @Nullable Function<Answer.Row, Row> shape;
        private long rows;

        Attempt(
                Catalog catalog,
                AnalysisQuery query,
                @Nullable Integer most,
                Deadline deadline,
                Taker taker) {
            this.catalog = catalog;
            this.query = query;
            this.most = most;
            this.deadline = deadline;
            this.taker = taker;
        }

        /** Empty where the catalogue is not in force any more; a newer one is in memory then. */
        Optional<Outcome> outcome(Caller caller, Instant now) {
            try {
                return switch (planned(caller, now)) {
                    case Planned.Ready ready -> streamed(ready, caller);
                    case Planned.Rejected(var problems) -> rejectedHere(problems);
                };
            } catch (TableChanged changed) {
                return rejectedHere(changed.problems());
            }
        }

        private Planned planned(Caller caller, Instant now) {
            return Workers.done(
                    workers.planning(),
                    caller,
                    deadline,
                    () ->
                            Planner.plan(
                                    query,
                                    catalogs.exactMetricsOf(catalog),
                                    caller,
                                    now,
                                    deadline::isOver,
                                    starts));
        }

        private Optional<Outcome> streamed(Planned.Ready ready, Caller caller) {
            var cells = cells(ready.plan());
            var refusals = executor.refusals(cells, caller);
            if (!refusals.isEmpty()) {
                return rejectedHere(refusals);
            }
            plan = ready;
            try {
                Optional<Outcome> exported =
                        Workers.done(
                                exports,
                                caller,
                                deadline,
                                () -> {
                                    executor.stream(cells, deadline.left(), this);
                                    return Optional.of(new Outcome.Exported(rows));
                                });
                Reads.note(SourcesRead.of(ready.plan()));
                return exported;
            } catch (Outdated _) {
                return Optional.empty();
            } catch (TooMany _) {
                return Optional.of(tooMany());
            } catch (RuntimeException failed) {
                // A table may have been made anew for a changed declaration, with other columns.
                if (shape != null || catalogs.latest() == catalog) {
                    throw failed;
                }
                return Optional.empty();
            }
        }

        private AnalysisPlan cells(AnalysisPlan whole) {
            return whole.cellsAlone(most == null ? mostRows : Math.min(most, mostRows));
        }

        private Outcome tooMany() {
            return rejected(
                    ProblemCode.LIMIT,
                    Place.of("timeRange"),
                    "The answer has more than %,d rows, and no more are exported: ask for a shorter range, a coarser grain or fewer groups.",
                    mostRows);
        }

        private Optional<Outcome> rejectedHere(List<Problem> problems) {
            return catalogs.latest() == catalog
                    ? Optional.of(new Outcome.Rejected(problems))
                    : Optional.empty();
        }

        @Override
        public void begin(Answer head) {
            boolean isOutdated =
                    head.catalogVersion() > catalog.version() && catalogs.latest() != catalog;
            if (isOutdated || !starts.isCurrent()) {
                throw new Outdated();
            }
            if (head.hasMore() && (most == null || most > mostRows)) {
                throw new TooMany();
            }
            var ready = present(plan);
            shape = ResultAssembler.rows(ready, head, query.zone());
            taker.begin(ready.columns(), kinds(ready), ready.plan().time().asOf());
        }

        @Override
        public void take(Answer.Row cell) {
            taker.take(present(shape).apply(cell).cells());
            rows++;
        }

        /** Measures are the outputs, in their order. */
        private static List<Kind> kinds(Planned.Ready ready) {
            var outputs = ready.plan().outputs().iterator();
            return ready.columns().stream()
                    .map(column ->
                            column.role() == Role.MEASURE
                                    ? outputs.next().value().type().kind()
                                    : kind(column))
                    .toList();
        }

        private static Kind kind(Column column) {
            return switch (column.valueType()) {
                case TEXT -> Kind.TEXT;
                case NUMBER -> column.role() == Role.DIMENSION ? Kind.DECIMAL : Kind.DOUBLE;
                case DATE -> Kind.DATE;
                case TIMESTAMP -> Kind.TIMESTAMP;
                case BOOLEAN -> Kind.BOOLEAN;
            };
        }

        private static <T> T present(@Nullable T value) {
            if (value == null) {
                throw new IllegalStateException("rows come after the plan and the head");
            }
            return value;
        }
    }
}
