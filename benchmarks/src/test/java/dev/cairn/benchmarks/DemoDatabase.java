package dev.cairn.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.persistence.catalog.JooqDefinitionStore;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.adapters.persistence.sql.JooqAnalysisExecutor;
import dev.cairn.application.service.Catalogs;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.model.Metric;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jooq.impl.DefaultConnectionProvider;
import org.postgresql.ds.PGSimpleDataSource;

/** The database of the demo company, as {@code ./cairn demo} has filled it, asked over one connection. */
record DemoDatabase(Backend backend, JooqAnalysisExecutor executor, Catalog catalog)
        implements AutoCloseable {
    static final Duration LIMIT = Duration.ofMinutes(5);

    /** As {@code ./cairn database} says it. */
    private static final String URL = System.getProperty("benchmark.url", "");

    static DemoDatabase open() throws SQLException {
        assertThat(URL).describedAs("-Dbenchmark.url").isNotEmpty();
        var database = new PGSimpleDataSource();
        database.setUrl(URL);
        var connection = database.getConnection();
        return new DemoDatabase(
                new Backend(connection),
                new JooqAnalysisExecutor(Postgres.dsl(new DefaultConnectionProvider(connection))),
                new Catalogs(new JooqDefinitionStore(database)).current());
    }

    /** Of no single account. */
    List<String> metricsOfCells() {
        return catalog.all(Metric.class).stream()
                .filter(metric -> metric.level() == Metric.Level.CELL)
                .map(Metric::name)
                .toList();
    }

    @Override
    public void close() throws SQLException {
        backend.connection().close();
    }
}
