package dev.cairn.adapters.persistence.sql;

import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.application.port.out.AnalysisExecutor.AnalysisFailed.Reason;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Answer;
import java.time.Duration;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/** Answers a plan with one statement on PostgreSQL 15 or later. */
public final class JooqAnalysisExecutor implements AnalysisExecutor {
    private static final String CANCELLED = "57014";
    private static final String OUT_OF_RANGE = "22003";

    private final DSLContext dsl;
    private final String engine;

    public JooqAnalysisExecutor(DSLContext dsl) {
        this.dsl = dsl;
        this.engine =
                "PostgreSQL "
                        + dsl.connectionResult(connection ->
                                connection
                                        .getMetaData()
                                        .getDatabaseProductVersion()
                                        .split(" ", 2)[0]);
    }

    @Override
    public Answer execute(AnalysisPlan plan, Duration limit) {
        var statement = StatementCompiler.compile(plan);
        statement.attach(dsl.configuration());
        try {
            return new AnswerReader(plan)
                    .read(statement.queryTimeout(seconds(limit)).fetch(), engine);
        } catch (DataAccessException failure) {
            throw switch (failure.sqlState()) {
                case CANCELLED -> new AnalysisFailed(Reason.TIMEOUT, failure);
                case OUT_OF_RANGE -> new AnalysisFailed(Reason.NUMBER_OUT_OF_RANGE, failure);
                default -> failure;
            };
        }
    }

    @Override
    public String describe(AnalysisPlan plan) {
        return DSL.using(SQLDialect.POSTGRES, new Settings().withRenderFormatted(true))
                .renderInlined(StatementCompiler.compile(plan));
    }

    /** JDBC knows whole seconds, and 0 is no limit. */
    private static int seconds(Duration limit) {
        return Math.max(1, Math.toIntExact(limit.plusMillis(999).toSeconds()));
    }
}
