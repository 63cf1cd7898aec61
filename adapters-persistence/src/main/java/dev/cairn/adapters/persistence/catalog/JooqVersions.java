package dev.cairn.adapters.persistence.catalog;

import static dev.cairn.adapters.persistence.generated.Tables.CATALOG_VERSION;
import static dev.cairn.adapters.persistence.generated.Tables.SOURCE_STATE;

import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.application.port.out.Versions;
import java.util.HashMap;
import java.util.Objects;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Versions in PostgreSQL: one statement over as many rows as there are sources and entities. */
public final class JooqVersions implements Versions {
    private final DSLContext dsl;

    public JooqVersions(DataSource database) {
        this.dsl = Postgres.dsl(database);
    }

    @Override
    public Known now() {
        var rows =
                dsl.select(CATALOG_VERSION.VERSION, SOURCE_STATE.SOURCE, SOURCE_STATE.DATA_VERSION)
                        .from(CATALOG_VERSION)
                        .leftJoin(SOURCE_STATE)
                        .on(DSL.trueCondition())
                        .fetch();
        var data = new HashMap<String, Long>();
        for (var row : rows) {
            if (row.value2() != null) {
                data.put(row.value2(), Objects.requireNonNull(row.value3()));
            }
        }
        return new Known(rows.getFirst().value1(), data);
    }
}
