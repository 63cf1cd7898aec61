package dev.cairn.adapters.persistence.schema;

import dev.cairn.application.port.Deadline;
import java.sql.Connection;
import javax.sql.DataSource;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DataSourceConnectionProvider;

/** Distinguishes a database that refuses connections from a bug also where a transaction begins, before there is a statement to listen to. */
final class TranslatedConnections extends DataSourceConnectionProvider {
    /** As jOOQ says that a failure has no state: all connections are in use, and none is broken. */
    private static final String NONE = "00000";

    TranslatedConnections(DataSource dataSource) {
        super(dataSource);
    }

    @Override
    public Connection acquire() {
        Deadline.current().check();
        try {
            return super.acquire();
        } catch (DataAccessException failed) {
            if (failed.sqlState().equals(NONE)) {
                Deadline.current().check();
            }
            throw StoreFailures.of(failed);
        }
    }
}
