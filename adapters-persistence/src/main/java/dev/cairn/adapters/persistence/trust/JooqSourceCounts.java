package dev.cairn.adapters.persistence.trust;

import static dev.cairn.adapters.persistence.generated.Tables.SOURCE_COUNT;

import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.application.port.out.SourceCounts;
import dev.cairn.domain.trust.SourceFigures;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Counts in PostgreSQL: one row for each source. */
public final class JooqSourceCounts implements SourceCounts {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final DSLContext dsl;

    public JooqSourceCounts(DataSource dataSource) {
        this.dsl = Postgres.dsl(dataSource);
    }

    @Override
    public Found find(String source, String basis) {
        var row =
                dsl.selectFrom(SOURCE_COUNT)
                        .where(SOURCE_COUNT.SOURCE.eq(source))
                        .and(SOURCE_COUNT.BASIS.eq(basis))
                        .fetchOne();
        if (row == null) {
            return new Found.Nothing();
        }
        var figures = row.get(SOURCE_COUNT.FIGURES);
        return figures == null ? new Found.TakesLong() : counted(figures);
    }

    private static Found counted(JSONB figures) {
        try {
            return new Found.Counted(JSON.readValue(figures.data(), SourceFigures.class));
        } catch (JacksonException ofAnotherVersion) {
            return new Found.Nothing();
        }
    }

    @Override
    public void keep(String source, String basis, SourceFigures figures) {
        var document = JSONB.valueOf(JSON.writeValueAsString(figures));
        dsl.insertInto(SOURCE_COUNT)
                .set(SOURCE_COUNT.SOURCE, source)
                .set(SOURCE_COUNT.BASIS, basis)
                .set(SOURCE_COUNT.FIGURES, document)
                .onConflict(SOURCE_COUNT.SOURCE)
                .doUpdate()
                .set(SOURCE_COUNT.BASIS, basis)
                .set(SOURCE_COUNT.FIGURES, document)
                .execute();
    }

    @Override
    public void takesLong(String source, String basis) {
        dsl.insertInto(SOURCE_COUNT)
                .set(SOURCE_COUNT.SOURCE, source)
                .set(SOURCE_COUNT.BASIS, basis)
                .onConflict(SOURCE_COUNT.SOURCE)
                .doUpdate()
                .set(SOURCE_COUNT.BASIS, basis)
                .setNull(SOURCE_COUNT.FIGURES)
                .where(SOURCE_COUNT.BASIS.ne(basis))
                .execute();
    }

    /** Forgets all: counts by a dimension name its values. */
    public static void purge(DSLContext transaction) {
        transaction.deleteFrom(SOURCE_COUNT).execute();
    }
}
