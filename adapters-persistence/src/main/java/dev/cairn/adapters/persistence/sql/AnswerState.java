package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;

import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.domain.plan.AnalysisPlan;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * What an answer rests on: the statement and its values, how its columns are read, and the versions of all data and definitions.
 *
 * @param versions of one moment
 */
record AnswerState(OfPlan plan, String sql, List<Optional<Object>> values, String versions)
        implements AnalysisExecutor.State {
    private static final long BYTES_OF_ANY = 4_000;
    private static final long BYTES_OF_CHARACTER = 4;
    private static final long BYTES_OF_VALUE = 100;

    private static final Name WRITTEN = DSL.name("xmin");
    private static final Field<String> SOURCE =
            StoreTables.text(StoreTables.sourceState(), "source");

    /** A plan without its as-of, which is a value of the statement where it matters. What it is is found out once. */
    static final class OfPlan {
        /** The same object in all that were found equal, so that it is compared once with each. */
        private AnalysisPlan plan;

        private final int hash;

        private OfPlan(AnalysisPlan plan) {
            this.plan = plan;
            this.hash = plan.hashCode();
        }

        static OfPlan of(AnalysisPlan plan) {
            return new OfPlan(plan.asOf(Instant.EPOCH));
        }

        @Override
        public boolean equals(Object other) {
            if (this == other) {
                return true;
            }
            if (!(other instanceof OfPlan that) || hash != that.hash || !plan.equals(that.plan)) {
                return false;
            }
            that.plan = plan;
            return true;
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    /** With its plan, which grows with the statement. */
    @Override
    public long bytes() {
        return BYTES_OF_ANY
                + BYTES_OF_CHARACTER * sql.length()
                + values.stream().mapToLong(value -> bytes(value.orElse(""))).sum();
    }

    private static long bytes(@Nullable Object value) {
        return switch (value) {
            case Collection<?> all ->
                    BYTES_OF_VALUE + all.stream().mapToLong(AnswerState::bytes).sum();
            case String text -> BYTES_OF_VALUE + BYTES_OF_CHARACTER * text.length();
            case null, default -> BYTES_OF_VALUE;
        };
    }

    static AnswerState of(OfPlan plan, SentStatement statement, String versions) {
        return new AnswerState(plan, statement.sql(), statement.bound(), versions);
    }

    /**
     * Which transaction wrote the state of each source and the version of the definitions last. Everything that changes an answer writes one of these in the same
     * transaction; a number of their own would be had again where a backup is restored. The start of the server tells another one that has taken over.
     */
    static String versions(DSLContext dsl) {
        var sources = StoreTables.sourceState();
        var ofSource = DSL.concat(SOURCE, inline("="), written(sources));
        var ofAll = select(DSL.listAgg(ofSource, ",").withinGroupOrderBy(SOURCE)).from(sources);
        var ofDefinitions = select(written(StoreTables.CATALOG)).from(StoreTables.CATALOG);
        var server =
                DSL.function(DSL.name("pg_postmaster_start_time"), SQLDataType.OTHER)
                        .cast(SQLDataType.VARCHAR);
        return Objects.requireNonNull(
                dsl.select(
                                DSL.concat(
                                        DSL.coalesce(field(ofAll), inline("")),
                                        inline("/"),
                                        field(ofDefinitions),
                                        inline("/"),
                                        server))
                        .fetchSingle()
                        .value1());
    }

    private static Field<String> written(Table<?> table) {
        return DSL.field(table.getUnqualifiedName().append(WRITTEN), SQLDataType.OTHER)
                .cast(SQLDataType.VARCHAR);
    }
}
