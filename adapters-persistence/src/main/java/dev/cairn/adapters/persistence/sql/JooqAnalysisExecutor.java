package dev.cairn.adapters.persistence.sql;

import dev.cairn.adapters.persistence.definition.StoredDefinitions;
import dev.cairn.adapters.persistence.schema.Recording;
import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.AnalysisFailed.Reason;
import dev.cairn.application.port.Capabilities;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Answer;
import dev.cairn.domain.plan.Cancellation.Cancelled;
import dev.cairn.domain.plan.MappedRows;
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
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.SQLDialect;
import org.jooq.Select;
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

    private final DSLContext dsl;
    private final String engine;
    private final RowCounts rows;

    /**
     * Without knowing how many rows there are: every statement counts as small.
     *
     * @param dsl as {@link dev.cairn.adapters.persistence.schema.Postgres} makes it: knows deadlines
     */
    public JooqAnalysisExecutor(DSLContext dsl) {
        this(dsl, new RowCounts(dsl));
    }

    public JooqAnalysisExecutor(DSLContext dsl, RowCounts rows) {
        this.dsl = dsl;
        this.rows = rows;
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
        long inUnits = CostEstimate.inUnits(plan, rows.sizes());
        return inUnits <= MOST_IN_UNITS
                ? capabilities().refusals(plan)
                : List.of(
                        Problem.of(
                                ProblemCode.LIMIT,
                                Place.of("metrics"),
                                "About %d rows would be made for units of time, one for each unit and each account, user or group; at most %d are. Ask for a coarser unit, a shorter range or window, or fewer groups.",
                                inUnits,
                                MOST_IN_UNITS));
    }

    @Override
    public Answer execute(AnalysisPlan plan, Duration limit) {
        return prepare(plan).execute(limit);
    }

    @Override
    public Prepared prepare(AnalysisPlan plan) {
        return new Compiled(plan, StatementCompiler.compile(plan));
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
        private final Select<Record> statement;

        Compiled(AnalysisPlan plan, Select<Record> statement) {
            this.plan = plan;
            this.statement = statement;
        }

        @Override
        public long cost() {
            return CostEstimate.of(plan, rows.sizes());
        }

        @Override
        public Map<Scan, Long> rows() {
            return CostEstimate.ofScans(plan, rows.sizes());
        }

        @Override
        public String fingerprint() {
            return OpaqueText.digest(dsl.render(statement));
        }

        @Override
        public List<String> databasePlan() {
            return DatabasePlan.of(dsl, statement);
        }

        /** What was known then must be all there before the statement is sent, which reads what is there when it begins. */
        private Result<Record> fetched() {
            var knownAt = plan.time().knownAt();
            if (knownAt != null && Recording.isOpen(dsl, knownAt)) {
                throw new AnalysisFailed(
                        Reason.STILL_RECORDED,
                        new IllegalStateException("still recorded: what is known at " + knownAt));
            }
            MappableSchemas.check(dsl, MappedTables.readIn(plan.mapped(), statement));
            return dsl.fetch(statement);
        }

        @Override
        public Answer execute(Duration limit) {
            var deadline = Deadline.in(limit, System::nanoTime);
            try {
                var rows = deadline.during(this::fetched);
                return new AnswerReader(plan).read(rows, engine);
            } catch (Cancelled late) {
                throw new AnalysisFailed(Reason.TIMEOUT, late);
            } catch (DataAccessException failure) {
                if (OUT_OF_RANGE.equals(failure.sqlState())) {
                    throw new AnalysisFailed(Reason.NUMBER_OUT_OF_RANGE, failure);
                }
                if (failure.sqlState().startsWith(TOO_LARGE)) {
                    throw new AnalysisFailed(Reason.TOO_LARGE, failure);
                }
                var read = MappedTables.readIn(plan.mapped(), statement);
                throw read.isEmpty() ? failure : JooqTableMappings.failure(dsl, read, failure);
            }
        }
    }
}
