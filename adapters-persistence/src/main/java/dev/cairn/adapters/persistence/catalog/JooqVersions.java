package dev.cairn.adapters.persistence.catalog;

import static dev.cairn.adapters.persistence.generated.Tables.CATALOG_VERSION;
import static dev.cairn.adapters.persistence.generated.Tables.SOURCE_STATE;

import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.adapters.persistence.schema.SharedLook;
import dev.cairn.application.port.out.Versions;
import java.util.HashMap;
import java.util.Objects;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Versions in PostgreSQL: one statement over as many rows as there are sources and entities, for all who ask at the same time. */
public final class JooqVersions implements Versions {
    private final SharedLook<Known> looks;

    public JooqVersions(DataSource database) {
        var dsl = Postgres.dsl(database);
        this.looks = new SharedLook<>(() -> known(dsl));
    }

    @Override
    public Known now() {
        return looks.now();
    }

    private static Known known(DSLContext dsl) {
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
