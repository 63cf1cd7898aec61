package dev.cairn.adapters.persistence.sql;

import dev.cairn.adapters.persistence.definition.StoredDefinitions;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.adapters.persistence.schema.Recording;
import dev.cairn.adapters.persistence.schema.SharedLook;
import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.AnalysisFailed.Reason;
import dev.cairn.application.port.Capabilities;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Answer;
import dev.cairn.domain.plan.Cancellation.Cancelled;
import dev.cairn.domain.plan.MappedRows;
import dev.cairn.domain.plan.PlanWords;
import dev.cairn.domain.plan.Scan;
import dev.cairn.domain.planner.OpaqueText;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Answers a plan with one statement on PostgreSQL 15 or later. */
public final class JooqAnalysisExecutor implements AnalysisExecutor {
    private static final String OUT_OF_RANGE = "22003";

    /** All states that begin so: too many columns, too complex. */
    private static final String TOO_LARGE = "54";

    /** More rows for units of time are no answer but a calculation of minutes, and of a disk full of them. */
    private static final long MOST_IN_UNITS = 20_000_000;

    /** More than what there is of lines that are no rows: one of each source, of the catalogue and of what is counted. */
    private static final long LINES_BESIDE = 10_000;

    private final DSLContext dsl;
    private final String engine;
    private final RowCounts rows;
    private final Most most;
    private final SharedLook<String> versions;

    /**
     * Without knowing how many rows there are: every statement counts as small.
     *
     * @param dsl as {@link dev.cairn.adapters.persistence.schema.Postgres} makes it: knows deadlines
     */
    public JooqAnalysisExecutor(DSLContext dsl) {
        this(dsl, new RowCounts(dsl));
    }

    /** Whatever a question is expected to read. */
    public JooqAnalysisExecutor(DSLContext dsl, RowCounts rows) {
        this(dsl, rows, new Most(Long.MAX_VALUE, Long.MAX_VALUE));
    }

    /**
     * How much one question may take.
     *
     * @param rows that it may be expected to read and make; one of more is refused
     * @param bytes of its answer in memory, about; one of more is given up, and none of it is told
     */
    public record Most(long rows, long bytes) {}

    public JooqAnalysisExecutor(DSLContext dsl, RowCounts rows, Most most) {
        this.dsl = dsl;
        this.rows = rows;
        this.most = most;
        this.versions = new SharedLook<>(() -> AnswerState.versions(dsl));
        this.engine =
                "PostgreSQL "
                        + dsl.connectionResult(connection ->
                                connection
                                        .getMetaData()
                                        .getDatabaseProductVersion()
                                        .split(" ", 2)[0]);
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.ALL;
    }

    @Override
    public List<Problem> refusals(AnalysisPlan plan) {
        return tooMany(plan, rows.sizes(), true);
    }

    /** One who sees some accounts only is not told how many there are. */
    @Override
    public List<Problem> refusals(AnalysisPlan plan, Caller caller) {
        return tooMany(plan, rows.sizes(), !caller.isScoped());
    }

    private List<Problem> tooMany(AnalysisPlan plan, TableSizes sizes, boolean withFigures) {
        long inUnits = CostEstimate.inUnits(plan, sizes);
        if (inUnits > MOST_IN_UNITS) {
            return tooMany(
                    "%s rows would be made for units of time, one for each unit and each account, user or group; at most %d are. Ask for a coarser unit, a shorter range or window, or fewer groups.",
                    withFigures ? "About " + inUnits : "Too many", MOST_IN_UNITS);
        }
        long cost = CostEstimate.of(plan, sizes);
        if (cost <= most.rows()) {
            return capabilities().refusals(plan);
        }
        var refusals =
                tooMany(
                        "%s rows are expected to be read and made, as the database knows its tables; at most %,d are (cairn.questions.most-rows). Ask for fewer metrics or groups, or for a coarser grain.",
                        withFigures ? "About " + PlanWords.about(cost) : "Too many", most.rows());
        return withFigures
                ? refusals.stream().map(refusal -> refusal.expecting(cost)).toList()
                : refusals;
    }

    private static List<Problem> tooMany(String message, Object... arguments) {
        return List.of(Problem.of(ProblemCode.LIMIT, Place.of("metrics"), message, arguments));
    }

    @Override
    public Answer execute(AnalysisPlan plan, Duration limit) {
        return prepare(plan).execute(limit);
    }

    @Override
    public Prepared prepare(AnalysisPlan plan) {
        return new Compiled(plan, compiled(plan), new Estimates(plan));
    }

    private SentStatement compiled(AnalysisPlan plan) {
        return SentStatement.of(
                dsl,
                plan.kinds().contains(RowKind.TOTAL_OVER_TIME) && most.bytes() < Long.MAX_VALUE
                        ? StatementCompiler.compile(plan, mostLines(plan))
                        : StatementCompiler.compile(plan));
    }

    /** Of totals there is one for each group, and the driver holds all lines before the first is read: more than these are of an answer that takes too much. */
    private long mostLines(AnalysisPlan plan) {
        long bytes = Answer.Row.leastBytes(plan.keys().size(), plan.outputs().size());
        return most.bytes() / bytes + LINES_BESIDE;
    }

    /** Of tables of one's own the schemas are looked at for each statement. */
    @Override
    public Optional<Lasting> lasting(AnalysisPlan first, AnalysisPlan last) {
        var statement = compiled(first);
        return MappedTables.readIn(first.mapped(), statement.sql()).isEmpty()
                ? LastingStatement.between(
                                statement, first.time().asOf(), compiled(last), last.time().asOf())
                        .map(lasting ->
                                new Kept(
                                        first,
                                        lasting,
                                        new Estimates(first),
                                        lasting.movesUntil(last.time().asOf())))
                : Optional.empty();
    }

    /** A plan as of the first instant; its estimates do not depend on that, as as-of is looked at no closer than by the buckets. */
    private final class Kept implements Lasting {
        private static final long BYTES_OF_ANY = 40_000;
        private static final long BYTES_OF_CHARACTER = 4;

        private final AnalysisPlan plan;
        private final LastingStatement statement;
        private final Estimates estimates;
        private final AnswerState.OfPlan state;
        private final boolean isMoving;

        /** @param isMoving whether each instant has values of its own, so that no answer is ever found again */
        Kept(AnalysisPlan plan, LastingStatement statement, Estimates estimates, boolean isMoving) {
            this.isMoving = isMoving;
            this.plan = plan;
            this.statement = statement;
            this.estimates = estimates;
            this.state = AnswerState.OfPlan.of(plan);
        }

        @Override
        public Prepared asOf(Instant instant) {
            return new Compiled(
                    plan.asOf(instant), statement.asOf(instant), estimates, state, isMoving);
        }

        @Override
        public long bytes() {
            return BYTES_OF_ANY + BYTES_OF_CHARACTER * statement.first().sql().length();
        }
    }

    /** What the sizes of tables tell of a plan, computed again when they have been looked at again. */
    private final class Estimates {
        private final AnalysisPlan plan;
        private volatile @Nullable Estimated last;

        private record Estimated(TableSizes of, long cost, List<Problem> refusals) {}

        Estimates(AnalysisPlan plan) {
            this.plan = plan;
        }

        // Sizes are looked at again as a whole, so that others are other ones.
        @SuppressWarnings("ReferenceEquality")
        private Estimated now() {
            var sizes = rows.sizes();
            var known = last;
            if (known == null || known.of() != sizes) {
                known =
                        new Estimated(
                                sizes, CostEstimate.of(plan, sizes), tooMany(plan, sizes, true));
                last = known;
            }
            return known;
        }

        long cost() {
            return now().cost();
        }

        List<Problem> refusals() {
            return now().refusals();
        }
    }

    @Override
    public void stream(AnalysisPlan plan, Duration limit, RowTaker rows) {
        var cells = plan.cellsAlone(plan.page().limit());
        var statement = SentStatement.of(dsl, StatementCompiler.streamed(cells));
        new Compiled(cells, statement, new Estimates(cells)).stream(limit, rows);
    }

    @Override
    public Map<String, LocalDate> coverageStarts(Set<String> sources, @Nullable Instant knownAt) {
        var source = StoreTables.text(StoreTables.sourceState(), "source");
        var from = StoreTables.date(StoreTables.sourceState(), "from_date");
        var starts =
                new HashMap<>(
                        dsl.select(source, from)
                                .from(CoverageTables.known(knownAt))
                                .where(source.in(sources))
                                .and(from.isNotNull())
                                .fetchMap(source, from));
        if (!starts.keySet().containsAll(sources)) {
            StoredDefinitions.mapped(dsl).stream()
                    .filter(rows -> sources.contains(rows.source().name()))
                    .forEach(rows -> begins(rows, starts));
        }
        return starts;
    }

    /** Where no declaration says when, as the table shows. */
    private void begins(MappedRows rows, Map<String, LocalDate> starts) {
        MappableSchemas.check(dsl, List.of(rows));
        try {
            var day = dsl.fetchSingle(MappedCoverage.firstDay(rows)).get(0, LocalDate.class);
            if (day != null) {
                starts.put(rows.source().name(), day);
            }
        } catch (DataAccessException failed) {
            throw JooqTableMappings.failure(dsl, List.of(rows), failed);
        }
    }

    @Override
    public String describe(AnalysisPlan plan) {
        return DSL.using(SQLDialect.POSTGRES, new Settings().withRenderFormatted(true))
                .renderInlined(StatementCompiler.compile(plan));
    }

    private final class Compiled implements Prepared {
        private final AnalysisPlan plan;
        private final SentStatement statement;
        private final Estimates estimates;
        private final AnswerState.@Nullable OfPlan state;
        private final boolean isMoving;

        Compiled(AnalysisPlan plan, SentStatement statement, Estimates estimates) {
            this(plan, statement, estimates, null, false);
        }

        Compiled(
                AnalysisPlan plan,
                SentStatement statement,
                Estimates estimates,
                AnswerState.@Nullable OfPlan state,
                boolean isMoving) {
            this.isMoving = isMoving;
            this.plan = plan;
            this.statement = statement;
            this.estimates = estimates;
            this.state = state;
        }

        @Override
        public long cost() {
            return estimates.cost();
        }

        @Override
        public List<Problem> refusals() {
            return estimates.refusals();
        }

        /** Tables of one's own change without a version; what was known then is looked at by {@link #fetched}. */
        @Override
        public Optional<State> state() {
            return !isMoving && plan.time().knownAt() == null && mapped().isEmpty()
                    ? Optional.of(
                            AnswerState.of(
                                    state == null ? AnswerState.OfPlan.of(plan) : state,
                                    statement,
                                    versions.now()))
                    : Optional.empty();
        }

        /** What a statement does not name it does not read. */
        @Override
        public boolean reads(String name) {
            var entity = new EntityRef(name);
            return Stream.of(
                            StoreTables.fact(name),
                            StoreTables.attributes(entity),
                            StoreTables.members(entity))
                    .map(table -> "\"" + table.getUnqualifiedName().last() + "\"")
                    .anyMatch(statement.sql()::contains);
        }

        @Override
        public boolean readsOutside() {
            return !mapped().isEmpty();
        }

        private List<MappedRows> mapped() {
            return MappedTables.readIn(plan.mapped(), statement.sql());
        }

        @Override
        public Map<Scan, Long> rows() {
            return CostEstimate.ofScans(plan, rows.sizes());
        }

        @Override
        public String fingerprint() {
            return OpaqueText.digest(statement.sql());
        }

        @Override
        public List<String> databasePlan() {
            return DatabasePlan.of(dsl, statement.query());
        }

        /** What was known then must be all there before the statement is sent, which reads what is there when it begins. */
        private void check() {
            var knownAt = plan.time().knownAt();
            if (knownAt != null && Recording.isOpen(dsl, knownAt)) {
                throw new AnalysisFailed(
                        Reason.STILL_RECORDED,
                        new IllegalStateException("still recorded: what is known at " + knownAt));
            }
            MappableSchemas.check(dsl, mapped());
        }

        private Answer fetched() {
            check();
            // Not in parts, as an export: a statement that is read in parts has no parallel
            // workers.
            try (var lines = dsl.fetchLazy(statement.query())) {
                return new AnswerReader(plan).read(lines, engine, most.bytes());
            }
        }

        private boolean isStreamed(RowTaker taker) {
            check();
            Postgres.read(
                    dsl,
                    reading ->
                            new StreamedAnswer(plan, engine, taker)
                                    .send(reading, statement.query()));
            return true;
        }

        @Override
        public Answer execute(Duration limit) {
            return within(limit, this::fetched);
        }

        void stream(Duration limit, RowTaker taker) {
            within(limit, () -> isStreamed(taker));
        }

        private <T> T within(Duration limit, Supplier<T> work) {
            var deadline = Deadline.in(limit, System::nanoTime);
            try {
                return deadline.during(work::get);
            } catch (Cancelled late) {
                throw new AnalysisFailed(Reason.TIMEOUT, late);
            } catch (DataAccessException failure) {
                if (OUT_OF_RANGE.equals(failure.sqlState())) {
                    throw new AnalysisFailed(Reason.NUMBER_OUT_OF_RANGE, failure);
                }
                if (failure.sqlState().startsWith(TOO_LARGE)) {
                    throw new AnalysisFailed(Reason.TOO_LARGE, failure);
                }
                var read = mapped();
                throw read.isEmpty() ? failure : JooqTableMappings.failure(dsl, read, failure);
            }
        }
    }
}
