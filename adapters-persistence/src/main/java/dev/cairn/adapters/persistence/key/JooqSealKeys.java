package dev.cairn.adapters.persistence.key;

import static dev.cairn.adapters.persistence.generated.Tables.SEAL_KEY;

import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.application.port.out.SealKeys;
import javax.sql.DataSource;
import org.jooq.DSLContext;

/** The key that the changelog has made in PostgreSQL. */
public final class JooqSealKeys implements SealKeys {
    private final DSLContext dsl;

    public JooqSealKeys(DataSource dataSource) {
        this.dsl = Postgres.dsl(dataSource);
    }

    @Override
    public byte[] key() {
        return dsl.select(SEAL_KEY.KEY).from(SEAL_KEY).fetchSingle(SEAL_KEY.KEY);
    }
}
