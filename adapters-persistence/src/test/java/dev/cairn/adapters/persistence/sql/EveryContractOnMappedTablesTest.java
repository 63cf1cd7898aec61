package dev.cairn.adapters.persistence.sql;

import dev.cairn.application.port.out.AnalysisExecutor;
import dev.cairn.testkit.contract.AnalysisExecutorContract;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.database.TestServer;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/** The whole contract over facts that stay in tables of their own. */
@Tag("long")
class EveryContractOnMappedTablesTest extends AnalysisExecutorContract {
    private final WorldDatabases databases = new WorldDatabases(TestServer.shared());

    @Override
    public AnalysisExecutor executorOver(World world) {
        return MappedWorld.executor(databases.of(world), world);
    }

    @AfterEach
    void dropDatabases() throws SQLException {
        databases.close();
    }
}
