package dev.cairn.adapters.persistence.sql;

import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.testkit.contract.AnalysisExecutorContract;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.database.TestServer;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;

/** The contract on the PostgreSQL of the tests. */
class JooqAnalysisExecutorTest implements AnalysisExecutorContract {
    private final WorldDatabases databases = new WorldDatabases(TestServer.shared());

    @Override
    public AnalysisExecutor executorOver(World world) {
        return new JooqAnalysisExecutor(databases.of(world));
    }

    @AfterEach
    void dropDatabases() throws SQLException {
        databases.close();
    }
}
