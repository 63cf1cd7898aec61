package dev.cairn.adapters.persistence.sql;

import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.application.port.out.AnalysisExecutor.AnalysisFailed.Reason;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Answer;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Select;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/** Answers a plan with one statement on PostgreSQL 15 or later. */
public final class JooqAnalysisExecutor implements AnalysisExecutor {
    private static final String CANCELLED = "57014";
    private static final String OUT_OF_RANGE = "22003";

    /** Cancels statements at their limit; JDBC itself knows whole seconds only. */
    private static final ScheduledThreadPoolExecutor LIMITS = limits();

    private final DSLContext dsl;
    private final String engine;
    private final CostEstimate costs;

    /** Without knowing how many rows there are: every statement counts as small. */
    public JooqAnalysisExecutor(DSLContext dsl) {
        this(dsl, new RowCounts(dsl));
    }

    public JooqAnalysisExecutor(DSLContext dsl, RowCounts rows) {
        this.dsl = dsl;
        this.costs = new CostEstimate(rows);
        this.engine =
                "PostgreSQL "
                        + dsl.connectionResult(connection ->
                                connection
                                        .getMetaData()
                                        .getDatabaseProductVersion()
                                        .split(" ", 2)[0]);
    }

    private static ScheduledThreadPoolExecutor limits() {
        var timer =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("cairn-statement-limits").factory());
        timer.setRemoveOnCancelPolicy(true);
        return timer;
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
            return costs.of(plan);
        }

        @Override
        public Answer execute(Duration limit) {
            long end = System.nanoTime() + limit.toNanos();
            try {
                return dsl.connectionResult(connection -> execute(connection, end));
            } catch (DataAccessException failure) {
                throw failed(failure, end);
            }
        }

        private Answer execute(Connection connection, long end) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new AnalysisFailed(
                        Reason.TIMEOUT, new TimeoutException("waited for a connection"));
            }
            statement.attach(dsl.configuration().derive(connection));
            var cancellation = LIMITS.schedule(statement::cancel, left, TimeUnit.NANOSECONDS);
            try {
                return new AnswerReader(plan)
                        .read(statement.queryTimeout(seconds(left)).fetch(), engine);
            } finally {
                cancellation.cancel(false);
            }
        }
    }

    /** Without a connection in time there was none within the limit. */
    private static RuntimeException failed(DataAccessException failure, long end) {
        return switch (failure.sqlState()) {
            case CANCELLED -> new AnalysisFailed(Reason.TIMEOUT, failure);
            case OUT_OF_RANGE -> new AnalysisFailed(Reason.NUMBER_OUT_OF_RANGE, failure);
            default ->
                    System.nanoTime() < end ? failure : new AnalysisFailed(Reason.TIMEOUT, failure);
        };
    }

    /** Should the statement be sent just when it is cancelled: JDBC knows whole seconds, and 0 is no limit. */
    private static int seconds(long nanos) {
        return Math.max(1, Math.toIntExact(Duration.ofNanos(nanos).plusMillis(999).toSeconds()));
    }
}
