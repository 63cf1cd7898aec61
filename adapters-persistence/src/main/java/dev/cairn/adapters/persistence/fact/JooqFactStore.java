package dev.cairn.adapters.persistence.fact;

import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.adapters.persistence.schema.SourceStates;
import dev.cairn.adapters.persistence.staging.Staging;
import dev.cairn.application.port.out.FactStore;
import dev.cairn.domain.model.Source;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.jooq.DSLContext;

/**
 * Keeps facts in PostgreSQL.
 *
 * <p>What is counted: a row whose key is known with the same content is a duplicate. Where one load has a key several times the last row
 * stays: rows equal to it are duplicates, others are loaded and superseded at once. So rows added = loaded + duplicates, and the facts in
 * force grow by loaded - superseded.
 *
 * <p>Beside the sources, the entities {@code account} and {@code user} have a data version: it grows when members come, go, or exist from
 * another time on, be it through facts or through attributes.
 */
public final class JooqFactStore implements FactStore {
    private final DataSource dataSource;
    private final int batchBytes;
    private final DSLContext dsl;

    public JooqFactStore(DataSource dataSource) {
        this(dataSource, Staging.BATCH_BYTES);
    }

    /** @param batchBytes rows of so many bytes are stored together while a load goes on */
    public JooqFactStore(DataSource dataSource, int batchBytes) {
        this.dataSource = dataSource;
        this.batchBytes = batchBytes;
        this.dsl = Postgres.dsl(dataSource);
    }

    @Override
    public Load begin(Source source, InstantSource clock) {
        return new FactLoad(dataSource, source, clock, batchBytes);
    }

    @Override
    public long dataVersion(String source) {
        return SourceStates.dataVersion(dsl, source);
    }
}
